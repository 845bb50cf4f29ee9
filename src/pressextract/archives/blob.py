"""A file, or a member of an archive, as a stream that is read once, with bounds."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any

from pressextract.archives.decoding import decode
from pressextract.archives.limits import (
    HEAD_BYTES,
    INFLATED_BYTES,
    INFLATED_RATIO,
    MAX_FILE_BYTES,
    MAX_LINE_BYTES,
    SPOOL_BYTES,
)
from pressextract.errors import ArticleError
from pressextract.schema import Source

_STEP_BYTES = 1 << 16


class InflationError(ArticleError):
    """An archive unpacks to more than it may: all of it is given up."""


@dataclass(slots=True)
class Budget:
    """Bytes that the archives inside one input may still unpack to."""

    left: int

    @classmethod
    def for_size(cls, size: int) -> Budget:
        """The budget of an input of ``size`` bytes on disk."""
        return cls(INFLATED_BYTES + INFLATED_RATIO * size)

    def spend(self, count: int) -> None:
        """Take ``count`` bytes.

        Raises:
            InflationError: there are not as many left.
        """
        self.left -= count
        if self.left < 0:
            raise InflationError(f"unpacks to more than {INFLATED_RATIO} times its size; refused as a bomb")


class Inflated(io.RawIOBase):
    """What a decompressor gives, charged to a budget; of a damaged file, all that comes before the damage."""

    def __init__(self, stream: Any, budget: Budget) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._budget = budget
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._error is not None:
            raise self._error
        count = 0
        while count < len(buffer):
            try:
                data = self._read(min(len(buffer) - count, _STEP_BYTES))
                self._budget.spend(len(data))
            except Exception as err:  # what was unpacked before it is good
                if not count:
                    raise
                self._error = err
                break
            if not data:
                break
            buffer[count : count + len(data)] = data
            count += len(data)
        return count


@dataclass(slots=True)
class Blob:
    """One file or member.

    Attributes:
        stream: its bytes; readers take them once, from the start.
        path: the file on disk that it is, or lies in.
        member: its name inside that file, archives inside archives joined by ``/``; None for the file itself.
        id: what an article is called when this holds just one.
        depth: number of archives around it.
    """

    stream: io.BufferedReader[Any]
    path: str
    budget: Budget
    member: str | None = None
    id: str = ""
    depth: int = 0
    share: float | None = field(default=None)
    """How much of it is done, 0 to 1, where its reader tells; the position in the file tells otherwise."""

    @property
    def suffix(self) -> str:
        """Lower-case suffix of its name, with the dot."""
        return PurePosixPath((self.member or self.path).replace("\\", "/")).suffix.lower()

    def head(self) -> bytes:
        """Its first bytes, at most ``HEAD_BYTES``, without taking them."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def read(self, limit: int = MAX_FILE_BYTES) -> bytes:
        """All of it.

        Raises:
            ArticleError: it is larger than ``limit`` bytes.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ArticleError(f"more than {limit} bytes; split the file")
        return data

    def text(self, limit: int = MAX_FILE_BYTES) -> tuple[str, tuple[str, ...]]:
        """All of it decoded, and the warnings about that. Raises ArticleError: too large, or binary."""
        return decode(self.read(limit))

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Its lines with their numbers, from 1; None for a line longer than ``MAX_LINE_BYTES``."""
        number = 0
        while line := self.stream.readline(MAX_LINE_BYTES):
            number += 1
            if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(MAX_LINE_BYTES)
            yield number, None

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """It as a file that can be sought in; a member is copied to a temporary file first."""
        if self.member is None and self.stream.seekable():
            yield self.stream
            return
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as copy:
            shutil.copyfileobj(self.stream, copy, 1 << 20)
            copy.seek(0)
            yield copy

    def source(self, format_name: str, part: object = None) -> Source:
        """The source of an article in it; ``part``: the number of a line, row or article in this file."""
        names = [name for name in (self.member, None if part is None else str(part)) if name]
        return Source(path=self.path, format=format_name, member=":".join(names) or None)
