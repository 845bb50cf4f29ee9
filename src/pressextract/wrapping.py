"""Tell the line ends that a program put in to keep lines short from those that the author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

WIDEST, NARROWEST = 100, 40
"""Characters of the longest line of a wrapped text: beyond, lines are paragraphs; below, verse or a table."""
MIN_BREAKS, MIN_SHARE = 3, 0.35
"""Line ends between two lines of text that the width explains: how many, and of all: paragraphs are short."""
MIN_OPEN = 0.6
"""Share of those that stand within a sentence: authors end lines where sentences end."""
_ENDS = tuple(".!?…:;»")
_FIRST_CHUNK = re.compile(r"[^\s-]*-?")
"""What would have gone on the line before, had there been room: wrapping cuts at hyphens too."""


def wrapped_breaks(text: str) -> list[int]:
    """Offsets of the line ends that wrapping put into ``text``; none where it is not wrapped.

    A text is wrapped when many of its lines end, within sentences, where the next word would have passed the
    width of the longest line. Of the other line ends those before a small letter count too; the rest end
    paragraphs.
    """
    lines = list(_lines(text))
    width = max((len(line) for line, _ in lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return []
    inner = [(before, after, place) for (before, place), (after, _) in pairwise(lines)]
    inner = [pair for pair in inner if pair[0].strip() and pair[1].strip()]
    full = [pair for pair in inner if len(pair[0]) + 1 + _first_chunk(pair[1]) > width]
    within = sum(not before.rstrip().endswith(_ENDS) for before, *_ in full)
    if len(full) < max(MIN_BREAKS, MIN_SHARE * len(inner)) or within < MIN_OPEN * len(full):
        return []
    explained = {place for *_, place in full}
    return [place for _, after, place in inner if place in explained or after.lstrip()[0].islower()]


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Each line without the characters that end it, and the offset of its line end."""
    position = -1
    for line in text.split("\n"):
        position += len(line) + 1
        yield line.removesuffix("\r"), position


def _first_chunk(line: str) -> int:
    match = _FIRST_CHUNK.match(line)
    return match.end() if match else 0
