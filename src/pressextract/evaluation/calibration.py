"""Calibration: of the items given 0.8, are 80 % right?

Expected calibration error over ten equal bins (Naeini et al. 2015), Brier score (Brier 1950) and the
points of the reliability curve. Every predicted item with a confidence takes part; it is right when it is
matched in the main measure of its kind (entities by name, dates by interval, positions strict, based_in).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.dates import dates_of
from pressextract.evaluation.entities import NAMED, match_label
from pressextract.evaluation.facts import (
    based_in_of,
    match_based_in,
    match_positions,
    positions_of,
    same_but_status,
)
from pressextract.labels import DATE, ROLE

BINS = 10
POSITION_ITEMS, BASED_IN_ITEMS = "position", "based_in"


@dataclass(frozen=True, slots=True)
class Judged:
    """One predicted item: kind (a label, position, based_in), confidence in [0, 1], whether right."""

    kind: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """One point of the reliability curve: items with a confidence in (low, high]; 0 falls in the first."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration of one kind of item."""

    count: int
    expected_error: float
    brier: float
    bins: tuple[Bin, ...]


def judge(gold: Annotation, pred: Annotation) -> list[Judged]:
    """Every predicted item of one article that has a confidence, right or wrong."""
    items = []
    for label in (*NAMED, ROLE):
        _, preds, pairs = match_label(gold, pred, label)
        good = {j for _, j in pairs}
        items += [_judged(label, e.confidence, j in good) for j, e in enumerate(preds)]
    values = {(entity.start, entity.end) for entity in dates_of(gold)}
    items += [_judged(DATE, e.confidence, (e.start, e.end) in values) for e in dates_of(pred)]
    g, p = positions_of(gold), positions_of(pred)
    pairs = match_positions(g, p, lambda one, two: one.status == two.status and same_but_status(one, two))
    good = {j for _, j in pairs}
    items += [_judged(POSITION_ITEMS, pred.positions[f.index].confidence, j in good) for j, f in enumerate(p)]
    b, q = based_in_of(gold), based_in_of(pred)
    good = {j for _, j in match_based_in(b, q)}
    items += [_judged(BASED_IN_ITEMS, pred.based_in[f.index].confidence, j in good) for j, f in enumerate(q)]
    return [item for item in items if item is not None]


def _judged(kind: str, confidence: float | None, right: bool) -> Judged | None:
    return None if confidence is None else Judged(kind, confidence, right)


def calibrate(items: Sequence[Judged], bins: int = BINS) -> Calibration:
    """Calibration of ``items``: ECE and Brier in [0, 1], lower is better; empty bins are left out."""
    total = len(items)
    if not total:
        return Calibration(0, 0.0, 0.0, ())
    groups: dict[int, list[Judged]] = {}
    for item in items:
        groups.setdefault(_bin_of(item.confidence, bins), []).append(item)
    points = tuple(_point(number, groups[number], bins) for number in sorted(groups))
    error = sum(point.count * abs(point.accuracy - point.confidence) for point in points) / total
    brier = sum((item.confidence - item.right) ** 2 for item in items) / total
    return Calibration(total, error, brier, points)


def _bin_of(confidence: float, bins: int) -> int:
    for number in range(bins):
        if confidence <= (number + 1) / bins:
            return number
    return bins - 1


def _point(number: int, items: Sequence[Judged], bins: int) -> Bin:
    count = len(items)
    confidence = sum(item.confidence for item in items) / count
    return Bin(number / bins, (number + 1) / bins, count, confidence, sum(i.right for i in items) / count)


def calibrate_by_kind(items: Iterable[Judged]) -> dict[str, Calibration]:
    """Calibration of everything ("all") and of each kind that occurs."""
    groups: dict[str, list[Judged]] = {"all": []}
    for item in items:
        groups["all"].append(item)
        groups.setdefault(item.kind, []).append(item)
    return {kind: calibrate(group) for kind, group in groups.items() if group}
