"""Learning rates and averages of weights."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from pressextract.training import optimisation
from pressextract.training.optimisation import Clock, Optimizer, WeightAverage, average_models, rate_share
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


def test_the_clock_goes_by_the_work_or_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(optimisation, "time", SimpleNamespace(monotonic=lambda: now[0]))
    work, minute = Clock(), Clock(minutes=1)
    now[0] = 145.0
    assert [work.progress(0.25), minute.progress(0.25)] == [0.25, 0.75]
    now[0] = 1000.0
    assert [work.progress(1.5), minute.progress(0.25)] == [1.0, 1.0]


def test_only_the_last_part_counts_in_the_mean() -> None:
    layer = torch.nn.Linear(1, 1, bias=False)
    average = WeightAverage(0.5)
    for progress, weight in ((0.5, 9.0), (0.6, 1.0), (1.0, 3.0)):
        torch.nn.init.constant_(layer.weight, weight)
        average.add(layer, progress)
    assert average.apply(layer).weight.item() == 2.0


def test_mean_of_readers(trained: Reader, encoder_folder: Path) -> None:
    fresh = Reader.load(encoder_folder, seed=1)
    mean = average_models([trained, fresh])
    expected = (trained.names.weight + fresh.names.weight) / 2
    assert torch.allclose(mean.names.weight, expected)
    assert torch.equal(average_models([trained]).names.weight, trained.names.weight)
