"""Walk over a folded text: at each first word of a rule, read the longest match that passes its check."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.atoms import Atom
from pressextract.dates.checks import CHECKS
from pressextract.dates.context import read_context
from pressextract.dates.folding import Folded
from pressextract.dates.grammar import Rule, index
from pressextract.dates.reading import read_match

_MAX_DIGITS = 4


@cache
def _first_words() -> re.Pattern[str]:
    """Words that may begin a rule, and numbers, found without looking at the other words one by one."""
    words = sorted((word for word in index() if word[0] != "#"), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![a-z0-9_])(?:\d+|(?:{'|'.join(words)})(?![a-z]))")


def scan(folded: Folded) -> list[Atom]:
    """The atoms of a text in order, not overlapping, with what stands before each."""
    text = folded.text
    atoms: list[Atom] = []
    position = 0
    for candidate in _first_words().finditer(text):
        start = candidate.start()
        if start < position:
            continue
        found = _read_at(folded, start, candidate[0])
        if found:
            for atom in found:
                read_context(folded, atom)
            # "le mois de mars": the month has taken in the unit that was read before it.
            while atoms and atoms[-1].end > found[0].start:
                atoms.pop()
            atoms.extend(found)
            position = found[-1].end
    return atoms


def _read_at(folded: Folded, start: int, word: str) -> list[Atom]:
    if word[0].isdigit():
        if len(word) > _MAX_DIGITS:
            return []
        word = f"#{len(word)}"
    matches = []
    for rule in index().get(word, ()):
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
