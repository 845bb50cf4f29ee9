"""The gate: floors under the main scores, tied to the gold they were set on.

A floors file holds, by set, the path and digest of its gold and a floor per main score. A score below its
floor, another gold, or an article on which the system failed is a failure. Raising floors is free; lowering
one has to be asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from pressextract.errors import PressextractError
from pressextract.evaluation.counts import Key
from pressextract.evaluation.measures import HEADLINES
from pressextract.evaluation.scoring import Evaluation

FORMAT: Final = "pressextract-floors/1"
EPSILON: Final = 0.002
"""How far below its floor a score may be: another platform rounds differently."""
_STEPS: Final = 1000
"""Floors are rounded down to thousandths."""


class GateError(PressextractError, ValueError):
    """The floors file cannot be used, or a floor would be lowered without saying so."""


@dataclass(slots=True)
class GoldFloors:
    """The floors of one gold file (path relative to the repository)."""

    gold: str
    sha256: str = ""
    articles: int = 0
    floors: dict[str, float] = field(default_factory=dict)


def name_of(key: Key) -> str:
    """The name of a score in the floors file."""
    return "/".join(key)


def read_floors(path: Path) -> dict[str, GoldFloors]:
    """The floors by set.

    Raises:
        GateError: the file cannot be read, or has unknown keys.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']!r}")
        return {name: GoldFloors(**values) for name, values in data["sets"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise GateError(f"{path}: is no floors file ({err}); write it with --update") from err


def write_floors(path: Path, sets: Mapping[str, GoldFloors]) -> None:
    """Write the floors, sorted by set."""
    data: dict[str, Any] = {"format": FORMAT, "sets": {name: asdict(sets[name]) for name in sorted(sets)}}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def check(evaluation: Evaluation, floors: GoldFloors, sha256: str) -> list[str]:
    """What keeps the gate shut, one line each; empty when it is open."""
    faults = [f"failed on {article}: {reason}" for article, reason in evaluation.failed.items()]
    if not floors.floors:
        faults.append("no floor is set; set them with --update")
    if sha256 != floors.sha256:
        faults.append(f"the gold is {sha256[:12]}…, the floors are of {floors.sha256[:12]}…; --update them")
    scores = main_scores(evaluation)
    for name, floor in floors.floors.items():
        if (score := scores.get(name, 0.0)) < floor - EPSILON:
            faults.append(f"{name} is {score:.4f}, below its floor {floor:.3f}")
    return faults


def main_scores(evaluation: Evaluation) -> dict[str, float]:
    """F1 of the main scores that were measured, by name."""
    return {name_of(key): evaluation.f1(*key) for key in HEADLINES if key in evaluation.scores}


def updated(
    evaluation: Evaluation, floors: GoldFloors, sha256: str, *, allow_lower: bool = False
) -> GoldFloors:
    """The floors at the scores of ``evaluation``.

    Raises:
        GateError: one would be lowered, and ``allow_lower`` is not set.
    """
    new = {
        name: math.floor(score * _STEPS + 1e-9) / _STEPS for name, score in main_scores(evaluation).items()
    }
    lower = [name for name, floor in floors.floors.items() if new.get(name, 0.0) < floor]
    if lower and not allow_lower:
        changes = ", ".join(f"{name} {floors.floors[name]:.3f} -> {new.get(name, 0.0):.3f}" for name in lower)
        raise GateError(f"would lower {changes}; say --allow-lower if that is meant")
    return GoldFloors(floors.gold, sha256, len(evaluation.article_ids), new)
