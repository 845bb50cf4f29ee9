"""Dates: where they stand, what they mean, and how much of the interval is right.

date_strict and date_relaxed compare offsets (same, overlapping) and date_value asks in addition for the
right value, as the TempEval-3 task does (UzZaman et al. 2013): its F1 is the relaxed F1 times the share of
right values. date_interval, date_text and date_overlap compare the sets of dates of an article and need no
offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from pressextract.evaluation.annotation import Annotation, Entity
from pressextract.evaluation.counts import Key, Row, graded, matched
from pressextract.evaluation.matching import best_matching, match
from pressextract.evaluation.normalise import contains_either_way
from pressextract.labels import DATE

STRICT, RELAXED, VALUE = "date_strict", "date_relaxed", "date_value"
INTERVAL, TEXT, OVERLAP = "date_interval", "date_text", "date_overlap"
OPEN_SIDE_DAYS = 3652
"""An open side of an interval counts as ten years, so that open and closed intervals can be compared."""
_PAIR = 1000.0
_TIME_OF_DAY = re.compile(r"T\d.*$")


def same_value(gold: Entity, pred: Entity) -> bool:
    """Whether two dates mean the same: TIMEX3 values where both have one, else start and end.

    Values are compared as TempEval-3 does, as strings, after dropping a time of day from a calendar value.
    """
    if gold.value and pred.value:
        return _day_value(gold.value) == _day_value(pred.value)
    return (gold.start, gold.end) == (pred.start, pred.end) and has_interval(gold)


def _day_value(value: str) -> str:
    return _TIME_OF_DAY.sub("", value.strip().upper())


def has_interval(entity: Entity) -> bool:
    """Whether the date is resolved on at least one side."""
    return bool(entity.start or entity.end)


def interval_jaccard(gold: Entity, pred: Entity) -> float:
    """Days in both intervals over days in either; ends inclusive, an open side ten years long."""
    return _jaccard(_days(gold), _days(pred)) if has_interval(gold) and has_interval(pred) else 0.0


def _jaccard(gold: tuple[int, int], pred: tuple[int, int]) -> float:
    common = min(gold[1], pred[1]) - max(gold[0], pred[0]) + 1
    return common / (max(gold[1], pred[1]) - min(gold[0], pred[0]) + 1) if common > 0 else 0.0


def _days(entity: Entity) -> tuple[int, int]:
    start = date.fromisoformat(entity.start).toordinal() if entity.start else None
    end = date.fromisoformat(entity.end).toordinal() if entity.end else None
    if start is None:
        start = (end or 0) - OPEN_SIDE_DAYS + 1
    return start, end if end is not None else start + OPEN_SIDE_DAYS - 1


def dates_of(annotation: Annotation) -> list[Entity]:
    """The dates of an article, each resolved interval once."""
    resolved = [entity for entity in annotation.of(DATE) if has_interval(entity)]
    return list({(entity.start, entity.end): entity for entity in resolved}.values())


def score_dates(gold: Annotation, pred: Annotation) -> dict[Key, Row]:
    """All date measures of one article."""
    golds, preds = dates_of(gold), dates_of(pred)
    if not gold.of(DATE) and not pred.of(DATE):
        return {}
    values = {(entity.start, entity.end) for entity in golds}
    same = len(values & {(entity.start, entity.end) for entity in preds})
    all_gold, all_pred = gold.of(DATE), pred.of(DATE)
    texts = match(all_gold, all_pred, lambda g, p: float(contains_either_way(g.name, p.name)))
    rows = {
        (INTERVAL, DATE): matched(same, len(golds), len(preds)),
        (TEXT, DATE): matched(len(texts), len(all_gold), len(all_pred)),
        (OVERLAP, DATE): graded(_overlap_credit(golds, preds), len(golds), len(preds)),
    }
    return rows | _score_mentions(all_gold, all_pred)


def _overlap_credit(golds: Sequence[Entity], preds: Sequence[Entity]) -> float:
    """Greatest sum of shares over a one-to-one matching of resolved dates."""
    one, two = [_days(entity) for entity in golds], [_days(entity) for entity in preds]
    shares = {
        (i, j): _jaccard(first, second)
        for i, first in enumerate(one)
        for j, second in enumerate(two)
        if first[0] <= second[1] and second[0] <= first[1]
    }
    return sum(shares[pair] for pair in best_matching(shares))


def _score_mentions(golds: Sequence[Entity], preds: Sequence[Entity]) -> dict[Key, Row]:
    one = sorted((start, end, i) for i, entity in enumerate(golds) for start, end in entity.mentions)
    two = sorted((start, end, j) for j, entity in enumerate(preds) for start, end in entity.mentions)
    weights, right = {}, {}
    for i, (start, end, g) in enumerate(one):
        for j, (low, high, p) in enumerate(two):
            if low < end and start < high:
                right[i, j] = same_value(golds[g], preds[p])
                weights[i, j] = _PAIR + right[i, j]
    pairs = best_matching(weights)
    same = Counter(span[:2] for span in one) & Counter(span[:2] for span in two)
    return {
        (STRICT, DATE): matched(same.total(), len(one), len(two)),
        (RELAXED, DATE): matched(len(pairs), len(one), len(two)),
        (VALUE, DATE): matched(sum(right[pair] for pair in pairs), len(one), len(two)),
    }
