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
    people: list[_Person] = []
    full = [s for s in spans if len(fold(s.text).split()) > 1]
    for span in full:
        key = fold(span.text)
        known = next((p for p in people if p.has_name(key)), None)
        if known is None:
            known = _Person()
            people.append(known)
        known.add(span, key)
    for span in sorted((s for s in spans if len(fold(s.text).split()) <= 1), key=lambda s: s.start):
        owner = _owner(span, people)
        if owner is None:
            owner = _Person()
            people.append(owner)
        owner.add(span, fold(span.text))
    groups = [Group(PERSON, sorted(p.spans, key=lambda s: s.start)) for p in people]
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

    def answers_to(self, key: str) -> bool:
        """Whether the single name ``key`` is this person's surname, or all that is known of it."""
        return any(name == key or name.endswith(" " + key) for name in self.names)

    def has_given_name(self, key: str) -> bool:
        return any(name.split()[0] == key for name in self.names if " " in name)

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


def _owner(span: Span, people: Sequence[_Person]) -> _Person | None:
    """Who a lone name means: the bearers of that surname whose gender fits, the last mentioned first."""
    key = fold(span.text)
    gender = civility_gender(span)
    bearers = [p for p in people if p.answers_to(key)]
    fitting = [p for p in bearers if gender is None or p.gender in (None, gender)]
    if fitting:
        return max(fitting, key=lambda p: (p.last_before(span.start), -min(s.start for s in p.spans)))
    if bearers:
        return None
    called = [p for p in people if p.has_given_name(key)]
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
