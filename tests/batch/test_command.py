"""The batch command: exit codes, options, what it says."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from pressextract.batch import run
from pressextract.batch.pool import InProcess
from pressextract.cli.app import app

Write = Callable[..., Path]


@pytest.fixture
def command(stubs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs ``pressextract batch`` with stub workers; gives its exit code and what it said."""

    class Stub(InProcess):
        def __init__(self, workers: int, factory: object) -> None:
            super().__init__(stubs.StubFactory(signatures=True))

        def __enter__(self) -> Stub:
            return self

        def __exit__(self, *error: object) -> None:
            return None

    monkeypatch.setattr(run, "ProcessPool", Stub)

    def invoke(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["batch", *map(str, arguments)])
        return result.exit_code, result.output + str(result.exception or "")

    return invoke


def test_all_done_is_0(tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    code, _ = command(articles("Un.", "Deux."), "-o", tmp_path / "o")
    assert code == 0
    assert signal.getsignal(signal.SIGTERM) is before
    assert len((tmp_path / "o").read_text("utf-8").splitlines()) == 2


def test_some_failed_is_1_and_says_where(
    tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]
) -> None:
    code, said = command(articles("Un.", "FAIL"), "-o", tmp_path / "o")
    assert code == 1
    assert "1 of 2 failed" in said
    (line,) = (tmp_path / "o.errors.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["reason"] == "ValueError: on purpose"


def test_nothing_read_is_2(tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]) -> None:
    blank = articles()
    blank.write_text("\n", encoding="utf-8")
    code, said = command(blank, "-o", tmp_path / "o")
    assert code == 2
    assert "no article was read" in said
    assert command(articles("FAIL"), "-o", tmp_path / "p")[0] == 2


def test_wrong_usage_is_one_line(
    tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]
) -> None:
    for arguments, said in (
        ((tmp_path / "absent", "-o", tmp_path / "o"), "no such file or folder"),
        ((articles("Un."), "-o", tmp_path / "o", "--columns", "texte=x"), "write field=column"),
        ((articles("Un."), "-o", tmp_path / "o", "--format", "xml"), "xml"),
        ((articles("Un."), "-o", tmp_path / "o", "--workers", 0), "greater than"),
    ):
        code, output = command(*arguments)
        assert code != 0
        assert said in output


def test_options_reach_the_run(
    tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]
) -> None:
    source = tmp_path / "t.csv"
    source.write_text(
        "chapo;jour\n"
        + "Un mot et encore un mot. " * 20
        + ";20200601\n"
        + "Un mot et encore un mot. " * 20
        + ";\n",
        encoding="utf-8",
    )
    out = tmp_path / "o"
    code, said = command(
        source, "-o", out, "--columns", "text=chapo,published=jour", "--dedup", "drop", "--format", "csv"
    )
    assert code == 0, said
    assert "1 near-duplicates" in said
    assert "2020-06-01" in (out / "articles.csv").read_text("utf-8")


def test_last_line_says_where_the_records_are(
    tmp_path: Path, articles: Write, command: Callable[..., tuple[int, str]]
) -> None:
    _, said = command(articles("Un.", "Deux."), "-o", tmp_path / "o")
    assert said.splitlines()[-1] == f"pressextract: 2 records in {tmp_path / 'o'}"


def test_progress_has_a_rate(
    tmp_path: Path,
    articles: Write,
    command: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pressextract.cli.batch._LOG_SECONDS", 0)
    _, said = command(articles(*("Mot dit." for _ in range(70))), "-o", tmp_path / "o")
    first, *others = [line for line in said.splitlines() if "articles," in line]
    assert " -/s" in first
    assert [line.split(" articles")[0].split()[-1] for line in others] == ["64", "70"]
    assert not any(" 0.0/s" in line for line in others)
