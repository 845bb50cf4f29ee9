"""A batch run: inputs to shards to output. What is finished is on disk; what is on disk is not done again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from pressextract import __version__
from pressextract.archives.inputs import Survey, survey
from pressextract.archives.reader import ReadOptions
from pressextract.batch.chunks import Inputs
from pressextract.batch.pool import Engine, ProcessPool
from pressextract.batch.settle import Settler
from pressextract.batch.shards import DUPLICATE, ERROR, RECORD, Counts, Ledger, writing
from pressextract.batch.worker import Factory, PipelineFactory
from pressextract.errors import UsageError
from pressextract.model_folders import absolute_model, model_identity
from pressextract.writers import Writer, find_writer
from pressextract.writers.jsonl import write_lines

Dedup = Literal["keep", "mark", "drop"]


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a run is asked to do.

    Attributes:
        format: of the output: jsonl, csv, parquet or sqlite.
        workers: worker processes; one a core, of this machine or of the cluster, when None.
        engine: local, or ray.
        resume: go on with an interrupted run.
        model: what to use instead of the shipped one, see ``pipeline.load``.
        patterns: the user's names, see ``pipeline.load``.
        columns: for tables, the column of each field.
        dedup: keep near-duplicates as they are, mark their records, or drop them.
    """

    format: str = "jsonl"
    workers: int | None = None
    engine: Literal["local", "ray"] = "local"
    resume: bool = False
    model: str | None = None
    patterns: Path | None = None
    columns: dict[str, str] = field(default_factory=dict)
    dedup: Dedup = "keep"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: counts, and bytes of the inputs read of all there are."""

    counts: Counts
    read: float
    size: int


def run_batch(
    inputs: list[Path],
    out: Path,
    options: BatchOptions = BatchOptions(),
    *,
    progress: Callable[[Progress], None] = lambda state: None,
    engine: AbstractContextManager[Engine] | None = None,
) -> Counts:
    """Write the records of ``inputs`` to ``out``.

    Beside it: ``<out>.errors.jsonl`` with the items that failed, ``<out>.duplicates.jsonl`` with the
    near-duplicates, ``<out>.run.json`` with what was run and what came of it.

    Args:
        inputs: files, folders, archives.
        out: file, or folder for csv, that is replaced when all is done.
        options: what to do.
        progress: told how far the run is, after each chunk.
        engine: where the work is done, in place of the one that ``options`` name.

    Raises:
        UsageError: an input does not exist, an option does not fit, an interrupted run is in the way.
        ModelError: there is no such model.
        OutputError: the disk is full or cannot be written.
        WorkerError: workers cannot be started.
    """
    writer = find_writer(options.format)
    writer.check_output(out)
    found = _survey(inputs, out)
    run = _describe(found, options)
    if options.resume and (counts := _finished(out, run, options.format)):
        return counts
    ledger = Ledger.open(out.with_name(out.name + ".parts"), run, resume=options.resume)
    settler = Settler(ledger, options.dedup)
    source = Inputs(inputs, ReadOptions(options.columns), ledger.place, out)
    with engine or _engine(options) as running:
        for done in running.run(source):
            settler.add(done)
            progress(Progress(settler.counts, done.read, found.size))
    settler.flush()
    _publish(ledger, out, {**run, "format": writer.name}, writer)
    return ledger.counts


def _survey(inputs: list[Path], out: Path) -> Survey:
    """What there is to read. Raises UsageError: a path does not exist, or is the output."""
    if any(path.exists() and out.exists() and path.samefile(out) for path in inputs):
        raise UsageError(f"{out}: is an input; give another output")
    return survey(inputs, out)


def _publish(ledger: Ledger, out: Path, run: dict[str, object], writer: Writer) -> None:
    """Make the output of the shards, with the files beside it; then delete the shards."""
    with writing(out):
        writer.write(ledger.lines(RECORD), out)
        _write_side_file(ledger.lines(ERROR), out, ".errors.jsonl")
        _write_side_file(ledger.lines(DUPLICATE), out, ".duplicates.jsonl")
        summary = json.dumps({**run, "counts": asdict(ledger.counts)}, indent=1)
        write_lines([summary], out.with_name(out.name + ".run.json"))
    ledger.remove()


def _engine(options: BatchOptions) -> AbstractContextManager[Engine]:
    """Where the work is done; a cluster's workers start in folders of their own."""
    patterns = options.patterns.resolve() if options.patterns else None
    factory: Factory = PipelineFactory(absolute_model(options.model), patterns, options.dedup != "keep")
    if options.engine == "ray":
        from pressextract.batch.ray_engine import RayEngine

        return nullcontext(RayEngine(options.workers, factory))
    return ProcessPool(options.workers or available_cores(), factory)


def available_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _describe(found: Survey, options: BatchOptions) -> dict[str, object]:
    """What the records depend on: with the same, a run can go on where another one ended.

    Raises:
        UsageError: the patterns cannot be read.
        ModelError: there is no such model.
    """
    patterns = options.patterns
    try:
        digest = hashlib.sha256(patterns.read_bytes()).hexdigest() if patterns else None
    except OSError as err:
        raise UsageError(f"patterns {patterns}: cannot be read ({err.strerror})") from err
    return {
        "pressextract": __version__,
        "inputs": asdict(found),
        "columns": options.columns,
        "model": model_identity(options.model),
        "patterns": digest,
        "dedup": options.dedup,
    }


def _finished(out: Path, run: dict[str, object], output_format: str) -> Counts | None:
    """The counts of a finished run of the same inputs and options, when its output is there."""
    try:
        known = json.loads(out.with_name(out.name + ".run.json").read_text(encoding="utf-8"))
        same = all(known.get(key) == value for key, value in {**run, "format": output_format}.items())
        return Counts(**known["counts"]) if same and out.exists() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_side_file(lines: Iterator[str], out: Path, suffix: str) -> None:
    """Write a side file; none where there is nothing to say."""
    path = out.with_name(out.name + suffix)
    first = next(lines, None)
    if first is None:
        path.unlink(missing_ok=True)
        return
    write_lines(_chain(first, lines), path)


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
