"""JSON: one article, or an array of them, read object by object however long it is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.columns import ALIASES, fold, map_columns, row_article
from pressextract.archives.decoding import decode_part
from pressextract.archives.items import ItemError, ScanItem
from pressextract.archives.limits import MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_CHUNK = 1 << 18
_BETWEEN = " \t\r\n,[]\ufeff"


_START = re.compile(r'(?:\[\s{0,99})?\{\s{0,99}"[^"]{0,99}"\s{0,9}:')
"""An object with its first key, or an array of such: no text starts so, whatever the file is named."""


def _matches(head: Head) -> bool:
    return head.suffix == ".json" or _START.match(head.start) is not None


def objects(blob: Blob) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The top-level values of a file, and the elements of a top-level array, with warnings on their charset.

    Raises:
        ArticleError: not JSON, or one value is longer than ``MAX_LINE_BYTES`` characters.
    """
    # bytes that are not UTF-8 are kept as surrogates, until all of their object is there to tell its charset
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
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
                yield _sound(value, text[:end])
                text, tried = text[end:], 0
                continue
        data = blob.stream.read(_CHUNK)
        more = bool(data)
        text += decode(data, final=not more)


def _sound(value: Any, written: str) -> tuple[Any, tuple[str, ...]]:
    """The value and the warnings about it; read again where what is ``written`` was not UTF-8."""
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        text, warnings = decode_part(written.encode("utf-8", "surrogateescape"))
        return json.loads(text), warnings
    return value, ()


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    rows = ((row, told) for value, told in objects(blob) for row in _unpacked(value, options.columns))
    for number, (row, warnings) in enumerate(rows, 1):
        if not isinstance(row, dict):
            yield ItemError(blob.path, blob.source("json", number).member, "not a JSON object")
            continue
        try:
            columns = map_columns(row, options.columns)
        except ArticleError as err:
            yield ItemError(blob.path, blob.source("json", number).member, str(err))
            continue
        yield row_article(row, columns, blob, "json", number, warnings)


def _unpacked(value: Any, chosen: Mapping[str, str]) -> list[Any]:
    """The articles in the answer of an interface (``{"total": 2, "articles": […]}``), or the value itself."""
    if not isinstance(value, dict) or _has_text(value, chosen):
        return [value]
    tables: list[list[Any]] = [part for part in value.values() if _is_table(part)]
    told = [table for table in tables if any(_has_text(row, chosen) for row in table)]
    return next((found[0] for found in (told, tables) if len(found) == 1), [value])


def _has_text(value: Mapping[str, Any], chosen: Mapping[str, str]) -> bool:
    """Whether it is an article itself: the column of its text is there, and holds no table."""
    if "text" in chosen:
        return chosen["text"] in value
    return any(fold(name) in ALIASES["text"] and not _is_table(part) for name, part in value.items())


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


READER = Reader("json", _matches, _read)
