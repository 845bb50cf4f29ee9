"""JSON: one article, or an array of them, read object by object however long it is."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.columns import ALIASES, map_columns, row_article
from pressextract.archives.items import ItemError, ScanItem
from pressextract.archives.limits import MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_CHUNK = 1 << 18
_BETWEEN = " \t\r\n,[]\ufeff"


def _matches(head: Head) -> bool:
    return head.suffix == ".json" or head.start.startswith(
        ("[{", "[\n{", "[\r\n{", "[ {", "[\n  {", "[\n    {")
    )


def objects(blob: Blob) -> Iterator[Any]:
    """The top-level values of a file, and the elements of a top-level array, one after another.

    Raises:
        ArticleError: not JSON, or one value is longer than ``MAX_LINE_BYTES`` characters.
    """
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")("replace").decode
    text, tried, more = "", 0, True
    while more or text:
        text = text.lstrip(_BETWEEN)
        if text and (not more or len(text) >= 2 * tried):
            try:
                value, end = decoder.raw_decode(text)
            except (ValueError, RecursionError) as err:
                if not more or len(text) > MAX_LINE_BYTES or isinstance(err, RecursionError):
                    raise ArticleError(f"not JSON, or an object is too long ({type(err).__name__})") from err
                tried = len(text)  # wait until twice as much is there: reading stays linear
            else:
                yield value
                text, tried = text[end:], 0
                continue
        data = blob.stream.read(_CHUNK)
        more = bool(data)
        text += decode(data, final=not more)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    rows = (row for value in objects(blob) for row in _unpacked(value, options.columns))
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            yield ItemError(blob.path, blob.source("json", number).member, "not a JSON object")
            continue
        try:
            columns = map_columns(row, options.columns)
        except ArticleError as err:
            yield ItemError(blob.path, blob.source("json", number).member, str(err))
            continue
        yield row_article(row, columns, blob, "json", number)


def _unpacked(value: Any, chosen: Mapping[str, str]) -> list[Any]:
    """The articles in the answer of an interface (``{"total": 2, "articles": […]}``), or the value itself."""
    lists = [part for part in value.values() if _is_table(part)] if isinstance(value, dict) else []
    if len(lists) != 1 or _has_text(value, chosen):
        return [value]
    rows: list[Any] = lists[0]
    return rows


def _has_text(value: Mapping[str, Any], chosen: Mapping[str, str]) -> bool:
    """Whether it is an article itself: the column of its text is there, and holds no table."""
    if "text" in chosen:
        return chosen["text"] in value
    return any(
        name.strip().lower() in ALIASES["text"] and not _is_table(part) for name, part in value.items()
    )


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


READER = Reader("json", _matches, _read)
