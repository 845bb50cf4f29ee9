"""What ``pressextract evaluate`` does: read both sides or run a system, score, print, write the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from pressextract.cli.console import EXIT_NOTHING, EXIT_SOME_FAILED, open_output, warn
from pressextract.errors import UsageError
from pressextract.evaluation import (
    Annotation,
    Evaluation,
    GoldError,
    Predictions,
    compare_systems,
    evaluate,
    load_gold,
    load_predictions,
)
from pressextract.evaluation.counts import Key
from pressextract.evaluation.page import render_page
from pressextract.evaluation.provenance import Provenance, Stamp, digest_of
from pressextract.evaluation.score_json import to_json
from pressextract.evaluation.significance import Comparison
from pressextract.evaluation.table import TABLE_WIDTH, calibration_table, comparison_table, score_table

DEFAULT_MODEL = "default"
Side = tuple[Stamp, Predictions]


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command."""

    gold: Path
    pred: Path | None = None
    model: str | None = None
    baseline: str | None = None
    compare: Path | None = None
    candidates: bool = False
    report: Path | None = None
    json_file: Path | None = None
    draws: int = 1000


def run(request: Request) -> int:
    """Do it; returns the exit code.

    Raises:
        UsageError: not exactly one system is given, or a report cannot be written.
        ModelError: the model or baseline cannot be loaded.
    """
    try:
        articles = load_gold(request.gold)
        other = None if request.compare is None else _read(request.compare)
        system = _system(articles, request)
    except GoldError as err:
        for line in str(err).splitlines():
            warn(line)
        return EXIT_NOTHING
    result = evaluate(articles, system[1], candidates=_proposals(articles, request), draws=request.draws)
    comparison = None
    if other is not None:
        comparison = compare_systems(result, evaluate(articles, other[1], draws=0))
    gold = Stamp(request.gold.name, digest_of(request.gold), len(articles))
    provenance = Provenance(gold, system[0], None if other is None else other[0])
    _print(result, provenance, comparison)
    if request.json_file is not None:
        _write(request.json_file, to_json(result, provenance, comparison))
    if request.report is not None:
        _write(request.report, render_page(result, provenance, comparison))
    return EXIT_SOME_FAILED if result.failed else 0


def _system(gold: Sequence[Annotation], request: Request) -> Side:
    pred, model, baseline = request.pred, request.model, request.baseline
    given = [option for option in (pred, model, baseline) if option is not None]
    if len(given) != 1:
        raise UsageError(f"{len(given)} systems are given; give one of --pred, --model and --baseline")
    if pred is not None:
        return _read(pred)
    from pressextract.systems import run_baseline, run_model

    columns = (TextColumn("{task.completed} of {task.total} articles"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=len(gold))

        def show(done: int) -> None:
            bar.update(task, completed=done)

        if model is not None:
            name = model
            predictions = run_model(None if model == DEFAULT_MODEL else model, gold, show)
        else:
            name = f"{baseline} as it comes"
            predictions = run_baseline(str(baseline), gold, show)
    return Stamp(name, None, len(predictions.articles), tuple(predictions.made_by)), predictions


def _proposals(gold: Sequence[Annotation], request: Request) -> dict[str, Annotation] | None:
    if not request.candidates:
        return None
    if request.model is None:
        raise UsageError("--candidates needs the proposals of an extractor; give it with --model")
    from pressextract.systems import run_proposals

    return run_proposals(None if request.model == DEFAULT_MODEL else request.model, gold)


def _read(path: Path) -> Side:
    predictions = load_predictions(path)
    stamp = Stamp(path.name, digest_of(path), len(predictions.articles), tuple(predictions.made_by))
    return stamp, predictions


def _print(result: Evaluation, provenance: Provenance, comparison: Mapping[Key, Comparison] | None) -> None:
    for note in result.notes:
        warn(note)
    for article, reason in result.failed.items():
        warn(f"{article}: failed, counted as missed: {reason}")
    width = None if Console().is_terminal else TABLE_WIDTH
    console = Console(highlight=False, markup=False, width=width)
    console.print(score_table(result))
    if calibration := calibration_table(result):
        console.print(calibration)
    if comparison is not None and provenance.other is not None:
        console.print(comparison_table(comparison, provenance.system.name, provenance.other.name))


def _write(path: Path, text: str) -> None:
    """Write ``text``; what cannot be UTF-8 (lone surrogates of a hostile file) becomes a question mark."""
    with open_output(path) as sink:
        sink.write(text.encode("utf-8", "replace").decode("utf-8"))
