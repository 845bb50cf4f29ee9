"""The loss of the fact head: small when the scores say what the labels, or a teacher, say."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from pressextract.facts.candidates import RELATIONS
from pressextract.facts.classifier import EMPLOYER, WIDEST
from pressextract.facts.pairs import PAIR_SIZES, RULE_FEATURE
from pressextract.training.fact_batch import FactBatch, batch_facts, drop_rules
from pressextract.training.fact_examples import UNJUDGED
from pressextract.training.fact_loss import employer_losses, fact_loss

PERSON_ROLE = RELATIONS.index("person-role")


def make_batch(relations: list[int], labels: list[int], soft: torch.Tensor | None = None) -> FactBatch:
    """Pairs of one article: the first mention of all is 0, the second counts up."""
    pairs = torch.zeros(len(relations), 3 + len(PAIR_SIZES), dtype=torch.long)
    pairs[:, 2] = torch.arange(1, len(relations) + 1)
    pairs[:, 3] = torch.tensor(relations)
    return replace(batch_facts([None]), pairs=pairs, labels=torch.tensor(labels), soft=soft)


def scores_of(rows: list[list[float]]) -> torch.Tensor:
    return torch.tensor([row + [0.0] * (WIDEST - len(row)) for row in rows])


def test_right_scores_cost_less_and_unjudged_pairs_nothing() -> None:
    batch = make_batch([PERSON_ROLE, PERSON_ROLE], [1, UNJUDGED])
    right, wrong = scores_of([[0.0, 5.0], [0.0, 9.0]]), scores_of([[5.0, 0.0], [9.0, 0.0]])
    assert fact_loss(right, batch) < fact_loss(wrong, batch)
    other = scores_of([[0.0, 5.0], [7.0, -3.0]])
    assert fact_loss(right, batch) == pytest.approx(float(fact_loss(other, batch)))


def test_body_of_a_role_is_chosen_among_all() -> None:
    batch = make_batch([EMPLOYER] * 3, [0, 1, 1])
    losses = employer_losses(scores_of([[0.0, 0.0], [0.0, 2.0], [0.0, 1.0]]), batch)
    right = math.exp(2) + math.exp(1)
    assert losses.tolist() == pytest.approx([-math.log(right / (right + 1 + 1))])  # a wrong one, and none


def test_role_whose_holder_was_not_found_counts_for_nothing() -> None:
    batch = make_batch([EMPLOYER] * 2, [0, UNJUDGED])
    assert len(employer_losses(scores_of([[0.0, 1.0], [0.0, 1.0]]), batch)) == 0


def test_teacher_is_matched_best_by_its_own_shares() -> None:
    shares = scores_of([[0.7, 0.3], [0.4, 0.6], [0.9, 0.1]])
    shares[1:, 0] = 0  # of employers only the share of each counts: 0.6, 0.1, none 0.3
    batch = make_batch([PERSON_ROLE, EMPLOYER, EMPLOYER], [UNJUDGED] * 3, shares)
    logs = shares.clamp(min=1e-6).log()
    logs[1:, 0] = torch.log(torch.tensor(0.3))
    best = fact_loss(logs, batch)
    for row, column in ((0, 0), (0, 1), (1, 1), (2, 1)):
        for step in (-0.5, 0.5):
            other = logs.clone()
            other[row, column] += step
            assert fact_loss(other, batch) > best


def test_dropping_rules_hides_what_they_said_and_nothing_else() -> None:
    pairs = make_batch([PERSON_ROLE] * 4, [0] * 4).pairs
    pairs[:, 3:] = 1
    kept, dropped = drop_rules(pairs, 0.0), drop_rules(pairs, 1.1)
    assert torch.equal(kept, pairs)
    assert dropped[:, 3 + RULE_FEATURE].sum() == 0
    others = [column for column in range(pairs.shape[1]) if column != 3 + RULE_FEATURE]
    assert torch.equal(dropped[:, others], pairs[:, others])
