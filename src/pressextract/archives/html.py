"""HTML pages: JSON-LD metadata first, main text by trafilatura."""

from __future__ import annotations

import json
import re
from typing import Any

from pressextract.schema import parse_day

_JSON_LD = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_ARTICLE_TYPES = {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"}


def parse_html(page: str) -> dict[str, Any]:
    """Text and metadata of a page: text, title, author, publisher, published, url (those that are known)."""
    import trafilatura

    document = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    fields: dict[str, Any] = {"text": ""}
    if document is not None:
        fields["text"] = document.text or ""
        fields |= {
            "title": document.title,
            "author": document.author,
            "publisher": document.sitename,
            "published": _day(document.date),
            "url": document.url,
        }
    fields |= _json_ld(page)
    return {key: value for key, value in fields.items() if value or key == "text"}


def _json_ld(page: str) -> dict[str, Any]:
    for block in _JSON_LD.findall(page):
        try:
            data = json.loads(block)
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for node in nodes:
            if isinstance(node, dict) and node.get("@type") in _ARTICLE_TYPES:
                found = {
                    "title": _text(node.get("headline")),
                    "published": _day(_text(node.get("datePublished"))),
                    "author": _name(node.get("author")),
                    "publisher": _name(node.get("publisher")),
                    "url": _text(node.get("url")),
                }
                return {key: value for key, value in found.items() if value}
    return {}


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _name(item))) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _day(value: str | None) -> str | None:
    try:
        return parse_day(value) if value else None
    except ValueError:
        return None
