"""Writes that the system itself refuses: what is done is kept, one line says so, and the run can go on."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

import pytest

from pressextract.batch import chunks, settle
from pressextract.batch.pool import InProcess
from pressextract.batch.run import BatchOptions, run_batch
from pressextract.batch.shards import OutputError

Write = Callable[..., Path]
ITEMS = 400
MOST_BYTES = 15_000
"""More than a shard of four records has, less than the output of 400 in any format."""


def _run_bounded(news: Connection, arguments: tuple[object, ...]) -> None:
    """Run a batch in a process whose files may not grow over ``MOST_BYTES``."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    try:
        _run(*arguments)  # type: ignore[arg-type]
    except OutputError as err:
        news.send(str(err))
    else:
        news.send("done")


def _run(source: Path, out: Path, options: BatchOptions, stubs: ModuleType) -> int:
    return run_batch([source], out, options, engine=nullcontext(InProcess(stubs.StubFactory()))).done


def _word(number: int, times: int = 1) -> str:
    """A word that packs badly."""
    return hashlib.sha512(str(number).encode()).hexdigest() * times


@pytest.mark.parametrize("output_format", ["jsonl", "csv", "parquet", "sqlite"])
@pytest.mark.parametrize("refused", ["shard", "output"])
def test_refused_write_keeps_what_is_done(
    tmp_path: Path,
    articles: Write,
    stubs: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    output_format: str,
    refused: str,
) -> None:
    monkeypatch.setattr(settle, "SHARD_ITEMS", 4)
    monkeypatch.setattr(chunks, "CHUNK_ITEMS", 4)
    times = 30 if refused == "shard" else 1
    source, out = articles(*(_word(n, times if n == 300 else 1) for n in range(ITEMS))), tmp_path / "out"
    options = BatchOptions(format=output_format, resume=True)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    stubbed = (source, out, options, stubs)
    child = multiprocessing.get_context("fork").Process(target=_run_bounded, args=(theirs, stubbed))
    child.start()
    child.join()
    said = ours.recv()
    assert "what is done is kept, go on with --resume" in said, said
    assert len(list(tmp_path.glob("out.parts/*.shard"))) == (75 if refused == "shard" else 100)
    assert not out.exists()
    assert not list(tmp_path.glob("*.tmp"))
    assert _run(*stubbed) == ITEMS


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    mount = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(mount, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="a small disk cannot be mounted here")
@pytest.mark.parametrize("output_format", ["jsonl", "parquet", "sqlite"])
def test_disk_that_is_full(tmp_path: Path, articles: Write, stubs: ModuleType, output_format: str) -> None:
    source, disk = articles(*(f"{_word(number)} dit." for number in range(64))), tmp_path / "disk"
    disk.mkdir()
    script = Path(stubs.__file__ or "").with_name("fill_disk.py")
    run = [sys.executable, str(script), str(source), str(disk / "out"), output_format]
    mounted = [
        "sh",
        "-c",
        'mount -t tmpfs -o size=2m tmpfs "$1" && shift && exec "$@"',
        "sh",
        str(disk),
        *run,
    ]
    inside = ["unshare", "--user", "--map-root-user", "--mount", *mounted]
    said, left, done = subprocess.run(inside, check=True, capture_output=True, text=True).stdout.splitlines()
    assert said.endswith("the disk is full; free some space; what is done is kept, go on with --resume")
    assert left == "filler out.parts"
    assert done == "64"
