"""Cut an encoded sentence into units: a person with civility and age, a role with openers and employer.

``Ann Loy, 42 ans, la jeune PDG de la société Tekla, …`` is a person unit that ends after ``42 ans`` and
a role unit from ``la jeune`` to ``Tekla``. Between two units only a short gap remains, ``", "`` here: what
joins them is read off the gap alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.patterns import pattern
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE
from pressextract.lang import any_of, load_terms

BODIES = frozenset({COMPANY, ORGANIZATION})
_LOOK_BACK = 60
"""Characters before a symbol in which its openers or its civility are looked for."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A person or a role with the words that belong to it: [start, end) of the encoded sentence."""

    slot: Slot
    start: int
    end: int
    openers: str = ""
    employers: tuple[Slot, ...] = ()
    is_anaphoric: bool = False
    """The employer is a common noun (``directeur du groupe``): one named before is meant."""
    has_own_place: bool = False
    """Words after the role name an employer or a place that is no mention (``président du pays``)."""

    def is_opened_by(self, *lists: str) -> bool:
        """Whether the first of the openers is on one of these lists of ``facts.json``, blanks included.

        The longest counts: ``l'un des`` is not ``l'``.
        """
        terms = load_terms("facts")
        first = max(filter(self.openers.startswith, terms["openers"]), key=len, default="")
        return any(first in terms[name] for name in lists)


def find_units(sentence: Sentence) -> list[Unit]:
    """The person and role units of ``sentence``, in text order; they do not overlap."""
    units: list[Unit] = []
    for position, slot in sentence.slots.items():
        if slot.label not in (PERSON, ROLE):
            continue
        floor = units[-1].end if units else 0
        if position >= floor:
            make = _person_unit if slot.label == PERSON else _role_unit
            units.append(make(sentence, position, slot, floor))
    return units


def _person_unit(sentence: Sentence, position: int, slot: Slot, floor: int) -> Unit:
    before = pattern("civility").search(sentence.code, max(floor, position - _LOOK_BACK), position)
    tail = pattern("person_tail").match(sentence.code, position + 1)
    start = before.start() if before else position
    return Unit(slot, start, tail.end() if tail else position + 1)


def _role_unit(sentence: Sentence, position: int, slot: Slot, floor: int) -> Unit:
    code = sentence.code
    opened = pattern("role_openers").search(code, max(floor, position - _LOOK_BACK), position)
    start = opened.start() if opened else position
    openers = code[start:position].lower()
    match = pattern("role_adjectives").match(code, position + 1)
    end = match.end() if match else position + 1
    dated = pattern("role_dates").match(code, end)
    end = dated.end() if dated else end
    employer = pattern("named_employer").match(code, end)
    if employer and not employer[0].endswith(" "):
        inside = [sentence.slots[i] for i in range(*employer.span()) if i in sentence.slots]
        return Unit(slot, start, employer.end(), openers, _employers(slot, inside))
    other = pattern("unnamed_employer").match(code, end)
    if other:
        return Unit(slot, start, other.end(), openers, (), bool(other["generic"]), not other["generic"])
    return Unit(slot, start, end, openers)


@cache
def _head_pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:vice-|co-?|ex-)?(?:{any_of(load_terms('facts')[key])})(?![\w-])", re.IGNORECASE)


def has_head(role: Slot, key: str) -> bool:
    """Whether the role begins with one of the heads ``lang/fr/facts.json`` lists under ``key``."""
    return bool(_head_pattern(key).match(role.text))


def _employers(role: Slot, inside: list[Slot]) -> tuple[Slot, ...]:
    """The bodies named after a role; a town stands for one only with the offices that towns have."""
    if has_head(role, "no_employer_heads"):
        return ()
    bodies = tuple(s for s in inside if s.label in BODIES)
    towns = tuple(s for s in inside if s.label == CITY)
    if towns and has_head(role, "town_heads"):
        return towns[:1]
    return bodies
