"""Uncertainty: how far a score would move with other articles, and whether two systems differ.

Articles, not items, are resampled: the items of one article are not independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pressextract.evaluation.counts import PARTIAL_CREDIT

Array = npt.NDArray[np.float64]
DRAWS = 1000
SHUFFLES = 9999
LEVEL = 0.95
SEED = 20240229
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems on the same articles, one measure: F1 of B minus F1 of A.

    ``low``, ``high``: 95 % interval of the difference (paired bootstrap). ``p_randomisation``: share of
    random exchanges with a difference as large; ``p_bootstrap``: twice the share of draws on the other side
    of zero.
    """

    first: float
    second: float
    difference: float
    low: float
    high: float
    p_randomisation: float
    p_bootstrap: float


def sufficient(counts: Array) -> Array:
    """(articles, measures, 5) counts -> (articles, measures, 2): credit, and gold plus predicted items."""
    correct, partial, incorrect, missed, spurious = np.moveaxis(counts, -1, 0)
    credit = correct + PARTIAL_CREDIT * partial
    return np.stack([credit, 2 * (correct + partial + incorrect) + missed + spurious], axis=-1)


def f1_of(sums: Array) -> Array:
    """F1 from summed (…, 2) pairs; 0 where there is nothing to score."""
    credit, total = sums[..., 0], sums[..., 1]
    return np.divide(2 * credit, total, out=np.zeros_like(credit), where=total > 0)


def _weights(articles: int, draws: int, rng: np.random.Generator) -> Array:
    shares = np.full(articles, 1 / articles)
    return rng.multinomial(articles, shares, size=draws).astype(np.float64)


def bootstrap_f1(counts: Array, draws: int = DRAWS, seed: int = SEED) -> Array:
    """Bootstrap distribution of micro F1.

    Args:
        counts: (articles, measures, 5).
        draws: number of samples of as many articles, with replacement.
        seed: of the generator; same seed, same numbers.

    Returns:
        (draws, measures) F1.

    Source:
        Efron and Tibshirani, "An Introduction to the Bootstrap", 1993; by article as in NuExtract and HIPE.
    """
    pairs = sufficient(counts)
    articles, measures = pairs.shape[:2]
    flat = pairs.reshape(articles, -1)
    rng = np.random.default_rng(seed)
    parts = []
    for done in range(0, draws, _CHUNK):
        sums = _weights(articles, min(_CHUNK, draws - done), rng) @ flat
        parts.append(f1_of(sums.reshape(-1, measures, 2)))
    return np.concatenate(parts)


def interval(values: Array, level: float = LEVEL) -> tuple[Array, Array]:
    """Percentile interval of each column."""
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(values, [tail, 100 - tail], axis=0)
    return low, high


def compare(first: Array, second: Array, draws: int = DRAWS, shuffles: int = SHUFFLES) -> list[Comparison]:
    """Compare two systems on the same articles, measure by measure.

    Args:
        first, second: (articles, measures, 5) counts of systems A and B, in the same order.
        draws: of the paired bootstrap (Koehn 2004; Berg-Kirkpatrick et al. 2012).
        shuffles: of approximate randomisation (Noreen 1989; Yeh 2000), an exchange per article.
    """
    a, b = sufficient(first), sufficient(second)
    scores_a, scores_b = f1_of(a.sum(axis=0)), f1_of(b.sum(axis=0))
    observed = scores_b - scores_a
    differences = _paired_bootstrap(a, b, draws)
    low, high = interval(differences)
    below, above = (differences <= 0).mean(axis=0), (differences >= 0).mean(axis=0)
    p_boot = np.minimum(1.0, 2 * np.minimum(below, above))
    p_random = _randomise(a, b, np.abs(observed), shuffles)
    columns = (scores_a, scores_b, observed, low, high, p_random, p_boot)
    return [Comparison(*row) for row in np.stack(columns, axis=1).tolist()]


def _paired_bootstrap(a: Array, b: Array, draws: int) -> Array:
    articles, measures = a.shape[:2]
    rng = np.random.default_rng(SEED)
    parts = []
    for done in range(0, draws, _CHUNK):
        weights = _weights(articles, min(_CHUNK, draws - done), rng)
        one, two = (f1_of((weights @ x.reshape(articles, -1)).reshape(-1, measures, 2)) for x in (a, b))
        parts.append(two - one)
    return np.concatenate(parts)


def _randomise(a: Array, b: Array, observed: Array, shuffles: int) -> Array:
    articles, measures = a.shape[:2]
    rng = np.random.default_rng(SEED + 1)
    gap = (b - a).reshape(articles, -1)
    total_a, total_b = a.sum(axis=0), b.sum(axis=0)
    as_large = np.zeros(measures)
    for done in range(0, shuffles, _CHUNK):
        swapped = rng.integers(0, 2, size=(min(_CHUNK, shuffles - done), articles)).astype(np.float64)
        moved = (swapped @ gap).reshape(-1, measures, 2)
        differences = f1_of(total_b - moved) - f1_of(total_a + moved)
        as_large += (np.abs(differences) >= observed - 1e-12).sum(axis=0)
    return (as_large + 1) / (shuffles + 1)
