"""Clean an article's text for analysis, with a map back to the text as read.

Typography is folded (apostrophes, no-break spaces, soft hyphens), lines that a program wrapped are joined,
and the lines that web pages put around an article are dropped; every character kept remembers its offset in
the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.lang import any_of, load_terms
from pressextract.wrapping import wrapped_breaks

_FOLD = {ord(c): "'" for c in "\u2019\u2018\u02bc\u0060\u00b4"}
_FOLD |= {ord(c): " " for c in "\u00a0\u202f\u2009\u2007\u2002\u2003\u200a\t\u000b\u000c"}
_FOLD |= {ord(c): "-" for c in "\u2010\u2011"}
_FOLD |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates: no tokenizer can encode them
_DROPPED = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\r]")
_UNBROKEN = re.compile(r"\S{500,}")
"""No word, and most often encoded data; the tokenizer's time grows with the square of its length."""
_MAX_NOISE_LINE = 160
_HYPHENS = re.compile(r"(?:\w-|\u00ad)\Z")
"""Ends of lines that are joined without a space: compounds (``Saint-Brieuc``), words cut by a soft hyphen. A
word cut by a plain hyphen keeps it, as nothing tells it from a compound."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """Folded text and, for each of its characters, the offset of that character in the text as read."""

    text: str
    offsets: tuple[int, ...] | None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Map the half-open character span [start, end) of the clean text to one of the raw text."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


@cache
def _noise() -> tuple[frozenset[str], tuple[str, ...], re.Pattern[str]]:
    """Whole lines, beginnings of lines, and the pattern of a row of buttons."""
    terms = load_terms("noise")
    button, network = (f"(?:{any_of(terms[key])})" for key in ("buttons", "networks"))
    either, link = f"(?:{button}|{network})", r"(?: ?[|/·•,-] ?| )"
    row = re.compile(  # a button and anything, or three networks: two may be the news
        rf"{button}(?:{link}{either})+|{network}(?:{link}{network})*{link}{button}(?:{link}{either})*"
        rf"|{network}(?:{link}{network}){{2,}}"
    )
    return frozenset(terms["lines"]), tuple(terms["prefixes"]), row


def is_noise_line(line: str) -> bool:
    """Whether ``line`` is web furniture (share buttons, newsletter, cookies) and no part of the article."""
    return _is_noise(fold_typography(line))


def _is_noise(folded: str) -> bool:
    bare = folded.strip(" .:!>•|-–—")
    if not 0 < len(bare) <= _MAX_NOISE_LINE:
        return False
    lines, prefixes, buttons = _noise()
    key = bare.lower()
    return len(key) <= _MAX_NOISE_LINE and (
        key in lines or key.startswith(prefixes) or buttons.fullmatch(key) is not None
    )


def fold_typography(text: str) -> str:
    """``text`` with curly apostrophes, no-break spaces and hyphens made plain, one character for one."""
    return text.translate(_FOLD)


def clean_text(raw: str) -> CleanText:
    """Fold typography, join wrapped lines and drop noise lines of ``raw``; linear in its length."""
    folded = fold_typography(raw)
    drops = list(_noise_lines(folded))
    if breaks := wrapped_breaks(raw, is_noise_line):
        folded = _join_lines(folded, breaks)
        drops += [(start + _parts_words(folded, start), end) for start, end in breaks]
    drops += [match.span() for pattern in (_DROPPED, _UNBROKEN) for match in pattern.finditer(folded)]
    if not drops:
        return CleanText(folded, None)
    return _without(folded, sorted(drops))


def _noise_lines(folded: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are web furniture, without their ends."""
    position = 0
    for line in folded.splitlines(keepends=True):
        stripped = line.rstrip("\r\n")
        if _is_noise(stripped):
            yield position, position + len(stripped)
        position += len(line)


def _join_lines(folded: str, breaks: Sequence[tuple[int, int]]) -> str:
    """The text with a space where each of the line ends begins; the rest of them is to be dropped."""
    characters = list(folded)
    for start, _ in breaks:
        characters[start] = " "
    return "".join(characters)


def _parts_words(folded: str, place: int) -> bool:
    """Whether the space at ``place``, where lines were joined, parts two words."""
    return _HYPHENS.search(folded[max(0, place - 2) : place]) is None


def _without(text: str, drops: list[tuple[int, int]]) -> CleanText:
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for start, end in drops:
        if start > position:
            pieces.append(text[position:start])
            offsets.extend(range(position, start))
        position = max(position, end)
    pieces.append(text[position:])
    offsets.extend(range(position, len(text)))
    return CleanText("".join(pieces), tuple(offsets))
