"""SQLite: one database, one table per list of the record, indexed by article."""

from __future__ import annotations

import errno
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from pressextract.writers.lines import parse_line
from pressextract.writers.replacing import replacing
from pressextract.writers.tables import Row, flatten, tables

RECORDS_TOGETHER = 500


def write(lines: Iterable[str], out: Path) -> None:
    """Write the tables of every record to a new database. Raises OSError: it cannot be written."""
    with replacing(out) as partial, _as_os_errors(), closing(sqlite3.connect(partial)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        inserts = {}
        for table in tables():
            columns = ", ".join(f'"{column}"' for column in table.columns)
            marks = ", ".join("?" * len(table.columns))
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            inserts[table.name] = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - names of the schema
        for group in _groups(lines):
            for name, rows in group.items():
                database.executemany(inserts[name], rows)
        for table in tables():
            database.execute(f'CREATE INDEX "{table.name}_record" ON "{table.name}" (record)')
        database.commit()


def _groups(lines: Iterable[str]) -> Iterator[dict[str, list[Row]]]:
    """The rows of each table, some records at a time."""
    numbered = enumerate(lines, 1)
    while some := list(islice(numbered, RECORDS_TOGETHER)):
        group: dict[str, list[Row]] = defaultdict(list)
        for number, line in some:
            for name, row in flatten(number, parse_line(line)):
                group[name].append(row)
        yield group


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """A full disk and the like as the other writers raise them."""
    try:
        yield
    except sqlite3.OperationalError as err:
        is_full = err.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(err)) from err
