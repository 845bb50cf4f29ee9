"""Intervals and tests, against what can be worked out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from pressextract.evaluation.significance import bootstrap_f1, compare, f1_of, interval, sufficient


def table(rows):
    """(articles, 1, 5) counts from (correct, missed, spurious)."""
    return np.array([[[correct, 0, 0, missed, spurious]] for correct, missed, spurious in rows], dtype=float)


def test_f1_of_sums():
    counts = table([(3, 1, 1), (0, 0, 0)])
    assert f1_of(sufficient(counts).sum(axis=0)).tolist() == [6 / 8]
    assert f1_of(sufficient(table([(0, 0, 0)]))[0]).tolist() == [0.0]


def test_interval_of_equal_articles_is_a_point():
    low, high = interval(bootstrap_f1(table([(2, 1, 1)] * 20), draws=200))
    assert low[0] == high[0] == pytest.approx(4 / 6)


def test_interval_has_the_width_of_a_proportion():
    """One item an article, half of them right: F1 is the mean, so the interval is that of a binomial."""
    low, high = interval(bootstrap_f1(table([(1, 0, 0), (0, 1, 1)] * 50), draws=4000))
    half = 1.96 * (0.25 / 100) ** 0.5
    assert low[0] == pytest.approx(0.5 - half, abs=0.015)
    assert high[0] == pytest.approx(0.5 + half, abs=0.015)


def test_same_numbers_every_time():
    counts = table([(3, 1, 0), (1, 2, 2), (0, 3, 1)])
    assert (bootstrap_f1(counts, 50) == bootstrap_f1(counts, 50)).all()


def test_a_system_does_not_differ_from_itself():
    counts = table([(3, 1, 0), (1, 2, 2)] * 5)
    result = compare(counts, counts, draws=200, shuffles=199)[0]
    assert (result.difference, result.p_randomisation, result.p_bootstrap) == (0.0, 1.0, 1.0)


def test_randomisation_agrees_with_every_exchange():
    """With five articles every one of the 32 exchanges can be counted."""
    one = table([(1, 1, 0), (1, 1, 0), (1, 1, 0), (2, 0, 0), (1, 1, 0)])
    two = table([(2, 0, 0), (2, 0, 0), (2, 0, 0), (1, 1, 0), (2, 0, 0)])
    a, b = sufficient(one)[:, 0], sufficient(two)[:, 0]
    observed = abs(f1_of(b.sum(0)) - f1_of(a.sum(0)))
    as_large = 0
    for swap in product([False, True], repeat=5):
        mask = np.array(swap)[:, None]
        as_large += (
            abs(f1_of(np.where(mask, a, b).sum(0)) - f1_of(np.where(mask, b, a).sum(0))) >= observed - 1e-12
        )
    result = compare(one, two, draws=100)[0]
    assert result.p_randomisation == pytest.approx(as_large / 32, abs=0.02)


def test_a_clear_difference_is_significant():
    one, two = table([(1, 3, 1)] * 30), table([(3, 1, 1)] * 29 + [(1, 3, 1)])
    result = compare(one, two, shuffles=999)[0]
    assert result.difference > 0.3
    assert result.low > 0.3
    assert result.p_randomisation < 0.01
    assert result.p_bootstrap < 0.01
