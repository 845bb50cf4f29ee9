"""The sums: micro, macro, groups, missing and failed articles, order."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from pressextract.evaluation import compare_systems, evaluate
from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.measures import HEADLINES, MEASURES
from pressextract.evaluation.scoring import ARTICLES

from .builders import ent, mentioned, predicted, sample

GOLD = [sample("a1"), sample("a2"), sample("a3")]


def test_the_truth_scores_one_everywhere():
    result = evaluate(GOLD, predicted(*GOLD), draws=0)
    assert {score.counts.f1 for score in result.scores.values()} == {1.0}
    assert not result.differences
    assert set(HEADLINES) - set(result.scores) == {("entity", "ORGANIZATION")}


def test_what_nothing_was_judged_of_has_no_score():
    result = evaluate(GOLD, predicted(), draws=0)
    assert ("position_status_accuracy", "all") not in result.scores
    assert ("link_nil", "CITY") not in result.scores
    assert result.scores["position_strict", "all"].counts.missed == 6


@pytest.mark.parametrize("how", ["missing", "failed"])
def test_no_prediction_and_a_crash_are_a_full_miss(how):
    failed = {"a3": "crash"} if how == "failed" else {}
    result = evaluate(GOLD, predicted(GOLD[0], GOLD[1], failed=failed), draws=0)
    counts = result.scores["entity", "all"].counts
    assert (counts.correct, counts.missed, counts.spurious) == (14, 7, 0)
    assert counts.recall == pytest.approx(2 / 3)
    assert result.scores["position_strict", "all"].counts.missed == 2
    assert (result.missing, result.failed) == (([], {"a3": "crash"}) if how == "failed" else (["a3"], {}))
    assert sum(d.article == "a3" and d.sort == "missed" for d in result.differences) == 7 + 1 + 2 + 1


def test_micro_and_macro_differ_as_they_should():
    small, large = (
        mentioned([(0, 2, "PERSON")], "s"),
        mentioned([(n, n + 1, "PERSON") for n in range(9)], "l"),
    )
    result = evaluate([small, large], predicted(small), draws=0)
    score = result.scores["span_strict", "PERSON"]
    assert score.counts.f1 == pytest.approx(2 * 1 / 11)
    assert score.macro == pytest.approx(0.5)
    assert score.deviation == pytest.approx(0.5)
    assert score.articles == 2


def test_an_article_without_the_label_is_not_in_its_macro():
    gold = [mentioned([(0, 2, "PERSON")], "s"), mentioned([(0, 2, "CITY")], "t")]
    assert evaluate(gold, predicted(*gold), draws=0).scores["span_strict", "PERSON"].articles == 1


def test_order_of_everything_is_nothing():
    gold = [sample(f"a{n}") for n in range(6)]
    preds = [
        replace(a, entities=tuple(e for k, e in enumerate(a.entities) if (n + k) % 4 or e.id in ("p1", "p2", "c1", "r1", "r2", "v2")))
        for n, a in enumerate(gold)
    ]  # fmt: skip
    first = evaluate(gold, predicted(*preds), draws=20)
    rng = random.Random(1)
    shuffled_gold, shuffled = gold[:], []
    rng.shuffle(shuffled_gold)
    for pred in preds:
        entities, positions = list(pred.entities), list(pred.positions)
        rng.shuffle(entities)
        rng.shuffle(positions)
        shuffled.append(replace(pred, entities=tuple(entities), positions=tuple(positions)))
    rng.shuffle(shuffled)
    second = evaluate(shuffled_gold, predicted(*shuffled), draws=20)
    assert first.scores == second.scores
    assert (first.table == second.table).all()


def test_groups_add_up():
    gold = [replace(sample("a1"), kind="portrait"), sample("a2"), sample("a3")]
    result = evaluate(gold, predicted(*gold[:2]), draws=0)
    assert set(result.groups) == {"publisher", "kind", "length"}
    kinds = result.groups["kind"]
    assert {name: counts[ARTICLES].correct for name, counts in kinds.items()} == {
        "portrait": 1,
        "nomination": 2,
    }
    assert sum(counts["entity", "all"].correct for counts in kinds.values()) == 14
    assert kinds["nomination"]["entity", "all"].recall == 0.5
    assert list(result.groups["length"]) == ["0-999 characters"]


def test_predictions_without_mentions_are_not_punished_for_it():
    bare = replace(GOLD[0], entities=tuple(replace(e, mentions=()) for e in GOLD[0].entities))
    result = evaluate(GOLD[:1], predicted(bare), draws=0)
    assert not any(key[0].startswith("span_") or key[0] == "date_strict" for key in result.scores)
    assert result.f1("entity") == result.f1("date_interval", "DATE") == 1.0
    assert "no prediction has mentions" in result.notes[0]


def test_notes_say_what_looks_wrong():
    other = Annotation("zz", entities=(ent("p", "PERSON", "x", at=[(0, 1)]),))
    beyond = Annotation("a1", entities=(ent("p", "PERSON", "x", at=[(5000, 5001)]),))
    notes = evaluate(GOLD, predicted(other, beyond), draws=0).notes
    assert any("1 predicted articles are not in the gold" in note for note in notes)
    assert any("end after the gold text" in note for note in notes)


def test_comparison_needs_the_same_articles():
    full, part = evaluate(GOLD, predicted(*GOLD), draws=0), evaluate(GOLD, predicted(GOLD[0]), draws=0)
    result = compare_systems(part, full)
    assert result["entity", "all"].difference == pytest.approx(1 - 0.5)
    with pytest.raises(ValueError, match="different articles"):
        compare_systems(full, evaluate(GOLD[:2], predicted(*GOLD), draws=0))


def test_intervals_hold_the_score():
    result = evaluate(
        [sample(f"a{n}") for n in range(20)], predicted(*[sample(f"a{n}") for n in range(10)]), draws=200
    )
    score = result.scores["entity", "all"]
    assert score.low < score.counts.f1 < score.high
    assert np.isnan(evaluate(GOLD, predicted(*GOLD), draws=0).scores["entity", "all"].low)


def test_every_measure_that_is_scored_is_described():
    result = evaluate(GOLD, predicted(*GOLD), candidates={a.id: a for a in GOLD}, draws=0)
    assert {key[0] for key in result.keys} == set(MEASURES)
    assert result.scores["position_candidate_recall", "all"].counts.recall == 1.0
