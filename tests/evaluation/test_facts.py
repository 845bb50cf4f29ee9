"""Positions and seats, against cases counted by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pressextract.evaluation.annotation import Annotation, BasedIn, Position
from pressextract.evaluation.counts import ALL
from pressextract.evaluation.facts import (
    BASED_IN,
    BASED_IN_CANDIDATES,
    BASED_IN_GIVEN,
    BASED_IN_KIND,
    KIND_ACCURACY,
    NO_ORGANIZATION,
    NO_STATUS,
    PERSON_ORGANIZATION,
    PERSON_ROLE,
    POSITION,
    POSITION_CANDIDATES,
    POSITION_EXACT_ROLE,
    POSITION_GIVEN,
    STATUS_ACCURACY,
    score_candidates,
    score_facts,
)

from .builders import ent, sample

GOLD = sample()
RIGHT, MISS, BOTH = (1, 0, 0, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 1, 1)


def score(positions, gold_positions=GOLD.positions[:1]):
    gold = replace(GOLD, positions=tuple(gold_positions), based_in=())
    pred = replace(GOLD, positions=tuple(positions), based_in=())
    return {key[0]: row for key, row in score_facts(gold, pred).items() if key[1] == ALL}


@pytest.mark.parametrize(
    ("fact", "right"),
    [
        pytest.param(
            ("p1", "r1", "c1", "former"),
            {POSITION, POSITION_EXACT_ROLE, NO_STATUS, NO_ORGANIZATION, PERSON_ROLE, PERSON_ORGANIZATION},
            id="right",
        ),
        pytest.param(
            ("p1", "r1", "c1", "current"), {NO_STATUS, PERSON_ROLE, PERSON_ORGANIZATION}, id="wrong status"
        ),
        pytest.param(("p1", "r1", None, "former"), {NO_ORGANIZATION, PERSON_ROLE}, id="no organization"),
        pytest.param(("p1", "r2", "c1", "former"), {PERSON_ORGANIZATION}, id="wrong role"),
        pytest.param(("p2", "r1", "c1", "former"), set(), id="wrong person"),
    ],
)
def test_what_each_measure_asks_for(fact, right):
    scored = score([Position(*fact)])
    for measure in (POSITION, POSITION_EXACT_ROLE, NO_STATUS, NO_ORGANIZATION, PERSON_ROLE):
        assert scored[measure] == (RIGHT if measure in right else BOTH), measure
    lacks_organization = fact[2] is None
    expected = RIGHT if PERSON_ORGANIZATION in right else MISS if lacks_organization else BOTH
    assert scored[PERSON_ORGANIZATION] == expected


def test_a_fact_never_proposed_is_a_miss():
    assert score([])[POSITION] == MISS


def test_a_fact_given_twice_is_spurious_once():
    assert score([Position("p1", "r1", "c1", "former")] * 2)[POSITION] == (1, 0, 0, 0, 1)


def test_an_office_without_holder_is_not_scored():
    scored = score([Position(None, "r1", "c1", "current")], [Position(None, "r1", "c1", "current")])
    assert POSITION not in scored


def test_status_accuracy_is_of_the_matched_facts():
    gold = [Position("p1", "r1", "c1", "former"), Position("p2", "r2", "c1", "incoming")]
    pred = [
        Position("p1", "r1", "c1", "former"),
        Position("p2", "r2", "c1", "current"),
        Position("p2", "r1", None, "current"),
    ]
    scored = score(pred, gold)
    assert scored[STATUS_ACCURACY] == (1, 0, 1, 0, 0)
    assert scored[NO_STATUS] == (2, 0, 0, 0, 1)
    assert scored[POSITION] == (1, 0, 0, 1, 2)


def test_the_pairing_prefers_the_right_status():
    """Two statuses of one position: matched each with its own, in whatever order they come."""
    gold = [Position("p1", "r1", "c1", "former"), Position("p1", "r1", "c1", "current")]
    scored = score(gold[::-1], gold)
    assert scored[STATUS_ACCURACY] == (2, 0, 0, 0, 0)


def test_a_lenient_role_is_a_role():
    extra = replace(GOLD, entities=(*GOLD.entities, ent("r3", "ROLE", "directrice générale adjointe")))
    gold = replace(extra, positions=GOLD.positions[:1], based_in=())
    pred = replace(extra, positions=(Position("p1", "r3", "c1", "former"),), based_in=())
    scored = score_facts(gold, pred)
    assert scored[POSITION, ALL] == RIGHT
    assert scored[POSITION_EXACT_ROLE, ALL] == BOTH


def test_arguments_are_matched_by_any_form():
    renamed = tuple(ent("c1", "ORGANIZATION", "VELAY") if e.id == "c1" else e for e in GOLD.entities)
    pred = replace(GOLD, entities=renamed)
    assert score_facts(GOLD, pred)[POSITION, ALL] == (2, 0, 0, 0, 0)
    assert score_facts(GOLD, pred)[BASED_IN, ALL] == RIGHT


def test_given_entities_leaves_out_what_could_not_be_found():
    """The company is missed: facts about it are no fault of the classifier."""
    without = tuple(e for e in GOLD.entities if e.id != "c1")
    pred = replace(GOLD, entities=without, positions=(), based_in=())
    scored = score_facts(GOLD, pred)
    assert scored[POSITION, ALL] == (0, 0, 0, 2, 0)
    assert scored[POSITION_GIVEN, ALL] == (0, 0, 0, 0, 0)
    assert scored[BASED_IN_GIVEN, ALL] == (0, 0, 0, 0, 0)
    assert score_facts(GOLD, replace(GOLD, positions=()))[POSITION_GIVEN, ALL] == (0, 0, 0, 2, 0)


@pytest.mark.parametrize(
    ("fact", "plain", "kind"),
    [
        (BasedIn("c1", "v2", "seat"), RIGHT, RIGHT),
        (BasedIn("c1", "v2", "site"), RIGHT, BOTH),
        (BasedIn("c1", "v1", "seat"), BOTH, BOTH),
    ],
)
def test_based_in(fact, plain, kind):
    scored = score_facts(GOLD, replace(GOLD, based_in=(fact,)))
    assert scored[BASED_IN, ALL] == plain
    assert scored[BASED_IN_KIND, ALL] == kind
    assert scored[KIND_ACCURACY, ALL] == (
        (1, 0, 0, 0, 0) if kind == RIGHT else (0, 0, int(plain == RIGHT), 0, 0)
    )


def test_candidate_recall_ignores_what_was_decided():
    proposed = replace(
        GOLD, positions=(Position("p1", "r1", "c1", "unknown"), Position("p1", "r2", "c1", "unknown"))
    )
    scored = score_candidates(GOLD, proposed)
    assert scored[POSITION_CANDIDATES, ALL] == (1, 0, 0, 1, 0)
    assert scored[BASED_IN_CANDIDATES, ALL] == RIGHT
    assert score_candidates(GOLD, Annotation("a1"))[BASED_IN_CANDIDATES, ALL] == MISS


def test_order_does_not_matter():
    positions = [
        Position(p, r, o, s)
        for p in ("p1", "p2")
        for r in ("r1", "r2")
        for o in ("c1", None)
        for s in ("former", "current")
    ]
    expected = score(positions[:9], positions[4:])
    rng = random.Random(5)
    for _ in range(5):
        gold, pred = positions[4:], positions[:9]
        rng.shuffle(gold)
        rng.shuffle(pred)
        assert score(pred, gold) == expected
