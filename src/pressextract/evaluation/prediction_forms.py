"""The forms a prediction may have: a record, a gold-like article, or plain sets with names for ids."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE
from pressextract.schema import ArticleRecord

_LISTS = {"people": PERSON, "companies": COMPANY, "organizations": ORGANIZATION, "cities": CITY}
_SET_KEYS = frozenset({*_LISTS, "roles", "dates", "positions", "based_in"})


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
    _check_values(annotation)
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


def _check_values(annotation: Annotation) -> None:
    for entity in annotation.entities:
        for start, end in entity.mentions:
            if not 0 <= start < end:
                what = f"{entity.id}: mention [{start}, {end}) is empty"
                raise ValueError(f"{what}; give 0 <= start < end, end exclusive")
        for day in (entity.start, entity.end):
            if day is not None and not _is_day(day):
                what = f"{entity.id}: {day!r} is not a day of the calendar"
                raise ValueError(f"{what}; write it as 2019-12-06, or null")
    given = [entity.confidence for entity in annotation.entities]
    given += [fact.confidence for fact in annotation.positions]
    given += [fact.confidence for fact in annotation.based_in]
    for confidence in given:
        if confidence is not None and not (math.isfinite(confidence) and 0 <= confidence <= 1):
            raise ValueError(f"confidence {confidence} is outside [0, 1]; correct it or leave it out")


def _is_day(value: Any) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


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
