"""The fused attention gives the numbers of the library's own."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import RoFormerModel

from pressextract.training.attention import fuse_attention, rotate


def test_states_and_gradients_are_those_of_the_plain_encoder(encoder_folder: Path) -> None:
    ids = torch.randint(6, 500, (2, 20), generator=torch.Generator().manual_seed(1))
    mask = torch.ones(2, 20)
    mask[1, 12:] = 0
    seen = []
    for is_fused in (False, True):
        encoder = RoFormerModel.from_pretrained(encoder_folder, attn_implementation="eager").float()
        encoder.pooler = None
        if is_fused:
            fuse_attention(encoder)
        states = encoder(input_ids=ids, attention_mask=mask).last_hidden_state[mask > 0]
        states.square().sum().backward()
        seen.append((states.detach(), {name: p.grad for name, p in encoder.named_parameters()}))
    (plain, expected), (fused, found) = seen
    torch.testing.assert_close(fused, plain, atol=1e-5, rtol=1e-4)
    assert found.keys() == expected.keys()  # weights keep their names: what is saved can be loaded
    for name, gradient in expected.items():
        if gradient is not None:
            torch.testing.assert_close(found[name], gradient, atol=1e-3, rtol=1e-3)


def test_positions_turn_neighbours_together() -> None:
    states = torch.tensor([[[1.0, 0.0]]])
    quarter = torch.tensor([[[1.0, 0.0]]])  # sine 1, cosine 0
    torch.testing.assert_close(rotate(states, quarter), torch.tensor([[[0.0, 1.0]]]))
