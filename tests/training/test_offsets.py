"""Annotation apart from its text comes back whole, and never onto another text."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from pressextract.errors import UsageError
from pressextract.training.offsets import join_offsets, join_row, strip_text, strip_texts

ROOT = Path(__file__).parents[2]
RAW = "\nArdelor nomme Jeanne Kervran.\nMme Kervran dirigeait ARDELOR Lens. Suite du texte."
GOLD = {
    "id": "a1",
    "published": "2020-05-04",
    "text": "Ardelor nomme Jeanne Kervran.\nMme Kervran dirigeait ARDELOR Lens.",
    "entities": [
        {
            "id": "c1",
            "label": "COMPANY",
            "name": "Ardelor",
            "aliases": ["ARDELOR"],
            "mentions": [[0, 7], [52, 59]],
        },
        {
            "id": "p1",
            "label": "PERSON",
            "name": "Jeanne Kervran",
            "aliases": ["Kervran"],
            "mentions": [[14, 28], [34, 41]],
        },
    ],
    "positions": [],
    "based_in": [],
}


def test_text_is_left_out_and_comes_back(tmp_path: Path) -> None:
    stripped = strip_text(GOLD, RAW)
    assert "Kervran" not in json.dumps(stripped)
    assert "Ardelor" not in json.dumps(stripped)
    offsets, raw = tmp_path / "offsets.jsonl", tmp_path / "raw.jsonl.xz"
    offsets.write_text(json.dumps(stripped), encoding="utf-8")
    with lzma.open(raw, "wt", encoding="utf-8") as sink:
        sink.writelines(
            json.dumps({"id": key, "text": text}) + "\n" for key, text in (("b", "Rien."), ("a1", RAW))
        )
    assert join_offsets(offsets, [raw]) == [GOLD]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    assert strip_texts(gold, [raw]) == [stripped]


def test_another_text_is_refused() -> None:
    stripped = strip_text(GOLD, RAW)
    with pytest.raises(UsageError, match="a1: the raw text is not the one"):
        join_row(stripped, RAW.replace("Jeanne", "Janine"))
    with pytest.raises(UsageError, match="a1: its text is not in the raw one"):
        strip_text(GOLD, "Autre chose.")


def test_article_that_is_missing_is_named(tmp_path: Path) -> None:
    offsets, raw = tmp_path / "offsets.jsonl", tmp_path / "raw.jsonl"
    offsets.write_text(json.dumps(strip_text(GOLD, RAW)), encoding="utf-8")
    raw.write_text(json.dumps({"id": "b", "text": "Rien."}) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="1 articles are not in the raw files, a1 first"):
        join_offsets(offsets, [raw])


def test_press_offsets_hold_no_text_and_fit_together() -> None:
    rows = [json.loads(line) for line in (ROOT / "corpora" / "press" / "extra.jsonl").open(encoding="utf-8")]
    assert len(rows) > 1000
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row.keys() == {"id", "published", "span", "sha256", "entities", "positions", "based_in"}
        known = {entity["id"] for entity in row["entities"]}
        size = row["span"][1] - row["span"][0]
        for entity in row["entities"]:
            assert entity.keys() == {"id", "label", "mentions"}
            assert all(0 <= start < end <= size for start, end in entity["mentions"])
        for position in row["positions"]:
            assert {position["person"], position["role"]} <= known
        assert {end for fact in row["based_in"] for end in (fact["organization"], fact["city"])} <= known
