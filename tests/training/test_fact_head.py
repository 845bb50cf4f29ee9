"""The fact head: what a pair reads besides its own two mentions."""

from __future__ import annotations

import math

import pytest
import torch

from pressextract.facts.classifier import WIDEST
from pressextract.facts.pairs import MENTION_SIZES, PAIR_SIZES
from pressextract.training.fact_batch import STATES_A_MENTION
from pressextract.training.fact_head import FactHead, _mean_of_others

WIDTH = 8
APART = [0, 1, 2, 3]
PAIRS = [(0, 0, 1), (0, 2, 1), (0, 0, 3), (1, 0, 1)]
"""Article, first and second mention: the second pair is a rival of the first for its second mention, the third
one for its first."""


@pytest.fixture
def head() -> FactHead:
    torch.manual_seed(5)
    head = FactHead(WIDTH).eval()
    torch.nn.init.normal_(head.rivals.mix[2].weight)
    for layer in head.layers:  # mentions read each other through nothing but their names
        torch.nn.init.zeros_(layer.mix.weight)
    return head


@pytest.fixture
def states() -> torch.Tensor:
    return torch.randn(2, 4, STATES_A_MENTION * WIDTH)


def score(
    head: FactHead,
    states: torch.Tensor,
    groups: list[int],
    pairs: list[tuple[int, int, int]],
    relations: list[int] | None = None,
) -> torch.Tensor:
    shape = states.shape[:2]
    table = torch.zeros(len(pairs), 3 + len(PAIR_SIZES), dtype=torch.long)
    table[:, :3] = torch.tensor(pairs, dtype=torch.long).view(-1, 3)
    table[:, 3] = torch.tensor(relations or [0] * len(pairs))
    with torch.no_grad():
        return head(
            states,
            torch.zeros(*shape, len(MENTION_SIZES), dtype=torch.long),
            torch.tensor([groups, range(shape[1])]),
            torch.ones(shape, dtype=torch.bool),
            table,
        )


def test_a_pair_reads_its_rivals_at_either_end(head: FactHead, states: torch.Tensor) -> None:
    alone = score(head, states, APART, PAIRS[:1])[0]
    for rival in (1, 2):
        beside = score(head, states, APART, [PAIRS[0], PAIRS[rival]])[0]
        assert not torch.allclose(alone, beside, atol=1e-5)


def test_a_pair_of_another_article_is_no_rival(head: FactHead, states: torch.Tensor) -> None:
    alone, beside = score(head, states, APART, PAIRS[:1]), score(head, states, APART, [PAIRS[0], PAIRS[3]])
    assert torch.allclose(alone[0], beside[0], atol=1e-6)


def test_mentions_written_alike_are_read_as_one(head: FactHead, states: torch.Tensor) -> None:
    changed = states.clone()
    changed[0, 3] += 1
    for groups, is_read in (([0, 1, 2, 3], False), ([0, 1, 2, 0], True)):
        before, after = (score(head, some, groups, PAIRS[:1]) for some in (states, changed))
        assert torch.allclose(before, after, atol=1e-6) is not is_read


def test_a_pair_of_another_relation_is_no_rival(head: FactHead, states: torch.Tensor) -> None:
    alone = score(head, states, APART, PAIRS[:1], [1])[0]
    for rival in PAIRS[1:3]:
        beside = score(head, states, APART, [PAIRS[0], rival], [1, 2])[0]
        assert torch.allclose(alone, beside, atol=1e-6)


def test_mean_of_rivals_is_weighed_and_leaves_the_pair_itself_out() -> None:
    states = torch.tensor([[2.0], [4.0], [8.0], [5.0]])
    scores = torch.tensor([[0.0], [math.log(3)], [0.0], [1.0]])
    found = _mean_of_others(states, scores, torch.tensor([0, 0, 0, 3]))
    assert found.flatten().tolist() == pytest.approx([5.0, 5.0, 3.5, 0.0], abs=1e-3)


def test_a_loud_rival_does_not_drown_the_others() -> None:
    found = _mean_of_others(
        torch.tensor([[1.0], [2.0]]), torch.tensor([[80.0], [-80.0]]), torch.tensor([0, 0])
    )
    assert found.flatten().tolist() == pytest.approx([2.0, 1.0], rel=0.05)


def test_padding_changes_nothing(head: FactHead, states: torch.Tensor) -> None:
    for layer in head.layers:
        torch.nn.init.normal_(layer.mix.weight)
    kinds = torch.zeros(1, 4, len(MENTION_SIZES), dtype=torch.long)
    present, groups = torch.tensor([[True, True, False, False]]), torch.tensor([[0, 1, 0, 0]])
    pairs = torch.zeros(1, 3 + len(PAIR_SIZES), dtype=torch.long)
    pairs[0, 2] = 1
    with torch.no_grad():
        padded = head(states[:1], kinds, groups, present, pairs)
        alone = head(states[:1, :2], kinds[:, :2], groups[:, :2], present[:, :2], pairs)
    assert torch.allclose(padded, alone, atol=1e-6)


def test_no_pair_is_no_score(head: FactHead, states: torch.Tensor) -> None:
    assert score(head, states, APART, []).shape == (0, WIDEST)
