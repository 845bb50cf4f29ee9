"""Read the compact gazetteer files built by ``scripts/build_gazetteers.py``."""

from __future__ import annotations

import gzip
import zlib
from importlib.resources import files
from importlib.resources.abc import Traversable

from pressextract.errors import PressextractError

REBUILD = "python scripts/build_gazetteers.py"


class GazetteerError(PressextractError, ValueError):
    """A gazetteer file is missing or damaged; the message names it and the command that builds it again."""


def data_folder() -> Traversable:
    """The folder of the shipped files."""
    return files("pressextract.gazetteers").joinpath("data")


def read_lines(folder: Traversable, name: str, columns: int) -> list[str]:
    """The lines of table ``name`` without comments; the first must have ``columns`` tab-separated cells.

    Raises GazetteerError when the file is missing, damaged, empty or of another form.
    """
    try:
        text = gzip.decompress(folder.joinpath(name).read_bytes()).decode("utf-8")
    except FileNotFoundError as err:
        raise GazetteerError(f"gazetteer file {name} is missing; build it: {REBUILD}") from err
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as err:
        raise GazetteerError(f"gazetteer file {name} is damaged ({err}); build it again: {REBUILD}") from err
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found = lines[first].count("\t") + 1 if first < len(lines) else 0
    if found != columns:
        raise GazetteerError(
            f"gazetteer file {name} has {found} columns, not {columns}; build it again: {REBUILD}"
        )
    return lines[first:]
