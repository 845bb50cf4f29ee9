"""Agreement of two annotators of the same articles.

F1 of one against the other (symmetric: what one misses is spurious to the other), Cohen's kappa (1960) where
both judged the same items, and the gamma of Mathet et al. (2015) for mentions, which need not be aligned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.facts import (
    based_in_of,
    match_based_in,
    match_positions,
    positions_of,
    same_but_status,
)
from pressextract.evaluation.predictions import Predictions
from pressextract.evaluation.scoring import Evaluation, evaluate
from pressextract.evaluation.spans import align, spans_of

OUTSIDE = "O"
GAMMA_SAMPLES = 30
_TOKEN = re.compile(r"\w+|[^\w\s]")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of ``items`` judged by both: shares of agreement, observed and expected by chance."""

    items: int
    observed: float
    expected: float

    @property
    def kappa(self) -> float:
        """1: always agree; 0: as by chance. 1 where both use one and the same category throughout."""
        if self.expected >= 1:
            return 1.0
        return (self.observed - self.expected) / (1 - self.expected)


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 in ``evaluation`` (its gold is the first annotator), kappas by what was judged, gamma if asked."""

    evaluation: Evaluation
    kappas: dict[str, Kappa]
    gamma: float | None
    articles: int


def agree(
    first: Sequence[Annotation],
    second: Sequence[Annotation],
    *,
    draws: int = 1000,
    with_gamma: bool = False,
) -> Agreement:
    """Agreement on the articles that both annotated.

    Args:
        first, second: the gold of each annotator.
        draws: of the bootstrap of F1; 0 for no intervals.
        with_gamma: compute gamma too, which takes some seconds an article.

    Raises:
        ModuleNotFoundError: gamma is asked for, and ``pygamma-agreement`` is not installed.
        ValueError: they have no article in common, or not the same text.
    """
    others = {article.id: article for article in second}
    pairs = [(one, others[one.id]) for one in first if one.id in others]
    if not pairs:
        raise ValueError("the two files have no article in common; give the same ids to the same articles")
    for one, two in pairs:
        if one.text != two.text:
            raise ValueError(f"{one.id}: the two texts differ; annotate one and the same text")
    predictions = Predictions({two.id: two for _, two in pairs})
    return Agreement(
        evaluate([one for one, _ in pairs], predictions, draws=draws),
        {name: cohen_kappa(items) for name, items in _judgements(pairs).items() if items},
        gamma(pairs) if with_gamma else None,
        len(pairs),
    )


def cohen_kappa(pairs: Sequence[Pair]) -> Kappa:
    """Kappa of (category of the first, category of the second) pairs; at least one."""
    total = len(pairs)
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / total
    expected = sum(one[label] * two[label] for label in one) / total**2
    return Kappa(total, observed, expected)


def _judgements(pairs: Iterable[tuple[Annotation, Annotation]]) -> dict[str, list[Pair]]:
    """What both judged: each token, each token that either marked, and the label, status or kind of what
    both found."""
    found: dict[str, list[Pair]] = {
        "tokens": [],
        "marked tokens": [],
        "label of mentions": [],
        "status of positions": [],
        "kind of based_in": [],
    }
    for one, two in pairs:
        tokens = list(zip(_token_labels(one), _token_labels(two), strict=True))
        found["tokens"] += tokens
        found["marked tokens"] += [pair for pair in tokens if pair != (OUTSIDE, OUTSIDE)]
        spans, others = spans_of(one), spans_of(two)
        found["label of mentions"] += [(spans[i].label, others[j].label) for i, j in align(spans, others)]
        p, q = positions_of(one), positions_of(two)
        statuses = match_positions(p, q, same_but_status)
        found["status of positions"] += [(p[i].status, q[j].status) for i, j in statuses]
        b, c = based_in_of(one), based_in_of(two)
        found["kind of based_in"] += [(b[i].kind, c[j].kind) for i, j in match_based_in(b, c)]
    return found


def _token_labels(article: Annotation) -> list[str]:
    """The label of each token: O, or every label that covers its first character, joined by "+"."""
    spans = spans_of(article)
    labels = []
    for token in _TOKEN.finditer(article.text or ""):
        here = sorted({span.label for span in spans if span.start <= token.start() < span.end})
        labels.append("+".join(here) or OUTSIDE)
    return labels


def gamma(pairs: Sequence[tuple[Annotation, Annotation]]) -> float | None:
    """Mean gamma of the mentions of an article, place and label in equal parts.

    Articles where one of the two marked nothing have none; None when no article has.

    Raises:
        ModuleNotFoundError: ``pygamma-agreement`` is not installed.
    """
    import numpy as np
    import pygamma_agreement as library
    from pyannote.core import Segment

    np.random.seed(0)  # the library draws from the global generator
    dissimilarity: Any = library.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    values = []
    for one, two in pairs:
        continuum = library.Continuum()
        for name, article in (("first", one), ("second", two)):
            for span in spans_of(article):
                continuum.add(name, Segment(span.start, span.end), span.label)
        if len(continuum.annotators) == len(("first", "second")):
            result = continuum.compute_gamma(dissimilarity, n_samples=GAMMA_SAMPLES, fast=True)
            values.append(float(result.gamma))
    return sum(values) / len(values) if values else None
