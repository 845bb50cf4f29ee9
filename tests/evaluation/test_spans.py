"""Span measures against cases counted by hand."""

from __future__ import annotations

import random

import pytest

from pressextract.evaluation.counts import ALL, Counts
from pressextract.evaluation.spans import (
    EXACT,
    FUZZY,
    MISSED,
    PARTIAL,
    SPURIOUS,
    STRICT,
    TYPE,
    align,
    confusion,
    score_spans,
    semeval_rows,
)

from .builders import mentioned, spans

P, C = "PERSON", "CITY"


def rows(gold, pred):
    one, two = spans(*gold), spans(*pred)
    return semeval_rows(one, two, align(one, two))


@pytest.mark.parametrize(
    ("gold", "pred", "strict", "exact", "partial", "type_"),
    [
        # correct, partial, incorrect, missed, spurious
        pytest.param(
            [(0, 5, P)],
            [(0, 5, P)],
            (1, 0, 0, 0, 0),
            (1, 0, 0, 0, 0),
            (1, 0, 0, 0, 0),
            (1, 0, 0, 0, 0),
            id="same",
        ),
        pytest.param(
            [(0, 5, P)],
            [(0, 5, C)],
            (0, 0, 1, 0, 0),
            (1, 0, 0, 0, 0),
            (1, 0, 0, 0, 0),
            (0, 0, 1, 0, 0),
            id="label",
        ),
        pytest.param(
            [(0, 5, P)],
            [(0, 4, P)],
            (0, 0, 1, 0, 0),
            (0, 0, 1, 0, 0),
            (0, 1, 0, 0, 0),
            (1, 0, 0, 0, 0),
            id="bounds",
        ),
        pytest.param(
            [(0, 5, P)],
            [(3, 9, C)],
            (0, 0, 1, 0, 0),
            (0, 0, 1, 0, 0),
            (0, 1, 0, 0, 0),
            (0, 0, 1, 0, 0),
            id="both",
        ),
        pytest.param([(0, 5, P)], [(5, 9, P)], *[(0, 0, 0, 1, 1)] * 4, id="adjacent spans do not overlap"),
        pytest.param(
            [(0, 5, P), (5, 9, P)], [(0, 5, P), (5, 9, P)], *[(2, 0, 0, 0, 0)] * 4, id="adjacent, both right"
        ),
        pytest.param(
            [(0, 5, P)], [(0, 5, P), (0, 5, P)], *[(1, 0, 0, 0, 1)] * 4, id="a duplicate is spurious"
        ),
        pytest.param(
            [(0, 5, P), (0, 5, P)], [(0, 5, P)], *[(1, 0, 0, 1, 0)] * 4, id="gold twice, found once"
        ),
        pytest.param([], [(0, 5, P)], *[(0, 0, 0, 0, 1)] * 4, id="empty gold"),
        pytest.param([(0, 5, P)], [], *[(0, 0, 0, 1, 0)] * 4, id="empty prediction"),
        pytest.param([], [], *[(0, 0, 0, 0, 0)] * 4, id="nothing at all"),
        pytest.param(
            [(0, 10, P)],
            [(0, 4, P), (6, 10, P)],
            (0, 0, 1, 0, 1),
            (0, 0, 1, 0, 1),
            (0, 1, 0, 0, 1),
            (1, 0, 0, 0, 1),
            id="one gold, two halves",
        ),
        pytest.param(
            [(0, 4, P), (6, 10, C)],
            [(0, 10, C)],
            (0, 0, 1, 1, 0),
            (0, 0, 1, 1, 0),
            (0, 1, 0, 1, 0),
            (1, 0, 0, 1, 0),
            id="two golds under one: the label decides",
        ),
    ],
)
def test_semeval_counts(gold, pred, strict, exact, partial, type_):
    assert rows(gold, pred) == {STRICT: strict, EXACT: exact, PARTIAL: partial, TYPE: type_}


def test_an_exact_pair_is_never_given_up_for_an_overlap():
    """Both pairings join two pairs of equal label; only one has a pair with equal bounds, and it comes last."""
    gold, pred = spans((0, 50, P), (40, 90, P)), spans((0, 45, P), (0, 50, P))
    assert align(gold, pred) == [(0, 1), (1, 0)]
    assert semeval_rows(gold, pred, align(gold, pred))[STRICT] == (1, 0, 1, 0, 0)


def test_a_span_that_ends_where_the_gold_begins_does_not_overlap_inside_another():
    assert rows([(5, 9, P)], [(0, 20, C), (3, 5, P)])[TYPE] == (0, 0, 1, 0, 1)


def test_partial_is_worth_one_half():
    counts = Counts(*rows([(0, 5, P), (7, 9, C)], [(0, 4, P), (7, 9, C)])[PARTIAL])
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.75, 0.75)


def test_order_does_not_matter():
    gold = [(0, 3, P), (3, 8, C), (10, 14, P), (10, 14, C), (12, 20, P)]
    pred = [(0, 3, C), (2, 8, C), (10, 14, P), (11, 20, P), (30, 31, P)]
    expected = score_spans(mentioned(gold), mentioned(pred))
    rng = random.Random(3)
    for _ in range(10):
        rng.shuffle(gold)
        rng.shuffle(pred)
        assert score_spans(mentioned(gold), mentioned(pred)) == expected


def test_fuzzy_needs_the_label_and_a_word_in_common():
    text = "Jean-Marc Le Goff parle"
    gold = mentioned([(0, 17, P)], text=text)
    assert score_spans(gold, mentioned([(13, 17, P)]))[FUZZY, ALL] == (1, 0, 0, 0, 0)
    assert score_spans(gold, mentioned([(13, 17, C)]))[FUZZY, ALL] == (0, 0, 0, 1, 1)
    only_a_blank = mentioned([(17, 23, P)])
    assert score_spans(mentioned([(0, 18, P)], text=text), only_a_blank)[FUZZY, ALL] == (0, 0, 0, 1, 1)


def test_a_label_by_itself_sees_its_own_spans_only():
    scored = score_spans(mentioned([(0, 5, P)]), mentioned([(0, 5, C)]))
    assert scored[STRICT, P] == (0, 0, 0, 1, 0)
    assert scored[STRICT, C] == (0, 0, 0, 0, 1)


def test_confusion_names_missed_and_spurious():
    cells = confusion(mentioned([(0, 5, P), (7, 9, C)]), mentioned([(0, 4, C), (20, 22, P)]))
    assert sorted(cells) == [(C, MISSED), (P, C), (SPURIOUS, P)]
