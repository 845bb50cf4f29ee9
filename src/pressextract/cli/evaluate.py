"""``pressextract evaluate``: score records, a model or a baseline against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[Path, typer.Option(metavar="FILE", help="Gold articles: JSONL, one an article.")],
    pred: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Records to score: JSONL, of any system.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FOLDER", help="Run the extractor with this model ('default': the shipped one)."
        ),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run this stock spaCy model as it comes instead.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Records of another system, to test the difference.")
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="With --model: candidate recall too; runs it a second time.")
    ] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="HTML page to write.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="JSON of every number to write.")
    ] = None,
    draws: Annotated[int, typer.Option(min=0, help="Bootstrap draws of the intervals; 0 for none.")] = 1000,
) -> None:
    """Score records against gold: mentions, entities, dates, places, positions, seats, calibration.

    One of --pred, --model and --baseline. Articles without a prediction count as missed.
    Exit code 1 when the system failed on some articles.

    Example: pressextract evaluate --gold corpora/written/dev.jsonl --pred records.jsonl --report page.html
    """
    from pressextract.cli.scoring import Request, run

    raise typer.Exit(run(Request(gold, pred, model, baseline, compare, candidates, report, json_file, draws)))
