"""Case and accents without moving a character: every function keeps the length of its text."""

from __future__ import annotations

import unicodedata
from functools import cache


def lower_same_length(text: str) -> str:
    """``text`` in lower case; a character whose lower case is longer (``İ``) is kept as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@cache
def _accents() -> dict[int, str]:
    table = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[code] = base
    return table


def fold_accents(text: str) -> str:
    """``text`` without accents (``é`` -> ``e``), one character for one; ligatures are kept."""
    return text.translate(_accents())
