"""Fold a text to what the grammar reads: lower case, no accents, plain quotes and spaces; offsets kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

_DROPPED = (0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0x0300, 0x0370))
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_QUOTES = "\u2018\u2019\u02bc\u00b4`\u2032\uff07"
_RAISED = {"\u1d49": "e", "\u02b3": "r"}
_LAST_LATIN = 0x250


@cache
def _table() -> dict[int, int | None]:
    table: dict[int, int | None] = {}
    for code in range(0x41, _LAST_LATIN):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1 and base != chr(code):
            table[code] = ord(base)
    # Line ends that are not "\n" become one, so that the grammar knows a single kind.
    table.update(dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x0A))
    table.update({ord(char): 0x20 for char in _SPACES})
    table.update({ord(char): 0x2D for char in _DASHES})
    table.update({ord(char): 0x27 for char in _QUOTES})
    table.update({ord(char): ord(plain) for char, plain in _RAISED.items()})
    table.update(dict.fromkeys(_DROPPED))
    return table


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the characters of the original."""

    text: str
    source: str
    offsets: tuple[int, ...] | None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Characters [start, end) of the folded text as characters of the original; ``end`` > ``start``."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def original(self, position: int) -> str:
        """The original character at a folded position."""
        return self.source[position if self.offsets is None else self.offsets[position]]


def fold(text: str) -> Folded:
    """Fold ``text``; soft hyphens, zero-width characters and combining accents disappear."""
    folded = text.translate(_table())
    if len(folded) == len(text):
        return Folded(folded, text, None)
    dropped = frozenset(_DROPPED)
    offsets = tuple(i for i, char in enumerate(text) if ord(char) not in dropped)
    return Folded(folded, text, offsets)
