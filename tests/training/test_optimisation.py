"""Learning rates and averages of weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from pressextract.training.optimisation import Optimizer, average_models, rate_share
from pressextract.training.reader import Reader


def test_rate_falls_to_zero_unless_held() -> None:
    falling = [rate_share(progress, 0.1) for progress in (0.0, 0.05, 0.1, 0.55, 1.0)]
    assert falling == pytest.approx([0, 0.5, 1, 0.5, 0])
    assert [rate_share(progress, 0.1, hold=True) for progress in (0.0, 0.05, 0.1, 1.0)] == [0, 0.5, 1, 1]


@pytest.mark.parametrize("hold", [False, True])
def test_optimizer_stands_still_at_the_end_unless_held(hold: bool) -> None:
    layer = torch.nn.Linear(2, 1)
    before = layer.weight.clone()
    optimizer = Optimizer(layer, 0.1, 0.1, 0.1, 0.0, hold=hold)
    optimizer.step(layer(torch.ones(1, 2)).sum(), 1.0)
    assert torch.equal(layer.weight, before) is not hold


def test_mean_of_readers(trained: Reader, encoder_folder: Path) -> None:
    fresh = Reader.load(encoder_folder, seed=1)
    mean = average_models([trained, fresh])
    expected = (trained.names.weight + fresh.names.weight) / 2
    assert torch.allclose(mean.names.weight, expected)
    assert torch.equal(average_models([trained]).names.weight, trained.names.weight)
