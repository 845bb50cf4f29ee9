"""The gate opens and shuts when it should."""

from __future__ import annotations

import json

import pytest

from pressextract.evaluation import evaluate
from pressextract.evaluation.gate import (
    EPSILON,
    GateError,
    GoldFloors,
    check,
    main_scores,
    read_floors,
    updated,
    write_floors,
)

from .builders import predicted, sample

GOLD = [sample("a1"), sample("a2"), sample("a3")]
BEST = evaluate(GOLD, predicted(*GOLD), draws=0)
WORSE = evaluate(GOLD, predicted(*GOLD[:2]), draws=0)


def floors(evaluation=WORSE):
    return updated(evaluation, GoldFloors("gold.jsonl"), "digest")


def test_open_at_and_above_the_floors():
    assert check(WORSE, floors(), "digest") == []
    assert check(BEST, floors(), "digest") == []


def test_shut_below_a_floor():
    faults = check(WORSE, floors(BEST), "digest")
    assert len(faults) == sum(score < 1 for score in main_scores(WORSE).values()) >= 11
    assert "entity/all is 0.8000, below its floor 1.000" in faults


def test_a_hair_below_is_still_open():
    almost = floors()
    almost.floors["entity/all"] = 0.8 + EPSILON / 2
    assert check(WORSE, almost, "digest") == []
    almost.floors["entity/all"] = 0.8 + 2 * EPSILON
    assert len(check(WORSE, almost, "digest")) == 1


def test_shut_for_another_gold_a_crash_and_no_floors():
    assert "the gold is" in check(WORSE, floors(), "other")[0]
    crashed = evaluate(GOLD, predicted(*GOLD[:2], failed={"a3": "boom"}), draws=0)
    assert check(crashed, floors(), "digest") == ["failed on a3: boom"]
    assert "no floor is set" in check(WORSE, GoldFloors("gold.jsonl", "digest"), "digest")[0]


def test_a_score_that_is_gone_is_below_its_floor():
    gone = evaluate(GOLD, predicted(), draws=0)
    guarded = GoldFloors("g", "digest", 3, {"entity/ORGANIZATION": 0.5})
    assert check(gone, guarded, "digest") == ["entity/ORGANIZATION is 0.0000, below its floor 0.500"]


def test_lowering_takes_a_flag():
    high = floors(BEST)
    with pytest.raises(GateError, match=r"would lower .*entity/all 1.000 -> 0.800.*--allow-lower"):
        updated(WORSE, high, "digest")
    assert updated(WORSE, high, "digest", allow_lower=True).floors["entity/all"] == 0.8
    assert updated(BEST, floors(), "new").floors["entity/all"] == 1.0
    assert updated(BEST, floors(), "new").sha256 == "new"


def test_a_vanished_score_counts_as_lowered():
    with pytest.raises(GateError, match="entity/ORGANIZATION"):
        updated(BEST, GoldFloors("g", "d", 3, {"entity/ORGANIZATION": 0.5}), "d")


def test_floors_are_rounded_down():
    third = evaluate(GOLD, predicted(GOLD[0]), draws=0)  # recall 1/3, precision 1: F1 0.5; roles too
    two = evaluate(
        [*GOLD, sample("a4"), sample("a5")], predicted(GOLD[0], GOLD[1]), draws=0
    )  # F1 4/7 = 0.5714
    assert updated(third, GoldFloors("g"), "d").floors["entity/all"] == 0.5
    assert updated(two, GoldFloors("g"), "d").floors["entity/all"] == 0.571


def test_file_round_trip_and_what_is_no_floors_file(tmp_path):
    path = tmp_path / "floors.json"
    write_floors(path, {"b": floors(), "a": floors(BEST)})
    assert list(read_floors(path)) == ["a", "b"]
    assert read_floors(path)["b"] == floors()
    for content in (
        "{",
        "{}",
        json.dumps({"format": "pressextract-floors/1", "sets": {"a": {"gold": "g", "flors": {}}}}),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(GateError, match="is no floors file"):
            read_floors(path)
