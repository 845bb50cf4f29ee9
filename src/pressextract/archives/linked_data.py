"""What a web page says of itself: schema.org JSON-LD, then its meta tags."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from pressextract.archives.days import day_in_france
from pressextract.archives.markup import Node

_SCRIPT = re.compile(r"<script\b([^>]{0,400})>", re.IGNORECASE)
_TYPE_END = ("Article", "BlogPosting", "Report")
_MAX_BLOCKS = 20
_MAX_NODES = 200
_MAX_META = 500
_META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "datepublished": "published",
    "pubdate": "published",
    "publish-date": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.created": "published",
    "author": "author",
    "article:author": "author",
    "article:author:name": "author",
    "byl": "author",
    "cxenseparse:author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "parsely-author": "author",
    "sailthru.author": "author",
}
"""Names of meta tags and the fields they hold: Open Graph, schema.org, Dublin Core, and usual ones."""
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|em|i|span|strong|sup)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WEB = ("http://", "https://")


def meta_fields(root: Node) -> dict[str, str]:
    """The fields that the meta tags and the canonical link of a page hold; the first of each counts."""
    found: dict[str, str] = {}
    for node in islice(root.iter("meta", "link"), _MAX_META):
        if node.tag == "link":
            name = "url" if (node.get("rel") or "").lower() == "canonical" else None
            value = node.get("href")
        else:
            key = node.get("property") or node.get("name") or node.get("itemprop") or ""
            name, value = _META.get(key.lower()), node.get("content")
        if name and value and name not in found and (text := _meta_value(name, value)):
            found[name] = text
    return found


def description(root: Node) -> str | None:
    """What the meta tags of a page say it is about."""
    for node in islice(root.iter("meta"), _MAX_META):
        if (node.get("property") or node.get("name") or "").lower() in ("og:description", "description"):
            return str(node.get("content") or "")
    return None


def _meta_value(name: str, value: str) -> str | None:
    text = " ".join(value.split())
    if name == "published":
        return day_in_france(text)
    if name == "url":
        return text if text.startswith(_WEB) else None
    if name != "title" and ("://" in text or (name == "author" and " " not in text)):
        return None  # an account or an address, not a name
    return text or None


def linked_fields(page: str) -> dict[str, Any]:
    """What the first schema.org article in the JSON-LD of a page says of itself, and its ``text``.

    A publisher or author given by its ``@id`` is looked up; ``site`` is the web site's own name.
    """
    nodes = [node for block in _linked_data(page) for node in _nodes(_loaded(block))]
    article = next((node for node in nodes if any(kind.endswith(_TYPE_END) for kind in _kinds(node))), None)
    if article is None:
        return {}
    names = {
        node["@id"]: name for node in nodes if isinstance(node.get("@id"), str) and (name := _name(node))
    }
    found = _article_fields(article, names)
    site = next((name for node in nodes if "WebSite" in _kinds(node) and (name := _name(node))), None)
    return {**found, "site": site} if site else found


def _loaded(block: str) -> object:
    block = _unframed(block)
    for text in (block, _TRAILING_COMMA.sub("", block)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unframed(block: str) -> str:
    """A block without the comment or the CDATA section around it."""
    block = block.strip()
    for begin in ("<!--", "//", "<![CDATA["):
        block = block.removeprefix(begin).lstrip()
    for end in ("-->", "]]>", "//"):
        block = block.removesuffix(end).rstrip()
    return block


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


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _article_fields(node: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    printed = _text(node.get("datePublished"))
    main = node.get("mainEntityOfPage")
    author, publisher = (_name(node.get(key), names) for key in ("author", "publisher"))
    found = {
        "title": _headline(node.get("headline")),
        "published": printed and day_in_france(printed),
        "author": author if author != publisher else None,  # else the meta tags may name a person
        "publisher": publisher,
        "url": _address(node.get("url")) or _address(main.get("@id") if isinstance(main, dict) else main),
        "text": _text(node.get("articleBody")),
    }
    return {key: value for key, value in found.items() if value}


def _text(value: object) -> str | None:
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _headline(value: object) -> str | None:
    text = _text(value)
    return " ".join(_TAG.sub("", _BREAK.sub(" ", text)).split()) if text else None


def _address(value: object) -> str | None:
    text = _text(value)
    return text if text and text.startswith(_WEB) else None


def _name(value: object, names: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """The name of a person or body, or their names; ``names``: those of nodes, by their ``@id``."""
    if isinstance(value, list):
        found = (_name(item, names) for item in value[:20] if not isinstance(item, list))
        return ", ".join(filter(None, found)) or None
    if isinstance(value, dict):
        parts = (_text(value.get(key)) for key in ("givenName", "familyName"))
        name = (
            _name(value["name"])
            if isinstance(value.get("name"), (str, list))
            else " ".join(filter(None, parts))
        )
        return name or names.get(str(value.get("@id")))
    return _text(value)
