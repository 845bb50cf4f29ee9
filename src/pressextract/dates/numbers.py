"""French numbers in words and digits, below ten thousand."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.terms import terms

_SPLIT = re.compile(r"[ \n'-]+")
_LINKING = frozenset(("et", "de", "d", "la", "a", ""))
_ORDINAL = re.compile(r"(\d+)(?:er|ere|re|e|eme|nd|nde)$")
_ROMAN = re.compile(r"([ivx]+)(?:er|e|eme)?$")
_HUNDRED = 100
_THOUSAND = 1000


@cache
def parse_number(text: str) -> int | None:
    """The value of a folded number (``23``, ``1er``, ``vingt-trois``, ``une dizaine d'``), or None."""
    text = text.strip(" '\n.")
    if text.isdecimal():
        return int(text)
    digits = _ORDINAL.match(text)
    if digits:
        return int(digits[1])
    return _parse_words([word for word in _SPLIT.split(text) if word not in _LINKING])


def _parse_words(words: list[str]) -> int | None:
    values = terms()["numbers"]
    total = current = 0
    for word in words:
        value = values.get(word)
        if value is None:
            return None
        if value == _THOUSAND:
            total, current = total + max(1, current) * _THOUSAND, 0
        elif value == _HUNDRED or word in terms()["collectives"]:
            current = max(1, current) * int(value)
        elif word in ("vingts", "vingt") and current % _HUNDRED == 4:
            current += 76
        else:
            current += int(value)
    return total + current if words else None


@cache
def parse_ordinal(text: str) -> int | None:
    """The rank of a folded ordinal (``premier``, ``3e``); -1 for ``dernier``; None if it is not one."""
    text = " ".join(_SPLIT.split(text.strip())).rstrip("s")
    known: int | None = terms()["ordinals"].get(text)
    if known is not None:
        return known
    digits = _ORDINAL.match(text)
    return int(digits[1]) if digits else None


@cache
def parse_roman(text: str) -> int | None:
    """The value of a Roman numeral below 40 in lower case, with or without its ordinal ending, or None."""
    match = _ROMAN.match(text)
    if match is None:
        return None
    values = {"i": 1, "v": 5, "x": 10}
    digits = [values[char] for char in match[1]]
    following = [*digits[1:], 0]
    return sum(-one if after > one else one for one, after in zip(digits, following, strict=True))
