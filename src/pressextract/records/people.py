"""Which names are one person: full names, surnames that come back, two people with one surname kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Span

from pressextract.components.spans import text_before
from pressextract.labels import PERSON
from pressextract.lang import load_terms
from pressextract.records.groups import Group
from pressextract.records.names import fold

FEMININE, MASCULINE = "f", "m"
_LAST_WORDS = 28
_LAST_WORD = re.compile(r"([^\W\d_][\w.-]*) $")


def group_people(spans: Sequence[Span]) -> list[Group]:
    """One group for each person, in order of first mention."""
    people = _People()
    lone: list[tuple[Span, str]] = []
    for span in spans:
        key = fold(span.text)
        if " " in key:
            people.add(people.named(key), span, key)
        else:
            lone.append((span, key))
    for span, key in sorted(lone, key=lambda item: item[0].start):
        people.add(people.owner(span, key), span, key)
    groups = [Group(PERSON, sorted(p.spans, key=lambda s: s.start)) for p in people.all]
    return sorted(groups, key=lambda g: g.start)


class _Person:
    """A person being gathered: mentions, folded names, gender where something tells it."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.names: set[str] = set()
        self.gender: str | None = None

    def add(self, span: Span, key: str) -> None:
        self.spans.append(span)
        self.names.add(key)
        self.gender = self.gender or civility_gender(span) or name_gender(span.text)

    def has_name(self, key: str) -> bool:
        """Whether the full name ``key`` is one of this person's, shorter, longer or with initials."""
        return any(_same_full_name(key, name) for name in self.names)

    def last_before(self, token: int) -> int:
        """First token of the last mention before ``token``; -1 when there is none."""
        return max((s.start for s in self.spans if s.start < token), default=-1)


def _same_full_name(one: str, other: str) -> bool:
    """Equal, one the end of the other ("Le Pen", "Marine Le Pen"), or initials ("J. Dupont")."""
    if one == other or one.endswith(" " + other) or other.endswith(" " + one):
        return True
    first, second = one.split(), other.split()
    if first[-1] != second[-1] or len(first) != len(second):
        return False
    pairs = list(zip(first[:-1], second[:-1], strict=True))
    return all(a == b or (len(min(a, b, key=len)) == 1 and a[0] == b[0]) for a, b in pairs)


class _People:
    """The people met so far, found by the last word of a name, so that not all are compared with all."""

    def __init__(self) -> None:
        self.all: list[_Person] = []
        self._by_last: dict[str, dict[_Person, None]] = {}
        self._by_given: dict[str, dict[_Person, None]] = {}

    def add(self, person: _Person | None, span: Span, key: str) -> None:
        """Give the mention ``span``, whose folded name is ``key``, to ``person``, or to a new one."""
        if person is None:
            person = _Person()
            self.all.append(person)
        person.add(span, key)
        given, _, last = key.rpartition(" ")
        self._by_last.setdefault(last, {})[person] = None
        if given:
            self._by_given.setdefault(key.split()[0], {})[person] = None

    def named(self, key: str) -> _Person | None:
        """The first person whose full name may be ``key``: the last words of such names are the same."""
        same_last = self._by_last.get(key.rpartition(" ")[2], {})
        return next((person for person in same_last if person.has_name(key)), None)

    def owner(self, span: Span, key: str) -> _Person | None:
        """Who a lone name means: the bearers of that surname whose gender fits, the last mentioned first."""
        gender = civility_gender(span)
        bearers = list(self._by_last.get(key, {}))
        fitting = [p for p in bearers if gender is None or p.gender in (None, gender)]
        if fitting:
            return max(fitting, key=lambda p: (p.last_before(span.start), -min(s.start for s in p.spans)))
        if bearers:
            return None
        called = list(self._by_given.get(key, {}))
        return called[0] if len(called) == 1 and gender is None else None


def civility_gender(span: Span) -> str | None:
    """Gender by the civility, or the role in the feminine, right before the mention; None without them."""
    match = _LAST_WORD.search(text_before(span, _LAST_WORDS))
    if match is None:
        return None
    word = match[1]
    return _civilities().get(word) or (FEMININE if word in _feminine_roles() else None)


@cache
def _civilities() -> dict[str, str]:
    terms = load_terms("genders")
    return dict.fromkeys(terms["feminine_civilities"], FEMININE) | dict.fromkeys(
        terms["masculine_civilities"], MASCULINE
    )


@cache
def _feminine_roles() -> frozenset[str]:
    return frozenset(w for w, m in load_terms("role_forms")["masculine"].items() if w != m)


@cache
def _given_names() -> dict[str, str]:
    terms = load_terms("genders")
    names = dict.fromkeys(terms["feminine_names"], FEMININE) | dict.fromkeys(
        terms["masculine_names"], MASCULINE
    )
    return {fold(name): gender for name, gender in names.items()}


def name_gender(name: str) -> str | None:
    """Gender by the given name of a full name; None when it is not known or borne by both."""
    words = fold(name).split()
    return _given_names().get(words[0]) if len(words) > 1 else None
