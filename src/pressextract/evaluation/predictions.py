"""Read predictions: our records, anyone's records of the same contract, gold-like articles, or plain sets.

Each line tells its form: ``schema_version`` marks a record, ``entities`` a gold-like article, lists such as
``people`` a set form with names in place of ids, ``error`` an article on which the system failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.faults import Fault, GoldError
from pressextract.evaluation.gold import read_objects
from pressextract.evaluation.prediction_forms import parse_prediction


@dataclass(slots=True)
class Predictions:
    """What a system said: annotations by article id, and the articles it failed on with the reason."""

    articles: dict[str, Annotation] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    made_by: list[str] = field(default_factory=list)
    """Every distinct "pressextract version, model" met, in order."""

    def note_maker(self, data: Mapping[str, Any]) -> None:
        """Remember what the ``meta`` of a record says made it."""
        meta = data.get("meta")
        if isinstance(meta, Mapping):
            maker = f"pressextract {meta.get('pressextract', '?')}, {meta.get('model', '?')}"
            if maker not in self.made_by:
                self.made_by.append(maker)


def load_predictions(path: Path) -> Predictions:
    """Read predictions, in any of the four forms, even mixed.

    Raises:
        GoldError: a line is not JSON, lacks a key, points at an unknown id, or repeats an article.
    """
    faults: list[Fault] = []
    result = Predictions()
    for line, data in read_objects(path, faults):
        try:
            _add(result, data)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            what = f"key {err} is missing; see the record contract" if isinstance(err, KeyError) else str(err)
            faults.append(Fault(str(path), line, str(data.get("id", "")), what))
    if faults:
        raise GoldError(faults)
    return result


def _add(result: Predictions, data: Mapping[str, Any]) -> None:
    article_id = str(data["id"])
    if article_id in result.articles or article_id in result.failed:
        raise ValueError("a second prediction for the same article; keep one")
    if "error" in data:
        result.failed[article_id] = str(data["error"])
        return
    result.note_maker(data)
    result.articles[article_id] = parse_prediction(data)
