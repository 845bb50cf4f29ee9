"""Word documents: Nexis Uni and Lexis+ exports of many articles; any other document is one article."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree

from pressextract.archives.blob import Blob, Inflated
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.nexis import document_fields, words
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError
from pressextract.schema import MAX_CHARACTERS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_OFFICE = b"[Content_Types].xml"
_CUT_OFF = "no 'End of Document' after it; the file may be cut off"


def _matches(head: Head) -> bool:
    is_zip = head.data.startswith(b"PK\x03\x04")
    return is_zip and (head.suffix == ".docx" or _OFFICE in head.data[:4096])


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    with blob.seekable() as stream:
        chunk: list[str] = []
        size = number = 0
        for line in _paragraphs(stream, blob):
            if line.lower() in words().document_end:
                number += 1
                yield _article(chunk, number, blob)
                chunk, size = [], 0
            elif size <= MAX_CHARACTERS:
                chunk.append(line)
                size += len(line)
        if not number:
            yield make_article({"text": "\n".join(chunk), "id": blob.id}, blob.source("docx"))
        elif any(chunk):
            yield _article(chunk, number + 1, blob, (_CUT_OFF,))


def _article(lines: list[str], number: int, blob: Blob, warnings: tuple[str, ...] = ()) -> ScanItem:
    source = blob.source("lexis", number)
    try:
        return make_article(document_fields([line for line in lines if line]), source, warnings)
    except ArticleError as err:
        return ItemError(blob.path, source.member, str(err))


def _paragraphs(stream: IO[bytes], blob: Blob) -> Iterator[str]:
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(_DOCUMENT) as packed:
            yield from _texts(Inflated(packed, blob.budget))
    except KeyError as err:
        raise ArticleError("not a Word document; save it as DOCX, text or HTML") from err
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as err:
        raise ArticleError(f"broken Word document ({str(err)[:80]})") from err


def _texts(stream: IO[bytes] | Inflated) -> Iterator[str]:
    """The text of each paragraph; the tree is dropped as it is read."""
    nodes = etree.iterparse(stream, tag=f"{_W}p", resolve_entities=False, no_network=True, load_dtd=False)
    for _, node in nodes:
        yield "".join(_runs(node)).strip()
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]


def _runs(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield node.text or "" if node.tag == f"{_W}t" else " "


READER = Reader("docx", _matches, _read)
