"""NITF, alone or inside NewsML-G2. Source: the IPTC standard NITF 3."""

from __future__ import annotations

from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.items import ScanItem, make_article
from pressextract.archives.limits import MAX_TREE_BYTES, MAX_TREE_TAGS
from pressextract.archives.markup import Node, paragraphs, parse_xml, remove, text_of
from pressextract.archives.reader import Head, Reader, ReadOptions


def _matches(head: Head) -> bool:
    return head.is_markup and not head.is_page and head.has(b"<nitf")


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text(MAX_TREE_BYTES)
    documents = list(parse_xml(text, MAX_TREE_TAGS).iter("nitf"))
    for number, node in enumerate(documents, 1):
        fields = nitf_fields(node)
        fields["id"] = fields["id"] or (blob.id if len(documents) == 1 else None)
        yield make_article(fields, blob.source("nitf", number if len(documents) > 1 else None), warnings)


def nitf_fields(nitf: Node) -> dict[str, str | None]:
    """The fields of a ``nitf`` element whose names are without namespaces."""
    head, content = nitf.find(".//body.head"), nitf.find(".//body.content")
    lines = [line for node in _lead(head) for line in paragraphs(node)]
    lines += _content(content) if content is not None else []
    return {
        "id": _attribute(nitf, "doc-id", "id-string"),
        "title": text_of(nitf.find(".//hedline/hl1")) or text_of(nitf.find(".//head/title")),
        "author": _byline(nitf.find(".//byline")),
        "publisher": _attribute(nitf, "pubdata", "name") or _attribute(nitf, "doc.copyright", "holder"),
        "published": _published(nitf),
        "url": _attribute(nitf, "pubdata", "ex-ref"),
        "text": "\n".join(lines),
    }


def _lead(head: Node | None) -> list[Node]:
    return [] if head is None else [*head.iter("hl2"), *head.iter("abstract")]


def _content(content: Node) -> list[str]:
    for node in [n for tag in ("media", "block.caption", "note") for n in content.iter(tag)]:
        remove(node)
    return paragraphs(content)


def _byline(byline: Node | None) -> str | None:
    if byline is None:
        return None
    people = [text_of(node) for node in byline.iter("person")]
    for title in list(byline.iter("byttl")):
        remove(title)
    return ", ".join(filter(None, people)) or text_of(byline) or None


def _published(nitf: Node) -> str | None:
    places = (
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("story.date", "norm"),
        ("date.release", "norm"),
    )
    return next((day for tag, name in places if (day := _attribute(nitf, tag, name))), None)


def _attribute(root: Node, tag: str, name: str) -> str | None:
    return next((value for node in root.iter(tag) if (value := node.get(name))), None)


READER = Reader("nitf", _matches, _read)
