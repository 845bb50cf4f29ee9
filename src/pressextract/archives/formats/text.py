"""Plain text and Markdown: one article a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.decoding import is_binary
from pressextract.archives.items import ScanItem, make_article
from pressextract.archives.limits import MAX_SINGLE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions

MARKDOWN_SUFFIXES = (".md", ".markdown")


def _reads(name: str) -> Callable[[Blob, ReadOptions], Iterator[ScanItem]]:
    def read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
        text, warnings = blob.text(MAX_SINGLE_BYTES)
        yield make_article({"text": text, "id": blob.id}, blob.source(name), warnings, may_be_empty=True)

    return read


def _is_text(head: Head) -> bool:
    return not is_binary(head.data) and not head.start.startswith("<?xml")


MARKDOWN = Reader(
    "markdown", lambda head: head.suffix in MARKDOWN_SUFFIXES and _is_text(head), _reads("markdown")
)
READER = Reader("text", _is_text, _reads("text"))
