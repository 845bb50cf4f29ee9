"""The ``batch`` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

_stderr = Console(stderr=True, highlight=False, soft_wrap=True)

EXIT_SOME_FAILED = 1
EXIT_NOTHING = 2


def batch(
    inputs: Annotated[list[Path], typer.Argument(help="JSONL files, article files, or folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSONL file to write; failures go to OUT.errors.jsonl.")],
    workers: Annotated[int, typer.Option(min=1, help="Worker processes, each with its own pipeline.")] = 1,
    patterns: Annotated[
        Path | None, typer.Option(help="JSONL of your own names, in spaCy's EntityRuler format; id -> external_id.")
    ] = None,
) -> None:
    """Extract the records of many articles, in input order.

    Example: pressextract batch archive.jsonl articles/ -o records.jsonl --workers 2
    """
    from pressextract.batch.run import BatchResult, run_batch

    columns = (TextColumn("{task.completed} articles"), TextColumn("{task.fields[failed]} failed"), TimeElapsedColumn())
    with Progress(*columns, console=_stderr) as bar:
        task = bar.add_task("articles", total=None, failed=0)

        def show(result: BatchResult) -> None:
            bar.update(task, completed=result.done, failed=result.failed)

        result = run_batch(inputs, output, workers=workers, patterns=patterns, progress=show)
    if result.failed:
        _warn(f"{result.failed} of {result.done + result.failed} articles failed; see {output}.errors.jsonl")
    if not result.done:
        _warn("no article was read; give JSONL, text, Markdown or HTML")
        raise typer.Exit(EXIT_NOTHING)
    raise typer.Exit(EXIT_SOME_FAILED if result.failed else 0)


def _warn(message: str) -> None:
    _stderr.print(f"pressextract: {message}", markup=False)
