"""The fact head as a torch module: mentions read each other, then every candidate pair is scored."""

from __future__ import annotations

import torch
from torch import nn

from pressextract.facts.classifier import WIDEST
from pressextract.facts.pairs import CLASSES, MENTION_SIZES, PAIR_SIZES
from pressextract.training.fact_batch import STATES_A_MENTION

LAYERS, HEADS = 2, 4
_MENTION_WIDTH, _PAIR_WIDTH = 24, 16


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
