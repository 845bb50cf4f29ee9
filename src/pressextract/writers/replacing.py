"""A file or folder that appears with all of its contents or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield the path of a file to write; it replaces ``path`` when the block ends well, even if the power
    fails then. The folder has to be there.
    """
    partial = path.with_name(path.name + ".tmp")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        _sync(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it replaces ``path`` when the block ends well."""
    partial, old = path.with_name(path.name + ".tmp"), path.with_name(path.name + ".old")
    _remove(partial)
    partial.mkdir(parents=True)
    try:
        yield partial
        for file in partial.iterdir():
            _sync(file)
        _remove(old)
        if path.exists():
            path.rename(old)
        partial.rename(path)
        _remove(old)
    finally:
        _remove(partial)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
