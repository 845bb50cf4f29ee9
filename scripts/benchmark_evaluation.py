"""How long scoring takes: 10,000 articles read, scored with intervals, and written as JSON and page.

    python scripts/benchmark_evaluation.py [--articles 10000]

The gold is the written corpus over and over under new ids; the prediction drops a fifth of the entities,
relabels some, moves some mentions and has confidences, so that there is something to match and to list.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from pressextract.evaluation import evaluate, load_gold, load_predictions
from pressextract.evaluation.page import render_page
from pressextract.evaluation.provenance import Provenance, Stamp
from pressextract.evaluation.score_json import to_json

CORPUS = Path(__file__).parents[1] / "corpora" / "written"
SWAP = {"COMPANY": "ORGANIZATION", "ORGANIZATION": "COMPANY"}


def articles(count: int) -> Iterator[dict[str, Any]]:
    """The written articles, over and over, each time under another id."""
    lines = [line for part in ("train", "dev") for line in (CORPUS / f"{part}.jsonl").open(encoding="utf-8")]
    for number, line in enumerate(islice(cycle(lines), count)):
        yield {**json.loads(line), "id": f"article-{number:06}"}


def disturb(article: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A prediction of the article with errors of every kind."""
    entities = [entity for entity in article["entities"] if rng.random() > 0.2]
    for entity in entities:
        if rng.random() < 0.15:
            entity["label"] = SWAP.get(entity["label"], entity["label"])
        entity["mentions"] = [[start, end + (rng.random() < 0.1)] for start, end in entity["mentions"]]
        entity["confidence"] = round(rng.random(), 2)
    kept = {entity["id"] for entity in entities} | {None}
    facts = {
        name: [fact for fact in article[name] if all(fact[argument] in kept for argument in arguments)]
        for name, arguments in (
            ("positions", ("person", "role", "organization")),
            ("based_in", ("organization", "city")),
        )
    }
    return {**article, "entities": entities, **facts}


def main() -> None:
    """Write the files, score them, print the seconds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    count = parser.parse_args().articles
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        gold_path, pred_path = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        with (
            gold_path.open("w", encoding="utf-8") as gold_file,
            pred_path.open("w", encoding="utf-8") as pred_file,
        ):
            for article in articles(count):
                gold_file.write(json.dumps(article) + "\n")
                pred_file.write(json.dumps(disturb(article, rng)) + "\n")
        watch = [("start", time.perf_counter(), time.process_time())]

        def tick(name: str) -> None:
            watch.append((name, time.perf_counter(), time.process_time()))

        gold = load_gold(gold_path)
        tick("gold read and checked")
        predictions = load_predictions(pred_path)
        tick("predictions read and checked")
        result = evaluate(gold, predictions)
        tick("scored, with intervals")
        provenance = Provenance(Stamp("gold", None, count), Stamp("system", None, count))
        size = len(to_json(result, provenance)) + len(render_page(result, provenance))
        tick("JSON and page made")
    for (_, wall, cpu), (name, wall_after, cpu_after) in zip(watch, watch[1:], strict=False):
        print(f"{name:30} {wall_after - wall:6.1f} s, {cpu_after - cpu:6.1f} s of processor")
    wall, cpu = watch[-1][1] - watch[0][1], watch[-1][2] - watch[0][2]
    print(f"{count} articles: {wall:.1f} s, {cpu:.1f} s of processor ({size / 1e6:.1f} MB of reports)")


if __name__ == "__main__":
    main()
