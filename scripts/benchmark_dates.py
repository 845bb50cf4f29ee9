"""Print every figure of the date grammar: French TimeBank, Recognizers, press and written articles, speed.

    python scripts/benchmark_dates.py [--data ../shared/data] [--timing]

Data sets that are not there are skipped. Definitions:

TimeBank    DATE expressions of find_timex3; strict = same characters, relaxed = overlapping, one to one;
            value F1 = relaxed F1 times the share of equal TIMEX3 values (TempEval-3: UzZaman et al. 2013).
Recognizers a sentence is right when every expected expression has an item of find_dates with an accepted
            (start, end), where the end of a range may be its last day or the day after, as both occur in
            that data; "not resolved" asks for no item that is resolved.
articles    sets of resolved (start, end) of find_dates per article against the gold dates.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pressextract.dates import DateItem, find_dates, find_timex3

DEFAULT_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
ARTICLES = ("press/train", "press/dev", "written/train", "written/dev")
UNRESOLVED = "not resolved"


@dataclass(slots=True)
class Score:
    """Counts of matched, gold and predicted things."""

    matched: float = 0
    gold: int = 0
    pred: int = 0

    @property
    def f(self) -> float:
        """F1."""
        return 2 * self.matched / (self.gold + self.pred) if self.gold + self.pred else 0.0

    def __str__(self) -> str:
        precision = self.matched / self.pred if self.pred else 0.0
        recall = self.matched / self.gold if self.gold else 0.0
        return f"P {precision:.3f} R {recall:.3f} F {self.f:.3f} (gold {self.gold}, found {self.pred})"


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; [] when there is none."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


# French TimeBank


def score_timebank(documents: list[dict[str, Any]]) -> dict[str, Score]:
    """Strict, relaxed and value scores of the DATE expressions."""
    scores = {name: Score() for name in ("strict", "relaxed", "value")}
    for document in documents:
        gold = [timex for timex in document["timexes"] if timex["type"] == "DATE"]
        pred = [item for item in find_timex3(document["text"], document["dct"]) if item.type == "DATE"]
        pairs = list(_pair(gold, pred))
        same = sum(
            (item.start_char, item.end_char) == (timex["start"], timex["end"]) for timex, item in pairs
        )
        right = sum(item.value == timex["value"] for timex, item in pairs)
        for name, count in (("strict", same), ("relaxed", len(pairs)), ("value", right)):
            score = scores[name]
            score.matched, score.gold, score.pred = (
                score.matched + count,
                score.gold + len(gold),
                score.pred + len(pred),
            )
    return scores


def _pair(gold: list[dict[str, Any]], pred: list[DateItem]) -> Iterator[tuple[dict[str, Any], DateItem]]:
    """Overlapping expressions, one to one, equal ones first."""
    free = list(pred)
    rest = []
    for timex in gold:
        equal = next((i for i in free if (i.start_char, i.end_char) == (timex["start"], timex["end"])), None)
        if equal is None:
            rest.append(timex)
        else:
            free.remove(equal)
            yield timex, equal
    for timex in rest:
        near = next((i for i in free if i.start_char < timex["end"] and timex["start"] < i.end_char), None)
        if near is not None:
            free.remove(near)
            yield timex, near


# Recognizers


def score_recognizers(sentences: list[dict[str, Any]]) -> Score:
    """Sentences whose expected expressions all have an accepted value."""
    return Score(sum(map(is_accepted, sentences)), len(sentences), len(sentences))


def is_accepted(sentence: dict[str, Any]) -> bool:
    """Whether every expected expression of a sentence is found with an accepted value."""
    items = find_dates(sentence["text"], sentence["reference"])
    return all(
        any(_accepts(expected, items, *accept) for accept in expected["accept"])
        for expected in sentence["expected"]
    )


def _accepts(expected: dict[str, Any], items: list[DateItem], start: str | None, end: str | None) -> bool:
    if start == UNRESOLVED:
        same = (item for item in items if expected["text"].strip().lower() in item.text.lower())
        return not any(item.start or item.end for item in same)
    return any(item.start == start and end in _ends(item, expected["kind"]) for item in items)


def _ends(item: DateItem, kind: str) -> tuple[str | None, ...]:
    """The last day, and for a range also the day after ("4 au 22" is given with 22, May with 1 June)."""
    if kind != "daterange" or item.end is None:
        return (item.end,)
    return item.end, (date.fromisoformat(item.end) + timedelta(days=1)).isoformat()


# articles


def score_articles(articles: list[dict[str, Any]]) -> Score:
    """Sets of resolved (start, end) per article, as the article scorer of the project counts ``dates=``."""
    score = Score()
    for article in articles:
        gold = {(e["start"], e["end"]) for e in article["entities"] if e["label"] == "DATE"} - {(None, None)}
        pred = {(i.start, i.end) for i in find_dates(article["text"], article["published"])} - {(None, None)}
        score.matched += len(gold & pred)
        score.gold, score.pred = score.gold + len(gold), score.pred + len(pred)
    return score


# speed


def words_per_second(texts: list[tuple[str, str | None]]) -> float:
    """Words of ``texts`` read in a second of processor time, best of three."""
    words = sum(len(text.split()) for text, _ in texts)
    best = min(_seconds(texts) for _ in range(3))
    return words / best


def _seconds(texts: list[tuple[str, str | None]]) -> float:
    begin = time.process_time()
    for text, published in texts:
        find_dates(text, published)
    return time.process_time() - begin


def growth(text: str, published: str, factors: tuple[int, ...] = (1, 2, 4, 8, 16)) -> list[tuple[int, float]]:
    """Characters and seconds of ``text`` repeated: the quotient stays the same when time grows linearly."""
    return [(len(text) * n, min(_seconds([(text * n, published)]) for _ in range(3))) for n in factors]


def share_of_pipeline(texts: list[tuple[str, str | None]]) -> float:
    """Share of the date component in the processor time of the whole pipeline, one run."""
    import pressextract

    nlp = pressextract.load()
    spent = {name: 0.0 for name in nlp.pipe_names}
    begin = time.process_time()
    for text, published in texts:
        doc = nlp.make_doc(text)
        doc._.published = published
        for name, pipe in nlp.pipeline:
            start = time.process_time()
            doc = pipe(doc)
            spent[name] += time.process_time() - start
    return spent["pressextract_dates"] / (time.process_time() - begin)


def print_timing(texts: list[tuple[str, str | None]]) -> None:
    """Speed, share of the pipeline, growth on ordinary and on hostile text."""
    print(f"speed            {words_per_second(texts):,.0f} words per second")
    print(f"pipeline share   {100 * share_of_pipeline(texts):.1f} %")
    samples = {
        "article": texts[0][0],
        "digits": "1" * 4000,
        "dates": "le 9 mai, " * 400,
        "spaces": "le " + " " * 4000,
    }
    for name, text in samples.items():
        rates = [f"{1e9 * seconds / size:.0f}" for size, seconds in growth(text, "2019-12-06")]
        print(f"growth {name:9} {' '.join(rates)} ns per character at 1, 2, 4, 8, 16 times the length")


# command line


def print_scores(data: Path) -> None:
    """One line for each figure."""
    timebank = read_jsonl(data / "temporal" / "fr_timebank_dev.jsonl")
    if timebank:
        for name, score in score_timebank(timebank).items():
            print(f"TimeBank {name:8} {score}")
    recognizers = read_jsonl(data / "temporal" / "recognizers_fr.jsonl")
    if recognizers:
        score = score_recognizers(recognizers)
        print(f"Recognizers       {score.matched:.0f} of {score.gold} accepted = {score.f:.3f}")
    for name in ARTICLES:
        articles = read_jsonl(data / f"{name}.jsonl")
        if articles:
            print(f"{name:17} {score_articles(articles)}")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=DEFAULT_DATA, help="folder with temporal/, press/ and written/"
    )
    parser.add_argument(
        "--timing", action="store_true", help="also measure speed, share of the pipeline and growth"
    )
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(
            f"no data at {arguments.data}: nothing to measure; give the folder with --data", file=sys.stderr
        )
        return 0
    print_scores(arguments.data)
    articles = read_jsonl(arguments.data / "press" / "dev.jsonl") if arguments.timing else []
    if articles:
        print_timing([(article["text"], article["published"] or "2019-12-06") for article in articles])
    return 0


if __name__ == "__main__":
    sys.exit(main())
