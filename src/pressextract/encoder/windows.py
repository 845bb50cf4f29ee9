"""Cut an article into windows that the encoder can take: whole words, overlapping, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pressextract.encoder.pieces import WordPieces

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


@dataclass(slots=True)
class Row:
    """One window ready for the encoder; ``firsts`` are the places of the first pieces of ``words``."""

    article: int
    window: Window
    ids: list[int]
    types: list[int]
    firsts: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


def make_rows(
    words: Sequence[str],
    types: Sequence[int],
    pieces: WordPieces,
    size: int = WINDOW_PIECES,
    article: int = 0,
) -> Iterator[Row]:
    """Yield the windows of an article as pieces between the first and the last special one.

    Args:
        words: its words; a blank has no piece and no number in ``Row.words``.
        types: the feature type of each word.
        pieces: the tokenizer.
        size: most pieces of a window, without the special ones.
        article: its number among others.
    """
    encoded = pieces.encode_words(words)
    for window in cut_windows([len(ids) for ids in encoded], size):
        row = Row(article, window, [pieces.first], [0])
        for word in range(window.start, window.end):
            if encoded[word]:
                row.firsts.append(len(row.ids))
                row.words.append(word)
            row.ids.extend(encoded[word])
            row.types.extend([types[word]] * len(encoded[word]))
        row.ids.append(pieces.last)
        row.types.append(0)
        yield row


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
