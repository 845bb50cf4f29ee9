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
    records = warc.ArchiveIterator(
        blob.stream, record_types=kinds, parse_http=True, auto_decode="all", max_header_len=_MAX_HEADER
    )
    for record in records:
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


def _is_page(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == _OK and (record.http_content_type or "").lower() in _PAGES


def _item(data: bytes, source: Source, record: Any, url: str | None, is_page: bool) -> ScanItem:
    if len(data) > MAX_SINGLE_BYTES:
        return ItemError(source.path or "", source.member, f"more than {MAX_SINGLE_BYTES} bytes")
    name = (record.record_id or "").removeprefix("<").removesuffix(">").removeprefix("urn:uuid:")
    if is_page:
        return Page(data, source, name, url)
    text, warnings = decode(data)
    return make_article({"text": text, "id": name, "url": url}, source, warnings)


def _matches(head: Head) -> bool:
    return head.data.startswith(b"WARC/1.")


READER = Reader("warc", _matches, _read)
