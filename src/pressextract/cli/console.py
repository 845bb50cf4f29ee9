"""What the commands share: exit codes, messages on stderr, options."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from pressextract.errors import UsageError

EXIT_SOME_FAILED = 1
"""Some articles failed; the rest is complete."""
EXIT_NOTHING = 2
"""Wrong usage, or nothing could be read."""
EXIT_INTERRUPTED = 130
"""By Ctrl-C, as shells have it."""

Published = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="ISO day of publication, the anchor of relative dates: 2019-12-06."),
]
Patterns = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Your own names: JSONL in spaCy's EntityRuler format; 'id' becomes external_id.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FOLDER", help="Model to use instead of the shipped one; see 'pressextract info'."
    ),
]


def warn(message: str) -> None:
    """Print one line on stderr, whatever the message holds."""
    line = " ".join(message.splitlines())
    sys.stderr.buffer.write(f"pressextract: {line}\n".encode("utf-8", "backslashreplace"))
    sys.stderr.flush()


def check_output(path: Path | None) -> None:
    """Refuse a file that cannot be written before any work is done for it; None is stdout.

    Raises:
        UsageError: its folder is not there or may not be written to, or it is a folder.
    """
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path}: cannot be written (it is a folder)")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: cannot be written (no folder {path.parent})")
    is_device = path.exists() and not path.is_file()
    if not is_device and not os.access(path.parent, os.W_OK):
        raise UsageError(f"{path}: cannot be written (folder {path.parent} may not be written to)")


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A UTF-8 text file to write: ``path``, whole or not at all, or stdout when None.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    is_device = path.exists() and not path.is_file()  # or a pipe: nothing may take its place
    try:
        with path.open("w", encoding="utf-8") if is_device else _open_whole(path) as sink:
            yield sink
    except OSError as err:
        raise UsageError(f"{path}: cannot be written ({err.strerror or err})") from err


@contextmanager
def _open_whole(path: Path) -> Iterator[TextIO]:
    """A file that takes the place of ``path`` at the end."""
    from pressextract.writers.replacing import replacing

    with replacing(path) as partial, partial.open("w", encoding="utf-8") as sink:
        yield sink
