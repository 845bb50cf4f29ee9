"""Factiva HTML exports, in both layouts: with field codes ("plus indexing") and without.

Sources: the public readers tm.plugin.factiva and koheiw/newspapers, read for the structure only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.days import find_day
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.markup import Node, all_with_class, paragraphs, parse_html, text_of, with_class
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_ARTICLE = re.compile(r"<div\b[^>]{0,100}\bclass\s?=\s?[\"']article [a-z]{2}Article\b", re.IGNORECASE)
_MARK = re.compile(_ARTICLE.pattern.encode(), re.IGNORECASE)
_ACCESSION = re.compile(r"\bDo[ck]ument[oe]? ([A-Z0-9]{8,16}\d{8}[a-z0-9]{6,14})\b")
_WORD_COUNT = re.compile(r"\d[\d\s.,]{0,12} ?(?:mots|words|Wörter|palabras|parole|palavras|woorden|字)")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]m)?(?: \w{1,5})?", re.IGNORECASE)


def _matches(head: Head) -> bool:
    return head.is_markup and head.matches_at(b"Article", _MARK)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text()
    starts = [match.start() for match in _ARTICLE.finditer(text)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        blob.share = number / len(starts)
        source = blob.source("factiva", number)
        try:
            fields = _fields(text[start:end])
        except ArticleError as err:
            yield ItemError(blob.path, source.member, str(err))
            continue
        yield make_article(fields, source, warnings)


def _fields(part: str) -> dict[str, str | None]:
    root = parse_html(part)
    codes = {text_of(cell).strip("\xa0 "): cell.getnext() for cell in all_with_class(root, "index")}
    fields = _indexed(codes) if codes else _plain(root)
    if not fields["text"]:
        raise ArticleError("no body")
    return fields


def _indexed(codes: dict[str, Node | None]) -> dict[str, str | None]:
    """The fields of the layout with two-letter codes in the left column."""
    value = {code: text_of(cell) for code, cell in codes.items()}
    body = [
        line for code in ("LP", "TD") if (cell := codes.get(code)) is not None for line in paragraphs(cell)
    ]
    return {
        "id": _accession(value.get("AN", "")),
        "title": value.get("HD"),
        "author": value.get("BY"),
        "published": value.get("PD"),
        "publisher": value.get("SN") or value.get("PUB"),
        "text": "\n".join(body),
    }


def _accession(text: str) -> str | None:
    match = _ACCESSION.search(text)
    return match[1] if match else text.split()[-1] if text.split() else None


def _plain(root: Node) -> dict[str, str | None]:
    """The fields of the layout of bare lines, told by their order: words, day, time, source."""
    lines = [
        text_of(node) for node in root.iter("div") if node.find("div") is None and not node.findall(".//p")
    ]
    counted = next((i for i, line in enumerate(lines) if _WORD_COUNT.fullmatch(line)), -1)
    dated = next((i for i, line in enumerate(lines) if i > counted and find_day(line)), None)
    publisher = None
    if dated is not None:
        publisher = next((line for line in lines[dated + 1 :] if line and not _TIME.fullmatch(line)), None)
    headline = with_class(root, *(name for name in _headline_classes(root)))
    body = [text_of(node) for node in all_with_class(root, "articleParagraph")]
    tail = " ".join(text_of(node) for node in root.iter("p"))
    match = _ACCESSION.search(tail)
    return {
        "id": match[1] if match else None,
        "title": text_of(headline if headline is not None else root.find(".//*[@id='hd']")),
        "author": text_of(with_class(root, "author")),
        "published": lines[dated] if dated is not None else None,
        "publisher": publisher,
        "text": "\n".join(filter(None, body)),
    }


def _headline_classes(root: Node) -> Iterator[str]:
    for node in root.iter("span", "b"):
        yield from (name for name in (node.get("class") or "").split() if name.endswith("Headline"))


READER = Reader("factiva", _matches, _read)
