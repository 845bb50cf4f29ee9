"""Means over spans of words."""

from __future__ import annotations

import numpy as np
import pytest

from pressextract.encoder.probabilities import span_means


def test_means_are_those_of_each_span() -> None:
    table = np.random.default_rng(1).random((50, 5)).astype(np.float32)
    places = [(0, 1), (0, 50), (7, 12), (10, 11), (49, 50)]
    means = span_means(table, places)
    for (start, end), mean in zip(places, means, strict=True):
        assert mean == pytest.approx(table[start:end].mean(axis=0), abs=1e-6)


def test_no_span_has_no_mean() -> None:
    assert span_means(np.zeros((0, 5), dtype=np.float32), []).shape == (0, 5)
