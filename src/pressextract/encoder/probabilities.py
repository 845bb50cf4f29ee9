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
