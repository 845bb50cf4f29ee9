"""JSON lines: the records as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pressextract.writers.replacing import replacing


def write_lines(lines: Iterable[str], out: Path) -> None:
    """Write ``lines``, each ended with a newline."""
    with replacing(out) as partial, partial.open("w", encoding="utf-8", newline="\n") as sink:
        for line in lines:
            sink.write(line)
            sink.write("\n")
