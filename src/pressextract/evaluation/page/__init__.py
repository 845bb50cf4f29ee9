"""The HTML report: one page that needs nothing beside itself.

Template, style and script lie beside this module. Everything that comes from files is escaped by Jinja's
autoescape, and a content security policy forbids the page to load anything. The plot is a polyline of at
most ten points in SVG: a plotting library would put megabytes of script into the page for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pressextract.evaluation.calibration import Calibration
from pressextract.evaluation.counts import ALL, Counts, Key
from pressextract.evaluation.measures import ACCURACIES, HEADLINES, MEASURES, RECALLS, title_of
from pressextract.evaluation.provenance import Provenance
from pressextract.evaluation.scoring import ARTICLES, Evaluation, Score
from pressextract.evaluation.significance import Comparison
from pressextract.evaluation.spans import MISSED, SPURIOUS

MAX_ERRORS = 5000
"""Most errors that one page lists, so that a browser can open it."""
_SIDE = 200
"""Side of the reliability plot, in SVG units."""


def render_page(
    evaluation: Evaluation, provenance: Provenance, comparison: Mapping[Key, Comparison] | None = None
) -> str:
    """The report as an HTML page without external resources."""
    loader = PackageLoader("pressextract.evaluation", "page")
    environment = Environment(autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True)
    shown = evaluation.differences[:MAX_ERRORS]
    return environment.get_template("page.html.j2").render(
        provenance=provenance,
        stamps=_stamps(provenance),
        articles=len(evaluation.article_ids),
        missing=len(evaluation.missing),
        failed=evaluation.failed,
        draws=evaluation.draws,
        notes=evaluation.notes,
        scores=_scores(list(evaluation.scores.values())),
        comparison=[_comparison(key, row) for key, row in (comparison or {}).items()],
        confusion=_confusion(evaluation),
        calibration=[_plot(kind, value) for kind, value in evaluation.calibration.items()],
        groups=[_grouping(name, groups) for name, groups in evaluation.groups.items()],
        errors=shown,
        hidden=len(evaluation.differences) - len(shown),
        items=sorted({error.item for error in shown}),
        sorts=sorted({error.sort for error in shown}),
    )


def _stamps(provenance: Provenance) -> list[dict[str, Any]]:
    sides = {"gold": provenance.gold, "system": provenance.system, "compared with": provenance.other}
    return [{"role": role, **asdict(stamp)} for role, stamp in sides.items() if stamp is not None]


def _scores(scores: Sequence[Score]) -> list[dict[str, Any]]:
    rows = []
    last = ""
    for score in scores:
        measure, counts = MEASURES[score.measure], score.counts
        is_recall, is_accuracy = score.measure in RECALLS, score.measure in ACCURACIES
        known = not is_recall and not math.isnan(score.low)
        rows.append(
            {
                "first": measure.group != last,
                "group": measure.group,
                "title": measure.title,
                "says": measure.says,
                "label": "" if score.label == ALL else score.label,
                "precision": "" if is_recall or is_accuracy else f"{counts.precision:.3f}",
                "recall": "" if is_accuracy else f"{counts.recall:.3f}",
                "f1": "" if is_recall else f"{counts.f1:.3f}",
                "interval": f"{score.low:.3f}-{score.high:.3f}" if known else "",
                "macro": "" if is_recall else f"{score.macro:.3f} ± {score.deviation:.3f}",
                "gold": f"{counts.gold:g}",
                "predicted": f"{counts.predicted:g}",
            }
        )
        last = measure.group
    return rows


def _comparison(key: Key, row: Comparison) -> dict[str, str]:
    return {
        "title": title_of(key),
        "first": f"{row.first:.3f}",
        "second": f"{row.second:.3f}",
        "difference": f"{row.difference:+.3f}",
        "interval": f"{row.low:+.3f} to {row.high:+.3f}",
        "p_randomisation": f"{row.p_randomisation:.4f}",
        "p_bootstrap": f"{row.p_bootstrap:.4f}",
    }


def _confusion(evaluation: Evaluation) -> dict[str, Any]:
    table = evaluation.confusion
    names = sorted({label for cell in table for label in cell} - {MISSED, SPURIOUS})
    rows = []
    for gold in (*names, SPURIOUS):
        cells = [table[gold, pred] for pred in (*names, MISSED)]
        total = sum(cells) or 1
        rows.append((gold, [{"count": count, "share": f"{count / total:.3f}"} for count in cells]))
    return {"columns": (*names, MISSED), "rows": rows if table else []}


def _plot(kind: str, value: Calibration) -> dict[str, Any]:
    points = [
        {
            "x": f"{point.confidence * _SIDE:.1f}",
            "y": f"{(1 - point.accuracy) * _SIDE:.1f}",
            "r": f"{2 + 8 * math.sqrt(point.count / value.count):.1f}",
            "says": f"{point.count} items, confidence {point.confidence:.2f}, right {point.accuracy:.2f}",
        }
        for point in value.bins
    ]
    return {
        "kind": kind,
        "count": value.count,
        "ece": f"{value.expected_error:.3f}",
        "brier": f"{value.brier:.3f}",
        "points": points,
        "line": " ".join(f"{point['x']},{point['y']}" for point in points),
    }


def _grouping(name: str, groups: Mapping[str, Mapping[Key, Counts]]) -> dict[str, Any]:
    keys = [key for key in HEADLINES if any(key in counts for counts in groups.values())]
    rows = []
    for group, counts in groups.items():
        cells = []
        for key in keys:
            one = counts.get(key, Counts())
            is_empty = not one.gold and not one.predicted
            says = f"{one.gold:g} gold, {one.predicted:g} predicted"
            f1 = "" if is_empty else f"{one.f1:.3f}"
            cells.append({"f1": f1, "share": f"{one.f1:.3f}", "says": says})
        rows.append({"name": group, "articles": f"{counts[ARTICLES].correct:g}", "cells": cells})
    return {"name": name, "titles": [title_of(key) for key in keys], "rows": rows}
