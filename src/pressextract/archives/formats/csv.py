"""CSV and TSV with a header line; columns are found by name or given by the user.

What follows RFC 4180 is read so, line breaks in quotes included. Where the quotes of a file do not, a quote
that is not closed ends where rows seem to begin again, and costs a warning, not those rows.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.columns import map_columns, row_article
from pressextract.archives.decoding import decode_part, is_binary
from pressextract.archives.items import ItemError, ScanItem
from pressextract.archives.limits import MAX_LINE_BYTES, MIB
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = "\t;,|"
_NONE = "\x1f"
"""Delimiter of a table of one column, where commas and tabs are text."""
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""A line before the header by which Excel is told the delimiter."""
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_MAX_AGAIN = 4 * MAX_LINE_BYTES
"""Characters of a file that are read again at most, as rows after a quote that is not closed."""
_NOT_CLOSED = "a quote in this row is not closed; read up to where the next row seems to begin"
_NOT_DOUBLED = "quotes inside a quoted cell are not doubled, or one is not closed; check the text"
_ROWS_INSIDE = "a quoted cell of this row holds what looks like other rows; check its quotes"


def _matches(head: Head) -> bool:
    return head.suffix in _SUFFIXES and not is_binary(head.data)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    rows = _rows(_Lines(_decoded(blob.stream)))
    names, _ = next(rows, ([], ()))
    columns = map_columns(names, options.columns)
    for number, (cells, warnings) in enumerate(rows, 2):
        if len(cells) > len(names) and any(cells[len(names) :]):
            reason = f"the row has {len(cells)} cells, the header {len(names)}; put texts in quotes"
            yield ItemError(blob.path, blob.source("csv", number).member, reason)
            continue
        row = {name: cell or None for name, cell in zip(names, cells, strict=False)}
        yield row_article(row, columns, blob, "csv", number, warnings)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    warnings: tuple[str, ...]


def _decoded(stream: BufferedReader[Any]) -> Iterator[_Line]:
    """Lines with their ends (of any system); each is decoded by itself, as the charset may change in a file.

    Raises:
        ArticleError: a line is longer than ``MAX_LINE_BYTES``.
    """
    rest, number = b"", 0
    while data := stream.read1(MIB):  # not read, which loses what comes before damage
        *lines, rest = (rest + data).splitlines(keepends=True)  # the last may go on, if with a line feed
        for line in lines:
            yield _Line(*decode_part(line))
        number += len(lines)
        if len(rest) > MAX_LINE_BYTES:
            raise ArticleError(
                f"line {number + 1}: more than {MAX_LINE_BYTES} bytes; the rows after it were not read"
            )
    if rest:
        yield _Line(*decode_part(rest))


class _Lines:
    """Lines for a ``csv.reader``; it keeps those of the row that is read, and takes them back."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._back: deque[_Line] = deque()
        self._size = 0
        self.taken: list[_Line] = []
        self.number = 0
        """Number of the last line."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.number += 1
        self.taken.append(line)
        self._size += len(line.text)
        if self._size > MAX_LINE_BYTES:
            raise csv.Error(f"a row of more than {MAX_LINE_BYTES} characters; is a quote not closed?")
        return line.text

    def begin_row(self) -> None:
        self.taken, self._size = [], 0

    def give_back(self, keep: int = 0) -> int:
        """Take back all but the first ``keep`` lines of the row; the number of their characters."""
        back = self.taken[keep:]
        self._back.extendleft(reversed(back))
        size = sum(len(line.text) for line in back)
        self.number -= len(back)
        self._size -= size
        del self.taken[keep:]
        return size

    def warnings(self) -> tuple[str, ...]:
        """Those about the lines of the row, each once."""
        return tuple(dict.fromkeys(text for line in self.taken for text in line.warnings))


def _rows(lines: _Lines) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """The rows that are not empty, the header first, with warnings.

    Raises:
        ArticleError: a row is too long.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    table = _Table(lines, _delimiter(lines))
    while (row := table.next_row()) is not None:
        cells, warnings = row
        if cells:
            yield cells, (*lines.warnings(), *warnings)


def _delimiter(lines: _Lines) -> str:
    """That of the ``sep=`` line, which is passed over, else what the header has most of outside of quotes."""
    first = next(lines, "")
    if said := _SEPARATOR.fullmatch(first):
        return said[1]
    lines.give_back()
    outside = _QUOTED.sub("", first)
    best = max(_DELIMITERS, key=outside.count)
    return best if best in outside else _NONE


class _Table:
    """Rows of lines with one delimiter."""

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._strict = csv.reader(lines, delimiter=delimiter, strict=True)
        self._lenient = csv.reader(lines, delimiter=delimiter)
        self._width = 0
        self._again = 0

    def next_row(self) -> tuple[list[str], tuple[str, ...]] | None:
        """The cells of the next row, and warnings about its quotes; None at the end.

        Raises:
            ArticleError: the row is too long.
        """
        self._lines.begin_row()
        try:
            cells = next(self._strict)
        except StopIteration:
            return None
        except csv.Error:
            cells, warnings = self._mended()
        else:
            warnings = (_ROWS_INSIDE,) if self._row_after(cells) is not None else ()
        self._width = self._width or len(cells)
        return cells, warnings

    def _mended(self) -> tuple[list[str], tuple[str, ...]]:
        """The row whose quotes are against the rules, or that is too long."""
        first = self._lines.taken[0].text
        end = 1
        if len(self._lines.taken) > 1:
            # bounded, as the lines after it are read again: a file may be made so that each takes them all
            end = (self._row_after(self._cells(first)) or 0) if self._again <= _MAX_AGAIN else 0
        if end == 1 and self._delimiter == "\t" and len(plain := _split(first)) == self._width:
            self._again += self._lines.give_back(end)
            return plain, ()  # tables with tabs are often written without quotes: then they are text
        if end and len(self._lines.taken) > 1:
            self._again += self._lines.give_back(end)
            return self._cells(*(line.text for line in self._lines.taken)), (_NOT_CLOSED,)
        self._lines.give_back()
        try:
            return next(self._lenient), (_NOT_DOUBLED,)
        except csv.Error as err:
            raise ArticleError(f"line {self._lines.number}: {err}; the rows after it were not read") from err

    def _row_after(self, cells: list[str]) -> int | None:
        """The first of the lines taken, after the first, that looks like a row itself as ``cells`` does."""
        if self._width < 2 or len(cells) != self._width:
            return None
        after = enumerate(self._lines.taken[1:], 1)
        return next((number for number, line in after if self._is_row(line.text, cells)), None)

    def _is_row(self, line: str, like: list[str]) -> bool:
        if self._delimiter == "\t":
            return len(_split(line)) == self._width
        if line.count(self._delimiter) < self._width - 1:
            return False
        try:
            cells = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        # a comma or semicolon of prose has a space after it; that of a number is told by the end cells
        return (
            len(cells) == self._width
            and not any(cell.startswith(" ") for cell in cells[1:])
            and all((" " in cells[end]) == (" " in like[end]) for end in (0, -1))
        )

    def _cells(self, *lines: str) -> list[str]:
        """The cells of these lines alone; a quote that is not closed ends with them."""
        *cells, last = next(csv.reader(lines, delimiter=self._delimiter), [""])
        return [*cells, last.rstrip("\r\n")]


def _split(line: str) -> list[str]:
    return line.rstrip("\r\n").split("\t")


READER = Reader("csv", _matches, _read)
