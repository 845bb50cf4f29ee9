"""The fact head as a torch module: mentions read each other, those written alike share half of that; then
every candidate pair is scored beside its rivals."""

from __future__ import annotations

import torch
from torch import nn

from pressextract.facts.classifier import WIDEST
from pressextract.facts.pairs import CLASSES, MENTION_SIZES, PAIR_SIZES
from pressextract.training.fact_batch import STATES_A_MENTION

LAYERS, HEADS = 2, 4
_MENTION_WIDTH, _PAIR_WIDTH = 24, 16
_MAX_MENTIONS = 1 << 20
"""More than an article has."""
_MAX_LOG_WEIGHT = 5.0
"""Bound of a rival's score: beyond it, single precision would lose the light beside the heavy."""
_LEAST_WEIGHT = 1e-4
"""Added to the weights of a pair's rivals, so that the mean over none is zero."""


class _MentionLayer(nn.Module):
    """A pre-norm transformer layer over the mentions of an article.

    What comes out for a mention is half its own and half the mean over those written alike, it among them:
    what one place says of a body holds at the others, and each still knows where it stands.
    """

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.joint, self.mix = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.inner = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.dropout = nn.Dropout(dropout)

    def forward(self, mentions: torch.Tensor, present: torch.Tensor, alike: torch.Tensor) -> torch.Tensor:
        shape = mentions.shape
        parts = self.joint(self.norms[0](mentions)).chunk(3, dim=-1)
        query, key, value = (part.view(*shape[:2], HEADS, -1).transpose(1, 2) for part in parts)
        mixed = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=present[:, None, None, :]
        )
        mentions = mentions + self.dropout(self.mix(mixed.transpose(1, 2).reshape(shape)))
        mentions = mentions + self.dropout(self.inner(self.norms[1](mentions)))
        out: torch.Tensor = (mentions + alike.to(mentions.dtype) @ mentions) / 2
        return out


class _Rivals(nn.Module):
    """Adds to each pair, (pairs, units), what it reads in its rivals: those of the same relation that share
    its first mention, and those that share its second. The weights of the means over them are learnt."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.weights = nn.ModuleList([nn.Linear(width, 1), nn.Linear(width, 1)])
        self.mix = nn.Sequential(nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, width))
        nn.init.zeros_(self.mix[2].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.mix[2].bias)  # type: ignore[arg-type]

    def forward(self, joint: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
        seen = [joint]
        for weight, end in zip(self.weights, (1, 2), strict=True):
            sets = _number_sets(pairs[:, 0], pairs[:, 3], pairs[:, end])
            seen.append(_mean_of_others(joint, weight(joint), sets))
        out: torch.Tensor = joint + self.mix(self.dropout(torch.cat(seen, dim=-1)))
        return out


def _mean_of_others(states: torch.Tensor, scores: torch.Tensor, sets: torch.Tensor) -> torch.Tensor:
    """For each row the mean of the others of its set (rows, units), weighed by exponentials of their scores.

    Args:
        states: (rows, units).
        scores: (rows, 1).
        sets: (rows): numbers below the number of rows.
    """
    weights = scores.float().clamp(-_MAX_LOG_WEIGHT, _MAX_LOG_WEIGHT).exp()
    weighed = torch.cat([states.float() * weights, weights], dim=-1)
    places = sets[:, None].expand_as(weighed)  # the exporter writes index_add as if nothing were added
    others = torch.zeros_like(weighed).scatter_add(0, places, weighed)[sets] - weighed
    return (others[:, :-1] / (others[:, -1:] + _LEAST_WEIGHT)).to(states.dtype)


def _number_sets(article: torch.Tensor, relation: torch.Tensor, mention: torch.Tensor) -> torch.Tensor:
    """The same number, below their count, for pairs that agree in all three."""
    keys = (article * len(CLASSES) + relation) * _MAX_MENTIONS + mention
    return torch.unique(keys, return_inverse=True)[1]


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
        self.rivals = _Rivals(width, dropout)
        self.output = nn.Linear(width, WIDEST * len(CLASSES))

    def forward(
        self,
        states: torch.Tensor,
        mentions: torch.Tensor,
        groups: torch.Tensor,
        present: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        """Logits (pairs, ``WIDEST``).

        Args:
            states: (articles, mentions, ``STATES_A_MENTION`` * width), see ``mention_states``.
            mentions: (articles, mentions, features), see ``mention_features``.
            groups: (articles, mentions): the same number for mentions of one kind written alike.
            present: (articles, mentions): False for padding.
            pairs: (pairs, 3 + features): article, its two mentions, see ``pair_features``.
        """
        plain = [table(mentions[..., number]) for number, table in enumerate(self.kinds)]
        read = self.enter(self.dropout(torch.cat([states, *plain], dim=-1)))
        alike = ((groups[:, :, None] == groups[:, None, :]) & present[:, None, :]).float()
        alike = alike / alike.sum(-1, keepdim=True).clamp(min=1)
        for layer in self.layers:
            read = layer(read, present, alike)
        read = self.norm(read)
        first, second = read[pairs[:, 0], pairs[:, 1]], read[pairs[:, 0], pairs[:, 2]]
        plain = [table(pairs[:, 3 + number]) for number, table in enumerate(self.features)]
        joint = self.hidden(self.dropout(torch.cat([first, second, first * second, *plain], dim=-1)))
        joint = self.rivals(joint, pairs)
        scores = self.output(self.dropout(joint)).view(-1, len(CLASSES), WIDEST)
        relation = pairs[:, 3].view(-1, 1, 1).expand(-1, 1, WIDEST)
        chosen: torch.Tensor = scores.gather(1, relation).squeeze(1)
        return chosen
