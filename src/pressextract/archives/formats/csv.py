"""CSV and TSV with a header line; columns are found by name or given by the user."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain

from pressextract.archives.blob import Blob
from pressextract.archives.columns import map_columns, read_rows
from pressextract.archives.decoding import is_binary
from pressextract.archives.items import ScanItem
from pressextract.archives.limits import HEAD_BYTES, MAX_LINE_BYTES
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = "\t;,|"
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""A line before the header by which Excel is told the delimiter."""


def _matches(head: Head) -> bool:
    return head.suffix in _SUFFIXES and not is_binary(head.data)


def _encoding(head: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return "cp1252", ("not UTF-8; read as Windows-1252",)
    return "utf-8-sig", ()


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    encoding, warnings = _encoding(blob.head())
    stream = io.TextIOWrapper(blob.stream, encoding=encoding, errors="replace", newline="")
    csv.field_size_limit(MAX_LINE_BYTES)
    first = stream.readline(MAX_LINE_BYTES)
    said = _SEPARATOR.fullmatch(first)
    lines = stream if said else chain([first], stream)
    delimiter = said[1] if said else max(_DELIMITERS, key=first.count)
    rows = csv.DictReader(lines, delimiter=delimiter)
    columns = map_columns(rows.fieldnames or (), options.columns)
    try:
        yield from read_rows(blob, enumerate(_rows(rows), 2), columns, "csv", warnings)
    finally:
        stream.detach()


def _rows(reader: csv.DictReader[str]) -> Iterator[dict[str, str | None]]:
    """Rows; an empty cell is None."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as err:
            raise ArticleError(f"line {reader.line_num}: {err}; the rows after it were not read") from err
        yield {name: value or None for name, value in row.items() if isinstance(name, str)}


READER = Reader("csv", _matches, _read)
