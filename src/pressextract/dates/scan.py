"""Walk over a folded text: at each first word of a rule, read the longest match that passes its check."""

from __future__ import annotations

import re

from pressextract.dates.atoms import Atom
from pressextract.dates.checks import CHECKS
from pressextract.dates.context import read_context
from pressextract.dates.folding import Folded
from pressextract.dates.grammar import Rule, index
from pressextract.dates.reading import read_match
from pressextract.dates.surroundings import cues, search_before

_WORD = re.compile(r"(?<!\w)(?:[a-z]+|\d+)")
_HISTORY = 1970
"""Before this year a day behind the name of a kind of street is one that the street is named after."""


def scan(folded: Folded) -> list[Atom]:
    """The atoms of a text in order, not overlapping, with what stands before each."""
    text = folded.text
    rules = index()
    atoms: list[Atom] = []
    position = 0
    for word in _WORD.finditer(text):
        key = word[0]
        known = rules.get(key if key.isalpha() else f"#{len(key)}")
        if known is None or word.start() < position:
            continue
        found = _read_at(folded, word.start(), known)
        if found:
            for atom in found:
                read_context(folded, atom)
            # "le mois de mars": the month has taken in the unit that was read before it.
            while atoms and atoms[-1].end > found[0].start:
                atoms.pop()
            atoms.extend(found)
            position = found[-1].end
            if _is_no_date(text, found):
                del atoms[-len(found) :]
    return atoms


def _is_no_date(text: str, found: list[Atom]) -> bool:
    """The name of a street, or a day that no calendar has; no piece of it is a date either."""
    first = found[0]
    if first.day is not None or first.holiday is not None:
        is_street = len(found) == 1 and search_before(text, first.start, "street_before") is not None
        is_too_long = cues()["long_year_after"].match(text, found[-1].end) is not None
        return is_too_long or (is_street and _is_commemorated(text, first))
    return first.month is not None and search_before(text, first.start, "figures_of_day_before") is not None


def _is_commemorated(text: str, day: Atom) -> bool:
    """As streets write the days of history that they are named after: with hyphens, or long gone."""
    return "-" in text[day.start : day.end] or (day.year is not None and day.year < _HISTORY)


def _read_at(folded: Folded, start: int, rules: tuple[Rule, ...]) -> list[Atom]:
    matches = []
    for rule in rules:
        match = rule.pattern.match(folded.text, start)
        if match is not None:
            matches.append((match.end(), rule, match))
    # Stable: of equally long matches the earlier rule stands first.
    matches.sort(key=lambda found: -found[0])
    for _, rule, match in matches:
        if _passes(folded, rule, match):
            atoms = read_match(rule, match)
            if atoms:
                return atoms
    return []


def _passes(folded: Folded, rule: Rule, match: re.Match[str]) -> bool:
    return rule.check is None or CHECKS[rule.check](folded, match)
