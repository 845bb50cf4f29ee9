"""Records written and read back: nothing is lost, nothing half-written is left."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pressextract.errors import UsageError
from pressextract.schema import ArticleRecord, Mention, Meta, Person, Position, Role, Source
from pressextract.writers import WRITERS, find_writer
from pressextract.writers.lines import parse_line
from pressextract.writers.sqlite import RECORDS_TOGETHER
from pressextract.writers.tables import tables

MENTION = Mention(start=0, end=6, text="Hélène")
RECORDS = [
    ArticleRecord(
        id="a1",
        source=Source(path="x.zip", format="text", member="é.txt"),
        title="=1+1",
        published="2020-06-01",
        people=[
            Person(
                id="p1", name="Hélène Darcourt", aliases=["Mme Darcourt"], mentions=[MENTION], confidence=0.75
            )
        ],
        roles=[Role(id="r1", title="maire", normalized="maire", mentions=[MENTION])],
        positions=[
            Position(
                person="p1", role="r1", organization=None, status="current", evidence=MENTION, confidence=0.5
            )
        ],
        meta=Meta(pressextract="0", model="m", warnings=["un", "deux"]),
    ),
    ArticleRecord(id="a2", title='Une "citation",\nsur deux lignes', meta=Meta(pressextract="0", model="m")),
    ArticleRecord(id="a3", title="\ud800", meta=Meta(pressextract="0", model="m")),
]


def _lines() -> Iterator[str]:
    return (record.to_json() for record in RECORDS)


def test_jsonl_is_the_records(tmp_path: Path) -> None:
    find_writer("jsonl").write(_lines(), tmp_path / "o")
    read = [
        ArticleRecord.model_validate_json(line)
        for line in (tmp_path / "o").read_text("utf-8").splitlines()[:2]
    ]
    assert read == RECORDS[:2]


def test_csv_has_one_table_a_list(tmp_path: Path) -> None:
    find_writer("csv").write(_lines(), tmp_path / "o")
    assert {path.stem for path in (tmp_path / "o").iterdir()} == {table.name for table in tables()}
    found = {}
    for path in (tmp_path / "o").iterdir():
        with path.open(encoding="utf-8", newline="") as rows:
            found[path.stem] = list(csv.DictReader(rows))
    assert [row["id"] for row in found["articles"]] == ["a1", "a2", "a3"]
    assert found["articles"][0]["title"] == "'=1+1"  # a spreadsheet runs no formula
    assert found["articles"][1]["title"] == 'Une "citation",\nsur deux lignes'
    assert found["articles"][0]["source_member"] == "é.txt"
    (person,) = found["people"]
    assert (person["record"], person["name"], json.loads(person["aliases"])) == (
        "1",
        "Hélène Darcourt",
        ["Mme Darcourt"],
    )
    (position,) = found["positions"]
    assert (position["person_name"], position["role_name"], position["organization"]) == (
        "Hélène Darcourt",
        "maire",
        "",
    )
    assert (position["evidence_start"], position["evidence_text"]) == ("0", "Hélène")
    assert [(row["list"], row["entity"], row["text"]) for row in found["mentions"]] == [
        ("people", "p1", "Hélène"),
        ("roles", "r1", "Hélène"),
    ]


def test_sqlite_joins_tables_by_record(tmp_path: Path) -> None:
    find_writer("sqlite").write(_lines(), tmp_path / "o.db")
    query = "SELECT a.id, p.name, p.confidence FROM articles a JOIN people p USING (record)"
    with closing(sqlite3.connect(tmp_path / "o.db")) as database:
        assert database.execute(query).fetchall() == [("a1", "Hélène Darcourt", 0.75)]
        assert database.execute("SELECT count(*), max(title) FROM articles").fetchone()[0] == 3
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_parquet_nests_what_the_schema_nests(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    find_writer("parquet").write(_lines(), tmp_path / "o.parquet")
    rows = parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert [ArticleRecord.model_validate(row) for row in rows[:2]] == RECORDS[:2]
    assert rows[2]["title"] == "?"


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_output_is_replaced_whole_or_not_at_all(tmp_path: Path, writer: object) -> None:
    def broken() -> Iterator[str]:
        yield RECORDS[0].to_json()
        raise OSError("no space left")

    write, out = writer.write, tmp_path / "o"  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="no space left"):
        write(broken(), out)
    assert list(tmp_path.iterdir()) == []
    write(_lines(), out)
    with pytest.raises(OSError, match="no space left"):
        write(broken(), out)
    assert [path.name for path in tmp_path.iterdir()] == ["o"]
    write(iter(()), out)
    assert out.exists()


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_same_records_same_bytes(tmp_path: Path, writer: object) -> None:
    for name in "ab":
        writer.write(_lines(), tmp_path / name)  # type: ignore[attr-defined]
    files = [
        sorted(p for p in [tmp_path / name, *(tmp_path / name).rglob("*")] if p.is_file()) for name in "ab"
    ]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


@pytest.mark.parametrize("text", ["a\ud800b", "a\x07b", "é\u2028b"])
def test_what_no_file_can_hold_costs_no_record(tmp_path: Path, text: str) -> None:
    mention = Mention(start=0, end=3, text=text)
    person = Person(id="p1", name=text, aliases=[text], mentions=[mention], confidence=0.5)
    line = ArticleRecord(id="a", people=[person], meta=Meta(pressextract="0", model="m")).to_json()
    assert parse_line(line)["people"][0]["mentions"][0]["text"] == text.replace("\ud800", "?")
    for writer in WRITERS[1:]:
        find_writer(writer.name).write([line], tmp_path / writer.name)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as database:
        found = database.execute("SELECT name, aliases FROM people").fetchone()
    assert (found[0], json.loads(found[1])) == (text.replace("\ud800", "?"), [text.replace("\ud800", "?")])


def test_sqlite_numbers_records_over_its_groups(tmp_path: Path) -> None:
    count = 2 * RECORDS_TOGETHER + 1
    find_writer("sqlite").write((RECORDS[0].to_json() for _ in range(count)), tmp_path / "o")
    with closing(sqlite3.connect(tmp_path / "o")) as database:
        for table in ("articles", "people"):
            query = f"SELECT count(DISTINCT record), max(record) FROM {table}"  # noqa: S608
            assert database.execute(query).fetchone() == (count, count)


def test_unknown_format_is_said() -> None:
    with pytest.raises(UsageError, match="jsonl, csv, parquet, sqlite"):
        find_writer("xml")
