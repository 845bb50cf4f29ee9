"""Floors on the shared data sets, where they are present; the figures reached are in docs/dates.md."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_dates", ROOT / "scripts" / "benchmark_dates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(benchmark: ModuleType, name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    rows: list[dict[str, Any]] = benchmark.read_jsonl(path)
    return rows


def test_timebank_floors(benchmark: ModuleType) -> None:
    scores = benchmark.score_timebank(read(benchmark, "temporal/fr_timebank_dev.jsonl"))
    assert scores["strict"].f >= 0.92
    assert scores["relaxed"].f >= 0.93
    assert scores["value"].f >= 0.89


def test_recognizers_floor(benchmark: ModuleType) -> None:
    assert benchmark.score_recognizers(read(benchmark, "temporal/recognizers_fr.jsonl")).f >= 0.88


@pytest.mark.parametrize(
    ("name", "floor"), [("press/train", 0.925), ("press/dev", 0.94), ("written/dev", 0.92)]
)
def test_article_floors(benchmark: ModuleType, name: str, floor: float) -> None:
    assert benchmark.score_articles(read(benchmark, f"{name}.jsonl")).f >= floor


def test_the_scorer_counts_what_it_says(benchmark: ModuleType) -> None:
    text = "Hier, puis en 2016."
    timexes = [
        {"start": 0, "end": 4, "type": "DATE", "value": "2019-12-05"},
        {"start": 11, "end": 18, "type": "DATE", "value": "2017"},
        {"start": 0, "end": 4, "type": "TIME", "value": "x"},
    ]
    scores = benchmark.score_timebank([{"text": text, "dct": "2019-12-06", "timexes": timexes}])
    assert {name: score.matched for name, score in scores.items()} == {"strict": 1, "relaxed": 2, "value": 1}
    entities = [
        {"label": "DATE", "start": "2019-12-05", "end": "2019-12-05"},
        {"label": "DATE", "start": None, "end": None},
    ]
    score = benchmark.score_articles([{"text": text, "published": "2019-12-06", "entities": entities}])
    assert (score.matched, score.gold, score.pred) == (1, 1, 2)
