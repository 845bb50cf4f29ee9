"""Folders and archives in archives: every article once, in a fixed order, with where it came from."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from pressextract.archives import ItemError, ReadItem, read_bytes
from pressextract.archives.inputs import list_files, survey
from pressextract.archives.readers import scan_file
from pressextract.errors import UsageError
from pressextract.schema import Article

from .makers import make_tar, make_zip

LINES = b'{"text": "Un."}\n{"text": "Deux."}\n'


def _members(items: list[ReadItem]) -> list[str | None]:
    assert not [item for item in items if isinstance(item, ItemError)], items
    return [item.source.member for item in items if isinstance(item, Article)]


def test_zip_in_tar_in_zip() -> None:
    inner = make_zip({"a/b.txt": b"Un texte.", "c.jsonl": LINES})
    tar = make_tar({"x/inner.zip": inner, "x/d.txt.gz": gzip.compress("Été.".encode())})
    items = list(read_bytes(make_zip({"t.tar.gz": tar, "e.md": b"# Trois"}), name="all.zip"))
    assert _members(items) == [
        "t.tar/x/inner.zip/a/b.txt",
        "t.tar/x/inner.zip/c.jsonl:1",
        "t.tar/x/inner.zip/c.jsonl:2",
        "t.tar/x/d.txt",
        "e.md",
    ]
    ids = [item.id for item in items if isinstance(item, Article)]
    assert (ids[0], ids[3], ids[4]) == ("a/b", "x/d", "e")


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_single_compressed_file(compress: object) -> None:
    items = list(read_bytes(compress(LINES * 5000), name="a.jsonl.x"))  # type: ignore[operator]
    assert len(_members(items)) == 10_000


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_whatever_its_compression(mode: str) -> None:
    items = list(read_bytes(make_tar({"a.txt": b"Un.", "b.txt": b"Deux."}, mode=mode), name="x"))
    assert [item.text for item in items if isinstance(item, Article)] == ["Un.", "Deux."]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tables_in_a_tar(mode: str) -> None:
    members = {"a.csv": "text\nÉtel\n".encode(), "b.tsv": "text\nNé\n".encode("cp1252"), "c.jsonl": LINES}
    items = list(read_bytes(make_tar(members, mode=mode), name="x"))
    names = [str(member).removeprefix("x/") for member in _members(items)]
    assert names == ["a.csv:2", "b.tsv:2", "c.jsonl:1", "c.jsonl:2"]


def test_folder_is_read_in_order_without_furniture(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "a/page_files/style.css", "a/.hidden.txt", "c.PNG", "__MACOSX/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Un.", encoding="utf-8")
    files = list(list_files([tmp_path]))
    assert [file.id for file in files] == ["a/1", "b/2"]
    out = tmp_path / "out.jsonl"
    for name in ("out.jsonl", "out.jsonl.errors.jsonl", "out.jsonl.parts"):
        (tmp_path / name).touch()
    assert [file.id for file in list_files([tmp_path], exclude=out)] == ["a/1", "b/2"]
    assert survey([tmp_path], out).files == 2


def test_survey_sees_every_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un.", encoding="utf-8")
    before = survey([tmp_path])
    assert survey([tmp_path]) == before
    (tmp_path / "b.txt").write_text("Deux.", encoding="utf-8")
    assert survey([tmp_path]).digest != before.digest


def test_missing_input_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        list(list_files([tmp_path / "absent"]))


def test_share_of_a_long_file_grows_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "%s"}\n' % (b"mot " * 500) * 1000)
    shares: list[float] = []
    (file,) = list_files([tmp_path])
    assert len(list(scan_file(file, watch=shares.append))) == 1000
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1]
