"""Cities: gazetteer names found in the text, kept when name, context and document say that they are towns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.city_candidates import Candidate, find_candidates
from pressextract.components.city_evidence import Labels, all_features, probability, rows_of_three
from pressextract.components.spans import char_span, text_of
from pressextract.gazetteers import load_cities
from pressextract.labels import CITY

GROUP = "cities"
SCORES = "scores"
"""Key of ``doc.spans["cities"].attrs``: the probability of each span, in the order of the spans."""
THRESHOLD = 0.5
STREET = "cue=street"
"""The one feature that decides alone: a street named after a town is no town."""


@cache
def _weights() -> dict[str, float]:
    text = files("pressextract.components").joinpath("town_weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights


def features_of(doc: Doc) -> list[tuple[Candidate, list[str]]]:
    """Every candidate of ``doc`` with its features; stock entities and organizations are among them."""
    gazetteer, text = load_cities(), text_of(doc)
    stock = {(e.start_char, e.end_char): e.label_ for e in doc.ents}
    bodies = [(s.start_char, s.end_char) for s in doc.spans.get("organizations", [])]
    candidates = list(find_candidates(text, gazetteer))
    features = all_features(text, candidates, gazetteer, Labels(stock, bodies))
    return list(zip(candidates, features, strict=True))


def find_cities(doc: Doc, threshold: float = THRESHOLD) -> list[tuple[Candidate, float]]:
    """The candidates that are towns with a probability of at least ``threshold``, with it, in text order.

    A name between two others in a row is a town as surely as the less sure of the two.
    """
    known = [(candidate, features) for candidate, features in features_of(doc) if STREET not in features]
    candidates = [candidate for candidate, _ in known]
    scores = [probability(features, _weights()) for _, features in known]
    for left, middle, right in rows_of_three(text_of(doc), candidates):
        scores[middle] = max(scores[middle], min(scores[left], scores[right]))
    return [(c, score) for c, score in zip(candidates, scores, strict=True) if score >= threshold]


class Cities:
    """Writes ``doc.spans["cities"]`` and their probabilities; loads the gazetteer at the first document."""

    def __call__(self, doc: Doc) -> Doc:
        found = find_cities(doc)
        _store(doc, found)
        return doc


def _store(doc: Doc, found: Sequence[tuple[Candidate, float]]) -> None:
    scores: dict[tuple[int, int], float] = {}
    for candidate, score in found:
        span = char_span(doc, candidate.start, candidate.end, CITY)
        if span is not None:
            scores[span.start, span.end] = max(round(score, 4), scores.get((span.start, span.end), 0.0))
    doc.spans[GROUP] = [Span(doc, start, end, label=CITY) for start, end in sorted(scores)]
    doc.spans[GROUP].attrs[SCORES] = [scores[key] for key in sorted(scores)]


@Language.factory("pressextract_cities", assigns=["doc.spans"])
def make_cities(nlp: Language, name: str) -> Cities:
    """Make the city component; ``ner`` and ``pressextract_organizations`` before it help it to decide."""
    return Cities()
