"""From the scores of a graph to probabilities, and from those to spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pressextract.encoder.tags import best_path, decode_spans

Floats = npt.NDArray[np.float32]
_LEAST = 1e-9


def softmax(scores: Floats) -> Floats:
    """Shares of each row of (rows, classes)."""
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def outside(words: int, tags: int) -> Floats:
    """Probabilities (words, tags) of words that are surely in no span."""
    table = np.zeros((words, tags), dtype=np.float32)
    table[:, 0] = 1.0
    return table


def best_spans(table: Floats, tags: tuple[str, ...]) -> Sequence[tuple[int, int, str]]:
    """Spans (start, end, label) in words, half-open, of the likeliest allowed tags."""
    return decode_spans(best_path(np.log(np.maximum(table, _LEAST)), tags), tags)


def span_means(table: Floats, places: Sequence[tuple[int, int]]) -> npt.NDArray[np.float64]:
    """(places, columns): the mean over the words [start, end) of each place."""
    if not places:
        return np.zeros((0, table.shape[1]))
    sums = np.concatenate([np.zeros((1, table.shape[1])), table.cumsum(axis=0, dtype=np.float64)])
    starts, ends = np.array(places).T
    means: npt.NDArray[np.float64] = (sums[ends] - sums[starts]) / (ends - starts)[:, None]
    return means
