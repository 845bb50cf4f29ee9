"""What a reader is. Each file of ``formats`` defines one; ``registry`` lists them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pressextract.archives.blob import Blob
from pressextract.archives.items import ScanItem

_START_BYTES = 8_000
_FIRST_BYTES = 64 * 1024
_PAPERS = (b"og:title", b"application/ld+json", b"article:published_time")
"""What a paper says of its page, to be found and shared; export services do not."""
_REACH = 200
"""Bytes before and after a mark; longer than what readers look for there."""


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
        """The first 1,000 characters after the spaces, in lower case."""
        first = self.data.removeprefix(codecs.BOM_UTF8).lstrip()[:_START_BYTES]
        return first.decode("utf-8", errors="replace").lstrip()[:1000].lower()

    @property
    def is_markup(self) -> bool:
        """Whether it starts as HTML or XML does."""
        return self.start.startswith("<")

    @property
    def is_page(self) -> bool:
        """Whether it says at once that it is HTML: none of the XML formats is."""
        return self.start.startswith(("<!doctype html", "<html"))

    @cached_property
    def searched(self) -> bytes:
        """Where marks of exports are looked for: of a paper's page the first part, as it is none of them."""
        first = self.data[:_FIRST_BYTES]
        return first if self.is_page and any(mark in first for mark in _PAPERS) else self.data

    def has(self, *marks: bytes) -> bool:
        """Whether one of ``marks`` is in it, as it is written: this is asked of every web page."""
        return any(mark in self.searched for mark in marks)

    def matches_at(self, mark: bytes, pattern: re.Pattern[bytes]) -> bool:
        """Whether ``pattern``, which has ``mark`` in it and is short, is found around one of its places."""
        place = self.searched.find(mark)
        while place >= 0:
            if pattern.search(self.searched, max(0, place - _REACH), place + _REACH):
                return True
            place = self.searched.find(mark, place + len(mark))
        return False


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
