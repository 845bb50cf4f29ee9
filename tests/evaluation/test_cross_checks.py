"""The same numbers as other scorers where they measure the same thing."""

from __future__ import annotations

import random

import pytest
import spacy
from nervaluate import Evaluator
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from pressextract.evaluation import evaluate
from pressextract.evaluation.spans import EXACT, PARTIAL, STRICT, TYPE

from .builders import mentioned, predicted

LABELS = ["PERSON", "COMPANY", "ORGANIZATION", "CITY"]
WORD = 4
"""Characters of each word, its space included."""
WORDS = 60


def articles(seed, *, wide):
    """Gold spans of whole words, far apart, and a prediction that moves, relabels, drops and adds.

    ``wide``: spans of several words that the prediction may cut, so that boundaries differ.
    """
    rng = random.Random(seed)
    gold, pred = [], []
    for start in range(0, WORDS - 4, 5):
        size = rng.randint(2, 3) if wide else 1
        label = rng.choice(LABELS)
        first, last = start, start + size
        action = rng.random()
        if action < 0.85:
            gold.append((first * WORD, last * WORD - 1, label))
        if wide and rng.random() < 0.4:
            first, last = (first + 1, last) if rng.random() < 0.5 else (first, last + 1)
        if action > 0.15:
            label = rng.choice(LABELS) if rng.random() < 0.25 else label
            pred.append((first * WORD, last * WORD - 1, label))
    return gold, pred


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("ours", "theirs"), [(STRICT, "strict"), (EXACT, "exact"), (PARTIAL, "partial"), (TYPE, "ent_type")]
)
def test_nervaluate(seed, ours, theirs):
    pairs = [articles(seed * 10 + n, wide=True) for n in range(5)]
    result = evaluate(
        [mentioned(gold, str(n)) for n, (gold, _) in enumerate(pairs)],
        predicted(*[mentioned(pred, str(n)) for n, (_, pred) in enumerate(pairs)]),
        draws=0,
    )

    def dicts(triples):  # nervaluate counts ends as inclusive
        return [{"start": start, "end": end - 1, "label": label} for start, end, label in triples]

    scorer = Evaluator([dicts(g) for g, _ in pairs], [dicts(p) for _, p in pairs], tags=LABELS, loader="dict")
    expected = scorer.evaluate()["overall"][theirs]
    counts = result.scores[ours, "all"].counts
    assert counts.precision == pytest.approx(expected.precision)
    assert counts.recall == pytest.approx(expected.recall)
    assert counts.f1 == pytest.approx(expected.f1)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_spacy_scorer(seed, wide):
    vocab = spacy.blank("fr").vocab
    gold, pred = articles(seed, wide=wide)

    def doc(triples):
        made = Doc(vocab, words=["mot"] * WORDS)
        made.ents = [made.char_span(start, end, label=label) for start, end, label in triples]
        return made

    expected = Scorer.score_spans([Example(doc(pred), doc(gold))], "ents")
    result = evaluate([mentioned(gold)], predicted(mentioned(pred)), draws=0)
    assert result.f1(STRICT) == pytest.approx(expected["ents_f"])
    for label, scores in expected["ents_per_type"].items():
        counts = result.scores[STRICT, label].counts
        assert (counts.precision, counts.recall) == (pytest.approx(scores["p"]), pytest.approx(scores["r"]))
