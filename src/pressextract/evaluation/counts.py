"""Counts of right, wrong, missed and made-up items, and the ratios drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ALL: Final = "all"
Key = tuple[str, str]
"""(measure, label); the label is "all" for every label together."""
Row = tuple[float, float, float, float, float]
"""correct, partial, incorrect, missed, spurious."""
PARTIAL_CREDIT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts in the terms of MUC and SemEval-2013 task 9.1.

    correct + partial + incorrect + missed = gold items (support); correct + partial + incorrect + spurious =
    predicted items; a partial match is worth one half.
    """

    correct: float = 0.0
    partial: float = 0.0
    incorrect: float = 0.0
    missed: float = 0.0
    spurious: float = 0.0

    @property
    def gold(self) -> float:
        """Number of gold items (support)."""
        return self.correct + self.partial + self.incorrect + self.missed

    @property
    def predicted(self) -> float:
        """Number of predicted items."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def credit(self) -> float:
        """Correct items, partial ones at one half."""
        return self.correct + PARTIAL_CREDIT * self.partial

    @property
    def precision(self) -> float:
        """Credit per predicted item; 0 when nothing is predicted."""
        return self.credit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Credit per gold item; 0 when there is no gold."""
        return self.credit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing is right."""
        total = self.gold + self.predicted
        return 2 * self.credit / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.row(), other.row(), strict=True)))

    def row(self) -> Row:
        """The five counts, in order."""
        return (self.correct, self.partial, self.incorrect, self.missed, self.spurious)


def matched(pairs: int, gold: int, pred: int) -> Row:
    """Counts of a plain one-to-one matching: what is not matched is missed or spurious."""
    return (pairs, 0.0, 0.0, gold - pairs, pred - pairs)


def graded(credit: float, gold: int, pred: int) -> Row:
    """Counts of a matching whose pairs earn between 0 and 1 each."""
    return (credit, 0.0, 0.0, gold - credit, pred - credit)


def accuracy(right: int, total: int) -> Row:
    """Counts of a classification of given items: precision, recall and F1 are all the accuracy."""
    return (right, 0.0, total - right, 0.0, 0.0)


def add_row(rows: dict[Key, Row], key: Key, row: Row) -> None:
    """Add ``row`` to what ``key`` has already."""
    if key in rows:
        before = rows[key]
        row = (
            before[0] + row[0],
            before[1] + row[1],
            before[2] + row[2],
            before[3] + row[3],
            before[4] + row[4],
        )
    rows[key] = row
