"""A run from inputs to output: order, errors, resuming, what stands in the way."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pressextract.batch import settle, shards
from pressextract.batch.chunks import Inputs
from pressextract.batch.pool import Done, Engine, InProcess
from pressextract.batch.run import BatchOptions, Progress, run_batch
from pressextract.batch.shards import Counts, OutputError
from pressextract.errors import UsageError

Write = Callable[..., Path]
RESUME = BatchOptions(resume=True)


@pytest.fixture
def engine(stubs: ModuleType) -> AbstractContextManager[Engine]:
    return nullcontext(InProcess(stubs.StubFactory()))


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_records_in_order_and_failures_with_their_reason(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine]
) -> None:
    source = articles(*(f"Mot{number} dit." for number in range(100)), "FAIL", "Dernier mot.")
    with source.open("a", encoding="utf-8") as more:
        more.write("{broken\n")
    seen: list[Progress] = []
    out = tmp_path / "deep" / "out.jsonl"
    counts = run_batch([source], out, engine=engine, progress=seen.append)
    assert counts == Counts(done=101, failed=2)
    assert [row["id"] for row in _lines(out)] == [f"a{number}" for number in range(102) if number != 100]
    failed, broken = _lines(out.with_name("out.jsonl.errors.jsonl"))
    assert failed == {"id": "a100", "path": str(source), "member": "101", "reason": "ValueError: on purpose"}
    assert (broken["id"], broken["member"]) == (f"{source}:103", "103")
    assert [state.counts.done for state in seen] == [32, 64, 96, 101]
    assert seen[-1].read == pytest.approx(seen[-1].size) == source.stat().st_size
    assert sorted(path.name for path in out.parent.iterdir()) == [
        "out.jsonl",
        "out.jsonl.errors.jsonl",
        "out.jsonl.run.json",
    ]


def test_old_errors_file_goes_when_nothing_fails(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine]
) -> None:
    (tmp_path / "out.jsonl.errors.jsonl").write_text("old", encoding="utf-8")
    run_batch([articles("Un.")], tmp_path / "out.jsonl", engine=engine)
    assert not (tmp_path / "out.jsonl.errors.jsonl").exists()


class _Interrupted:
    """Runs some chunks, then is interrupted."""

    def __init__(self, inner: Engine, chunks: int) -> None:
        self._inner, self._left = inner, chunks

    def run(self, inputs: Inputs) -> Iterator[Done]:
        for done in self._inner.run(inputs):
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            yield done


@pytest.fixture
def interrupted(
    tmp_path: Path, articles: Write, stubs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """A run that was interrupted after two shards; its input and its output."""
    monkeypatch.setattr(settle, "SHARD_ITEMS", 64)
    source, out = articles(*(f"Mot{number} dit." for number in range(400))), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run_batch([source], out, engine=nullcontext(_Interrupted(InProcess(stubs.StubFactory()), 5)))
    assert len(list((tmp_path / "out.jsonl.parts").glob("*.shard"))) == 2
    assert not out.exists()
    return source, out


class _Counting:
    """Counts the items that are worked on."""

    def __init__(self, inner: Engine) -> None:
        self._inner, self.items = inner, 0

    def run(self, inputs: Inputs) -> Iterator[Done]:
        for done in self._inner.run(inputs):
            self.items += len(done.outcomes)
            yield done


def test_resume_does_the_rest_only(interrupted: tuple[Path, Path], stubs: ModuleType) -> None:
    source, out = interrupted
    counting = _Counting(InProcess(stubs.StubFactory()))
    assert run_batch([source], out, RESUME, engine=nullcontext(counting)).done == 400
    assert counting.items == 400 - 128
    assert [row["id"] for row in _lines(out)] == [f"a{number}" for number in range(400)]
    assert not out.with_name("out.jsonl.parts").exists()


def test_finished_run_is_not_done_again(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine], stubs: ModuleType
) -> None:
    source, out = articles("Un.", "FAIL"), tmp_path / "out.jsonl"
    first = run_batch([source], out, RESUME, engine=engine)
    counting = _Counting(InProcess(stubs.StubFactory()))
    assert run_batch([source], out, RESUME, engine=nullcontext(counting)) == first == Counts(1, 1)
    assert counting.items == 0
    articles("Un.", "Deux.", "Trois.")
    assert run_batch([source], out, RESUME, engine=nullcontext(counting)) == Counts(3)


def test_interrupted_run_is_not_thrown_away(
    interrupted: tuple[Path, Path], engine: AbstractContextManager[Engine], articles: Write
) -> None:
    source, out = interrupted
    with pytest.raises(UsageError, match="--resume"):
        run_batch([source], out, engine=engine)
    with pytest.raises(UsageError, match="had other dedup"):
        run_batch([source], out, replace(RESUME, dedup="mark"), engine=engine)
    articles("Autre chose.")
    with pytest.raises(UsageError, match="had other inputs"):
        run_batch([source], out, RESUME, engine=engine)


def test_resume_may_change_format(
    interrupted: tuple[Path, Path], engine: AbstractContextManager[Engine]
) -> None:
    source, out = interrupted
    assert run_batch([source], out, replace(RESUME, format="csv"), engine=engine).done == 400
    assert (out / "people.csv").exists()


def test_full_disk_keeps_what_is_done(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "SHARD_ITEMS", 64)
    source, out = articles(*(f"Mot{number} dit." for number in range(400))), tmp_path / "out.jsonl"
    whole, calls = shards.write_whole, iter(range(100))

    def write(path: Path, text: str) -> None:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(path, text)

    monkeypatch.setattr(shards, "write_whole", write)
    with pytest.raises(OutputError, match=r"the disk is full; free some space; .* --resume"):
        run_batch([source], out, engine=engine)
    assert run_batch([source], out, RESUME, engine=engine).done == 400
    assert len(_lines(out)) == 400


def test_unwritable_output_is_one_line(
    articles: Write, engine: AbstractContextManager[Engine], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        run_batch([articles("Un.")], tmp_path / "file" / "out.jsonl", engine=engine)


def test_nothing_of_the_user_is_overwritten(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine]
) -> None:
    source, folder = articles("Un."), tmp_path / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("Mes notes.", encoding="utf-8")
    for out, options, reason in (
        (source, BatchOptions(), "is an input"),
        (folder, BatchOptions(), "is a folder; jsonl needs a file"),
        (folder, BatchOptions(format="csv"), "holds other files"),
        (source, BatchOptions(format="csv"), "is a file; csv needs a folder"),
    ):
        with pytest.raises(UsageError, match=reason):
            run_batch([source], out, options, engine=engine)
    assert (folder / "notes.txt").exists()
    (folder / "notes.txt").unlink()
    for _ in range(2):
        assert run_batch([source], folder, BatchOptions(format="csv"), engine=engine) == Counts(1)


def test_output_inside_the_input_folder_is_not_read(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine]
) -> None:
    articles("Un.", name="a.jsonl")
    out = tmp_path / "z.jsonl"
    assert run_batch([tmp_path], out, engine=engine) == Counts(1)
    assert run_batch([tmp_path], out, engine=engine) == Counts(1)


def test_output_that_cannot_be_written_does_not_speak_of_resuming(
    tmp_path: Path, articles: Write, engine: AbstractContextManager[Engine]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written .*; nothing was done; write it elsewhere$"):
        run_batch([articles("Un.")], tmp_path / "file" / "out", engine=engine)
