"""Calibration, against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressextract.evaluation.calibration import Judged, calibrate, judge

from .builders import ent, sample


def test_error_brier_and_curve():
    items = [
        Judged("x", 0.95, True),
        Judged("x", 0.95, False),
        Judged("x", 0.5, True),
        Judged("x", 0.0, False),
    ]
    result = calibrate(items)
    # bins: 0.95 twice, half right: 2/4 * 0.45; 0.5 once, right: 1/4 * 0.5; 0 once, wrong: 0
    assert result.expected_error == pytest.approx(0.5 * 0.45 + 0.25 * 0.5)
    assert result.brier == pytest.approx((0.05**2 + 0.95**2 + 0.5**2 + 0) / 4)
    assert [(point.low, point.count, point.accuracy) for point in result.bins] == [
        (0.0, 1, 0.0),
        (0.4, 1, 1.0),
        (0.9, 2, 0.5),
    ]


def test_perfect_confidence_has_no_error():
    result = calibrate([Judged("x", 1.0, True), Judged("x", 0.0, False)])
    assert (result.expected_error, result.brier) == (0.0, 0.0)
    assert calibrate([]).count == 0


def test_judged_right_where_matched():
    gold = sample()
    entities = (
        ent("p1", "PERSON", "Lucie Arnoux", confidence=0.9),
        ent("p2", "PERSON", "Personne", confidence=0.4),
        ent("c1", "COMPANY", "Velay"),
        ent("d1", "DATE", "x", start="2021-03-03", end="2021-03-03", confidence=0.7),
    )
    pred = replace(gold, entities=entities, positions=(), based_in=())
    assert judge(gold, pred) == [
        Judged("PERSON", 0.9, True),
        Judged("PERSON", 0.4, False),
        Judged("DATE", 0.7, True),
    ]


def test_a_wrong_status_is_a_wrong_position():
    gold = sample()
    facts = (
        replace(gold.positions[0], confidence=0.8),
        replace(gold.positions[1], status="former", confidence=0.6),
    )
    judged = [item for item in judge(gold, replace(gold, positions=facts)) if item.kind == "position"]
    assert judged == [Judged("position", 0.8, True), Judged("position", 0.6, False)]
