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
    """One output format.

    Attributes:
        name: as in ``--format``.
        write: writes lines of JSON to a path.
        check: raises UsageError when a library is missing.
        is_folder: whether the output is a folder of ``.csv`` files.
    """

    name: str
    write: Callable[[Iterable[str], Path], None]
    check: Callable[[], object] = lambda: None
    is_folder: bool = False

    def check_output(self, out: Path) -> None:
        """Raise UsageError when ``out`` is there and was not made by this writer, or may not have been."""
        if self.is_folder:
            if out.is_file():
                raise UsageError(f"{out}: is a file; {self.name} needs a folder")
            if out.is_dir() and any(path.suffix != f".{self.name}" for path in out.iterdir()):
                raise UsageError(f"{out}: holds other files; give a new folder")
        elif out.is_dir():
            raise UsageError(f"{out}: is a folder; {self.name} needs a file")


WRITERS = (
    Writer("jsonl", jsonl.write_lines),
    Writer("csv", csv.write, is_folder=True),
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
