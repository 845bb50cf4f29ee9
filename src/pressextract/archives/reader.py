"""What a reader is. Each file of ``formats`` defines one; ``registry`` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pressextract.archives.blob import Blob
from pressextract.archives.items import ScanItem


@dataclass(frozen=True)
class Head:
    """What the format of a file is told by: its suffix (lower case, with the dot) and first bytes."""

    suffix: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The first bytes as text; what is not UTF-8 is replaced."""
        return self.data.decode("utf-8-sig", errors="replace")

    @cached_property
    def start(self) -> str:
        """The first 1,000 characters that are not space, in lower case."""
        return self.text.lstrip()[:1000].lower()

    @property
    def is_markup(self) -> bool:
        """Whether it starts as HTML or XML does."""
        return self.start.startswith("<")


@dataclass(frozen=True)
class ReadOptions:
    """What the user says about the inputs.

    Attributes:
        columns: for tables, the column that holds each field (``{"text": "body"}``); others go by their name.
    """

    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """One format.

    Attributes:
        name: ``source.format`` of its articles.
        matches: whether a file is in this format.
        read: yields the articles of a file, and an ``ItemError`` for each that cannot be read. May raise for
            the whole file; the caller reports that and goes on with the next file.
    """

    name: str
    matches: Callable[[Head], bool]
    read: Callable[[Blob, ReadOptions], Iterator[ScanItem]]
