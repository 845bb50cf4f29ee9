"""The page of records: every mention at its place, everything escaped, nothing fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pressextract.schema import ArticleRecord
from pressextract.writers.html_page import fits, render_page, segments, showable

TEXT = "Solène Audrain, directrice générale d’Astrolys, basée à Cholet"
RECORD = ArticleRecord.model_validate_json(
    (Path(__file__).parents[1] / "data" / "record.json").read_text(encoding="utf-8")
)
HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(1)>&{{ 7*7 }}"


class Elements(HTMLParser):
    """Collects tags with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def render(record: ArticleRecord, text: str | None) -> str:
    return "".join(render_page([record], [text]))


def hostile(value: Any) -> Any:
    """The record with every free text replaced by a hostile one."""
    if isinstance(value, dict):
        free = (
            "name",
            "title",
            "text",
            "description",
            "external_id",
            "normalized",
            "publisher",
            "url",
            "model",
        )
        return {key: HOSTILE if key in free else hostile(item) for key, item in value.items()}
    return [hostile(item) for item in value] if isinstance(value, list) else value


def test_segments_are_the_text_cut_at_mentions() -> None:
    pieces = segments(RECORD, TEXT)
    assert "".join(piece.text for piece in pieces) == TEXT
    assert [(p.text, p.kind, p.ids) for p in pieces if p.kind] == [
        ("Solène Audrain", "people", "p1"),
        ("directrice générale", "roles", "r1"),
        ("Astrolys", "companies", "c1"),
    ]
    assert [TEXT[p.start : p.start + len(p.text)] for p in pieces] == [p.text for p in pieces]


def test_overlapping_mentions_show_the_shortest_and_keep_both() -> None:
    role = {"id": "r2", "title": "générale d’Astrolys", "normalized": "x", "mentions": [{"start": 27, "end": 46, "text": "générale d’Astrolys"}]}  # fmt: skip
    record = ArticleRecord.model_validate(RECORD.model_dump() | {"roles": [role]})
    marked = [(p.text, p.kind, p.ids) for p in segments(record, TEXT) if p.kind]
    assert marked[1:] == [("générale d’", "roles", "r2"), ("Astrolys", "companies", "c1 r2")]


def test_fits_only_the_text_that_was_read() -> None:
    assert fits(RECORD, TEXT)
    assert not fits(RECORD, " " + TEXT)
    assert not fits(RECORD, "")


def test_page_marks_mentions_and_lists_facts_with_evidence() -> None:
    page = Elements(render(RECORD, TEXT))
    marks = [attributes for _, attributes in page.tags if attributes.get("data-ids") == "p1"]
    assert len(marks) == 3  # in the text, in the position, in the list of people
    facts = [attributes for _, attributes in page.tags if attributes.get("class") == "fact"]
    assert [(f["data-start"], f["data-end"]) for f in facts] == [("0", "46"), ("38", "63")]
    assert TEXT in page.text
    assert "Solène Audrain, directrice générale d’Astrolys" in page.text


@pytest.mark.parametrize(("text", "note"), [(None, "was not found"), ("another text", "has changed")])
def test_page_without_its_text_says_so(text: str | None, note: str) -> None:
    page = render(RECORD, text)
    assert note in page
    assert 'class="text"' not in page
    assert "directrice générale" in page


def test_hostile_text_stays_text() -> None:
    record = ArticleRecord.model_validate(hostile(RECORD.model_dump()))
    page = Elements(render(record, None))
    clean = Elements(render(RECORD, None))
    assert [tag for tag, _ in page.tags if tag in ("script", "img")] == ["script"]
    assert {name for _, attributes in page.tags for name in attributes} <= {
        name for _, attributes in clean.tags for name in attributes
    }
    assert page.text.count(HOSTILE) > 10


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    for address, links in (
        (url, []),
        ("https://journal.example/a?b=1&c=2", ["https://journal.example/a?b=1&c=2"]),
    ):
        record = ArticleRecord.model_validate(RECORD.model_dump() | {"url": address})
        page = Elements(render(record, TEXT))
        assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == links


def test_page_asks_nothing_of_anyone() -> None:
    page = render(RECORD, TEXT)
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:|//)|@import|url\(""", page)


def test_characters_that_html_cannot_hold_are_replaced() -> None:
    assert showable("a\x00b\ud800c\td\n") == "a\ufffdb\ufffdc\td\n"
    record = ArticleRecord.model_validate(RECORD.model_dump() | {"title": "x\ud800\x07"})
    assert "x\ufffd\ufffd".encode() in render(record, TEXT).encode("utf-8")
