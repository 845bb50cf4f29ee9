"""JSONL, JSON, CSV, Parquet, Arrow: which column holds what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pressextract.archives import ItemError, read_bytes, read_path
from pressextract.archives.columns import parse_columns
from pressextract.archives.inputs import list_files
from pressextract.archives.reader import ReadOptions
from pressextract.archives.readers import scan_file
from pressextract.errors import UsageError
from pressextract.schema import Article

from .makers import make_zip

ROW = {
    "id": "n1",
    "titre": "Un pont",
    "contenu": "Le pont d'Aulne rouvre.",
    "date": "31/12/2024",
    "journal": "Le Phare",
}


def _only(items: Any) -> Article:
    (item,) = items
    assert isinstance(item, Article), item
    return item


def _check(article: Article) -> None:
    assert (article.id, article.title, article.text) == ("n1", "Un pont", "Le pont d'Aulne rouvre.")
    assert (article.published, article.publisher) == ("2024-12-31", "Le Phare")


def test_jsonl_errors_cost_their_line_only() -> None:
    data = b'{"text": "Un."}\n\n{"text": 3}\n[1]\n{"texte": "Deux.", "published": "2020-02-30"}\n{"text": ""}\n\xff\n{"x": 1}'
    items = list(read_bytes(data, name="a.jsonl"))
    assert [item.text for item in items if isinstance(item, Article)] == ["Un.", "Deux.", ""]
    errors = [(error.member, error.reason) for error in items if isinstance(error, ItemError)]
    assert [member for member, _ in errors] == ["3", "4", "7", "8"]
    assert "no column with the text; there are x" in errors[-1][1]
    dated = items[3]
    assert isinstance(dated, Article)
    assert dated.published is None
    assert dated.warnings == ("published: '2020-02-30' is not a day; read without one",)


@pytest.mark.parametrize("indent", [None, 2])
def test_json_array_and_single_object(indent: int | None) -> None:
    many = json.dumps([ROW, {**ROW, "id": "n2"}], indent=indent).encode()
    assert [item.id for item in read_bytes(many, name="a.json") if isinstance(item, Article)] == ["n1", "n2"]
    _check(_only(read_bytes(json.dumps(ROW, indent=indent).encode(), name="a.json")))


def test_json_array_longer_than_one_read() -> None:
    rows = [{"text": "mot " * 300, "id": str(number)} for number in range(600)]
    items = list(read_bytes(json.dumps(rows).encode(), name="a.json"))
    assert [item.id for item in items if isinstance(item, Article)] == [str(number) for number in range(600)]


def test_broken_json_keeps_what_came_before() -> None:
    good, error = read_bytes(b'[{"text": "Un."}, {"text": ', name="a.json")
    assert isinstance(good, Article)
    assert isinstance(error, ItemError)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiters_quotes_and_newlines(delimiter: str) -> None:
    head = delimiter.join(ROW)
    cells = delimiter.join(f'"{value}"' for value in ROW.values())
    text = f'{head}\r\n{cells}\r\nn2{delimiter}{delimiter}"Deux{delimiter}\nlignes ""ici""."{delimiter}{delimiter}\r\nn3{delimiter * 4}\r\n'
    first, second, third = read_bytes(text.encode(), name="a.csv")
    assert isinstance(first, Article)
    _check(first)
    assert isinstance(second, Article)
    assert second.text == f'Deux{delimiter}\nlignes "ici".'
    assert second.title is None
    assert isinstance(third, ItemError)


def test_csv_in_windows_1252_is_read_with_a_warning() -> None:
    article = _only(read_bytes("text;titre\nÉtel;Né\n".encode("cp1252"), name="a.csv"))
    assert (article.text, article.title) == ("Étel", "Né")
    assert article.warnings == ("not UTF-8; read as Windows-1252",)


def test_chosen_columns_win_and_missing_ones_are_said() -> None:
    data = b"text,chapo,d\nA,B,20241231\n"
    options = ReadOptions(parse_columns("text=chapo, published=d"))
    article = _only(read_bytes(data, name="a.csv", options=options))
    assert (article.text, article.published) == ("B", "2024-12-31")
    (error,) = read_bytes(data, name="a.csv", options=ReadOptions({"text": "corps"}))
    assert isinstance(error, ItemError)
    assert error.reason == "no column 'corps'; there are text, chapo, d"
    with pytest.raises(UsageError, match="field=column"):
        parse_columns("texte=x")


def test_epoch_milliseconds_of_factiva_snapshots() -> None:
    row = {"an": "X1", "body": "Un texte.", "publication_date": 1735603200000, "source_name": "Le Phare"}
    article = _only(read_bytes(json.dumps(row).encode() + b"\n", name="a.jsonl"))
    assert (article.id, article.published, article.publisher) == ("X1", "2024-12-31", "Le Phare")


def test_parquet_alone_and_in_a_zip(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.Table.from_pylist([{**ROW, "inutile": [1, 2]}] * 3)
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    items = list(read_path(tmp_path / "a.parquet"))
    assert len(items) == 3
    assert isinstance(items[0], Article)
    _check(items[0])
    packed = make_zip({"d/a.parquet": (tmp_path / "a.parquet").read_bytes()})
    members = [item.source.member for item in read_bytes(packed, name="x.zip") if isinstance(item, Article)]
    assert members == ["d/a.parquet:1", "d/a.parquet:2", "d/a.parquet:3"]


def test_dataset_on_disk_reads_its_own_files_only(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.DatasetDict({"train": datasets.Dataset.from_list([ROW, {**ROW, "id": "n2"}])})
    data.save_to_disk(tmp_path / "corpus")
    (tmp_path / "corpus" / "train" / "cache-1.arrow").write_bytes(b"\xff\xff\xff\xff left over")
    files = list(list_files([tmp_path / "corpus"]))
    items = [item for file in files for item in scan_file(file)]
    assert [item.id for item in items if isinstance(item, Article)] == ["n1", "n2"]
    assert len(items) == 2
