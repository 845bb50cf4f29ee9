"""CSV: a folder with one file per table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pressextract.writers.lines import parse_line
from pressextract.writers.replacing import replacing_folder
from pressextract.writers.tables import Cell, flatten, tables

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(lines: Iterable[str], out: Path) -> None:
    """Write ``out/articles.csv``, ``out/people.csv`` and so on: UTF-8, comma, a header line."""
    with replacing_folder(out) as folder, ExitStack() as files:
        sinks = {}
        for table in tables():
            sink = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            sinks[table.name] = csv.writer(files.enter_context(sink), lineterminator="\n")
            sinks[table.name].writerow(table.columns)
        for number, line in enumerate(lines, 1):
            for name, row in flatten(number, parse_line(line)):
                sinks[name].writerow([_harmless(cell) for cell in row])
        files.close()


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
