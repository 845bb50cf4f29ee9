"""Near-duplicates: wire copy in several editions is one group; different articles are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pytest

from pressextract.batch.duplicates import DuplicateIndex, sign
from pressextract.batch.pool import InProcess
from pressextract.batch.run import BatchOptions, run_batch
from pressextract.batch.shards import Counts

pytest.importorskip("datasketch")
WIRE = " ".join(
    f"Le {n}e canot de sauvetage de la station numéro {n} a été mis à l'eau par {n + 3} bénévoles."
    for n in range(20)
)
LOCAL = (
    "À Morlaix, la fête a duré jusqu'au soir. "
    + WIRE.replace("canot", "bateau", 2)
    + " (avec nos correspondants)"
)
OTHER = " ".join(
    f"La {n}e course du comice agricole, longue de {n} tours, revient à l'écurie {n + 7}." for n in range(20)
)


def test_editions_are_one_group_and_others_are_not() -> None:
    index = DuplicateIndex()
    for name, text in (("wire", WIRE), ("other", OTHER)):
        signature = sign(text)
        assert signature is not None
        assert index.find(signature) is None
        index.add(name, signature)
    for text in (WIRE, WIRE.upper(), LOCAL):
        match = index.find(sign(text) or b"")
        assert match is not None
        assert match.id == "wire"
    assert sign("Trop court pour être comparé.") is None


def _run(
    tmp_path: Path, source: Path, dedup: Literal["keep", "mark", "drop"], stubs: ModuleType
) -> tuple[Counts, list[Any], list[Any]]:
    out, engine = tmp_path / f"{dedup}.jsonl", InProcess(stubs.StubFactory(signatures=dedup != "keep"))
    counts = run_batch([source], out, BatchOptions(dedup=dedup), engine=nullcontext(engine))
    side = out.with_name(out.name + ".duplicates.jsonl")
    files = [path.read_text(encoding="utf-8").splitlines() if path.exists() else [] for path in (out, side)]
    return counts, *([json.loads(line) for line in lines] for lines in files)  # type: ignore[return-value]


def test_keep_mark_drop(tmp_path: Path, articles: Callable[..., Path], stubs: ModuleType) -> None:
    source = articles(WIRE, OTHER, LOCAL, "Court.", "Court.", WIRE)
    counts, records, listed = _run(tmp_path, source, "keep", stubs)
    assert (counts, len(records), listed) == (Counts(6), 6, [])
    counts, records, listed = _run(tmp_path, source, "mark", stubs)
    assert (counts, len(records)) == (Counts(6, duplicates=2), 6)
    assert [record["meta"]["warnings"] for record in records] == [
        [],
        [],
        ["near-duplicate of a0"],
        [],
        [],
        ["near-duplicate of a0"],
    ]
    counts, records, again = _run(tmp_path, source, "drop", stubs)
    assert (counts, [record["id"] for record in records]) == (
        Counts(4, duplicates=2),
        ["a0", "a1", "a3", "a4"],
    )
    assert again == listed
    assert [(entry["id"], entry["member"], entry["duplicate_of"]) for entry in listed] == [
        ("a2", "3", "a0"),
        ("a5", "6", "a0"),
    ]
    assert listed[1]["similarity"] == 1.0 > listed[0]["similarity"] > 0.6
