"""Kill -9 at random moments: after --resume the output is byte for byte that of a run without a kill."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from contextlib import nullcontext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from pressextract.archives import read_path
from pressextract.batch import settle
from pressextract.batch.pool import InProcess
from pressextract.batch.run import BatchOptions, run_batch
from pressextract.extractor import extract_many
from pressextract.schema import Article

KILLS = (2, 2, 1)
"""Kills of each run before it is let through; five a format, twenty in all."""
ITEMS = 240
FORMATS = ("jsonl", "sqlite", "csv", "parquet")


def _corpus(folder: Path) -> Path:
    """Articles of which some fail, some are near-duplicates, over several files."""
    folder.mkdir()
    for part in range(4):
        with (folder / f"{part}.jsonl").open("w", encoding="utf-8") as sink:
            for number in range(ITEMS // 4):
                words = " ".join(f"mot{(number % 60) * 7 + i}" for i in range(40))
                text = "FAIL" if number % 17 == 0 else f"Mot{number} {words}"
                sink.write(
                    "{broken\n"
                    if number % 29 == 0
                    else json.dumps({"id": f"{part}-{number}", "text": text}) + "\n"
                )
    return folder


def _digest(folder: Path) -> dict[str, str]:
    """Digests of the output and the files beside it, whatever the input folder was called."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _go(source: Path, out: Path, options: BatchOptions, stubs: ModuleType) -> None:
    factory = stubs.StubFactory(seconds=0.0003, signatures=True)
    run_batch([source], out, options, engine=nullcontext(InProcess(factory)))


def _kill(child: BaseProcess, parts: Path, shards: int, seconds: float) -> None:
    """Kill a run some time after it has written so many shards, unless it ends before."""
    while child.is_alive() and len(list(parts.glob("*.shard"))) < shards:
        time.sleep(0.001)
    child.join(seconds)
    child.kill()


@pytest.mark.parametrize("output_format", FORMATS)
def test_kill_at_random_moments_changes_no_byte(
    tmp_path: Path, stubs: ModuleType, monkeypatch: pytest.MonkeyPatch, output_format: str
) -> None:
    pytest.importorskip("datasketch")
    monkeypatch.setattr(settle, "SHARD_ITEMS", 32)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # it is for power cuts; a kill does not need it
    source = _corpus(tmp_path / "in")
    options = BatchOptions(format=output_format, resume=True, dedup="mark")
    _go(source, tmp_path / "whole" / "out", options, stubs)
    expected = _digest(tmp_path / "whole")
    assert len(expected) >= 3
    fork, moments, resumed = multiprocessing.get_context("fork"), random.Random(f"{output_format} 7"), 0
    for run, kills in enumerate(KILLS):
        out = tmp_path / f"run{run}" / "out"
        for _ in range(kills):
            child = fork.Process(target=_go, args=(source, out, options, stubs))
            child.start()
            _kill(child, out.with_name("out.parts"), moments.randrange(8), moments.uniform(0, 0.02))
            child.join()
            resumed += out.with_name("out.parts").exists()
        _go(source, out, options, stubs)
        assert _digest(out.parent) == expected
    assert resumed, "no kill came in the middle of a run"


def test_real_run_killed_and_resumed(tmp_path: Path, nlp: Language) -> None:
    texts = [
        f"Le {1 + n % 28} mai, Jeanne Martin{n} a été nommée directrice de la société Durand{n} à Lyon."
        for n in range(100)
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = (json.dumps({"text": text, "published": "2020-06-01"}) + "\n" for text in texts)
    source.write_text("".join(rows), encoding="utf-8")
    run_main = (
        "from pressextract.batch import settle; settle.SHARD_ITEMS = 32;"
        "from pressextract.cli.app import main; main()"
    )
    arguments = ["batch", str(source), "-o", str(out), "--workers", "1", "--resume"]
    command = [sys.executable, "-c", run_main, *arguments]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        first = out.with_name("out.jsonl.parts") / "000000.shard"
        while not first.exists() and process.poll() is None:
            time.sleep(0.02)
        process.kill()
    assert first.exists()
    assert not out.exists()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    articles = [item for item in read_path(source) if isinstance(item, Article)]
    expected = "".join(record.to_json() + "\n" for record in extract_many(articles, nlp=nlp))
    assert out.read_text(encoding="utf-8") == expected
