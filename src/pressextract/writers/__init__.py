"""Where records go: one module per format.

A writer gets the records as lines of JSON, in order, and replaces its output in one step at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pressextract.errors import UsageError
from pressextract.writers import csv, jsonl, parquet, sqlite


@dataclass(frozen=True)
class Writer:
    """One output format: its name, and what writes lines of JSON to a path."""

    name: str
    write: Callable[[Iterable[str], Path], None]
    check: Callable[[], object] = lambda: None


WRITERS = (
    Writer("jsonl", jsonl.write_lines),
    Writer("csv", csv.write),
    Writer("parquet", parquet.write, parquet.check),
    Writer("sqlite", sqlite.write),
)


def find_writer(name: str) -> Writer:
    """The writer of a format. Raises UsageError: there is none, or a library that it needs is missing."""
    found = next((writer for writer in WRITERS if writer.name == name), None)
    if found is None:
        raise UsageError(f"format {name!r}: give one of {', '.join(writer.name for writer in WRITERS)}")
    found.check()
    return found
