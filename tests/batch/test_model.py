"""Another model than the shipped one: it does the work, is written down, and is not mixed with others."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from pressextract.batch import run, settle
from pressextract.batch.pool import InProcess
from pressextract.batch.ray_engine import RayEngine
from pressextract.batch.run import BatchOptions, run_batch
from pressextract.batch.worker import PipelineFactory
from pressextract.cli.app import app
from pressextract.errors import ModelError, UsageError
from pressextract.extractor import extract_many
from pressextract.model_folders import STOCK_MODEL
from pressextract.pipeline import model_name

Write = Callable[..., Path]
TEXTS = (
    "Le 3 mars, Solène Audrain, directrice d'Astrolys, a parlé à Vannes.",
    "Mona Kervella dirige Astrolys.",
)


def test_command_runs_the_model_and_names_of_the_user(
    tmp_path: Path, articles: Write, rules: Language
) -> None:
    patterns, out = tmp_path / "names.jsonl", tmp_path / "out.jsonl"
    patterns.write_text('{"label": "COMPANY", "pattern": "Astrolys", "id": "c7"}\n', encoding="utf-8")
    options = ["--model", STOCK_MODEL, "--patterns", str(patterns), "--workers", "1"]
    result = CliRunner().invoke(app, ["batch", str(articles(*TEXTS)), "-o", str(out), *options])
    assert result.exit_code == 0, result.output
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [record["meta"]["model"] for record in records] == [model_name(rules)] * 2
    assert [record["companies"][0]["external_id"] for record in records] == ["c7", "c7"]
    found = json.loads(out.with_name("out.jsonl.run.json").read_text("utf-8"))
    assert found["model"].startswith(f"{STOCK_MODEL} 3.")


def test_models_give_records_of_their_own(tmp_path: Path, articles: Write, rules: Language) -> None:
    source, out = articles(*TEXTS), tmp_path / "out.jsonl"
    run_batch([source], out, engine=nullcontext(InProcess(PipelineFactory(STOCK_MODEL))))
    expected = [record.people for record in extract_many(TEXTS, nlp=rules)]
    people = [json.loads(line)["people"] for line in out.read_text("utf-8").splitlines()]
    assert people == [[person.model_dump() for person in one] for one in expected]


def test_resume_refuses_another_model(
    tmp_path: Path, articles: Write, stubs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "SHARD_ITEMS", 32)
    source, out = articles(*(f"Mot{number}." for number in range(80))), tmp_path / "out.jsonl"
    stub = nullcontext(InProcess(stubs.StubFactory()))
    chosen = BatchOptions(model=STOCK_MODEL, resume=True)

    def stop(state: run.Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch([source], out, chosen, engine=stub, progress=stop)
    with pytest.raises(UsageError, match="the interrupted run had other model; delete"):
        run_batch([source], out, BatchOptions(resume=True), engine=stub)
    assert run_batch([source], out, chosen, engine=stub).done == 80
    before = out.stat().st_mtime_ns
    run_batch([source], out, chosen, engine=stub)
    assert out.stat().st_mtime_ns == before
    run_batch([source], out, BatchOptions(resume=True), engine=stub)
    assert out.stat().st_mtime_ns != before  # finished, but with another model: done again


def test_absent_model_leaves_nothing_behind(tmp_path: Path, articles: Write) -> None:
    with pytest.raises(ModelError, match="'absent' is not installed"):
        run_batch([articles(*TEXTS)], tmp_path / "out.jsonl", BatchOptions(model="absent"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_run_that_failed_before_its_first_shard_is_no_obstacle(
    tmp_path: Path, articles: Write, stubs: ModuleType
) -> None:
    source, out = articles(*TEXTS), tmp_path / "out.jsonl"
    (tmp_path / "folder").mkdir()  # found, but no model in it: the worker says so
    options = BatchOptions(model=str(tmp_path / "folder"))
    engine = nullcontext(InProcess(PipelineFactory(options.model)))
    with pytest.raises(ModelError, match="cannot be loaded"):
        run_batch([source], out, options, engine=engine)
    assert run_batch([source], out, engine=nullcontext(InProcess(stubs.StubFactory()))).done == 2


def test_ray_workers_are_told_where_the_model_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr_test").mkdir()
    monkeypatch.chdir(tmp_path)
    options = BatchOptions(engine="ray", workers=2, model="fr_test", patterns=Path("names.jsonl"))
    with run._engine(options) as engine:
        assert engine == RayEngine(2, PipelineFactory(str(tmp_path / "fr_test"), tmp_path / "names.jsonl"))
    with run._engine(BatchOptions(engine="ray", model=STOCK_MODEL)) as engine:
        assert engine == RayEngine(None, PipelineFactory(STOCK_MODEL))
