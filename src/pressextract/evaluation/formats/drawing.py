"""Gold to marks and arcs: what an annotation tool shows of a gold article."""

from __future__ import annotations

from typing import Any

from pressextract.evaluation.annotation import Annotation, Entity
from pressextract.evaluation.formats.standoff import (
    ABOUT_KEYS,
    AT,
    EXPLICIT,
    OFFICE,
    PLACE_ARCS,
    POSITION,
    SAME_AS,
    Arc,
    Document,
    Mark,
)
from pressextract.labels import DATE


def draw(gold: Annotation) -> Document:
    """The marks and arcs of a gold article.

    An entity without a mention cannot be drawn, nor a fact that needs it; ``losses`` names each.

    Raises:
        ValueError: the article has no text.
    """
    if gold.text is None:
        raise ValueError(f"{gold.id}: has no text; annotation tools need it")
    about = {key: value for key in ABOUT_KEYS if (value := getattr(gold, key)) is not None}
    if gold.entities:
        about["coreference"] = EXPLICIT
    document = Document(gold.id, gold.text, about=about)
    drawer = _Drawer(gold, gold.text, document)
    for entity in gold.entities:
        drawer.entity(entity)
    drawer.positions()
    drawer.based_in()
    document.marks.sort()
    document.arcs.sort()
    return document


class _Drawer:
    def __init__(self, gold: Annotation, text: str, document: Document) -> None:
        self.gold, self.text, self.document = gold, text, document
        self.marks: dict[str, list[Mark]] = {}
        self._numbers: dict[Mark, int] = {}

    def entity(self, entity: Entity) -> None:
        taken = set(self.document.marks)
        marks = [Mark(start, end, entity.label) for start, end in entity.mentions]
        marks = [mark for mark in marks if mark not in taken]
        if not marks:
            self.document.losses.append(
                f"{self.gold.id}: {entity.id} {entity.name!r} has no mention of its own"
            )
            return
        hub = next((m for m in marks if self.text[m.start : m.end] == entity.name), marks[0])
        self.marks[entity.id] = [hub, *(mark for mark in marks if mark != hub)]
        self.document.marks += marks
        self.document.arcs += [Arc(mark, hub, SAME_AS) for mark in marks if mark != hub]
        if attributes := self._attributes(entity, marks, hub):
            self.document.attributes[hub.key] = attributes

    def _attributes(self, entity: Entity, marks: list[Mark], hub: Mark) -> dict[str, Any]:
        found: dict[str, Any] = {}
        forms = {self.text[mark.start : mark.end] for mark in marks}
        if self.text[hub.start : hub.end] != entity.name:
            found["name"] = entity.name
        if unseen := [alias for alias in entity.aliases if alias not in forms]:
            found["aliases"] = unseen
        if entity.label == DATE:
            found |= {"start": entity.start, "end": entity.end}
        if entity.value is not None:
            found["value"] = entity.value
        if entity.link is not None:
            codes = {"insee": entity.link.insee, "geonames": entity.link.geonames}
            known = {key: code for key, code in codes.items() if code is not None}
            found["link"] = known or None
        if entity.ambiguous:
            found["ambiguous"] = True
        return found

    def positions(self) -> None:
        for number, fact in enumerate(self.gold.positions):
            ids = [i for i in (fact.person, fact.role, fact.organization) if i is not None]
            if any(entity_id not in self.marks for entity_id in ids):
                self.document.losses.append(
                    f"{self.gold.id}: position {number} needs an entity without mention"
                )
                continue
            holders = self.marks[fact.person] if fact.person is not None else []
            role = self._free_role(self.marks[fact.role], holders)
            self._numbers[role] = self._numbers.get(role, 0) + 1
            suffix = "" if self._numbers[role] == 1 else f"_{self._numbers[role]}"
            status = fact.status.upper()
            if holders:
                self._arc(_nearest(holders, role), role, f"{POSITION}_{status}{suffix}")
            else:
                self._arc(role, role, f"{OFFICE}_{status}{suffix}")
            if fact.organization is not None:
                self._arc(role, _nearest(self.marks[fact.organization], role), f"{AT}{suffix}")

    def _free_role(self, roles: list[Mark], holders: list[Mark]) -> Mark:
        """The role mark nearest to a mention of the holder, one without a fact on it first."""

        def cost(role: Mark) -> tuple[int, int, Mark]:
            distance = min((abs(role.start - mark.start) for mark in holders), default=0)
            return self._numbers.get(role, 0), distance, role

        return min(roles, key=cost)

    def based_in(self) -> None:
        for number, fact in enumerate(self.gold.based_in):
            if fact.organization not in self.marks or fact.city not in self.marks:
                self.document.losses.append(
                    f"{self.gold.id}: based_in {number} needs an entity without mention"
                )
                continue
            pairs = ((a, b) for a in self.marks[fact.organization] for b in self.marks[fact.city])
            head, child = min(pairs, key=lambda pair: (abs(pair[0].start - pair[1].start), pair))
            self._arc(head, child, PLACE_ARCS[fact.kind])

    def _arc(self, head: Mark, child: Mark, label: str) -> None:
        self.document.arcs.append(Arc(head, child, label))


def _nearest(marks: list[Mark], place: Mark) -> Mark:
    return min(marks, key=lambda mark: (abs(mark.start - place.start), mark))
