"""Items of the inputs in order, in batches of a size that keeps a worker busy for a second or so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressextract.archives.inputs import InputFile, list_files
from pressextract.archives.items import ItemError, Page, ScanItem
from pressextract.archives.reader import ReadOptions
from pressextract.archives.readers import scan_file

CHUNK_ITEMS = 32
CHUNK_CHARACTERS = 256 * 1024
"""The article that reaches it is the last of its chunk."""
BYTES_A_CHARACTER = 8
"""Of a web page, most of which is markup; in chunks of one page the pipeline is 3 % slower."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """How far the inputs are read: ``index`` items of file number ``file``, and all files before it."""

    file: int = 0
    index: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive items.

    Attributes:
        items: articles, pages and errors, in input order.
        place: how far the inputs are read after the last of them.
        read: bytes on disk read so far, about.
    """

    items: list[ScanItem]
    place: Place
    read: float


@dataclass(slots=True)
class _Meter:
    before: int = 0
    size: int = 0
    share: float = 0.0

    def watch(self, share: float) -> None:
        self.share = min(share, 1.0)

    @property
    def read(self) -> float:
        return self.before + self.size * self.share


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads, and from where on.

    Attributes:
        paths: files, folders, archives.
        options: how to read tables.
        start: what is done already.
        exclude: the output of the run, which may lie in one of the folders.
    """

    paths: Sequence[Path]
    options: ReadOptions = field(default_factory=ReadOptions)
    start: Place = Place()
    exclude: Path | None = None

    def files(self) -> Iterator[InputFile]:
        """Every file, done or not. Raises UsageError for a path that does not exist."""
        return list_files(self.paths, self.exclude)


def read_chunks(inputs: Inputs) -> Iterator[Chunk]:
    """Yield the items of every file from the start on. Raises UsageError for a path that does not exist."""
    meter = _Meter()
    items: list[ScanItem] = []
    start = inputs.start
    size, place = 0, start
    for number, file in enumerate(inputs.files()):
        meter.before, meter.size, meter.share = meter.before + meter.size, file.size, 0.0
        if number < start.file:
            continue
        for index, item in enumerate(scan_file(file, inputs.options, meter.watch), 1):
            if number == start.file and index <= start.index:
                continue
            items.append(item)
            size += item_size(item)
            place = Place(number, index)
            if len(items) >= CHUNK_ITEMS or size >= CHUNK_CHARACTERS:
                yield Chunk(items, place, meter.read)
                items, size = [], 0
    if items:
        yield Chunk(items, place, meter.read + meter.size * (1 - meter.share))


def item_size(item: ScanItem) -> int:
    """Characters of an article, about as many as there may be in a page, 0 for an error."""
    if isinstance(item, Page):
        return len(item.data) // BYTES_A_CHARACTER
    return 0 if isinstance(item, ItemError) else len(item.text)
