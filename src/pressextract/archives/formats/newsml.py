"""NewsML-G2 items, alone or in messages: NITF, XHTML or plain text. Source: the IPTC standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.formats.nitf import nitf_fields
from pressextract.archives.items import ScanItem, make_article
from pressextract.archives.limits import MAX_TREE_BYTES, MAX_TREE_TAGS
from pressextract.archives.markup import Node, paragraphs, parse_xml, text_of, unmarked
from pressextract.archives.reader import Head, Reader, ReadOptions

_DAYS = ("contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated")


def _matches(head: Head) -> bool:
    return head.is_markup and not head.is_page and head.has(b"<newsItem", b"<newsMessage")


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text(MAX_TREE_BYTES)
    items = list(parse_xml(text, MAX_TREE_TAGS).iter("newsItem"))
    for number, item in enumerate(items, 1):
        fields = _fields(item)
        if fields["text"] or not _is_other(item):
            source = blob.source("newsml-g2", number if len(items) > 1 else None)
            yield make_article(fields, source, warnings)


def _is_other(item: Node) -> bool:
    """Whether it says that it is something else than a text: a picture, a package…"""
    node = item.find("itemMeta/itemClass")
    kind = (node.get("qcode") or node.get("uri") or "") if node is not None else ""
    return bool(kind) and re.split("[:/]", kind)[-1] != "text"


def _fields(item: Node) -> dict[str, str | None]:
    inner = item.find("contentSet/inlineXML/nitf")
    fields: dict[str, str | None] = nitf_fields(inner) if inner is not None else {"text": _plain(item)}
    guid = item.get("guid")
    known = {
        "id": guid,
        "title": _first(item, "contentMeta/headline", "itemMeta/title"),
        "author": _first(item, "contentMeta/by", "contentMeta/creator"),
        "publisher": _provider(item),
        "published": _first(item, *_DAYS),
        "url": guid if guid and guid.startswith(("http://", "https://")) else None,
    }
    return {**fields, **{key: value for key, value in known.items() if value}}


def _plain(item: Node) -> str:
    body = item.find("contentSet/inlineXML//body")
    if body is None:
        body = item.find("contentSet/inlineXML")
    if body is not None:
        return "\n".join(paragraphs(body))
    return "\n".join(
        unmarked(node.text.strip()) for node in item.iterfind("contentSet/inlineData") if node.text
    )


def _first(item: Node, *paths: str) -> str | None:
    return next((text for path in paths for node in item.findall(path) if (text := text_of(node))), None)


def _provider(item: Node) -> str | None:
    """The name of the provider, or else its code."""
    node = item.find("itemMeta/provider")
    if node is None:
        return _first(item, "contentMeta/infoSource")
    return text_of(node) or node.get("literal") or (node.get("qcode") or "").rpartition(":")[2] or None


READER = Reader("newsml-g2", _matches, _read)
