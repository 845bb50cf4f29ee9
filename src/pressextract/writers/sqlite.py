"""SQLite: one database, one table per list of the record, indexed by article."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pressextract.writers.replacing import replacing
from pressextract.writers.tables import Cell, Row, flatten, tables


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
        for number, line in enumerate(lines, 1):
            for name, row in flatten(number, json.loads(line)):
                database.execute(inserts[name], _encodable(row))
        for table in tables():
            database.execute(f'CREATE INDEX "{table.name}_record" ON "{table.name}" (record)')
        database.commit()


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """A full disk and the like as the other writers raise them."""
    try:
        yield
    except sqlite3.OperationalError as err:
        is_full = err.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(err)) from err


def _encodable(row: Row) -> Row:
    return tuple(_clean(cell) for cell in row)


def _clean(cell: Cell) -> Cell:
    """SQLite takes no lone surrogates; they become question marks."""
    return cell.encode("utf-8", "replace").decode("utf-8") if isinstance(cell, str) else cell
