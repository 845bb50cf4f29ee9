"""WARC crawls: the pages of ``response`` records, the text of ``conversion`` records (Common Crawl WET)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.decoding import decode
from pressextract.archives.items import ItemError, Page, ScanItem, make_article
from pressextract.archives.limits import MAX_SINGLE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError
from pressextract.optional import require
from pressextract.schema import Source

_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200
_MAX_HEADER = 1 << 20


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    warc = require("fastwarc.warc", extra="archives", purpose="reading WARC")
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    for record in _records(warc, _Forward(blob.stream), kinds):
        is_page = record.record_type == warc.WarcRecordType.response
        if is_page and not _is_page(record):
            continue
        url = record.headers.get("WARC-Target-URI")
        source = blob.source("warc", url or record.record_id)
        try:
            data = record.reader.read(MAX_SINGLE_BYTES + 1)
        except ArticleError:
            raise
        except (OSError, ValueError, RuntimeError) as err:  # of one record; the next one can still be found
            yield ItemError(blob.path, source.member, f"broken record ({type(err).__name__})")
            continue
        yield _item(data, source, record, url, is_page)


def _records(warc: Any, stream: _Forward, kinds: Any) -> Iterator[Any]:
    """The records of a stream. What FastWARC (compiled) cannot bear is a panic, which is no ``Exception``."""
    try:
        yield from warc.ArchiveIterator(
            stream, record_types=kinds, parse_http=True, auto_decode="all", max_header_len=_MAX_HEADER
        )
    except BaseException as err:
        if type(err).__name__ != "PanicException":
            raise
        raise ArticleError("the WARC reader gave up on it; corrupt?") from err
    if stream.error is not None:
        raise stream.error


class _Forward:
    """A stream that is read forward only; FastWARC asks where it is by seeking nowhere."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._position = stream, 0
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._stream.read1(size)
        except Exception as err:  # FastWARC takes it for the end of the file
            self.error = err
            raise
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) not in ((0, 1), (self._position, 0)):
            raise OSError("a WARC file is read forward only")
        return self._position


def _is_page(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == _OK and (record.http_content_type or "").lower() in _PAGES


def _item(data: bytes, source: Source, record: Any, url: str | None, is_page: bool) -> ScanItem:
    if len(data) > MAX_SINGLE_BYTES:
        return ItemError(source.path or "", source.member, f"more than {MAX_SINGLE_BYTES} bytes")
    if len(data) < record.content_length and not (is_page and record.http_headers.get("Content-Encoding")):
        return ItemError(source.path or "", source.member, "the record is cut off")
    name = (record.record_id or "").removeprefix("<").removesuffix(">").removeprefix("urn:uuid:")
    if is_page:
        return Page(data, source, name, url)
    text, warnings = decode(data)
    return make_article({"text": text, "id": name, "url": url}, source, warnings)


def _matches(head: Head) -> bool:
    return head.data.startswith(b"WARC/1.")


READER = Reader("warc", _matches, _read)
