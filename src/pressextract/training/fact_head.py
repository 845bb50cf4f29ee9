"""The fact head as a torch module: mentions read each other, then every candidate pair is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from pressextract.facts.classifier import EMPLOYER, WIDEST, mention_places
from pressextract.facts.pairs import CLASSES, MENTION_SIZES, PAIR_SIZES, RULE_FEATURE
from pressextract.training.fact_examples import UNJUDGED, FactExample

LAYERS, HEADS = 2, 4
EMPLOYER_WEIGHT = 0.25
"""Of the loss of a choice among many, which is larger than that of a judgement of one pair."""
STATES_A_MENTION = 4
_MENTION_WIDTH, _PAIR_WIDTH = 24, 16
_IMPOSSIBLE = -1e4
_LEAST, _HIGHEST = 1e-9, 60.0


class _MentionLayer(nn.Module):
    """A pre-norm transformer layer over the mentions of an article."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.joint, self.mix = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.inner = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.dropout = nn.Dropout(dropout)

    def forward(self, mentions: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        shape = mentions.shape
        parts = self.joint(self.norms[0](mentions)).chunk(3, dim=-1)
        query, key, value = (part.view(*shape[:2], HEADS, -1).transpose(1, 2) for part in parts)
        mixed = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=present[:, None, None, :]
        )
        mentions = mentions + self.dropout(self.mix(mixed.transpose(1, 2).reshape(shape)))
        out: torch.Tensor = mentions + self.dropout(self.inner(self.norms[1](mentions)))
        return out


