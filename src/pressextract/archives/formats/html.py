"""Saved web pages: the metadata of schema.org JSON-LD first, then trafilatura's; main text by trafilatura."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.days import find_day
from pressextract.archives.decoding import decode
from pressextract.archives.items import ItemError, Page, ScanItem, make_article
from pressextract.archives.limits import MAX_SINGLE_BYTES
from pressextract.archives.markup import check_tags
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError
from pressextract.schema import Article

_SUFFIXES = (".html", ".htm", ".xhtml")
_STARTS = ("<!doctype html", "<html", "<head", "<body", "<article")
_SCRIPT = re.compile(r"<script\b([^>]{0,400})>", re.IGNORECASE)
_TYPE_END = ("Article", "BlogPosting", "Report")
_ENOUGH = frozenset(("title", "published", "publisher", "url"))
"""With these from JSON-LD, trafilatura's search for metadata, two thirds of its time, is not needed."""
_MAX_BLOCKS = 20
_MAX_NODES = 200


def _matches(head: Head) -> bool:
    if head.suffix in _SUFFIXES:
        return head.is_markup or not head.data
    start = head.start
    return start.startswith(_STARTS) or (start.startswith("<?xml") and "<html" in start)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    yield Page(blob.read(MAX_SINGLE_BYTES), blob.source("html"), blob.id)


def read_page(page: Page) -> Article | ItemError:
    """The article of a page; the error when it has none."""
    source = page.source
    try:
        text, warnings = decode(page.data)
        check_tags(text)
        fields = {"url": page.url, "published": page.published, **page_fields(text), "id": page.id}
    except ArticleError as err:
        return ItemError(source.path or "", source.member, str(err))
    except Exception as err:  # trafilatura on hostile markup: it costs this page only
        return ItemError(source.path or "", source.member, f"not readable HTML ({type(err).__name__})")
    return make_article(fields, source, warnings)


def page_fields(page: str) -> dict[str, Any]:
    """Text and metadata of a page: text, title, author, publisher, published, url (those that are known)."""
    import trafilatura

    linked = _json_ld(page)
    document = trafilatura.bare_extraction(
        page, with_metadata=not linked.keys() >= _ENOUGH, include_comments=False, include_tables=False
    )
    fields: dict[str, Any] = {"text": linked.pop("text", None)}
    if document is not None and not isinstance(document, dict):
        fields |= {
            "title": document.title,
            "author": document.author,
            "publisher": document.sitename,
            "published": document.date,
            "url": document.url,
        }
        fields["text"] = document.text or fields["text"]
    fields |= linked
    return {key: value for key, value in fields.items() if value}


def _json_ld(page: str) -> dict[str, Any]:
    """What the first schema.org article of the page says of itself."""
    for block in _linked_data(page):
        try:
            data = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_article(node.get("@type")):
                return _article_fields(node)
    return {}


def _linked_data(page: str) -> Iterator[str]:
    """The JSON-LD blocks of a page, the first few."""
    starts = (match.end() for match in _SCRIPT.finditer(page) if "ld+json" in match[1].lower())
    for start in islice(starts, _MAX_BLOCKS):
        end = page.find("</", start)
        while end >= 0 and page[end : end + 8].lower() != "</script":
            end = page.find("</", end + 2)
        yield page[start : end if end >= 0 else len(page)]


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MAX_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, list):
            waiting.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and name.endswith(_TYPE_END) for name in kinds)


def _article_fields(node: dict[str, Any]) -> dict[str, Any]:
    printed = _text(node.get("datePublished"))
    main = node.get("mainEntityOfPage")
    found = {
        "title": _text(node.get("headline")),
        "published": printed and find_day(printed),
        "author": _name(node.get("author")),
        "publisher": _name(node.get("publisher")),
        "url": _text(node.get("url")) or _text(main.get("@id") if isinstance(main, dict) else main),
        "text": _text(node.get("articleBody")),
    }
    return {key: value for key, value in found.items() if value}


def _text(value: object) -> str | None:
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return (
            ", ".join(name for item in value[:20] if not isinstance(item, list) and (name := _name(item)))
            or None
        )
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


READER = Reader("html", _matches, _read)
