"""The candidate pairs of several articles as padded tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from pressextract.facts.classifier import WIDEST
from pressextract.facts.pairs import MENTION_SIZES, PAIR_SIZES, RULE_FEATURE
from pressextract.training.fact_examples import FactExample

STATES_A_MENTION = 4


@dataclass(frozen=True, slots=True)
class FactBatch:
    """The examples of several articles, padded: ``places`` (articles, mentions, ``STATES_A_MENTION``) are
    words, counted from 1, 0 for none; see ``FactHead.forward`` for the others; ``labels`` has one a pair, and
    ``soft`` (pairs, ``WIDEST``) a teacher's shares, where every example has them."""

    places: torch.Tensor
    mentions: torch.Tensor
    groups: torch.Tensor
    present: torch.Tensor
    pairs: torch.Tensor
    labels: torch.Tensor
    soft: torch.Tensor | None

    def to(self, device: torch.device) -> FactBatch:
        """The same on another device."""
        return FactBatch(
            self.places.to(device),
            self.mentions.to(device),
            self.groups.to(device),
            self.present.to(device),
            self.pairs.to(device),
            self.labels.to(device),
            None if self.soft is None else self.soft.to(device),
        )


def batch_facts(examples: Sequence[FactExample | None]) -> FactBatch:
    """One batch; an article without an example has no mention and no pair."""
    kept = [(number, example) for number, example in enumerate(examples) if example]
    shape = len(examples), max([1, *(len(example.places) for _, example in kept)])
    places = torch.zeros(*shape, STATES_A_MENTION, dtype=torch.long)
    mentions = torch.zeros(*shape, len(MENTION_SIZES), dtype=torch.long)
    groups = torch.zeros(shape, dtype=torch.long)
    present = torch.zeros(shape, dtype=torch.bool)
    present[:, 0] = True  # attention needs something to look at
    pairs = [np.zeros((0, 3 + len(PAIR_SIZES)), dtype=np.int64)]
    for number, example in kept:
        size = len(example.places)
        places[number, :size] = torch.tensor(example.places, dtype=torch.long)
        mentions[number, :size] = torch.tensor(example.mentions, dtype=torch.long)
        groups[number, :size] = torch.tensor(example.groups, dtype=torch.long)
        present[number, :size] = True
        article = np.full((len(example.pairs), 1), number)
        pairs.append(np.concatenate([article, example.pairs[:, 1:], example.features], axis=1))
    labels = [np.zeros(0, dtype=np.int64), *(example.labels for _, example in kept)]
    return FactBatch(
        places,
        mentions,
        groups,
        present,
        torch.tensor(np.concatenate(pairs), dtype=torch.long),
        torch.tensor(np.concatenate(labels), dtype=torch.long),
        _soft([example for _, example in kept]),
    )


def _soft(examples: Sequence[FactExample]) -> torch.Tensor | None:
    shares = [example.soft for example in examples if example.soft is not None]
    if not shares or len(shares) < len(examples):
        return None
    return torch.tensor(np.concatenate([np.zeros((0, WIDEST), dtype=np.float32), *shares]))


def drop_rules(pairs: torch.Tensor, share: float) -> torch.Tensor:
    """The pairs with what rules said of them hidden for a share, so that the head does not lean on it."""
    kept = pairs.clone()
    kept[:, 3 + RULE_FEATURE] *= torch.rand(len(pairs)) >= share
    return kept
