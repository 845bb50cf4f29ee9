"""The commands: what they print and write, and their exit codes."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from pressextract.cli.evaluate import evaluate
from pressextract.cli.gold import agree, convert
from pressextract.errors import UsageError
from pressextract.evaluation.gold_rows import to_gold

from .builders import sample

app = typer.Typer()
for command in (evaluate, agree, convert):
    app.command()(command)


@pytest.fixture
def files(tmp_path):
    """A gold of two articles, a right prediction and one that lacks an article."""
    rows = [json.dumps(to_gold(sample(name))) for name in ("a1", "a2")]
    for name, lines in (("gold", rows), ("best", rows), ("half", rows[:1])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_scores_report_json_and_comparison(files):
    page, scores = files / "page.html", files / "scores.json"
    args = (
        "--pred",
        files / "best.jsonl",
        "--compare",
        files / "half.jsonl",
        "--report",
        page,
        "--json",
        scores,
    )
    result = run("evaluate", "--gold", files / "gold.jsonl", *args, "--draws", 50)
    assert result.exit_code == 0
    assert "entities by name" in result.stdout
    assert "p (randomisation)" in result.stdout
    data = json.loads(scores.read_text(encoding="utf-8"))
    assert data["gold"]["name"] == "gold.jsonl"
    assert data["other"]["name"] == "half.jsonl"
    entity = next(row for row in data["comparison"] if (row["measure"], row["label"]) == ("entity", "all"))
    assert entity["difference"] == pytest.approx(2 / 3 - 1, abs=1e-6)
    assert "half.jsonl" in page.read_text(encoding="utf-8")


def test_missing_articles_are_told_and_failed_ones_change_the_exit_code(files):
    result = run("evaluate", "--gold", files / "gold.jsonl", "--pred", files / "half.jsonl")
    assert result.exit_code == 0
    assert "1 without prediction, counted as missed" in result.stdout
    with (files / "half.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a2", "error": "boom"}) + "\n")
    result = run("evaluate", "--gold", files / "gold.jsonl", "--pred", files / "half.jsonl")
    assert result.exit_code == 1
    assert "a2: failed, counted as missed: boom" in result.stderr


def test_bad_gold_is_refused_with_every_fault(files):
    (files / "gold.jsonl").write_text("{\n[]\n", encoding="utf-8")
    result = run("evaluate", "--gold", files / "gold.jsonl", "--pred", files / "best.jsonl")
    assert result.exit_code == 2
    assert result.stderr.count("write one object a line") == 2
    assert not result.stdout


@pytest.mark.parametrize("options", [(), ("--pred", "x", "--model", "y")])
def test_one_system_exactly(files, options):
    result = run("evaluate", "--gold", files / "gold.jsonl", *options)
    assert isinstance(result.exception, UsageError)
    assert "give one of --pred, --model and --baseline" in str(result.exception)


def test_a_report_that_cannot_be_written(files):
    result = run(
        "evaluate",
        "--gold",
        files / "gold.jsonl",
        "--pred",
        files / "best.jsonl",
        "--report",
        files / "no" / "x",
    )
    assert isinstance(result.exception, UsageError)


def test_the_extractor_is_run_and_its_failure_is_a_miss(files, monkeypatch):
    from pressextract import systems

    asked = []

    def fake(model, gold, progress=None):
        asked.append(model)
        from pressextract.evaluation import Predictions

        return Predictions({gold[0].id: gold[0]}, {gold[1].id: "boom"})

    monkeypatch.setattr(systems, "run_model", fake)
    result = run("evaluate", "--gold", files / "gold.jsonl", "--model", "default")
    assert (result.exit_code, asked) == (1, [None])
    run("evaluate", "--gold", files / "gold.jsonl", "--model", "some-model")
    assert asked[1] == "some-model"


def test_agree(files):
    result = run("agree", files / "gold.jsonl", files / "half.jsonl")
    assert result.exit_code == 0
    assert "marked tokens" in result.stdout
    (files / "half.jsonl").write_text("{", encoding="utf-8")
    assert run("agree", files / "gold.jsonl", files / "half.jsonl").exit_code == 2


def test_convert_there_and_back(files):
    assert run("convert", files / "gold.jsonl", files / "ls.json", "--to", "label-studio").exit_code == 0
    result = run("convert", files / "ls.json", files / "back.jsonl", "--from", "label-studio")
    assert result.exit_code == 0
    scored = run(
        "evaluate", "--gold", files / "gold.jsonl", "--pred", files / "back.jsonl", "--json", files / "s.json"
    )
    assert scored.exit_code == 0
    assert {row["f1"] for row in json.loads((files / "s.json").read_text(encoding="utf-8"))["scores"]} == {1}
    assert run("convert", files / "gold.jsonl", files / "x.jsonl", "--from", "doccano").exit_code == 2
