"""Calibration curves: rising, smoothed, judged on articles they were not fitted on."""

from __future__ import annotations

import random

from pressextract.evaluation.calibration import Judged
from pressextract.training.package import cross_fitted_error, fit_curves


def _items(count: int, seed: int) -> list[Judged]:
    """Items whose raw score says too much: right half as often as it claims."""
    rnd = random.Random(seed)
    scores = [rnd.random() for _ in range(count)]
    return [Judged("PERSON", score, rnd.random() < score / 2) for score in scores]


def test_curve_rises_and_finds_the_truth() -> None:
    curve = fit_curves(_items(4000, 1))["PERSON"]
    values = [confidence for _, confidence in curve]
    assert values == sorted(values)
    assert all(abs(confidence - raw / 2) < 0.06 for raw, confidence in curve)


def test_few_items_get_no_curve() -> None:
    assert fit_curves(_items(5, 1)) == {}


def test_cross_fitted_error_is_small_only_after_mapping() -> None:
    articles = [_items(20, seed) for seed in range(100)]
    assert cross_fitted_error(articles)["PERSON"] < 0.05
