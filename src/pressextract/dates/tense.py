"""Which side of the anchor a bare weekday or a day without year is on, from the verbs of its sentence."""

from __future__ import annotations

import math
import re
from functools import cache

from pressextract.dates.folding import Folded
from pressextract.dates.grammar import read_toml

REACH = 160
"""Characters of the sentence on each side that are read."""
_FADE = 40.0
"""Characters over which a vote loses two thirds of its weight."""
_ADJACENT, _ADJACENT_GAP = 1.5, 3
"""Strength of a verb that stands just before the date, and how many characters "just before" is."""
_CLAUSE = 20
"""A clause border counts as so many characters, and so does standing after the date."""
_BREAK = re.compile(r"[.!?…](?=\s|$)|\n")
_BORDER = re.compile(r"[,;:()\"«»]| (?:qui|que|dont|où|mais|alors) ")


@cache
def cues() -> tuple[re.Pattern[str], dict[str, float]]:
    """One pattern for all cues, each a named group, and their weights."""
    table = read_toml("tense")["cues"]
    kinds = "|".join(f"(?P<{name}>{cue['pattern']})" for name, cue in table.items())
    return re.compile(rf"(?<![\w'-])(?:{kinds})(?![\w-])"), {
        name: float(cue["weight"]) for name, cue in table.items()
    }


@cache
def _not_verbs() -> frozenset[str]:
    return frozenset(read_toml("tense")["words"]["not_verbs"])


def find_cues(folded: Folded, start: int, end: int) -> list[tuple[str, float]]:
    """Kinds and strengths (from 0 up) of the cues in the sentence of folded characters [start, end)."""
    low, high = _sentence(folded.text, start, end)
    found = []
    for match in cues()[0].finditer(_accented(folded, low, high)):
        first, last = low + match.start(), low + match.end()
        if match[0] in _not_verbs() or (first < end and last > start):
            continue
        gap = folded.text[last:start] if last <= start else folded.text[end:first]
        distance = len(gap) + _CLAUSE * (len(_BORDER.findall(gap)) + (first >= end))
        strength = _ADJACENT if last <= start and distance <= _ADJACENT_GAP else math.exp(-distance / _FADE)
        found.append((str(match.lastgroup), strength))
    return found


def future_vote(folded: Folded, start: int, end: int) -> float:
    """How far the sentence speaks of the future (positive) or the past (negative) around [start, end)."""
    weights = cues()[1]
    return sum(weights[kind] * strength for kind, strength in find_cues(folded, start, end))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - REACH)
    for match in _BREAK.finditer(text, low, start):
        low = match.end()
    after = _BREAK.search(text, end, min(len(text), end + REACH))
    return low, after.start() if after else min(len(text), end + REACH)


def _accented(folded: Folded, low: int, high: int) -> str:
    """Characters [low, high) in lower case with accents, one for one: "annonce" and "annoncé" differ."""
    if folded.offsets is None:
        original = folded.source[low:high]
    else:
        original = "".join(folded.source[i] for i in folded.offsets[low:high])
    lowered = original.lower().replace("’", "'")
    return lowered if len(lowered) == high - low else folded.text[low:high]
