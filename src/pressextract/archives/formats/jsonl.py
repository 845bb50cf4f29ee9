"""JSON lines: one article an object, ``{"text": …}`` and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pressextract.archives.blob import Blob
from pressextract.archives.columns import map_columns, row_article
from pressextract.archives.decoding import decode
from pressextract.archives.items import ItemError, ScanItem
from pressextract.archives.limits import MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError


def _matches(head: Head) -> bool:
    if head.suffix in (".jsonl", ".ndjson"):
        return True
    first = head.text.lstrip().split("\n", 1)[0].strip()
    if head.suffix == ".json" and "\n" not in head.text.strip():
        return False
    return first.startswith("{") and first.endswith("}") and _is_object(first)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    for number, line in blob.lines():
        if line is None:
            yield _error(blob, number, f"a line of more than {MAX_LINE_BYTES} bytes; split the article")
        elif line.strip():
            yield _item(line, number, blob, options)


def _item(line: bytes, number: int, blob: Blob, options: ReadOptions) -> ScanItem:
    try:
        text, warnings = decode(line)
        row = json.loads(text)
    except ArticleError as err:
        return _error(blob, number, str(err))
    except (ValueError, RecursionError) as err:
        return _error(blob, number, f"not a JSON object ({type(err).__name__}); write one object a line")
    if not isinstance(row, dict):
        return _error(blob, number, 'not a JSON object; write {"text": …}')
    try:
        columns = map_columns(row, options.columns)
    except ArticleError as err:
        return _error(blob, number, str(err))
    return row_article(row, columns, blob, "jsonl", number, warnings)


def _error(blob: Blob, number: int, reason: str) -> ItemError:
    source = blob.source("jsonl", number)
    return ItemError(blob.path, source.member, reason)


READER = Reader("jsonl", _matches, _read)
