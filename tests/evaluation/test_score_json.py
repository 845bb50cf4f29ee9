"""The JSON of the scores: complete, stable, without text."""

from __future__ import annotations

import hashlib
import json

import pytest

from pressextract.evaluation import compare_systems, evaluate
from pressextract.evaluation.provenance import Provenance, Stamp, digest_of
from pressextract.evaluation.score_json import to_json

from .builders import predicted, sample

GOLD = [sample("a1"), sample("a2")]


def render(draws=20):
    result = evaluate(GOLD, predicted(GOLD[0], failed={"a2": "boom"}), draws=draws)
    provenance = Provenance(Stamp("gold.jsonl", "ab", 2), Stamp("s", None, 1, ("m",)), versions={"x": "1"})
    return to_json(result, provenance, compare_systems(result, result))


def test_every_number_and_where_it_came_from():
    data = json.loads(render())
    assert data["gold"] == {"name": "gold.jsonl", "sha256": "ab", "articles": 2, "made_by": []}
    assert data["system"]["made_by"] == ["m"]
    assert data["versions"] == {"x": "1"}
    assert data["bootstrap"]["draws"] == 20
    assert data["failed"] == {"a2": "boom"}
    entity = next(s for s in data["scores"] if (s["measure"], s["label"]) == ("entity", "all"))
    expected = {
        "correct": 7,
        "missed": 7,
        "spurious": 0,
        "gold": 14,
        "predicted": 7,
        "precision": 1,
        "recall": 0.5,
    }
    assert {key: entity[key] for key in expected} == expected
    assert entity["f1"] == pytest.approx(2 / 3, abs=1e-6)
    assert data["articles"][1] == {"id": "a2", "counts": data["articles"][1]["counts"]}
    assert data["articles"][1]["counts"]["entity"] == [0, 0, 0, 7, 0]
    assert data["comparison"][0]["difference"] == 0
    assert {"gold": "PERSON", "pred": "missed", "count": 2} in data["confusion"]
    assert data["groups"]["kind"]["nomination"]["articles"] == 2


def test_same_bytes_every_time_and_no_text():
    assert render() == render()
    assert "quitte Privas" not in render()


def test_no_interval_is_null_not_nan():
    data = json.loads(render(draws=0), parse_constant=lambda name: pytest.fail(name))
    assert data["scores"][0]["low"] is None


def test_digest_and_versions(tmp_path):
    (tmp_path / "x").write_bytes(b"abc")
    assert digest_of(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()
    assert {"python", "spacy", "numpy"} <= set(Provenance(Stamp("g"), Stamp("s")).versions)
