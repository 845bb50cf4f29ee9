"""Measure the city part: loading, memory, share of the pipeline's time, accuracy on the ambiguous places.

    python scripts/benchmark_places.py [--gold GOLD.jsonl]

Prints the load time and memory of the gazetteers; the accuracy on the ambiguous places by part (a
case is right when a town is found there and linked to its place, or, for one that is none, when none is
found); and, over the articles of GOLD (default: corpora/written/dev.jsonl), the words a
second of the city component and its share of the time of the whole pipeline.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import pressextract  # noqa: E402
from pressextract.components.cities import Cities  # noqa: E402
from pressextract.gazetteers import load_cities  # noqa: E402
from pressextract.records.towns import group_towns  # noqa: E402

CASES = ROOT / "corpora" / "ambiguous_places" / "cases.jsonl"
CITY_STEP = "pressextract_cities"
BEFORE = ("tok2vec", "ner", "pressextract_roles", "pressextract_organizations")
LOAD = """
import time, tracemalloc
from pressextract.gazetteers import CityGazetteer, load_cities
from pressextract.gazetteers.tables import data_folder
start, cpu = time.perf_counter(), time.process_time()
kept = load_cities()
print(f"gazetteers: loaded in {time.perf_counter() - start:.2f} s ({time.process_time() - cpu:.2f} s of CPU)")
tracemalloc.start()
again = CityGazetteer(data_folder())
held, peak = tracemalloc.get_traced_memory()
print(f"gazetteers: {held / 1e6:.0f} MB held, {peak / 1e6:.0f} MB at the peak of loading")
"""


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_right(case: dict[str, Any], towns: list[Any]) -> bool:
    """Whether what was found at the case's name is what it means."""
    start, end = case["start"], case["start"] + len(case["name"])
    found = [town for town in towns if any(s.start_char < end and start < s.end_char for s in town.spans)]
    if not case["town"]:
        return not found
    place = found[0].place if found else None
    if place is None or place.country != case["country"]:
        return False
    return case["insee"] is None or place.insee == case["insee"]


def print_accuracy(nlp: Any, cases: list[dict[str, Any]]) -> None:
    """Accuracy by part; the wrong cases are listed."""
    pipes = [name for name in nlp.pipe_names if name in (*BEFORE, CITY_STEP)]
    counts: Counter[tuple[str, bool]] = Counter()
    with nlp.select_pipes(enable=pipes):
        for case, doc in zip(cases, nlp.pipe([case["text"] for case in cases]), strict=True):
            right = is_right(case, group_towns(doc, list(doc.spans["cities"])))
            counts[case["half"], right] += 1
            if not right:
                print(f"    wrong {case['id']}: {case['name']} | {case['text']}")
    for half in sorted({case["half"] for case in cases}):
        total = counts[half, True] + counts[half, False]
        right = counts[half, True]
        print(f"ambiguous places, part {half}: {right}/{total} = {right / total:.3f}")
    rights = sum(n for (_, ok), n in counts.items() if ok)
    print(f"ambiguous places: {rights}/{len(cases)} = {rights / len(cases):.3f}")


def print_share(nlp: Any, texts: list[str]) -> None:
    """Words a second of the city component, and its share of the pipeline's time."""
    words = sum(len(text.split()) for text in texts)
    start = time.process_time()
    docs = list(nlp.pipe(texts))
    whole = time.process_time() - start
    component = Cities()
    pipes = [name for name in nlp.pipe_names if name in BEFORE]
    with nlp.select_pipes(enable=pipes):
        docs = list(nlp.pipe(texts))
    start = time.process_time()
    for doc in docs:
        component(doc)
    part = time.process_time() - start
    print(f"pipeline: {words / whole:,.0f} words/s")
    print(f"cities: {words / part:,.0f} words/s, {part / whole:.1%} of the pipeline's time")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT / "corpora" / "written" / "dev.jsonl")
    options = parser.parse_args()
    subprocess.run([sys.executable, "-c", LOAD], check=True)
    nlp = pressextract.load()
    load_cities()
    print_accuracy(nlp, read(CASES))
    texts = [article["text"] for article in read(options.gold)]
    print_share(nlp, texts)


if __name__ == "__main__":
    main()
