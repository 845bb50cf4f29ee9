"""Marks and arcs to gold: what was annotated in a tool, as a gold article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import Any

from pressextract.evaluation.annotation import STATUSES
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
    FormatError,
    Mark,
    unique,
)
from pressextract.evaluation.normalise import fold_name
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

_PREFIX = {PERSON: "p", COMPANY: "c", ORGANIZATION: "o", CITY: "v", ROLE: "r", DATE: "d"}
_STATUS_LABELS = {status.upper(): status for status in STATUSES}
_KINDS = {label: kind for kind, label in PLACE_ARCS.items()}
_FACT = re.compile(r"^(POSITION|OFFICE|AT)(?:_([A-Z]+))?(?:_(\d{1,4}))?$")


def to_gold_row(document: Document) -> dict[str, Any]:
    """A document as a gold object, to be checked by the gold loader.

    Raises:
        FormatError: an arc has an unknown label, or the label of a fact does not fit its marks.
    """
    marks = unique(document.marks)
    hubs = _hubs(document, marks)
    ids: dict[Mark, str] = {}
    counts: Counter[str] = Counter()
    entities = []
    for hub in dict.fromkeys(hubs[mark] for mark in marks):
        counts[hub.label] += 1
        ids[hub] = f"{_PREFIX[hub.label]}{counts[hub.label]}"
        own = [mark for mark in marks if hubs[mark] == hub]
        entities.append(_entity(document, ids[hub], hub, own))
    entity_of = {mark: ids[hubs[mark]] for mark in marks}
    row: dict[str, Any] = {"id": document.id, "text": document.text}
    row |= {key: document.about[key] for key in ABOUT_KEYS if key in document.about}
    row["entities"] = entities
    row["positions"] = _positions(document, entity_of)
    row["based_in"] = _unique_rows(
        {"organization": entity_of[arc.head], "city": entity_of[arc.child], "kind": _KINDS[arc.label]}
        for arc in sorted(document.arcs)
        if arc.label in _KINDS
    )
    return row


def _hubs(document: Document, marks: list[Mark]) -> dict[Mark, Mark]:
    """The hub of each mark: of all that stand for one thing, the first that SAME_AS leads to and not from."""
    parent = {mark: mark for mark in marks}

    def root(mark: Mark) -> Mark:
        while parent[mark] != mark:
            parent[mark] = parent[parent[mark]]
            mark = parent[mark]
        return mark

    links = [arc for arc in document.arcs if arc.label == SAME_AS]
    for arc in links:
        parent[root(arc.head)] = root(arc.child)
    if document.about.get("coreference") != EXPLICIT:
        seen: dict[tuple[str, str, str], Mark] = {}
        for mark in marks:
            form = fold_name(document.text[mark.start : mark.end])
            days = str(sorted(document.attributes.get(mark.key, {}).items())) if mark.label == DATE else ""
            first = seen.setdefault((mark.label, form, days), mark)
            parent[root(mark)] = root(first)
    pointing, pointed = {arc.head for arc in links}, {arc.child for arc in links}
    best: dict[Mark, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark in pointing, mark not in pointed, mark)):
        best.setdefault(root(mark), mark)
    return {mark: best[root(mark)] for mark in marks}


def _entity(document: Document, entity_id: str, hub: Mark, marks: list[Mark]) -> dict[str, Any]:
    given = document.attributes.get(hub.key, {})
    name = str(given.get("name", document.text[hub.start : hub.end]))
    forms = dict.fromkeys(document.text[mark.start : mark.end] for mark in marks)
    aliases = [form for form in (*forms, *given.get("aliases", ())) if form != name]
    row: dict[str, Any] = {"id": entity_id, "label": hub.label, "name": name}
    if aliases:
        row["aliases"] = aliases
    row["mentions"] = [[mark.start, mark.end] for mark in marks]
    row |= {key: given[key] for key in ("start", "end", "value", "link", "ambiguous") if key in given}
    return row


def _positions(document: Document, entity_of: dict[Mark, str]) -> list[dict[str, Any]]:
    """Every holder of a role mark with every place of it, fact by fact."""
    holders: dict[tuple[Mark, str], list[tuple[str | None, str]]] = {}
    places: dict[tuple[Mark, str], list[str | None]] = {}
    for arc in sorted(document.arcs):
        if arc.label == SAME_AS or arc.label in _KINDS:
            continue
        kind, status, number = _parse(arc)
        role = arc.child if kind == POSITION else arc.head
        if role.label != ROLE:
            raise FormatError(f"{arc.label} at {role.key}: joins a {role.label}; it needs a ROLE there")
        if kind == AT:
            places.setdefault((role, number), []).append(entity_of[arc.child])
        else:
            person = entity_of[arc.head] if kind == POSITION else None
            holders.setdefault((role, number), []).append((person, status))
    rows = []
    for (role, number), people in sorted(holders.items()):
        for (person, status), place in product(people, places.get((role, number), [None])):
            row = {"person": person, "role": entity_of[role], "organization": place, "status": status}
            rows.append(row)
    return _unique_rows(rows)


def _parse(arc: Arc) -> tuple[str, str, str]:
    """Kind, status and number of the arc of a fact."""
    match = _FACT.match(arc.label)
    kind, status, number = match.groups(default="") if match else ("", "", "")
    if (kind == AT and not status) or (kind in (POSITION, OFFICE) and status in _STATUS_LABELS):
        return kind, _STATUS_LABELS.get(status, ""), number or "1"
    known = [SAME_AS, AT, *(f"{POSITION}_{label}" for label in _STATUS_LABELS), *_KINDS]
    raise FormatError(f"relation {arc.label!r} is not known; use {', '.join(known)}")


def _unique_rows(rows: Any) -> list[dict[str, Any]]:
    return list({tuple(row.values()): row for row in rows}.values())
