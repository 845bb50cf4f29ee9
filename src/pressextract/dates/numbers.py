"""French numbers in words and digits, below ten thousand."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.terms import terms

_SPLIT = re.compile(r"[ \n-]+")
_HUNDRED = 100
_THOUSAND = 1000


@cache
def parse_number(text: str) -> int | None:
    """The value of a folded number (``23``, ``vingt-trois``, ``une dizaine de``), or None if it is not one."""
    text = text.strip(" '\n")
    if text.isdecimal():
        return int(text)
    digits = re.match(r"\d+(?=(?:er|re|e|eme)$)", text)
    if digits:
        return int(digits[0])
    return _parse_words([word for word in _SPLIT.split(text) if word not in ("et", "de", "d'", "d", "la", "")])


def _parse_words(words: list[str]) -> int | None:
    values = terms()["numbers"]
    total = current = 0
    for word in words:
        value = values.get(word)
        if value is None:
            return None
        if value == _THOUSAND:
            total, current = total + max(1, current) * _THOUSAND, 0
        elif value == _HUNDRED:
            current = max(1, current) * _HUNDRED
        elif word in ("vingts", "vingt") and current % _HUNDRED == 4:
            current += 76
        elif word in terms()["collectives"]:
            current = max(1, current) * int(value)
        else:
            current += int(value)
    return total + current if words else None


def roman(text: str) -> int | None:
    """The value of a Roman numeral below 40 in any case, or None."""
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = values.get(char)
        if value is None:
            return None
        total += -value if values.get(following, 0) > value else value
    return total or None
