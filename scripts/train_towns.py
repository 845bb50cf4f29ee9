"""Learn the weights that decide whether a candidate is a town: a logistic model over named features.

    python scripts/train_towns.py TRAIN.jsonl... [--check DEV.jsonl...] [--threshold 0.5]

Gold articles as in docs/evaluation.md. Writes src/pressextract/components/town_weights.json: weights only,
no text. Prints candidate-level precision, recall and F1 of a five-fold cross-validation over the training
articles, and of each file to check. Same files, same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import pressextract  # noqa: E402
from pressextract.cleaning import clean_text  # noqa: E402
from pressextract.components.cities import GROUP, features_of  # noqa: E402

WEIGHTS = ROOT / "src" / "pressextract" / "components" / "town_weights.json"
LEAST_SEEN = 4
FOLDS = 5
STIFF = 15.0
"""How much harder the cues of ambiguous names (marked "!") are held to their start: the articles have few."""


PRIOR = {
    "cue=street": -4.0,
    "cue=product_of": -2.5,
    "cue=civility": -2.5,
    "cue=not_town_of": -1.5,
    "cue=locative": 1.5,
    "cue=locative!": 0.5,
    "cue=town_of": 1.0,
    "cue=commune_of": 1.5,
    "cue=commune_of!": 2.0,
    "apposed=holds": 2.5,
    "apposed=holds!": 2.0,
    "beside_town": 1.0,
    "beside_near": 1.0,
    "beside_near!": 4.0,
    "word&opens_sentence": -1.5,
    "word&p1=les": -1.5,
    "word&p1=le": -1.0,
    "word&p1=la": -1.0,
    **{f"p1={article}": -2.0 for article in ("du", "le", "la", "les", "un", "une", "l'", "au", "aux")},
}
"""Where the weights of the cues start from: what French grammar says, where the articles say little."""


@dataclass(frozen=True)
class Example:
    """One candidate: its article, its features, whether a gold town overlaps it."""

    article: int
    features: tuple[str, ...]
    town: bool


def examples(path: Path, first: int) -> Iterator[Example]:
    """The candidates of every article of a gold file; articles are numbered from ``first``."""
    nlp = pressextract.load()
    for pipe in ("pressextract_dates", "pressextract_people", "pressextract_mentions"):
        nlp.remove_pipe(pipe)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    cleaned = [clean_text(row["text"]) for row in rows]
    for number, (row, clean, doc) in enumerate(
        zip(rows, cleaned, nlp.pipe([c.text for c in cleaned]), strict=True)
    ):
        gold = [tuple(m) for e in row["entities"] if e["label"] == "CITY" for m in e["mentions"]]
        assert GROUP in doc.spans
        for candidate, features in features_of(doc):
            start, end = clean.to_raw(candidate.start, candidate.end)
            town = any(s < end and start < e for s, e in gold)
            yield Example(first + number, tuple(features), town)


def fit(data: Sequence[Example], penalty: float = 1.0, rounds: int = 400) -> dict[str, float]:
    """Weights of a logistic regression, L2-penalised towards PRIOR, by accelerated gradient descent."""
    counts: dict[str, int] = {}
    for example in data:
        for feature in set(example.features):
            counts[feature] = counts.get(feature, 0) + 1
    names = ["bias", *sorted(f for f, n in counts.items() if n >= LEAST_SEEN)]
    column = {name: i for i, name in enumerate(names)}
    rows = [[0, *sorted({column[f] for f in e.features if f in column})] for e in data]
    lengths = np.array([len(row) for row in rows])
    flat, owner = np.concatenate(rows).astype(int), np.repeat(np.arange(len(rows)), lengths)
    target = np.array([e.town for e in data], dtype=float)
    for name in sorted(PRIOR.keys() - set(names)):
        names.append(name)
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    pull = np.array([penalty * (STIFF if name.endswith("!") else 1.0) for name in names])
    weights, ahead = prior.copy(), prior.copy()
    step = 4.0 / (lengths.max() * len(data)) * 4
    for round_ in range(rounds):
        score = np.bincount(owner, ahead[flat], minlength=len(rows))
        error = 1 / (1 + np.exp(-np.clip(score, -30, 30))) - target
        gradient = np.bincount(flat, error[owner], minlength=len(names)) + pull * (ahead - prior)
        following = ahead - step * gradient
        ahead = following + round_ / (round_ + 3) * (following - weights)
        weights = following
    return {
        name: round(float(w), 3)
        for name, w in zip(names, weights, strict=True)
        if abs(w) >= 0.005 or name == "bias"
    }


def report(label: str, data: Sequence[Example], scores: Sequence[float], threshold: float) -> None:
    """Print precision, recall, F1 over candidates, and how calibrated the probabilities are."""
    hits = sum(e.town and s >= threshold for e, s in zip(data, scores, strict=True))
    said, gold = sum(s >= threshold for s in scores), sum(e.town for e in data)
    p, r = hits / max(1, said), hits / max(1, gold)
    print(
        f"{label}: P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f} "
        f"({len(data)} candidates, {gold} towns)"
    )
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)):
        inside = [e.town for e, s in zip(data, scores, strict=True) if low <= s < high]
        if inside:
            print(f"    said {low:.2f}-{min(high, 1):.2f}: {sum(inside) / len(inside):.3f} of {len(inside)}")


def main() -> None:
    """Collect, cross-validate, fit, write, check."""
    from pressextract.components.city_evidence import probability

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    parser.add_argument("--threshold", type=float, default=0.5)
    options = parser.parse_args()
    data: list[Example] = []
    for path in options.train:
        data.extend(examples(path, data[-1].article + 1 if data else 0))
    scores = [0.0] * len(data)
    for fold in range(FOLDS):
        weights = fit([e for e in data if e.article % FOLDS != fold])
        for i, example in enumerate(data):
            if example.article % FOLDS == fold:
                scores[i] = probability(example.features, weights)
    report("cross-validation", data, scores, options.threshold)
    weights = fit(data)
    WEIGHTS.write_text(
        json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    for path in options.check:
        checked = list(examples(path, 0))
        report(path.name, checked, [probability(e.features, weights) for e in checked], options.threshold)


if __name__ == "__main__":
    main()
