"""Files as they come: wrong or odd charsets, covers, wrappers, markup where none is foreseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pressextract.archives import ItemError, read_bytes
from pressextract.archives.reader import ReadOptions
from pressextract.schema import Article

from .makers import make_zip

DATA = Path(__file__).parent / "data"
EXPORTS = sorted(path.name for path in DATA.iterdir())


def _read(data: bytes, name: str) -> list[Article]:
    items = list(read_bytes(data, name=name))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def _told(data: bytes, name: str) -> list[tuple[object, ...]]:
    return [
        (item.source.format, item.title, item.published, item.text)
        if isinstance(item, Article)
        else (item.member,)
        for item in read_bytes(data, name=name)
    ]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_in_every_format(name: str, codec: str) -> None:
    data = (DATA / name).read_bytes()
    other = ("\ufeff" + data.decode("utf-8-sig")).encode(codec)
    assert _told(other, name) == _told(data, name)
    (member, *_) = _told(make_zip({name: other}), "x.zip")
    assert member == _told(data, name)[0]


def test_utf16_of_tables() -> None:
    rows = '{"text": "À Étel."}\n{"text": "\U0001f600"}\n'
    for text, name in (
        (rows, "x.jsonl"),
        ('[{"text": "À Étel."}, {"text": "\U0001f600"}]', "x.json"),
        ("id\ttext\n1\tÀ Étel.\n2\t\U0001f600\n", "x.tsv"),
    ):
        assert [article.text for article in _read(text.encode("utf-16"), name)] == ["À Étel.", "\U0001f600"]


def test_broken_utf16_is_one_error() -> None:
    (error,) = read_bytes("Un texte.".encode("utf-16") + b"\x00\xd8", name="x.txt")
    assert isinstance(error, ItemError)
    assert error.reason == "broken UTF-16 text; save it as UTF-8"


def test_jsonl_line_in_windows_1252_is_read_with_a_warning() -> None:
    data = '{"text": "À Étel."}\n'.encode("cp1252") + '{"text": "À Auray."}\n'.encode()
    first, second = _read(data, "x.jsonl")
    assert (first.text, first.warnings) == ("À Étel.", ("not UTF-8; read as Windows-1252",))
    assert (second.text, second.warnings) == ("À Auray.", ())


def test_csv_as_excel_and_others_write_it() -> None:
    for data in (
        b"sep=;\r\nid;text\r\n1;Un, deux\r\n",
        b'"id","notes, et\nautres","text"\r\n1,x,"Un, deux"\r\n',
        b"id|text\n1|Un, deux",
    ):
        (article,) = _read(data, "x.csv")
        assert (article.id, article.text) == ("1", "Un, deux")
    (error,) = read_bytes(b'c,"a\nb"\n1,2\n', name="x.csv")
    assert isinstance(error, ItemError)
    assert error.reason.startswith("no column with the text; there are c, a b;")


def test_json_answer_of_an_interface_is_unpacked() -> None:
    rows = [{"texte": "Un.", "titre": "A"}, {"texte": "Deux."}]
    answer = json.dumps({"total": 2, "articles": rows, "tags": ["x"]}).encode()
    assert [(article.text, article.source.member) for article in _read(answer, "x.json")] == [
        ("Un.", "1"),
        ("Deux.", "2"),
    ]
    tags = json.dumps({"results": rows, "tags": [{"n": 1}]}).encode()
    assert [article.text for article in _read(tags, "x.json")] == ["Un.", "Deux."]
    one = json.dumps({"text": "Un.", "images": [{"text": "légende"}]}).encode()
    assert [article.text for article in _read(one, "x.json")] == ["Un."]
    page = json.dumps({"content": rows, "page": 1}).encode()  # the name of a text, but it holds a table
    assert [article.text for article in _read(page, "x.json")] == ["Un.", "Deux."]


def test_json_article_with_a_table_beside_its_text_stays_one() -> None:
    capital = json.dumps({"Text": "Un.", "Tags": [{"name": "x"}]}).encode()
    assert [article.text for article in _read(capital, "x.json")] == ["Un."]
    named = json.dumps({"chapo": "Un.", "tags": [{"name": "x"}]}).encode()
    (article,) = read_bytes(named, name="x.json", options=ReadOptions({"text": "chapo"}))
    assert isinstance(article, Article)
    assert article.text == "Un."
    (error,) = read_bytes(json.dumps({"text": None, "tags": [{"name": "x"}]}).encode(), name="x.json")
    assert isinstance(error, ItemError)
    assert "no text in 'text'" in error.reason


def test_article_inside_an_article_of_europresse_is_part_of_it() -> None:
    text = (DATA / "europresse_2018.html").read_text("utf-8")
    whole = _told(text.encode(), "x.html")
    where = "Elle succ&amp;egrave;de"
    assert where in text
    nested = _told(
        text.replace(f"<p>{where}", f"<article><p>Un message.</p></article><p>{where}", 1).encode(), "x.html"
    )
    assert len(nested) == len(whole)
    assert nested[1:] == whole[1:]
    assert "\nUn message.\nElle succède" in str(nested[0][3])


def test_articles_of_europresse_that_are_not_closed_are_still_several() -> None:
    text = (DATA / "europresse_2018.html").read_text("utf-8").replace("</article>", "")
    assert [row[1] for row in _told(text.encode(), "x.html")[:2]] == [
        "Une directrice pour les Ateliers Kervran",
        "En anglais dans le texte",
    ]


def test_nexis_text_after_a_cover_page() -> None:
    text = (DATA / "nexis.txt").read_text("utf-8")
    cover = "Nom : x\nDate : hier\nRecherche : conserverie\nSource : presse\n\n"
    assert _told((cover + text).encode(), "x.txt") == _told(text.encode(), "x.txt")
    prose = "Le premier des trois.\n\nLe second.\n\nLe troisième.\n\n2 de 3\n\nFin.\n"
    assert [row[0] for row in _told(prose.encode(), "x.txt")] == ["text"]


def test_newsml_text_that_is_escaped_html() -> None:
    item = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="u"><contentSet><inlineData '
        'contenttype="text/html">&lt;p&gt;La cri&lt;b&gt;ée&lt;/b&gt; rouvre.&lt;/p&gt;&lt;p&gt;Enfin.&lt;/p&gt;'
        "</inlineData></contentSet></newsItem>"
    )
    assert [article.text for article in _read(item.encode(), "x.xml")] == ["La criée rouvre.\nEnfin."]


def test_pictures_of_a_feed_are_passed_over_and_empty_texts_are_not() -> None:
    xml = (DATA / "newsml.xml").read_text("utf-8")
    assert "ninat:picture" in xml
    for kind in ("ninat:text", "http://cv.example/ninature/text"):
        *_, error = read_bytes(xml.replace("ninat:picture", kind).encode(), name="x.xml")
        assert isinstance(error, ItemError)
        assert (error.member, error.reason) == ("3", "no text in it")
    items = json.loads((DATA / "ninjs3.json").read_text("utf-8"))
    for kind in ("text", None):
        items[1]["type"] = kind
        *_, error = read_bytes(json.dumps(items).encode(), name="x.json")
        assert isinstance(error, ItemError)
        assert (error.member, error.reason) == ("2", "no text in it")


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Par Iris Morvan", "Iris Morvan"),
        ("PAR IRIS MORVAN", "IRIS MORVAN"),
        ("By Iris Morvan", "Iris Morvan"),
        ("Par notre correspondante", "Par notre correspondante"),
        ("Parvati Morvan", "Parvati Morvan"),
    ],
)
def test_author_is_the_name_in_the_byline(byline: str, author: str) -> None:
    xml = (DATA / "newsml.xml").read_text("utf-8").replace("<by>Iris Morvan", f"<by>{byline}")
    assert next(iter(_read(xml.encode(), "x.xml"))).author == author


def test_iramuteq_in_windows_1252_is_read_with_a_warning() -> None:
    text = (DATA / "iramuteq.txt").read_text("utf-8").replace("ligne de bus", "ligne d'été")
    articles = _read(text.encode("cp1252"), "x.txt")
    assert articles[0].text.startswith("Le musée")
    assert [article.warnings for article in articles] == [("not UTF-8; read as Windows-1252",)] * 2
    assert _told(text.encode("cp1252"), "x.txt") == _told(text.encode("utf-8-sig"), "x.txt")
    assert _read(text.encode("utf-8-sig"), "x.txt")[0].warnings == ()


def test_label_of_an_inset_of_nexis_is_not_text() -> None:
    text = (DATA / "nexis.txt").read_text("utf-8")
    label = "LONGUEUR: "
    assert label in text
    assert _told(text.replace(label, f"ENCART: Un chapeau.\n\n{label}").encode(), "x.txt") == _told(
        text.encode(), "x.txt"
    )


@pytest.mark.parametrize(
    ("header", "number", "day"),
    [
        ("Rétro, 1 mai 1968 revisité, mardi 3 mai 2016 - 10:32 UTC+1 100 mots", "20160503", "2016-05-03"),
        ("mardi 3 mai 2016, p. 4, reprise du 2 mai 1968", "20160504", "2016-05-03"),
        ("Rétro, 1 mai 1968 revisité, mardi 3 mai 2016 100 mots", None, "2016-05-03"),
        ("Rétro 100 mots", "20160503", "2016-05-03"),
    ],
)
def test_day_of_europresse_is_that_of_the_issue(header: str, number: str | None, day: str) -> None:
    document = f'<div class="publiC-lblNodoc">news·{number}·LP·1</div>' if number else ""
    page = (
        '<html><article><div class="DocPublicationName">Le Phare</div>'
        f'<div class="DocHeader">{header}</div><div class="docOcurrContainer"><p>Un.</p></div>{document}</article>'
    )
    assert [article.published for article in _read(page.encode(), "x.html")] == [day]


@pytest.mark.parametrize("name", ["Le Phare n° 34", "Le Phare N°34", "Le Phare, no. 34", "Le Phare nº 34"])
def test_publisher_of_europresse_is_without_its_number(name: str) -> None:
    page = (
        f'<html><article><div class="DocPublicationName">{name}</div>'
        '<div class="docOcurrContainer"><p>Un.</p></div></article>'
    )
    assert [article.publisher for article in _read(page.encode(), "x.html")] == ["Le Phare"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>{}</p>",
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html><html><body><p>{}</p></body></html>',
        "<html><body><table><tr><td><font>{}</font></td></tr></table></body></html>",
    ],
    ids=["fragment", "xhtml", "table"],
)
def test_small_and_odd_pages_have_their_text(page: str) -> None:
    text = "Été à Étel, la criée a rouvert lundi, avec douze personnes et un nouveau directeur."
    (article,) = _read(page.format(text).encode(), "x.html")
    assert article.text == text
