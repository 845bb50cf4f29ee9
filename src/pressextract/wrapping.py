"""Tell the line ends that a program put in to keep lines short from those that the author meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

WIDEST, NARROWEST = 100, 40
"""Characters of the longest wrapped line: longer ones are paragraphs, shorter ones verse or a table."""
MIN_BREAKS, MIN_SHARE = 3, 0.35
"""Line ends between two short lines that the width explains: how many, and of all (many end paragraphs)."""
MIN_SMALL = 1 / 3
"""Share of those that stand before a small letter; 99 wrapped articles in 100 have more, most lists none."""
MIN_FILL = 0.6
"""Share of the width that a line has at least which the width does not explain and a small letter follows."""
_ENDS = tuple(".!?…:;»")
_CHUNK = re.compile(r"[^ \t]*")
"""What would have gone on the line before, had there been room; no-break spaces do not part it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the blanks around it: its indentation, and the offsets [start, end) of its text."""

    text: str
    indent: int
    start: int
    end: int


def wrapped_breaks(text: str, stands_apart: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Offsets [start, end) of the line ends that wrapping put into ``text``, with the blanks around them.

    A text is wrapped when many of its short lines end where the next word would have passed the width of the
    longest, and many of those in the middle of a sentence. Of its other line ends those count too that stand
    well within a sentence; the rest end paragraphs. None where it is not wrapped.

    Args:
        text: as read, its no-break spaces in place.
        stands_apart: whether a line is joined to no other.
    """
    pairs = [(one, two) for one, two in pairwise(_lines(text)) if _may_go_on(one, two)]
    width = max((one.indent + len(one.text) for one, _ in pairs), default=0)
    if width < NARROWEST:
        return []
    full = [pair for pair in pairs if _is_full(*pair, width)]
    small = sum(two.text[0].islower() for _, two in full)
    if len(full) < max(MIN_BREAKS, MIN_SHARE * len(pairs)) or small < MIN_SMALL * len(full):
        return []
    return [
        (one.end, two.start)
        for one, two in pairs
        if (_is_full(one, two, width) or _is_open(one, two, width))
        and not (stands_apart(one.text) or stands_apart(two.text))
    ]


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for line in text.split("\n"):
        bare = line.strip(" \t\r")
        start = position + len(line) - len(line.lstrip(" \t\r"))
        yield _Line(bare, start - position, start, start + len(bare))
        position += len(line) + 1


def _may_go_on(one: _Line, two: _Line) -> bool:
    """Both are short, and the second is not indented as the first line of a paragraph."""
    short = all(0 < len(line.text) <= WIDEST for line in (one, two))
    return short and two.indent <= one.indent


def _is_full(one: _Line, two: _Line, width: int) -> bool:
    """Whether the next word would have passed the width."""
    match = _CHUNK.match(two.text)
    return match is not None and one.indent + len(one.text) + 1 + match.end() > width


def _is_open(one: _Line, two: _Line, width: int) -> bool:
    """Whether a sentence goes on from a line of some length."""
    goes_on = two.text[0].islower() and not one.text.endswith(_ENDS)
    return goes_on and one.indent + len(one.text) >= MIN_FILL * width
