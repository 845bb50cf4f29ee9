"""The ``batch`` command."""

from __future__ import annotations

import signal
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from pressextract.cli.console import (
    EXIT_INTERRUPTED,
    EXIT_NOTHING,
    EXIT_SOME_FAILED,
    Model,
    Patterns,
    warn,
)

if TYPE_CHECKING:
    from pressextract.batch.run import Progress as State
    from pressextract.batch.shards import Counts

_stderr = Console(stderr=True, highlight=False, soft_wrap=True)

_LOG_SECONDS = 30


class BatchFormat(StrEnum):
    """Formats of ``batch``."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    sqlite = "sqlite"


class Engine(StrEnum):
    """Where ``batch`` runs."""

    local = "local"
    ray = "ray"


class Dedup(StrEnum):
    """What becomes of near-duplicates."""

    keep = "keep"
    mark = "mark"
    drop = "drop"


Inputs = Annotated[list[Path], typer.Argument(help="Files, folders and archives, in any of the formats.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write (csv: a folder).")]
Format = Annotated[BatchFormat, typer.Option("--format", help="Format of the output.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes, each with its own pipeline; one a core by default.")
]
Resume = Annotated[bool, typer.Option(help="Go on with an interrupted run of the same command.")]
Where = Annotated[Engine, typer.Option(help="This machine, or the Ray cluster it belongs to.")]
Columns = Annotated[
    str, typer.Option(help="Columns of your tables, as text=body,published=day; others go by their name.")
]
Duplicates = Annotated[
    Dedup, typer.Option(help="Near-duplicates: keep, mark (a warning in the record), or drop.")
]


def batch(
    inputs: Inputs,
    output: Output,
    output_format: Format = BatchFormat.jsonl,
    workers: Workers = None,
    resume: Resume = False,
    engine: Where = Engine.local,
    patterns: Patterns = None,
    model: Model = None,
    columns: Columns = "",
    dedup: Duplicates = Dedup.keep,
) -> None:
    """Extract the records of whole archives, in input order.

    Beside OUT: OUT.errors.jsonl (what failed, and why), OUT.duplicates.jsonl, OUT.run.json (what was run).
    Exit code: 0 all done, 1 some articles failed, 2 nothing could be read or written.

    Example: pressextract batch europresse.zip articles/ -o records.jsonl --workers 4 --resume
    """
    from pressextract.archives.columns import parse_columns
    from pressextract.batch.run import BatchOptions, run_batch

    options = BatchOptions(
        format=output_format.value,
        workers=workers,
        engine=engine.value,
        resume=resume,
        model=model,
        patterns=patterns,
        columns=parse_columns(columns),
        dedup=dedup.value,
    )
    before = signal.signal(signal.SIGTERM, _interrupt)
    display = _Display()
    try:
        with display:
            counts = run_batch(inputs, output, options, progress=display.show)
    except KeyboardInterrupt:
        warn("interrupted; what is done is kept, go on with --resume")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)
    raise typer.Exit(_report(counts, output))


def _interrupt(number: int, frame: Any) -> None:
    """Schedulers end a job with SIGTERM; that is to be as clean as Ctrl-C."""
    raise KeyboardInterrupt


def _report(counts: Counts, output: Path) -> int:
    if counts.failed:
        warn(f"{counts.failed} of {counts.done + counts.failed} failed; see {output}.errors.jsonl")
    if counts.duplicates:
        warn(f"{counts.duplicates} near-duplicates; see {output}.duplicates.jsonl")
    if not counts.done:
        warn("no article was read; see the formats in docs/archives.md")
        return EXIT_NOTHING
    warn(f"{counts.done} records in {output}")
    return EXIT_SOME_FAILED if counts.failed else 0


class _Display:
    """A progress bar on a terminal, a line now and then elsewhere: articles, rate, errors, time left."""

    def __init__(self) -> None:
        self._bar = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.description}"),
            console=_stderr,
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=1.0)
        self._started = self._logged = time.monotonic()
        self._first: State | None = None  # what rates are reckoned from: the workers have started by then

    def __enter__(self) -> None:
        if _stderr.is_terminal:
            self._bar.start()

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def show(self, state: State) -> None:
        """Tell how far a run is."""
        if self._first is None:
            self._first, self._started = state, time.monotonic()
        line, share = self._line(state), state.read / max(state.size, 1)
        if _stderr.is_terminal:
            self._bar.update(self._task, completed=share, description=line)
        elif time.monotonic() - self._logged >= _LOG_SECONDS:
            self._logged = time.monotonic()
            _stderr.print(f"{share:.0%}, {line}", markup=False)

    def _line(self, state: State) -> str:
        first = self._first or state
        seconds = max(time.monotonic() - self._started, 0.001)
        done, failed = state.counts.done, state.counts.failed
        rate = "-" if state is first else f"{(done - first.counts.done) / seconds:,.1f}"
        gained = state.read - first.read
        left = (state.size - state.read) * seconds / gained if gained > 0 else None
        return f"{done:,} articles, {rate}/s, {failed:,} failed, {_duration(left)} left"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "-:--:--"
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}"
