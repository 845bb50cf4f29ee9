"""Score records against gold: anyone's records, not only ours. Imports the schema alone."""

from __future__ import annotations

from pressextract.evaluation.annotation import Annotation, BasedIn, Entity, Link, Position
from pressextract.evaluation.faults import GoldError
from pressextract.evaluation.gold import load_gold
from pressextract.evaluation.predictions import Predictions, load_predictions
from pressextract.evaluation.scoring import Evaluation, Score, compare_systems, evaluate

__all__ = [
    "Annotation",
    "BasedIn",
    "Entity",
    "Evaluation",
    "GoldError",
    "Link",
    "Position",
    "Predictions",
    "Score",
    "compare_systems",
    "evaluate",
    "load_gold",
    "load_predictions",
]
