"""What a run has finished, on disk: numbered shards, each written whole or not at all.

A shard is a text file. Its first line says how far the inputs were read; each line after it is a tag and a
JSON value: ``R`` record, ``E`` error, ``D`` near-duplicate, ``S`` signature of a text, which later ones are
compared with. A run that was killed loses only what was not yet in a shard.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pressextract.batch.chunks import Place
from pressextract.errors import PressextractError, UsageError
from pressextract.writers.replacing import replacing

SHARD_ITEMS = 256
SHARD_CHARACTERS = 16_000_000
_RUN = "run.json"
_SHARD = "{:06d}.shard"
RECORD, ERROR, DUPLICATE, SIGNATURE = "R", "E", "D", "S"


class OutputError(PressextractError):
    """The output cannot be written."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Items so far: records written, items that failed, near-duplicates found."""

    done: int = 0
    failed: int = 0
    duplicates: int = 0


@dataclass(slots=True)
class Ledger:
    """The shards of one run, in the folder ``<OUT>.parts``."""

    folder: Path
    shards: int = 0
    place: Place = Place()
    counts: Counts = field(default_factory=Counts)

    @classmethod
    def open(cls, folder: Path, run: dict[str, Any], *, resume: bool) -> Ledger:
        """Begin a run, or go on with one.

        Args:
            folder: where the shards are.
            run: what the run depends on (inputs, options); a run goes on only with the same.
            resume: whether to go on with what is there.

        Raises:
            UsageError: an interrupted run, with a shard or more, is there and ``resume`` is off, or its
                inputs or options differ.
            OutputError: the folder cannot be written.
        """
        known = _read_run(folder)
        if known is None or not (folder / _SHARD.format(0)).exists():  # nothing in it to lose
            with writing(folder, then="nothing was done; write it elsewhere"):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                write_whole(folder / _RUN, json.dumps(run, indent=1) + "\n")
            return cls(folder)
        if not resume:
            raise UsageError(f"{folder}: an interrupted run; go on with it (--resume) or delete that folder")
        changed = sorted(key for key in run.keys() | known.keys() if run.get(key) != known.get(key))
        if changed:
            raise UsageError(
                f"{folder}: the interrupted run had other {', '.join(changed)}; delete that folder"
            )
        ledger = cls(folder)
        ledger._recover()
        return ledger

    def _recover(self) -> None:
        for left_over in self.folder.glob("*.tmp"):
            left_over.unlink()
        while (path := self._path(self.shards)).exists():
            with path.open(encoding="utf-8") as lines:
                head = json.loads(lines.readline())
            self.place, self.counts = Place(**head["place"]), Counts(**head["counts"])
            self.shards += 1

    def _path(self, number: int) -> Path:
        return self.folder / _SHARD.format(number)

    def append(self, lines: Iterable[str], place: Place, counts: Counts) -> None:
        """Add a shard: lines of ``tagged``, how far the inputs are read, the counts up to here.

        Raises:
            OutputError: the disk is full or cannot be written; the shards before this one are kept.
        """
        head = json.dumps({"place": asdict(place), "counts": asdict(counts)})
        path = self._path(self.shards)
        with writing(path):
            write_whole(path, "\n".join((head, *lines)) + "\n")
        self.shards += 1
        self.place, self.counts = place, counts

    def lines(self, tag: str) -> Iterator[str]:
        """The JSON of every line with this tag, over all shards, in order."""
        for number in range(self.shards):
            with self._path(number).open(encoding="utf-8", newline="\n") as lines:
                next(lines)
                for line in lines:
                    if line.startswith(tag):
                        yield line[2:].rstrip("\n")

    def remove(self) -> None:
        """Delete the shards, once the output is there."""
        shutil.rmtree(self.folder, ignore_errors=True)


def tagged(tag: str, line: str) -> str:
    """A line of a shard."""
    return f"{tag} {line}"


def _read_run(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / _RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` so that ``path`` is there with all of it or not at all."""
    with replacing(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def writing(path: Path, then: str = "what is done is kept, go on with --resume") -> Iterator[None]:
    """Turn what the file system says while the block writes ``path`` into one clear line, ending in ``then``.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        yield
    except OSError as err:
        full = err.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full; free some space" if full else f"cannot be written ({err.strerror})"
        raise OutputError(f"{path}: {what}; {then}") from err
