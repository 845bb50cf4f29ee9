"""Raw scores to confidences: of the items given 0.8, about 80 % are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

META_KEY = "pressextract_calibration"
"""Where a pipeline keeps the curves of its model."""
POSITION, BASED_IN = "position", "based_in"
_RULES = {PERSON: 0.9, COMPANY: 0.65, ORGANIZATION: 0.7, CITY: 0.88, ROLE: 0.8, DATE: 0.9}
"""Scores of mentions that rules alone found: their precision on the press articles for development."""

Curve = Sequence[tuple[float, float]]
"""Points (raw score, confidence), rising in both; between two of them the line counts."""


class Calibration:
    """Maps the raw score of an item to its confidence.

    Args:
        curves: one a kind of item (an entity label, ``position``, ``based_in``), fitted on held-out articles;
            a kind without one keeps its raw score.
    """

    def __init__(self, curves: Mapping[str, Curve] | None = None) -> None:
        self._curves = {kind: list(curve) for kind, curve in (curves or {}).items()}

    @classmethod
    def of(cls, nlp: Language) -> Calibration:
        """The calibration of a pipeline's model; none for the rules alone."""
        return cls(nlp.meta.get(META_KEY))

    def __call__(self, kind: str, raw: float) -> float:
        """Confidence in [0, 1], to four decimals."""
        curve = self._curves.get(kind)
        return round(min(1.0, max(0.0, _interpolate(curve, raw) if curve else raw)), 4)


def _interpolate(curve: Curve, raw: float) -> float:
    before = curve[0]
    for point in curve:
        if raw <= point[0]:
            span = point[0] - before[0]
            share = (raw - before[0]) / span if span > 0 else 1.0
            return before[1] + max(0.0, share) * (point[1] - before[1])
        before = point
    return before[1]


def raw_scores(doc: Doc, group: str) -> dict[tuple[str, int], float]:
    """Raw score by label and first character of the spans of a group that carries ``scores``."""
    spans = doc.spans.get(group, [])
    scores = spans.attrs.get("scores", []) if group in doc.spans else []
    return {(span.label_, span.start_char): score for span, score in zip(spans, scores, strict=False)}


def rule_score(label: str) -> float:
    """The raw score of a mention that has none."""
    return _RULES[label]
