"""Date measures, against cases counted by hand."""

from __future__ import annotations

import pytest

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.counts import Counts
from pressextract.evaluation.dates import (
    INTERVAL,
    OVERLAP,
    RELAXED,
    STRICT,
    TEXT,
    VALUE,
    interval_jaccard,
    same_value,
    score_dates,
)

from .builders import ent


def date(name="x", start=None, end=None, at=(), value=None, entity_id="d"):
    return ent(entity_id, "DATE", name, start=start, end=end, at=at, value=value)


def score(gold, pred):
    scored = score_dates(Annotation("a", entities=tuple(gold)), Annotation("a", entities=tuple(pred)))
    return {key[0]: row for key, row in scored.items()}


def test_same_expression_same_value():
    one = date("3 mars 2021", "2021-03-03", "2021-03-03", [(4, 15)])
    assert set(score([one], [one]).values()) == {(1, 0, 0, 0, 0)}


def test_wrong_value_is_found_but_not_right():
    gold = date("mardi", "2021-03-02", "2021-03-02", [(4, 9)])
    pred = date("mardi", "2021-03-09", "2021-03-09", [(4, 9)])
    scored = score([gold], [pred])
    assert scored[STRICT] == scored[RELAXED] == scored[TEXT] == (1, 0, 0, 0, 0)
    assert scored[VALUE] == scored[INTERVAL] == (0, 0, 0, 1, 1)
    assert scored[OVERLAP] == (0, 0, 0, 1, 1)


def test_value_f1_is_relaxed_f1_times_value_accuracy():
    """The definition of TempEval-3, on three golds: one right, one with a wrong value, one missed."""
    golds = [
        date("a", "2020-01-01", "2020-12-31", [(0, 2)], entity_id="1"),
        date("b", "2021-01-01", "2021-12-31", [(5, 8)], entity_id="2"),
        date("c", "2022-01-01", "2022-12-31", [(10, 12)], entity_id="3"),
    ]
    preds = [
        date("a", "2020-01-01", "2020-12-31", [(0, 3)], entity_id="1"),
        date("b", "2019-01-01", "2019-12-31", [(5, 8)], entity_id="2"),
    ]
    scored = score(golds, preds)
    relaxed, value = Counts(*scored[RELAXED]), Counts(*scored[VALUE])
    assert Counts(*scored[STRICT]).f1 == pytest.approx(2 / 5)
    assert relaxed.f1 == pytest.approx(4 / 5)
    assert value.f1 == pytest.approx(relaxed.f1 * 1 / 2)


def test_of_two_overlapping_dates_the_right_one_is_taken():
    gold = date("lundi 1er mars", "2021-03-01", "2021-03-01", [(0, 14)])
    preds = [
        date("lundi", "2021-03-08", "2021-03-08", [(0, 5)], entity_id="1"),
        date("1er mars", "2021-03-01", "2021-03-01", [(6, 14)], entity_id="2"),
    ]
    assert score([gold], preds)[VALUE] == (1, 0, 0, 0, 1)


def test_adjacent_dates_do_not_overlap():
    scored = score([date("lundi", at=[(0, 5)])], [date("mardi", at=[(5, 10)])])
    assert scored[RELAXED] == (0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("gold", "pred", "expected"),
    [
        ((None, "2030-12-31"), (None, "2030-12-31"), 1.0),
        (("2021-01-01", "2021-01-10"), ("2021-01-06", "2021-01-15"), 5 / 15),
        (
            ("2021-01-01", "2021-01-01"),
            ("2021-01-02", "2021-01-02"),
            0.0,
        ),  # ends are inclusive, but not shared
        (("2021-01-01", "2021-01-02"), ("2021-01-02", "2021-01-03"), 1 / 3),
        ((None, None), ("2021-01-01", "2021-01-01"), 0.0),
    ],
)
def test_overlap_of_intervals(gold, pred, expected):
    assert interval_jaccard(date("x", *gold), date("y", *pred)) == pytest.approx(expected)


def test_open_side_is_near_an_open_side_only():
    gold = date("depuis 2016", "2016-01-01", None)
    assert interval_jaccard(gold, date("2016", "2016-01-01", "2016-12-31")) < 0.2
    assert interval_jaccard(gold, date("depuis 2017", "2017-01-01", None)) > 0.8


@pytest.mark.parametrize(
    ("gold", "pred", "is_same"),
    [("2016-W12", "2016-w12", True), ("1999-05-18", "1999-05-18T21:45", True), ("2016", "2016-05", False)],
)
def test_timex_values(gold, pred, is_same):
    assert same_value(date(value=gold), date(value=pred)) is is_same


def test_unresolved_on_both_sides_is_no_agreement():
    assert not same_value(date(), date())


def test_one_interval_in_two_wordings_counts_once():
    golds = [date("2020", "2020-01-01", "2020-12-31", entity_id="1")]
    preds = [*golds, date("l'an 2020", "2020-01-01", "2020-12-31", entity_id="2")]
    assert score(golds, preds)[INTERVAL] == (1, 0, 0, 0, 0)


def test_nothing_to_score():
    assert score([], []) == {}
    assert score([], [date("x", "2020-01-01", None, [(0, 1)])])[STRICT] == (0, 0, 0, 0, 1)
