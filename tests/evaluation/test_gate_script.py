"""scripts/evaluate_gate.py: exit codes, and floors that only go down when asked."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from pressextract.evaluation import Predictions
from pressextract.evaluation.gate import GateError
from pressextract.evaluation.gold_rows import to_gold

from .builders import sample

ROOT = Path(__file__).parents[2]


@pytest.fixture
def gate(monkeypatch, tmp_path):
    """Runs the script on a gold of two articles, with a system that knows the first ``known`` of them."""
    spec = importlib.util.spec_from_file_location("evaluate_gate", ROOT / "scripts" / "evaluate_gate.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    lines = (json.dumps(to_gold(sample(name))) + "\n" for name in ("a1", "a2"))
    (tmp_path / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(script, "GOLD", {script.OWN_GOLD: "gold.jsonl", "press/dev": "not/here.jsonl"})

    def run(known, *options):
        system = lambda model, gold: Predictions({a.id: a for a in gold[:known]})  # noqa: E731
        monkeypatch.setattr(script, "run_model", system)
        monkeypatch.setattr(sys, "argv", ["evaluate_gate.py", *options])
        return script.main()

    return run


def test_update_check_and_fall(gate, capsys):
    assert gate(1) == 1  # no floors yet
    assert gate(1, "--update") == 0
    assert gate(1) == 0
    assert gate(2) == 0
    assert gate(0) == 1
    printed = capsys.readouterr().out
    assert "press/dev: not here, passed over" in printed
    assert "SHUT: entity/all is 0.0000, below its floor 0.666" in printed


def test_lowering_has_to_be_said(gate):
    assert gate(2, "--update") == 0
    with pytest.raises(GateError, match="--allow-lower"):
        gate(1, "--update")
    assert gate(1) == 1
    assert gate(1, "--update", "--allow-lower") == 0
    assert gate(1) == 0


def test_the_floors_in_the_repository_are_of_its_gold():
    floors = json.loads((ROOT / "corpora" / "floors.json").read_text(encoding="utf-8"))["sets"]["written/dev"]
    manifest = json.loads((ROOT / "corpora" / "manifest.json").read_text(encoding="utf-8"))[
        "written/dev.jsonl"
    ]
    assert floors["sha256"] == manifest["sha256"]
    assert floors["floors"]
