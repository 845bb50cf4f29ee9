"""OFFICES: who holds an office holds it under its other names: the president of the Republic, head of state.

An article names the office again, far from the person, where no sentence says whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pressextract.components.typography import fold_accents
from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import PositionFact
from pressextract.labels import PERSON, ROLE
from pressextract.lang import load_terms

RULE = "other name"
_LOCAL = ("mayor", "edile")
"""Offices of a place, which is the body of the position; the others are those of a country and have none."""


def under_other_names(facts: Sequence[PositionFact], sentences: Sequence[Sentence]) -> Iterator[PositionFact]:
    """A position for the first mention of each office that nobody was found to hold under this name, where
    one person alone holds it under another.

    Names and the shares of right ones, counted on the training articles with gold mentions, are in
    ``lang/fr/offices.json``.
    """
    held: dict[str, list[PositionFact]] = defaultdict(list)
    for fact in facts:
        if office := _offices().get(_fold(fact.role.text)):
            held[office].append(fact)
    if not held:
        return
    slots = [slot for sentence in sentences for _, slot in sorted(sentence.slots.items())]
    taken = set(held)
    for role in slots:
        office = _offices().get(_fold(role.text)) if role.label == ROLE else None
        if office is None or office in taken:
            continue
        taken.add(office)
        if known := _holder(held, office):
            share, fact = known
            yield _renamed(fact, role, slots, share)


def _holder(held: Mapping[str, Sequence[PositionFact]], office: str) -> tuple[float, PositionFact] | None:
    """The surest position under another name, after the share of right ones; None where nobody or more than
    one has such a position. That at a body, as of the president of a club, is none."""
    known = [
        (share, fact)
        for name, share in _other_names().get(office, ())
        for fact in held.get(name, ())
        if fact.organization is None or name in _LOCAL
    ]
    people = {_surname(fact.person) if fact.person else None for _, fact in known}
    if len(people) != 1 or None in people:
        return None
    return max(known, key=lambda pair: (pair[0], pair[1].confidence))


def _renamed(fact: PositionFact, role: Slot, slots: Sequence[Slot], share: float) -> PositionFact:
    """The same position in ``role``, shown by the nearest mention of the person."""
    assert fact.person is not None
    surname = _surname(fact.person)
    mentions = [slot for slot in slots if slot.label == PERSON and _surname(slot) == surname]
    person = min(mentions or [fact.person], key=lambda slot: abs(slot.start - role.start))
    return replace(
        fact,
        person=person,
        role=role,
        start=min(person.start, role.start),
        end=max(person.end, role.end),
        confidence=round(share * fact.confidence, 4),
        rule=RULE,
        method="rule",
    )


def _surname(person: Slot) -> str:
    words = _fold(person.text).split()
    return words[-1] if words else ""


def _fold(text: str) -> str:
    return fold_accents(text.replace("’", "'")).casefold()


@cache
def _offices() -> dict[str, str]:
    """Folded names and the office that each is a name of."""
    return {_fold(name): office for office, names in load_terms("offices")["names"].items() for name in names}


@cache
def _other_names() -> dict[str, list[tuple[str, float]]]:
    """For each name of an office the others, and the share of right ones."""
    others: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for known, other, share, _ in load_terms("offices")["shares"]:
        others[other].append((known, share))
    return others
