"""Read predictions: our records, anyone's records of the same contract, gold-like articles, or plain sets.

Each line tells its form: ``schema_version`` marks a record, ``entities`` a gold-like article, lists such as
``people`` a set form with names in place of ids, ``error`` an article on which the system failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.evaluation.gold import Fault, GoldError, read_objects
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE
from pressextract.schema import ArticleRecord

_LISTS = {"people": PERSON, "companies": COMPANY, "organizations": ORGANIZATION, "cities": CITY}
_SET_KEYS = frozenset({*_LISTS, "roles", "dates", "positions", "based_in"})


@dataclass(slots=True)
class Predictions:
    """What a system said: annotations by article id, and the articles it failed on with the reason."""

    articles: dict[str, Annotation] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    made_by: list[str] = field(default_factory=list)
    """Every distinct "pressextract version, model" met, in order."""

    def note_maker(self, data: Mapping[str, Any]) -> None:
        """Remember what the ``meta`` of a record says made it."""
        meta = data.get("meta")
        if isinstance(meta, Mapping):
            maker = f"pressextract {meta.get('pressextract', '?')}, {meta.get('model', '?')}"
            if maker not in self.made_by:
                self.made_by.append(maker)


def load_predictions(path: Path) -> Predictions:
    """Read predictions, in any of the four forms, even mixed.

    Raises:
        GoldError: a line is not JSON, lacks a key, points at an unknown id, or repeats an article.
    """
    faults: list[Fault] = []
    result = Predictions()
    for line, data in read_objects(path, faults):
        try:
            _add(result, data)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            what = f"key {err} is missing; see the record contract" if isinstance(err, KeyError) else str(err)
            faults.append(Fault(str(path), line, str(data.get("id", "")), what))
    if faults:
        raise GoldError(faults)
    return result


def _add(result: Predictions, data: Mapping[str, Any]) -> None:
    article_id = str(data["id"])
    if article_id in result.articles or article_id in result.failed:
        raise ValueError("a second prediction for the same article; keep one")
    if "error" in data:
        result.failed[article_id] = str(data["error"])
        return
    result.note_maker(data)
    result.articles[article_id] = parse_prediction(data)


def parse_prediction(data: Mapping[str, Any]) -> Annotation:
    """One prediction in any form as an annotation.

    Raises:
        KeyError, ValueError: a key is missing, or a fact points at an unknown entity.
    """
    if "schema_version" in data:
        annotation = _from_record(data)
    elif "entities" in data:
        annotation = _from_gold_like(data)
    elif _SET_KEYS & set(data):
        annotation = _from_sets(data)
    else:
        raise ValueError("is no record; give schema_version, entities, or lists such as people")
    _check_ids(annotation)
    return annotation


def from_record(record: ArticleRecord) -> Annotation:
    """A record as an annotation, without its text."""
    return _from_record(record.model_dump())


def _check_ids(annotation: Annotation) -> None:
    if len(annotation.by_id) < len(annotation.entities):
        raise ValueError("two entities have the same id; make ids unique in the article")
    needed: list[str | None] = []
    for position in annotation.positions:
        needed += [position.person, position.role, position.organization]
    for fact in annotation.based_in:
        needed += [fact.organization, fact.city]
    for entity_id in needed:
        if entity_id is not None and entity_id not in annotation.by_id:
            raise ValueError(f"a fact points at {entity_id!r}, the id of no entity of this article")


def _mentions(item: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple((int(mention["start"]), int(mention["end"])) for mention in item.get("mentions", ()))


def _evidence(item: Mapping[str, Any]) -> tuple[int, int] | None:
    evidence = item.get("evidence")
    return (int(evidence["start"]), int(evidence["end"])) if evidence else None


def _from_record(data: Mapping[str, Any]) -> Annotation:
    entities = [
        Entity(
            id=str(item["id"]),
            label=label,
            name=str(item["name"]),
            aliases=tuple(item.get("aliases", ())),
            mentions=_mentions(item),
            link=Link(item.get("insee"), item.get("geonames")) if label == CITY else None,
            confidence=item.get("confidence"),
        )
        for key, label in _LISTS.items()
        for item in data[key]
    ]
    entities += [
        Entity(str(r["id"]), ROLE, str(r["title"]), (), _mentions(r), confidence=r.get("confidence"))
        for r in data["roles"]
    ]
    entities += [
        Entity(
            id=str(item["id"]),
            label=DATE,
            name=str(item["text"]),
            mentions=_mentions(item),
            start=item.get("start"),
            end=item.get("end"),
            value=item.get("value"),
            confidence=item.get("confidence"),
        )
        for item in data["dates"]
    ]
    return Annotation(
        id=str(data["id"]),
        published=data.get("published"),
        publisher=data.get("publisher"),
        entities=tuple(entities),
        positions=_positions(data["positions"]),
        based_in=_based_in(data["based_in"]),
    )


def _positions(items: Any) -> tuple[Position, ...]:
    return tuple(
        Position(p["person"], p["role"], p["organization"], p["status"], p.get("confidence"), _evidence(p))
        for p in items
    )


def _based_in(items: Any) -> tuple[BasedIn, ...]:
    return tuple(
        BasedIn(b["organization"], b["city"], b["kind"], b.get("confidence"), _evidence(b)) for b in items
    )


def _from_gold_like(data: Mapping[str, Any]) -> Annotation:
    entities = tuple(
        Entity(
            id=str(item["id"]),
            label=str(item["label"]),
            name=str(item["name"]),
            aliases=tuple(item.get("aliases", ())),
            mentions=tuple((int(start), int(end)) for start, end in item.get("mentions", ())),
            start=item.get("start"),
            end=item.get("end"),
            value=item.get("value"),
            link=Link(**item["link"]) if item.get("link") else Link() if "link" in item else None,
            confidence=item.get("confidence"),
        )
        for item in data["entities"]
    )
    return Annotation(
        id=str(data["id"]),
        published=data.get("published"),
        publisher=data.get("publisher"),
        entities=entities,
        positions=_positions(data.get("positions", ())),
        based_in=_based_in(data.get("based_in", ())),
    )


def _from_sets(data: Mapping[str, Any]) -> Annotation:
    """The annotators' form: facts name their arguments; an unlisted argument becomes an entity of a label
    that is not scored."""
    entities: list[Entity] = []
    for key, label in _LISTS.items():
        for number, item in enumerate(data.get(key, ()), 1):
            entity_id = f"{key}-{number}"
            entities.append(Entity(entity_id, label, str(item["name"]), tuple(item.get("aliases", ()))))
    roles = list(dict.fromkeys(str(role) for role in data.get("roles", ())))
    entities += [Entity(f"roles-{number}", ROLE, role) for number, role in enumerate(roles, 1)]
    for number, item in enumerate(data.get("dates", ()), 1):
        days = (item.get("start"), item.get("end"))
        entities.append(Entity(f"dates-{number}", DATE, str(item["text"]), start=days[0], end=days[1]))
    names = _Names(entities)
    positions = tuple(
        Position(
            names.id(p["person"], PERSON),
            names.need(p["role"], ROLE),
            names.id(p["organization"], COMPANY, ORGANIZATION, CITY),
            p.get("status", "unknown"),
        )
        for p in data.get("positions", ())
    )
    based_in = tuple(
        BasedIn(
            names.need(b["company"], COMPANY, ORGANIZATION),
            names.need(b["city"], CITY),
            b.get("relation", "unknown"),
        )
        for b in data.get("based_in", ())
    )
    all_entities = (*entities, *names.unlisted)
    return Annotation(str(data["id"]), entities=all_entities, positions=positions, based_in=based_in)


UNLISTED = "UNLISTED"
"""Label of an argument that the set form names in a fact but lists nowhere."""


class _Names:
    """Looks entities up by name; the first of several with the same name wins."""

    def __init__(self, entities: list[Entity]) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for entity in entities:
            self._ids.setdefault((entity.label, entity.name), entity.id)
        self.unlisted: list[Entity] = []

    def id(self, name: str | None, *labels: str) -> str | None:
        return None if name is None else self.need(name, *labels)

    def need(self, name: str, *labels: str) -> str:
        for label in labels:
            if (label, name) in self._ids:
                return self._ids[label, name]
        made = Entity(f"unlisted-{len(self.unlisted) + 1}", UNLISTED, name)
        self.unlisted.append(made)
        self._ids[labels[0], name] = made.id
        return made.id
