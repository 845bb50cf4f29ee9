"""Factiva XML exports (until 2012).

Source: the public reader tm.plugin.factiva, read for the structure only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pressextract.archives.blob import Blob
from pressextract.archives.items import ScanItem, make_article
from pressextract.archives.limits import MAX_TREE_BYTES, MAX_TREE_TAGS
from pressextract.archives.markup import Node, parse_xml, text_of
from pressextract.archives.reader import Head, Reader, ReadOptions


def _matches(head: Head) -> bool:
    return head.is_markup and not head.is_page and head.has(b"<PPSResponse", b"global.factiva.com")


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text(MAX_TREE_BYTES)
    articles = [
        node
        for node in parse_xml(text, MAX_TREE_TAGS).iter("article")
        if node.find("accessionNo") is not None
    ]
    for number, node in enumerate(articles, 1):
        blob.share = number / len(articles)
        yield make_article(_fields(node), blob.source("factiva-xml", number), warnings)


def _fields(node: Node) -> dict[str, str | None]:
    body = [*node.findall("leadParagraph/paragraph"), *node.findall("tailParagraphs/paragraph")]
    date = node.find("publicationDate")
    return {
        "id": _text(node, "accessionNo"),
        "title": " ".join(filter(None, (text_of(line) for line in node.findall("headline/paragraph")))),
        "author": _text(node, "byline"),
        "published": next((text_of(child) for child in date.iter(etree.Element) if text_of(child)), None)
        if date is not None
        else None,
        "publisher": _text(node, "sourceName") or _text(node, "publisherName"),
        "text": "\n".join(filter(None, (text_of(line) for line in body))),
    }


def _text(node: Node, name: str) -> str | None:
    return text_of(node.find(name)) or None


READER = Reader("factiva-xml", _matches, _read)
