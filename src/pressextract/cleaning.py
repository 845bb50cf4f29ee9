"""Clean an article's text for analysis, with a map back to the text as read.

Typography is folded (apostrophes, no-break spaces, soft hyphens), lines that a program wrapped are joined,
and the lines that web pages put around an article are dropped; every character kept remembers its offset in
the original.
"""

from __future__ import annotations

import re
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
_HYPHENATED = re.compile(r"\w-\r?\Z")


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
    folded, drops = _join_lines(fold_typography(raw))
    drops += [match.span() for pattern in (_DROPPED, _UNBROKEN) for match in pattern.finditer(folded)]
    position = 0
    for line in folded.splitlines(keepends=True):
        stripped = line.rstrip("\r\n")
        if _is_noise(stripped):
            drops.append((position, position + len(stripped)))
        position += len(line)
    if not drops:
        return CleanText(folded, None)
    return _without(folded, sorted(drops))


def _join_lines(folded: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with spaces for the line ends of wrapping, and the line ends to drop: those after a hyphen."""
    breaks = wrapped_breaks(folded)
    if not breaks:
        return folded, []
    characters = list(folded)
    drops = []
    for place in breaks:
        characters[place] = " "
        if _HYPHENATED.search(folded, max(0, place - 3), place):
            drops.append((place, place + 1))
    return "".join(characters), drops


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
