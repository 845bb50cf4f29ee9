"""An evaluation as JSON: every number, and where it came from. Holds no text of the articles."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pressextract.evaluation import significance
from pressextract.evaluation.counts import ALL, Counts, Key
from pressextract.evaluation.measures import HEADLINES
from pressextract.evaluation.provenance import Provenance
from pressextract.evaluation.scoring import ARTICLES, Evaluation, Score
from pressextract.evaluation.significance import Comparison

FORMAT = "pressextract-scores/1"
DIGITS = 6


def to_json(
    evaluation: Evaluation, provenance: Provenance, comparison: Mapping[Key, Comparison] | None = None
) -> str:
    """The evaluation as indented JSON text, rounded to six digits; the same input gives the same bytes."""
    return json.dumps(_clean(as_dict(evaluation, provenance, comparison)), ensure_ascii=True, indent=1) + "\n"


def as_dict(
    evaluation: Evaluation, provenance: Provenance, comparison: Mapping[Key, Comparison] | None = None
) -> dict[str, Any]:
    """The evaluation as plain dicts and lists."""
    result: dict[str, Any] = {
        "format": FORMAT,
        **asdict(provenance),
        "bootstrap": {"draws": evaluation.draws, "level": significance.LEVEL, "seed": significance.SEED},
        "notes": evaluation.notes,
        "missing": evaluation.missing,
        "failed": evaluation.failed,
        "scores": [_score(score) for score in evaluation.scores.values()],
        "calibration": {kind: asdict(value) for kind, value in evaluation.calibration.items()},
        "confusion": [
            {"gold": gold, "pred": pred, "count": count}
            for (gold, pred), count in sorted(evaluation.confusion.items())
        ],
        "groups": {
            grouping: {name: _group(counts) for name, counts in groups.items()}
            for grouping, groups in evaluation.groups.items()
        },
        "articles": _articles(evaluation),
    }
    if comparison is not None:
        result["comparison"] = [
            {"measure": measure, "label": label, **asdict(values)}
            for (measure, label), values in comparison.items()
        ]
    return result


def _score(score: Score) -> dict[str, Any]:
    return {
        "measure": score.measure,
        "label": score.label,
        **_ratios(score.counts),
        "low": score.low,
        "high": score.high,
        "macro_f1": score.macro,
        "deviation": score.deviation,
        "articles": score.articles,
        **asdict(score.counts),
    }


def _ratios(counts: Counts) -> dict[str, float]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "gold": counts.gold,
        "predicted": counts.predicted,
    }


def _group(counts: Mapping[Key, Counts]) -> dict[str, Any]:
    rows = [
        {"measure": key[0], "label": key[1], **_ratios(counts[key])} for key in HEADLINES if key in counts
    ]
    return {"articles": counts[ARTICLES].correct, "scores": rows}


def _articles(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Counts of the headline measures by article: correct, partial, incorrect, missed, spurious."""
    columns = [(evaluation.keys.index(key), key) for key in HEADLINES if key in evaluation.scores]
    rows = []
    for number, article in enumerate(evaluation.article_ids):
        counts = {
            measure if label == ALL else f"{measure}/{label}": evaluation.table[number, column].tolist()
            for column, (measure, label) in columns
        }
        rows.append({"id": article, "counts": counts})
    return rows


def _clean(value: Any) -> Any:
    """Floats rounded, whole ones as integers, not-a-number as null."""
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
