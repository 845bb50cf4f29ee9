"""The tables of the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pressextract.evaluation.agreement import Agreement
from pressextract.evaluation.counts import ALL, Key
from pressextract.evaluation.measures import ACCURACIES, BY_LABEL, MEASURES, RECALLS, title_of
from pressextract.evaluation.scoring import Evaluation, Score
from pressextract.evaluation.significance import Comparison

SIGNIFICANT = 0.05
TABLE_WIDTH = 140
"""In characters, where no terminal says otherwise."""


def score_table(evaluation: Evaluation) -> Table:
    """The scores: precision, recall, F1 with its 95 % interval, mean over articles, counts."""
    table = Table(caption=_caption(evaluation), caption_justify="left", pad_edge=False)
    table.add_column("measure")
    table.add_column("label")
    for name in ("P", "R", "F1", "95 % interval", "by article", "gold", "pred"):
        table.add_column(name, justify="right", no_wrap=True)
    last = ""
    for score in evaluation.scores.values():
        if score.measure in BY_LABEL and score.label != ALL:
            continue
        group = MEASURES[score.measure].group
        if last and group != last:
            table.add_section()
        last = group
        table.add_row(*_row(score))
    return table


def _caption(evaluation: Evaluation) -> str:
    parts = [f"{len(evaluation.article_ids)} articles"]
    if evaluation.missing:
        parts.append(f"{len(evaluation.missing)} without prediction, counted as missed")
    if evaluation.failed:
        parts.append(f"{len(evaluation.failed)} failed, counted as missed")
    return "; ".join(parts)


def _row(score: Score) -> list[RenderableType]:
    measure = MEASURES[score.measure]
    label = Text("" if score.label == ALL else score.label)
    counts = score.counts
    precision, recall, f1 = (f"{x:.3f}" for x in (counts.precision, counts.recall, counts.f1))
    if score.measure in RECALLS:
        precision, f1 = "", ""
    if score.measure in ACCURACIES:
        precision, recall = "", ""
    between = "" if score.measure in RECALLS or math.isnan(score.low) else f"{score.low:.3f}-{score.high:.3f}"
    by_article = "" if score.measure in RECALLS else f"{score.macro:.3f}"
    gold, pred = f"{counts.gold:g}", f"{counts.predicted:g}"
    name = f"{measure.group} {measure.title}"
    return [name, label, precision, recall, f1, between, by_article, gold, pred]


def comparison_table(comparison: Mapping[Key, Comparison], first: str, second: str) -> Table:
    """Differences of the main scores; a star where both tests give p < 0.05."""
    table = Table(pad_edge=False)
    table.add_column("measure")
    table.add_column(Text(first), justify="right")
    table.add_column(Text(second), justify="right")
    for name in ("difference", "95 % interval", "p (randomisation)", "p (bootstrap)"):
        table.add_column(name, justify="right", no_wrap=True)
    for key, row in comparison.items():
        star = " *" if max(row.p_randomisation, row.p_bootstrap) < SIGNIFICANT else ""
        table.add_row(
            title_of(key),
            f"{row.first:.3f}",
            f"{row.second:.3f}",
            f"{row.difference:+.3f}{star}",
            f"{row.low:+.3f} {row.high:+.3f}",
            f"{row.p_randomisation:.4f}",
            f"{row.p_bootstrap:.4f}",
        )
    return table


def calibration_table(evaluation: Evaluation) -> Table | None:
    """Calibration by kind of item; None when no prediction has a confidence."""
    if not evaluation.calibration:
        return None
    table = Table(pad_edge=False)
    table.add_column("calibration of")
    for name in ("items", "ECE", "Brier"):
        table.add_column(name, justify="right")
    for kind, value in evaluation.calibration.items():
        table.add_row(Text(kind), f"{value.count}", f"{value.expected_error:.3f}", f"{value.brier:.3f}")
    return table


def kappa_table(agreement: Agreement) -> Table:
    """Cohen's kappa of each kind of judgement, and gamma where it was computed."""
    table = Table(pad_edge=False)
    table.add_column("agreement on")
    for name in ("items", "observed", "by chance", "kappa"):
        table.add_column(name, justify="right")
    for kind, row in agreement.kappas.items():
        values = (f"{row.observed:.3f}", f"{row.expected:.3f}", f"{row.kappa:.3f}")
        table.add_row(kind, f"{row.items}", *values)
    if agreement.gamma is not None:
        table.add_row("mentions (gamma)", "", "", "", f"{agreement.gamma:.3f}")
    return table
