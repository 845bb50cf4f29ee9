"""Plain batch: articles in, JSONL out; a bad article goes to the errors file and the rest goes on."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pressextract.archives.readers import ReadItem, expand_inputs, read_path
from pressextract.errors import ArticleError
from pressextract.extractor import extract_many
from pressextract.pipeline import load
from pressextract.schema import Article

CHUNK_ARTICLES = 32

Outcome = tuple[str, str | None]
"""A line of JSON and None, or the article's name and the reason why it failed."""


@dataclass(slots=True)
class BatchResult:
    """How many articles were written and how many failed."""

    done: int = 0
    failed: int = 0


class _Worker:
    """Holds the one pipeline of a worker process."""

    def __init__(self, patterns: Path | None) -> None:
        self._nlp = load(patterns=patterns)

    def process(self, items: list[ReadItem]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        articles = [item for item in items if isinstance(item, Article)]
        try:
            done = iter([record.to_json() for record in extract_many(articles, nlp=self._nlp)])
            return [(next(done), None) if isinstance(i, Article) else (_where(i), str(i)) for i in items]
        except Exception:  # one article is at fault: find it, and keep the others
            for item in items:
                outcomes.append(self._process_one(item))
        return outcomes

    def _process_one(self, item: ReadItem) -> Outcome:
        if isinstance(item, ArticleError):
            return _where(item), str(item)
        try:
            return next(extract_many([item], nlp=self._nlp)).to_json(), None
        except Exception as err:  # whatever it is, it costs this article only
            return item.id, f"{type(err).__name__}: {err}".splitlines()[0]


def _where(error: ArticleError) -> str:
    return str(error).split(": ", 1)[0]


_worker: _Worker | None = None


def _start(patterns: Path | None) -> None:
    global _worker
    _worker = _Worker(patterns)


def _work(items: list[ReadItem]) -> list[Outcome]:
    if _worker is None:
        raise RuntimeError("worker process used before it was started")
    return _worker.process(items)


def read_inputs(inputs: list[Path]) -> Iterator[ReadItem]:
    """Articles and item errors of every input, in order. Raises UsageError for a path that does not exist."""
    for path, root in expand_inputs(inputs):
        yield from read_path(path, root)


def process(items: Iterable[ReadItem], workers: int = 1, patterns: Path | None = None) -> Iterator[Outcome]:
    """Yield one outcome an item, in input order; ``workers`` processes (1: none is started)."""
    stream = iter(items)
    chunks = iter(lambda: list(islice(stream, CHUNK_ARTICLES)), [])
    if workers <= 1:
        worker = _Worker(patterns)
        for chunk in chunks:
            yield from worker.process(chunk)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, initializer=_start, initargs=(patterns,)) as pool:
        for outcomes in pool.imap(_work, chunks):
            yield from outcomes


def run_batch(
    inputs: list[Path],
    out: Path,
    *,
    workers: int = 1,
    patterns: Path | None = None,
    progress: Callable[[BatchResult], None] = lambda result: None,
) -> BatchResult:
    """Write the records of ``inputs`` to ``out`` (JSONL) and the failures to ``<out>.errors.jsonl``.

    Raises:
        UsageError: an input does not exist.
    """
    result = BatchResult()
    errors = out.with_name(out.name + ".errors.jsonl")
    out.parent.mkdir(parents=True, exist_ok=True)
    errors.unlink(missing_ok=True)
    partial = out.with_name(out.name + ".partial")
    with partial.open("w", encoding="utf-8") as sink:
        for line, reason in process(read_inputs(inputs), workers, patterns):
            if reason is None:
                sink.write(line + "\n")
                result.done += 1
            else:
                with errors.open("a", encoding="utf-8") as bad:
                    bad.write(json.dumps({"id": line, "error": reason}, ensure_ascii=False) + "\n")
                result.failed += 1
            progress(result)
    partial.replace(out)
    return result
