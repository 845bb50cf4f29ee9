"""Raw scores become confidences by the curves of the model."""

from __future__ import annotations

import pytest

from pressextract.labels import PERSON
from pressextract.records.confidence import POSITION, Calibration

CURVES = {PERSON: [(0.2, 0.1), (0.6, 0.5), (0.9, 0.95)]}


@pytest.mark.parametrize(
    ("raw", "confidence"),
    [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.75, 0.725), (0.9, 0.95), (1.0, 0.95)],
)
def test_between_points_the_line_counts(raw: float, confidence: float) -> None:
    assert Calibration(CURVES)(PERSON, raw) == pytest.approx(confidence)


def test_kind_without_a_curve_keeps_its_score() -> None:
    assert Calibration(CURVES)(POSITION, 0.3) == 0.3
    assert Calibration()(PERSON, 1.7) == 1.0


def test_equal_raw_points_do_not_divide_by_zero() -> None:
    assert Calibration({PERSON: [(0.5, 0.2), (0.5, 0.4)]})(PERSON, 0.5) == 0.2
