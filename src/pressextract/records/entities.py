"""Group the mentions of one article into entities: one for each real thing, its aliases gathered."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON
from pressextract.records.bodies import group_bodies
from pressextract.records.descriptions import find_description
from pressextract.records.groups import Group
from pressextract.records.people import group_people
from pressextract.records.towns import group_towns


def group_entities(doc: Doc, publisher: str | None = None) -> list[Group]:
    """Entities of ``doc.ents`` by kind, in order of first mention; ``publisher`` helps to place the towns."""
    by_label: dict[str, list[Span]] = {label: [] for label in (PERSON, COMPANY, ORGANIZATION, CITY)}
    for entity in doc.ents:
        by_label.get(entity.label_, []).append(entity)
    bodies = [group for label in (COMPANY, ORGANIZATION) for group in group_bodies(label, by_label[label])]
    for group in bodies:
        group.description = find_description(group)
    return [*group_people(by_label[PERSON]), *bodies, *group_towns(doc, by_label[CITY], publisher)]
