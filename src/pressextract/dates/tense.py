"""Which side of the anchor a bare weekday or a day without year is on, from the verbs of its sentence."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.folding import Folded
from pressextract.dates.grammar import read_toml

REACH = 160
"""Characters of the sentence on each side that are read."""
_BREAK = re.compile(r"[.!?…\n](?=\s|$)|\n")


@cache
def _cues() -> re.Pattern[str]:
    cues = read_toml("tense")
    return re.compile(rf"(?P<future>{cues['future']})|(?P<past>{cues['past']})")


@cache
def _not_verbs() -> frozenset[str]:
    return frozenset(read_toml("tense")["not_verbs"])


def find_tense(folded: Folded, start: int, end: int) -> str | None:
    """``"past"``, ``"future"`` or None for characters [start, end) of the folded text.

    The nearest verb of the sentence decides; one in the same clause (no comma, bracket or conjunction between)
    counts as nearer.
    """
    low, high = _sentence(folded.text, start, end)
    best: tuple[float, str] | None = None
    source = _accented(folded, low, high)
    for match in _cues().finditer(source):
        if match[0] in _not_verbs():
            continue
        first, last = low + match.start(), low + match.end()
        if first < end and last > start:
            continue
        gap = folded.text[last:start] if last <= start else folded.text[end:first]
        distance = len(gap) + 25 * len(re.findall(r"[,;:()\"«»]| qui | que | dont ", gap)) + (12 if first >= end else 0)
        if best is None or distance < best[0]:
            best = (distance, "future" if match["future"] else "past")
    return best[1] if best else None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - REACH)
    for match in _BREAK.finditer(text, low, start):
        low = match.end()
    after = _BREAK.search(text, end, min(len(text), end + REACH))
    return low, after.start() if after else min(len(text), end + REACH)


def _accented(folded: Folded, low: int, high: int) -> str:
    """Characters [low, high) in lower case with their accents, one for one, since "annonce" and "annoncé" differ."""
    if folded.offsets is None:
        original = folded.source[low:high]
    else:
        original = "".join(folded.source[i] for i in folded.offsets[low:high])
    lowered = original.lower().replace("’", "'")
    return lowered if len(lowered) == high - low else folded.text[low:high]
