"""Short ways to write annotations in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.evaluation.predictions import Predictions
from pressextract.evaluation.spans import Span

TEXT = (
    "Lucie Arnoux, directrice générale de Tissages du Velay, quitte Privas. "
    "Le groupe Velay, basé à Aubenas, a nommé Paul Esteve président le 3 mars 2021."
)


def ent(entity_id: str, label: str, name: str, *aliases: str, **more: Any) -> Entity:
    """An entity; ``at`` are its mentions."""
    mentions = tuple(tuple(pair) for pair in more.pop("at", ()))
    return Entity(entity_id, label, name, aliases, mentions=mentions, **more)


def find(text: str, form: str, nth: int = 0) -> tuple[int, int]:
    """The characters of the nth occurrence of ``form``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(form, start + 1)
    return start, start + len(form)


def sample(article_id: str = "a1") -> Annotation:
    """A gold article with everything in it."""
    entities = (
        ent("p1", "PERSON", "Lucie Arnoux", at=[find(TEXT, "Lucie Arnoux")]),
        ent("p2", "PERSON", "Paul Esteve", at=[find(TEXT, "Paul Esteve")]),
        ent(
            "c1",
            "COMPANY",
            "Tissages du Velay",
            "Velay",
            at=[find(TEXT, "Tissages du Velay"), find(TEXT, "Velay", 1)],
        ),
        ent("v1", "CITY", "Privas", at=[find(TEXT, "Privas")], link=Link("07186")),
        ent("v2", "CITY", "Aubenas", at=[find(TEXT, "Aubenas")], link=Link("07019"), ambiguous=True),
        ent("r1", "ROLE", "directrice générale", at=[find(TEXT, "directrice générale")]),
        ent("r2", "ROLE", "président", at=[find(TEXT, "président")]),
        ent(
            "d1", "DATE", "3 mars 2021", at=[find(TEXT, "3 mars 2021")], start="2021-03-03", end="2021-03-03"
        ),
    )
    positions = (Position("p1", "r1", "c1", "former"), Position("p2", "r2", "c1", "incoming"))
    return Annotation(
        article_id,
        TEXT,
        "2021-03-04",
        publisher="La Dépêche du Mézenc",
        kind="nomination",
        entities=entities,
        positions=positions,
        based_in=(BasedIn("c1", "v2", "seat"),),
    )


def predicted(*articles: Annotation, failed: dict[str, str] | None = None) -> Predictions:
    """Predictions of these articles."""
    return Predictions({article.id: article for article in articles}, failed or {})


def spans(*triples: tuple[int, int, str]) -> list[Span]:
    """Sorted spans."""
    return sorted(Span(*triple) for triple in triples)


def mentioned(
    triples: Sequence[tuple[int, int, str]], article_id: str = "a", text: str | None = None
) -> Annotation:
    """An article whose entities have one mention each."""
    entities = tuple(
        Entity(f"e{number}", label, f"x{number}", mentions=((start, end),))
        for number, (start, end, label) in enumerate(triples)
    )
    return Annotation(article_id, text, entities=entities)
