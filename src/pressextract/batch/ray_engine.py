"""The same work on a Ray cluster, with Ray Data: files are read by tasks, items run by actors, order is kept.

An actor keeps one worker process, which loads the pipeline once and which an article may kill without harm to
the rest. A lost node costs time only: Ray runs again what was under way there. Every node must see the input
files under the same path; the output is written by the process that calls, which can be resumed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from pressextract.archives.inputs import InputFile
from pressextract.archives.items import ItemError, Page, ScanItem
from pressextract.archives.reader import ReadOptions
from pressextract.archives.readers import scan_file
from pressextract.batch.chunks import CHUNK_ITEMS, Chunk, Inputs, Place
from pressextract.batch.pool import Done, ProcessPool
from pressextract.batch.worker import Factory, Failure, Outcome
from pressextract.optional import require
from pressextract.schema import Article, Source

READ_CPUS = 0.1
WORK_CPUS = 0.9
"""Together one core: a node of one core can read and work."""
MAX_READ_TASKS = 1_000


class OrderError(RuntimeError):
    """Ray gave items back in another order than they were read in."""


@dataclass(frozen=True, slots=True)
class RayEngine:
    """Runs items on the cluster that ``ray.init`` finds; starts a local one where there is none.

    Attributes:
        workers: actors at most; one a core of the cluster when None.
        factory: makes the workers.
    """

    workers: int | None
    factory: Factory

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Yield the outcomes of everything in the inputs, in order."""
        ray = require("ray", extra="cluster", purpose="--engine ray")
        data = require("ray.data", extra="cluster", purpose="--engine ray")
        if not ray.is_initialized():
            ray.init(log_to_driver=False)
        data.DataContext.get_current().execution_options.preserve_order = True
        rows = list(_file_rows(inputs))
        if not rows:
            return
        workers = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        outcomes = (
            data.from_items(rows, override_num_blocks=min(len(rows), MAX_READ_TASKS))
            .map_batches(_read, batch_size=1, num_cpus=READ_CPUS, fn_kwargs={"options": inputs.options})
            .map_batches(
                RayWorker,
                batch_size=CHUNK_ITEMS,
                num_cpus=WORK_CPUS,
                concurrency=(1, workers),
                fn_constructor_args=(self.factory,),
            )
        )
        sizes = {row["file"]: row["before"] for row in rows}
        yield from _collected(outcomes.iter_rows(), inputs.start, sizes)


def _file_rows(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """The files that are not done, with how many of their items are."""
    before = 0
    for number, file in enumerate(inputs.files()):
        if number >= inputs.start.file:
            yield {
                "file": number,
                "path": str(file.path),
                "root": str(file.root) if file.root else "",
                "size": file.size,
                "problem": file.problem or "",
                "done": inputs.start.index if number == inputs.start.file else 0,
                "before": before,
            }
        before += file.size


def _read(batch: dict[str, Any], options: ReadOptions) -> Iterator[dict[str, Any]]:
    """The items of files, in batches of rows."""
    for row in zip(*(batch[key] for key in ("file", "path", "root", "size", "problem", "done")), strict=True):
        number, path, root, size, problem, done = row
        file = InputFile(Path(path), Path(root) if root else None, int(size), str(problem) or None)
        items = islice(enumerate(scan_file(file, options), 1), int(done), None)
        while part := list(islice(items, CHUNK_ITEMS)):
            yield {
                "file": [int(number)] * len(part),
                "index": [index for index, _ in part],
                "item": [encode_item(item) for _, item in part],
            }


class RayWorker:
    """The actor: items in, outcomes out; the pipeline is loaded once, in a process beside it."""

    def __init__(self, factory: Factory) -> None:
        self._pool = ProcessPool(1, factory).__enter__()

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Run a batch of rows of ``_read``."""
        items = [decode_item(bytes(data)) for data in batch["item"]]
        ((_, outcomes),) = self._pool.run_chunks(iter([Chunk(items, Place(), 0)]))
        return {
            "file": batch["file"],
            "index": batch["index"],
            "record": [outcome.record or "" for outcome in outcomes],
            "failure": [json.dumps(outcome.failure) if outcome.failure else "" for outcome in outcomes],
            "signature": [outcome.signature or b"" for outcome in outcomes],
        }


def _collected(rows: Iterator[dict[str, Any]], start: Place, sizes: dict[int, int]) -> Iterator[Done]:
    """Rows in groups of one file; checks that none is missing from the order."""
    last = start
    for number, group in groupby(rows, key=lambda row: int(row["file"])):
        while part := list(islice(group, CHUNK_ITEMS)):
            first = Place(number, int(part[0]["index"]))
            if first <= last:
                raise OrderError(
                    f"file {first.file}, item {first.index} after file {last.file}, item {last.index}"
                )
            last = Place(number, int(part[-1]["index"]))
            yield Done([_outcome(row) for row in part], last, sizes[number])


def _outcome(row: dict[str, Any]) -> Outcome:
    failure = Failure(*json.loads(row["failure"])) if row["failure"] else None
    return Outcome(row["record"] or None, failure, bytes(row["signature"]) or None)


def encode_item(item: ScanItem) -> bytes:
    """An item as bytes: a letter, a line of JSON, and for a page its data."""
    if isinstance(item, Article):
        return b"A" + json.dumps(item.model_dump()).encode()
    if isinstance(item, ItemError):
        return b"E" + json.dumps([item.path, item.member, item.reason]).encode()
    head = json.dumps([item.source.model_dump(), item.id, item.url, item.published])
    return b"P" + head.encode() + b"\n" + item.data


def decode_item(data: bytes) -> ScanItem:
    """The item that ``encode_item`` was given."""
    kind, rest = data[:1], data[1:]
    if kind == b"A":
        return Article.model_validate(json.loads(rest))
    if kind == b"E":
        return ItemError(*json.loads(rest))
    head, _, page = rest.partition(b"\n")
    source, item_id, url, published = json.loads(head)
    return Page(page, Source(**source), item_id, url, published)