class FactHead(nn.Module):
    """Scores pairs of mentions from the states of the words at their borders, and a few plain features.

    Args:
        width: units of a word state.
        dropout: of everything that is read.
    """

    def __init__(self, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.kinds = nn.ModuleList(nn.Embedding(size, _MENTION_WIDTH) for size in MENTION_SIZES)
        self.enter = nn.Linear(STATES_A_MENTION * width + _MENTION_WIDTH * len(MENTION_SIZES), width)
        self.layers = nn.ModuleList(_MentionLayer(width, dropout) for _ in range(LAYERS))
        self.norm = nn.LayerNorm(width)
        self.features = nn.ModuleList(nn.Embedding(size, _PAIR_WIDTH) for size in PAIR_SIZES)
        self.hidden = nn.Sequential(nn.Linear(3 * width + _PAIR_WIDTH * len(PAIR_SIZES), width), nn.GELU())
        self.output = nn.Linear(width, WIDEST * len(CLASSES))

    def forward(
        self, states: torch.Tensor, mentions: torch.Tensor, present: torch.Tensor, pairs: torch.Tensor
    ) -> torch.Tensor:
        """Logits (pairs, ``WIDEST``).

        Args:
            states: (articles, mentions, ``STATES_A_MENTION`` * width), see ``mention_states``.
            mentions: (articles, mentions, features), see ``mention_features``.
            present: (articles, mentions): False for padding.
            pairs: (pairs, 3 + features): article, its two mentions, see ``pair_features``.
        """
        plain = [table(mentions[..., number]) for number, table in enumerate(self.kinds)]
        read = self.enter(self.dropout(torch.cat([states, *plain], dim=-1)))
        for layer in self.layers:
            read = layer(read, present)
        read = self.norm(read)
        first, second = read[pairs[:, 0], pairs[:, 1]], read[pairs[:, 0], pairs[:, 2]]
        plain = [table(pairs[:, 3 + number]) for number, table in enumerate(self.features)]
        joint = self.hidden(self.dropout(torch.cat([first, second, first * second, *plain], dim=-1)))
        scores = self.output(self.dropout(joint)).view(-1, len(CLASSES), WIDEST)
        relation = pairs[:, 3].view(-1, 1, 1).expand(-1, 1, WIDEST)
        chosen: torch.Tensor = scores.gather(1, relation).squeeze(1)
        return chosen


@dataclass(frozen=True, slots=True)
class FactBatch:
    """The examples of several articles, padded: ``places`` (articles, mentions, ``STATES_A_MENTION``) are
    words, counted from 1, 0 for none; see ``FactHead.forward`` for the others; ``labels`` has one a pair."""

    places: torch.Tensor
    mentions: torch.Tensor
    present: torch.Tensor
    pairs: torch.Tensor
    labels: torch.Tensor


def batch_facts(examples: Sequence[FactExample | None]) -> FactBatch:
    """One batch; an article without an example has no mention and no pair."""
    widest = max((len(example.table) for example in examples if example), default=0)
    shape = len(examples), max(1, widest)
    places = torch.zeros(*shape, STATES_A_MENTION, dtype=torch.long)
    mentions = torch.zeros(*shape, len(MENTION_SIZES), dtype=torch.long)
    present = torch.zeros(shape, dtype=torch.bool)
    present[:, 0] = True  # attention needs something to look at
    pairs = [torch.zeros(0, 3 + len(PAIR_SIZES), dtype=torch.long)]
    labels = [torch.zeros(0, dtype=torch.long)]
    for number, example in enumerate(examples):
        if example is None:
            continue
        size = len(example.table)
        places[number, :size] = torch.tensor(mention_places(example.table, len(example.words)))
        mentions[number, :size] = torch.tensor(example.mentions)
        present[number, :size] = True
        article = torch.full((len(example.pairs), 1), number)
        numbers = torch.tensor(example.pairs[:, 1:]), torch.tensor(example.features)
        pairs.append(torch.cat([article, *numbers], dim=1))
        labels.append(torch.tensor(example.labels))
    return FactBatch(places, mentions, present, torch.cat(pairs), torch.cat(labels))


def fact_loss(scores: torch.Tensor, batch: FactBatch) -> torch.Tensor:
    """Cross entropy of the pairs that are judged one by one, plus that of the choice of each role's body."""
    relation = batch.pairs[:, 3]
    sizes = torch.tensor([len(classes) for classes in CLASSES.values()])
    possible = torch.arange(WIDEST)[None, :] < sizes[relation][:, None]
    alone = (relation != EMPLOYER) & (batch.labels != UNJUDGED)
    loss = scores.sum() * 0
    if bool(alone.any()):
        kept = scores.masked_fill(~possible, _IMPOSSIBLE)[alone]
        loss = loss + nn.functional.cross_entropy(kept, batch.labels[alone])
    choices = employer_losses(scores, batch)
    return loss + EMPLOYER_WEIGHT * choices.mean() if len(choices) else loss


def employer_losses(scores: torch.Tensor, batch: FactBatch) -> torch.Tensor:
    """For each role mention minus the log of the share that its body's mentions, or "none", have among all.

    A role whose body is known but which nobody was found to hold there counts for nothing.
    """
    rows = batch.pairs[:, 3] == EMPLOYER
    labels = batch.labels[rows]
    rivals = (scores[rows, 1] - scores[rows, 0]).clamp(max=_HIGHEST).exp()  # "none" weighs 1
    roles, group = torch.unique(batch.pairs[rows, :2], dim=0, return_inverse=True)
    empty = torch.zeros(len(roles))
    total = empty.index_add(0, group, rivals) + 1
    right = empty.index_add(0, group, rivals * (labels == 1))
    is_held = empty.index_add(0, group, (labels == 1).float()) > 0
    is_open = empty.index_add(0, group, (labels == UNJUDGED).float()) > 0
    share = torch.where(is_held, right, torch.ones(())) / total
    return -share.clamp(min=_LEAST).log()[is_held | ~is_open]


def drop_rules(pairs: torch.Tensor, share: float) -> torch.Tensor:
    """The pairs with what rules said of them hidden for a share, so that the head does not lean on it."""
    kept = pairs.clone()
    kept[:, 3 + RULE_FEATURE] *= torch.rand(len(pairs)) >= share
    return kept
