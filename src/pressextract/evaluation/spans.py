"""Span level: mentions compared by their characters.

SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013) scores one alignment of gold and predicted spans four ways:
strict (boundaries and label), exact (boundaries), partial (overlap, half a point when the boundaries differ)
and type (overlap and label). HIPE-2020/2022 (Ehrmann et al.) adds fuzzy: label right and one token shared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pressextract.evaluation.annotation import LABELS, Annotation
from pressextract.evaluation.counts import ALL, Key, Row, matched
from pressextract.evaluation.matching import Pairs, best_matching

STRICT, EXACT, PARTIAL, TYPE, FUZZY = "span_strict", "span_exact", "span_partial", "span_type", "span_fuzzy"
MISSED, SPURIOUS = "missed", "spurious"
_STRICT_WEIGHT, _TYPE_WEIGHT, _EXACT_WEIGHT, _OVERLAP_WEIGHT = 1e9, 1e6, 1e3, 1.0
_TOKEN = re.compile(r"\w+")


class Span(NamedTuple):
    """A labelled stretch of text: characters, half-open. Adjacent ones ([0, 2), [2, 4)) do not overlap."""

    start: int
    end: int
    label: str


def spans_of(annotation: Annotation, labels: Sequence[str] = LABELS) -> list[Span]:
    """Every mention as a span, sorted; a span listed twice under one label stays twice."""
    return sorted(
        Span(start, end, entity.label)
        for entity in annotation.entities
        if entity.label in labels
        for start, end in entity.mentions
    )


def _overlaps(gold: Sequence[Span], pred: Sequence[Span]) -> list[tuple[int, int]]:
    """Index pairs of overlapping spans; both lists sorted."""
    pairs = []
    first = 0
    for i, one in enumerate(gold):
        while first < len(pred) and pred[first].end <= one.start:
            first += 1
        for j in range(first, len(pred)):
            if pred[j].start >= one.end:
                break
            if pred[j].end > one.start:
                pairs.append((i, j))
    return pairs


def align(gold: Sequence[Span], pred: Sequence[Span]) -> Pairs:
    """The alignment that every SemEval score is counted on; both lists sorted.

    As many pairs as possible with boundaries and label right, then with the label right, then with the
    boundaries right, then with any overlap. Order of input does not matter.
    """
    weights = {}
    for i, j in _overlaps(gold, pred):
        same_label = gold[i].label == pred[j].label
        same_bounds = gold[i][:2] == pred[j][:2]
        if same_label:
            weights[i, j] = _STRICT_WEIGHT if same_bounds else _TYPE_WEIGHT
        else:
            weights[i, j] = _EXACT_WEIGHT if same_bounds else _OVERLAP_WEIGHT
    return best_matching(weights)


def semeval_rows(gold: Sequence[Span], pred: Sequence[Span], pairs: Pairs) -> dict[str, Row]:
    """The four SemEval counts of an alignment."""
    both = bounds = label = 0
    for i, j in pairs:
        same_bounds, same_label = gold[i][:2] == pred[j][:2], gold[i].label == pred[j].label
        bounds += same_bounds
        label += same_label
        both += same_bounds and same_label
    total, missed, spurious = len(pairs), len(gold) - len(pairs), len(pred) - len(pairs)
    return {
        STRICT: (both, 0.0, total - both, missed, spurious),
        EXACT: (bounds, 0.0, total - bounds, missed, spurious),
        PARTIAL: (bounds, total - bounds, 0.0, missed, spurious),
        TYPE: (label, 0.0, total - label, missed, spurious),
    }


def fuzzy_row(text: str | None, gold: Sequence[Span], pred: Sequence[Span]) -> Row:
    """HIPE fuzzy: label right and at least one token in common (any character where the text is unknown)."""
    weights = {}
    for i, j in _overlaps(gold, pred):
        if gold[i].label == pred[j].label and _share_token(text, gold[i], pred[j]):
            weights[i, j] = 1.0
    return matched(len(best_matching(weights)), len(gold), len(pred))


def _share_token(text: str | None, one: Span, two: Span) -> bool:
    start, end = max(one.start, two.start), min(one.end, two.end)
    return text is None or _TOKEN.search(text, start, end) is not None


def score_spans(gold: Annotation, pred: Annotation) -> dict[Key, Row]:
    """All span measures of one article: every label together, and each label by itself.

    A label by itself compares the spans of that label alone, as nervaluate and spaCy do.
    """
    rows: dict[Key, Row] = {}
    golds, preds = spans_of(gold), spans_of(pred)
    _score(gold.text, golds, preds, ALL, rows)
    for label in LABELS:
        one = [span for span in golds if span.label == label]
        two = [span for span in preds if span.label == label]
        if one or two:
            _score(gold.text, one, two, label, rows)
    return rows


def _score(text: str | None, gold: list[Span], pred: list[Span], label: str, rows: dict[Key, Row]) -> None:
    for measure, row in semeval_rows(gold, pred, align(gold, pred)).items():
        rows[measure, label] = row
    rows[FUZZY, label] = fuzzy_row(text, gold, pred)


def confusion(gold: Annotation, pred: Annotation) -> list[tuple[str, str]]:
    """(gold label, predicted label) of every aligned, missed and spurious span of one article."""
    golds, preds = spans_of(gold), spans_of(pred)
    pairs = align(golds, preds)
    seen_gold, seen_pred = {i for i, _ in pairs}, {j for _, j in pairs}
    cells = [(golds[i].label, preds[j].label) for i, j in pairs]
    cells += [(span.label, MISSED) for i, span in enumerate(golds) if i not in seen_gold]
    cells += [(SPURIOUS, span.label) for j, span in enumerate(preds) if j not in seen_pred]
    return cells
