"""Cut an article into windows that the encoder can take: whole words, overlapping, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOW_PIECES = 254
"""Pieces of a window, without its first and last special piece."""
OVERLAP_PIECES = 32
"""Pieces that a window repeats from the one before it; a word is judged in the window where it lies
deepest."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) of an article; the words [kept_start, kept_end) are judged here."""

    start: int
    end: int
    kept_start: int
    kept_end: int


def cut_windows(
    lengths: Sequence[int], size: int = WINDOW_PIECES, overlap: int = OVERLAP_PIECES
) -> Iterator[Window]:
    """Yield windows over words whose piece counts are ``lengths``.

    Every word is in at least one window and is kept in exactly one. A window has at most ``size`` pieces;
    ``size`` must be larger than the longest word.
    """
    spans = list(_spans(lengths, size, overlap))
    for number, (start, end) in enumerate(spans):
        before = spans[number - 1][1] if number else start
        after = spans[number + 1][0] if number + 1 < len(spans) else end
        yield Window(start, end, (start + before) // 2 if number else 0, (after + end) // 2)


def _spans(lengths: Sequence[int], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(lengths):
        end, pieces = start, 0
        while end < len(lengths) and pieces + lengths[end] <= size:
            pieces += lengths[end]
            end += 1
        yield start, end
        if end == len(lengths):
            return
        back, repeated = end, 0
        while back > start + 1 and repeated + lengths[back - 1] <= overlap:
            back -= 1
            repeated += lengths[back]
        start = back
