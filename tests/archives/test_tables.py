"""JSONL, JSON, CSV, Parquet, Arrow: which column holds what."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from pressextract.archives import ItemError, read_bytes, read_path
from pressextract.archives.columns import map_columns, parse_columns
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


def _articles(data: bytes, name: str) -> list[Article]:
    items = list(read_bytes(data, name=name))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


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


def test_csv_charset_is_told_row_by_row() -> None:
    rows = ["id;texte", *(f"{number};{'mot ' * 20}" for number in range(9_000)), "a;Né à Étel."]
    data = "\n".join(rows).encode("cp1252") + "\nb;Née à Auray.\n".encode() + b"c;\xc9t\xe9\n"
    *_, other, sound, last = _articles(data, "a.csv")
    assert (other.text, other.warnings) == ("Né à Étel.", ("not UTF-8; read as Windows-1252",))
    assert (sound.text, sound.warnings) == ("Née à Auray.", ())
    assert (last.text, last.warnings) == ("Été", ("not UTF-8; read as Windows-1252",))
    stray = "texte\n" + "É" * 20 + "\n" + "é" * 20
    first, second = _articles(stray.encode() + b"\xff\n", "a.csv")
    assert (first.text, first.warnings) == ("É" * 20, ())
    assert (second.text, second.warnings) == (
        "é" * 20 + "\ufffd",
        ("1 bytes were not UTF-8 and were replaced",),
    )


def test_csv_lines_of_any_system() -> None:
    for end in ("\n", "\r\n", "\r"):
        data = end.join(["id,text", f'1,"Un.{end}Deux."', "2,Trois."]).encode()
        assert [article.text for article in _articles(data, "a.csv")] == [f"Un.{end}Deux.", "Trois."]


def test_csv_row_with_more_cells_than_the_header_is_an_error() -> None:
    data = b"id,text,date\n1,Un, deux, trois.,2024-01-01\n2,Quatre.,2024-01-01,,\n3,Cinq.\n"
    error, full, short = read_bytes(data, name="a.csv")
    assert isinstance(error, ItemError)
    assert (error.member, error.reason) == ("2", "the row has 5 cells, the header 3; put texts in quotes")
    assert isinstance(full, Article)
    assert isinstance(short, Article)
    assert (full.text, short.text) == ("Quatre.", "Cinq.")


def test_csv_delimiter_is_not_counted_in_quotes() -> None:
    article = _only(read_bytes(b'"id";"titre, chapeau, autres";"texte"\n1;x;"Un, deux."\n', name="a.csv"))
    assert (article.id, article.text) == ("1", "Un, deux.")


def test_csv_of_one_column_has_delimiters_in_its_texts() -> None:
    (article,) = _articles(b"texte\nUn,\tdeux; trois | quatre.\n", "a.csv")
    assert article.text == "Un,\tdeux; trois | quatre."


def test_tabs_without_quoting_have_quotes_in_their_texts() -> None:
    texts = ['"Nous ouvrons", dit-elle.', '"Un début sans fin.', 'Le "Phare" ouvre.', "Quatre."]
    rows = "".join(f"{number}\tT\t{text}\n" for number, text in enumerate(texts))
    articles = _articles(f"id\ttitre\ttexte\n{rows}".encode(), "a.tsv")
    assert [article.text for article in articles] == texts
    assert not any(article.warnings for article in articles)


def test_quote_that_is_not_closed_costs_no_other_row() -> None:
    rows = [f'{number},T,"Le pont, neuf, numéro {number}, rouvre."' for number in range(5)]
    rows[1] = rows[1][:-1]
    articles = _articles("\n".join(["id,titre,texte", *rows]).encode(), "a.csv")
    assert [article.text for article in articles] == [
        f"Le pont, neuf, numéro {number}, rouvre." for number in range(5)
    ]
    assert [len(article.warnings) for article in articles] == [0, 1, 0, 0, 0]
    assert articles[1].warnings[0].startswith("a quote in this row is not closed;")
    plain = b'id,titre,texte\n1,T,"Le pont\nrouvre lundi.\n2,T,Le port aussi.\n3,T,Le lac enfin.\n'
    assert [article.text for article in _articles(plain, "a.csv")] == [
        "Le pont\nrouvre lundi.",
        "Le port aussi.",
        "Le lac enfin.",
    ]


def test_csv_that_ends_in_a_quote_or_has_bare_ones_is_said() -> None:
    data = b'id,text\n1,"Il dit "oui"."\n2,"Un texte\nde deux lignes'
    first, second = _articles(data, "a.csv")
    assert "oui" in first.text
    assert second.text == "Un texte\nde deux lignes"
    for article in (first, second):
        assert article.warnings[0].startswith("quotes inside a quoted cell are not doubled, or one is not")


def test_rows_swallowed_by_sound_quotes_are_warned_of() -> None:
    data = b'id,text\n1,"Le pont rouvre.\n2,Le port ferme."\n3,Le lac.\n'
    first, last = _articles(data, "a.csv")
    assert first.warnings == ("a quoted cell of this row holds what looks like other rows; check its quotes",)
    assert (last.text, last.warnings) == ("Le lac.", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_sound_csv_with_line_breaks_is_read_as_it_is(delimiter: str) -> None:
    texts = [
        'Il a dit, hier, "oui".\nElle, non ; enfin, presque.\n\n"Peut-être", dit-on.\n',
        "Hausse de 1,5 %, puis de 2,5 %.\n- un, deux\n- trois; quatre\n",
        '"',
        '\n"\n',
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["id", "titre", "texte"], *([n, "Un titre", text] for n, text in enumerate(texts))])
    articles = _articles(out.getvalue().encode(), "a.csv")
    assert [article.text for article in articles] == texts
    assert not any(article.warnings for article in articles)


def test_csv_damaged_in_a_gzip_keeps_the_rows_before() -> None:
    rows = b"".join(b'%d,"%s"\n' % (number, os.urandom(500).hex().encode()) for number in range(2_000))
    packed = gzip.compress(b"id,text\n" + rows)
    *good, error = read_bytes(packed[: len(packed) // 2], name="a.csv.gz")
    assert 800 < len(good) < 1_100
    assert isinstance(error, ItemError)


def test_json_that_is_not_utf8_is_read_with_a_warning() -> None:
    rows = [{"text": "Né à Étel."}, {"text": "Oui."}, {"text": "É" * 300}]
    for indent in (None, 2):
        data = json.dumps(rows, ensure_ascii=False, indent=indent).encode("cp1252")
        articles = _articles(data, "a.json")
        assert [article.text for article in articles] == [row["text"] for row in rows]
        told = ("not UTF-8; read as Windows-1252",)
        assert [article.warnings for article in articles] == [told, (), told]
    half = json.dumps(rows, ensure_ascii=False).encode() + b"[" + '{"text": "Été"}'.encode("cp1252")
    assert [bool(article.warnings) for article in _articles(half, "a.json")] == [False, False, False, True]


def test_column_names_in_any_spelling() -> None:
    assert map_columns(["_id", "id", "text"], {})["id"] == "id"  # as it is written goes first
    for name in ("publishedAt", "published_at", "Published at", "PUBLISHED-AT"):
        row = {"source": {"id": None, "name": "Le Phare"}, name: "2021-03-04T10:00:00Z", "content": "Un."}
        article = _only(read_bytes(json.dumps({"articles": [row]}).encode(), name="a.json"))
        assert (article.published, article.publisher) == ("2021-03-04", "Le Phare")


def test_json_is_known_by_its_content() -> None:
    for value in (ROW, [ROW]):
        _check(_only(read_bytes(json.dumps(value, indent=1).encode(), name="a.txt")))
    (prose,) = read_bytes(b'{"Un mot"} entre accolades.', name="a.txt")
    assert isinstance(prose, Article)
    assert prose.text.startswith("{")


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
