"""What every training here shares: two learning rates, a schedule, averages of weights, heads read back."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

from pressextract.errors import UsageError

Model = TypeVar("Model", bound=nn.Module)


class Optimizer:
    """AdamW with one top rate for the encoder and one for the heads; linear rise, then linear fall to zero;
    with ``hold`` no fall."""

    def __init__(
        self,
        model: nn.Module,
        encoder_rate: float,
        head_rate: float,
        warmup: float,
        weight_decay: float,
        *,
        hold: bool = False,
    ) -> None:
        named = list(model.named_parameters())
        groups = [
            {"params": [p for name, p in named if name.startswith("encoder.")], "top": encoder_rate},
            {"params": [p for name, p in named if not name.startswith("encoder.")], "top": head_rate},
        ]
        self._model, self._warmup, self._hold = model, warmup, hold
        self._adam = torch.optim.AdamW(groups, lr=encoder_rate, weight_decay=weight_decay, fused=True)

    def step(self, loss: torch.Tensor, progress: float) -> float:
        """One step down the gradient of ``loss`` at ``progress`` in [0, 1]; returns the loss."""
        share = rate_share(progress, self._warmup, hold=self._hold)
        for group in self._adam.param_groups:
            group["lr"] = group["top"] * share
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._adam.step()
        self._adam.zero_grad()
        return float(loss.item())


def rate_share(progress: float, warmup: float, *, hold: bool = False) -> float:
    """Share of the top rate at ``progress`` in [0, 1]: linear rise over ``warmup``, then linear fall to zero,
    or with ``hold`` all of it."""
    if progress < warmup:
        return progress / warmup
    return 1.0 if hold else max(0.0, (1 - progress) / (1 - warmup))


class Clock:
    """How far a training is, in [0, 1]: by the work that is done, or by the time where it has some minutes.

    A rented processor is paid by the minute, and nobody knows its speed beforehand.
    """

    def __init__(self, minutes: float = 0.0) -> None:
        self._start, self._seconds = time.monotonic(), 60 * minutes

    def progress(self, done: float) -> float:
        """``done``: the share of the work that is done, which counts where there are no minutes."""
        return min(1.0, (time.monotonic() - self._start) / self._seconds if self._seconds else done)


class WeightAverage:
    """Mean of a model's weights at several places of the last part of its training (stochastic weight
    averaging, Izmailov et al. 2018)."""

    def __init__(self, start: float) -> None:
        self._start, self._taken = start, 0
        self._sums: dict[str, torch.Tensor] = {}

    def add(self, model: nn.Module, progress: float) -> None:
        """Take the weights at ``progress`` in [0, 1] when it is after the start."""
        if progress <= self._start:
            return
        self._taken += 1
        for key, value in model.state_dict().items():
            self._sums[key] = self._sums[key] + value if key in self._sums else value.clone()

    def apply(self, model: Model) -> Model:
        """A copy of ``model`` with the averaged weights."""
        final = copy.deepcopy(model)
        means = {k: v / self._taken if v.is_floating_point() else v for k, v in self._sums.items()}
        final.load_state_dict(means)
        return final


def average_models(models: Sequence[Model]) -> Model:
    """A model with the mean of the weights of several that began alike (Wortsman et al. 2022)."""
    average = WeightAverage(0.0)
    for model in models:
        average.add(model, 1.0)
    return average.apply(models[0])


def fill(model: nn.Module, heads: Mapping[str, torch.Tensor], path: Path) -> None:
    """Give a model the weights of all its heads; the encoder has its own.

    Raises:
        UsageError: the file is that of another kind of model.
    """
    try:
        missing, unknown = model.load_state_dict(heads, strict=False)
    except RuntimeError as err:
        raise UsageError(f"{path}: heads of other sizes ({str(err).splitlines()[-1].strip()})") from err
    if unknown or [key for key in missing if not key.startswith("encoder.")]:
        raise UsageError(f"{path}: heads of another kind of model; train it again")
