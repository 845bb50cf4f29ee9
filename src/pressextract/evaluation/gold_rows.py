"""Checked gold objects to annotations, and annotations to gold objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.evaluation.gold_schema import GoldArticle, GoldLink
from pressextract.labels import DATE, ROLE


def to_annotation(article: GoldArticle, data: Mapping[str, Any]) -> Annotation:
    """A checked gold article as an annotation; ``link`` null means NIL, no such key: not annotated."""
    entities = tuple(
        Entity(
            id=entity.id,
            label=entity.label,
            name=entity.name,
            aliases=tuple(entity.aliases),
            mentions=tuple(entity.mentions),
            start=entity.start,
            end=entity.end,
            value=entity.value,
            link=_link(entity.link) if "link" in raw else None,
            ambiguous=entity.ambiguous,
        )
        for entity, raw in zip(article.entities, data["entities"], strict=True)
    )
    positions = tuple(Position(p.person, p.role, p.organization, p.status) for p in article.positions)
    based_in = tuple(BasedIn(b.organization, b.city, b.kind) for b in article.based_in)
    about = article.model_dump(include={"id", "text", "published", "publisher", "kind", "style", "url"})
    return Annotation(**about, entities=entities, positions=positions, based_in=based_in)


def _link(link: GoldLink | None) -> Link:
    return Link() if link is None else Link(link.insee, link.geonames)


def to_gold(annotation: Annotation) -> dict[str, Any]:
    """An annotation as a gold object: keys in the order of the format, optional ones only where they say
    something."""
    about = ("publisher", "url", "kind", "style")
    row: dict[str, Any] = {"id": annotation.id, "published": annotation.published}
    row |= {key: getattr(annotation, key) for key in about if getattr(annotation, key) is not None}
    if annotation.text is not None:
        row["text"] = annotation.text
    row["entities"] = [_entity_row(entity) for entity in annotation.entities]
    row["positions"] = [
        {"person": p.person, "role": p.role, "organization": p.organization, "status": p.status}
        for p in annotation.positions
    ]
    row["based_in"] = [
        {"organization": b.organization, "city": b.city, "kind": b.kind} for b in annotation.based_in
    ]
    return row


def _entity_row(entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entity.id, "label": entity.label, "name": entity.name}
    if entity.label not in (ROLE, DATE) or entity.aliases:
        row["aliases"] = list(entity.aliases)
    row["mentions"] = [list(mention) for mention in entity.mentions]
    if entity.label == DATE:
        row |= {"start": entity.start, "end": entity.end}
    if entity.value is not None:
        row["value"] = entity.value
    if entity.link is not None:
        link = entity.link
        codes = {"insee": link.insee, "geonames": link.geonames}
        row["link"] = None if link.is_nil else {key: code for key, code in codes.items() if code is not None}
    if entity.ambiguous:
        row["ambiguous"] = True
    return row
