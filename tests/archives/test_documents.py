"""Formats made by program: Word documents, WARC."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from pressextract.archives import ItemError, read_bytes
from pressextract.schema import Article

from .makers import make_docx

PAGE = (Path(__file__).parent / "data" / "page.html").read_bytes()
COVER = [
    "User Name: x",
    "Date and Time: Monday, January 6, 2025",
    "Job Number: 12",
    "Documents (2)",
    "1. Un pont",
    "Client/Matter: -None-",
]
ARTICLE = [
    "",
    "Un pont rouvre",
    "Le Phare(Brest)",
    "31 décembre 2024 mardi",
    "Copyright 2024 Le Phare Tous droits réservés",
    "Section:\u00a0Économie; Pg. 4",
    "Length:\u00a0355 words",
    "Byline:\u00a0Iris Morvan",
    "Highlight:\u00a0Un chapeau",
    "Body",
    "",
    "Le pont d'Aulne\trouvre & respire.",
    "Il était fermé depuis mai.",
    "Graphic",
    "Un quai",
    "Classification",
    "Language: FRENCH",
    "Load-Date: January 2, 2025",
    "End of Document",
]


def test_lexis_document_of_several_articles() -> None:
    second = [
        line.replace("Un pont rouvre", "Un bac").replace(
            "31 décembre 2024 mardi", "July 1, 2019 Monday 9:20 AM GMT"
        )
        for line in ARTICLE
    ]
    broken = ["Sans corps", "Le Phare", "1 mai 2020", "End of Document"]
    items = list(read_bytes(make_docx([*COVER, *ARTICLE, *second, *broken]), name="x.docx"))
    first, other, error = items
    assert isinstance(first, Article)
    assert (first.title, first.publisher, first.author) == (
        "Un pont rouvre",
        "Le Phare(Brest)",
        "Iris Morvan",
    )
    assert first.published == "2024-12-31"
    assert first.text == "Le pont d'Aulne rouvre & respire.\nIl était fermé depuis mai."
    assert first.source.format == "lexis"
    assert isinstance(other, Article)
    assert (other.title, other.published) == ("Un bac", "2019-07-01")
    assert isinstance(error, ItemError)
    assert error.member == "3"


@pytest.mark.parametrize(("kept", "is_read"), [(17, True), (12, True), (2, False)])
def test_last_article_of_a_lexis_document_that_is_cut_off_is_not_lost(kept: int, is_read: bool) -> None:
    _, last = read_bytes(make_docx([*ARTICLE, *ARTICLE[:kept]]), name="x.docx")
    if is_read:
        assert isinstance(last, Article)
        assert (last.title, last.source.member) == ("Un pont rouvre", "2")
        assert last.text.startswith("Le pont d'Aulne")
        assert last.warnings == ("no 'End of Document' after it; the file may be cut off",)
    else:
        assert isinstance(last, ItemError)
        assert (last.member, last.reason) == ("2", "no body: the line 'Body' is missing")


def test_blank_lines_after_the_last_article_are_nothing() -> None:
    assert len(list(read_bytes(make_docx([*ARTICLE, "", " "]), name="x.docx"))) == 1


def test_any_other_document_is_one_article() -> None:
    (article,) = read_bytes(make_docx(["Un titre", "Une phrase."]), name="note.docx", article_id="note")
    assert isinstance(article, Article)
    assert (article.id, article.text, article.source.format) == ("note", "Un titre\nUne phrase.", "docx")


def _record(kind: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(body)):032x}>"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join([*lines, "WARC-Date: 2024-12-31T00:00:00Z", f"Content-Length: {len(body)}", "", ""])
    return head.encode() + body + b"\r\n\r\n"


def _response(
    url: str, payload: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(payload)}\r\n\r\n".encode()
        + payload
    )
    headers = {"WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response"}
    return _record("response", headers, http)


@pytest.mark.parametrize("is_packed", [False, True])
def test_warc_keeps_pages_that_were_found(is_packed: bool) -> None:
    pytest.importorskip("fastwarc")
    records = [
        _record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: x\r\n"),
        _response("https://filnormand.example/filature", PAGE),
        _response("https://filnormand.example/absent", PAGE, "404 Not Found"),
        _response("https://filnormand.example/logo.png", b"\x89PNG", kind="image/png"),
        _response("https://filnormand.example/zip", gzip.compress(PAGE), extra="Content-Encoding: gzip\r\n"),
        _record(
            "conversion",
            {"WARC-Target-URI": "https://x.example/", "Content-Type": "text/plain"},
            "Un été à Étel.".encode(),
        ),
    ]
    data = b"".join(gzip.compress(record) if is_packed else record for record in records)
    items = list(read_bytes(data, name="crawl.warc.gz" if is_packed else "crawl.warc"))
    articles = [item for item in items if isinstance(item, Article)]
    assert len(articles) == len(items) == 3
    assert [article.source.format for article in articles] == ["warc"] * 3
    assert all("Agathe Vasseur" in article.text for article in articles[:2])
    assert articles[0].published == "2023-05-04"
    assert (articles[2].text, articles[2].url) == ("Un été à Étel.", "https://x.example/")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_warc_cut_off_keeps_the_pages_before(pack: Callable[[bytes], bytes]) -> None:
    pytest.importorskip("fastwarc")
    pages = [pack(_response(f"https://{name}.example/", PAGE)) for name in "ab"]
    first, error = read_bytes(pages[0] + pages[1][:-400], name="crawl.warc.gz")
    assert isinstance(first, Article)
    assert isinstance(error, ItemError)
    assert "cut off" in error.reason
