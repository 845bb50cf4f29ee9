"""Read articles from anything: files, folders, archives inside archives, told by content and suffix."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pressextract.archives.blob import Blob, Budget, InflationError
from pressextract.archives.containers import find_opener
from pressextract.archives.decoding import BINARY, UTF16_MARKS, AsUtf8
from pressextract.archives.inputs import InputFile, is_furniture
from pressextract.archives.items import ItemError, Page, ReadItem, ScanItem, make_article
from pressextract.archives.limits import HEAD_BYTES, MAX_DEPTH
from pressextract.archives.reader import Head, ReadOptions
from pressextract.archives.registry import find_reader
from pressextract.errors import PressextractError, UsageError

__all__ = ["ItemError", "ReadItem", "read_bytes", "read_path", "scan_file"]

_REFUSED = {
    b"%PDF-": "PDF is not read; export as HTML or text",
    b"{\\rtf": "RTF is not read; export as HTML, DOCX or text",
    b"\xd0\xcf\x11\xe0": "an old Office document; save it as DOCX or text",
    b"Rar!": "RAR is not read; pack it as ZIP",
    b"7z\xbc\xaf": "7z is not read; pack it as ZIP",
    b"(\xb5/\xfd": "Zstandard is not read; unpack it first",
}
_DEFAULTS = ReadOptions()


def read_path(path: Path, root: Path | None = None, options: ReadOptions = _DEFAULTS) -> Iterator[ReadItem]:
    """Yield the articles of one file, and an ``ItemError`` for each that cannot be read.

    Args:
        path: file to read.
        root: folder that ids are made relative to; the file stem is the id when None.
        options: how to read tables.

    Raises:
        UsageError: the file does not exist.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file")
    yield from _resolved(scan_file(InputFile(path, root, path.stat().st_size), options))


def read_bytes(
    data: bytes, *, name: str, article_id: str = "", suffix: str = "", options: ReadOptions = _DEFAULTS
) -> Iterator[ReadItem]:
    """Yield the articles in ``data``, as ``read_path`` does; ``suffix`` (``.csv``) helps to tell the kind."""
    stream = io.BufferedReader(io.BytesIO(data), HEAD_BYTES)
    blob = Blob(stream, name, Budget.for_size(len(data)), id=article_id)
    yield from _resolved(_guarded(blob, options, suffix or blob.suffix))


def _resolved(items: Iterator[ScanItem]) -> Iterator[ReadItem]:
    return (item.read() if isinstance(item, Page) else item for item in items)


def scan_file(
    file: InputFile, options: ReadOptions = _DEFAULTS, watch: Callable[[float], None] = lambda share: None
) -> Iterator[ScanItem]:
    """Yield the items of one file; web pages as bytes, for the worker to find their text.

    Args:
        file: what to read.
        options: how to read tables.
        watch: told, before each item, which share of the file is done (0 to 1).
    """
    if file.problem:
        yield ItemError(str(file.path), None, file.problem)
        return
    try:
        raw = file.path.open("rb", buffering=0)
    except OSError as err:
        yield ItemError(str(file.path), None, f"cannot be read ({err.strerror}); check the rights")
        return
    with raw:
        stream = io.BufferedReader(raw, HEAD_BYTES)
        blob = Blob(stream, str(file.path), Budget.for_size(file.size), id=file.id)
        for item in _guarded(blob, options, blob.suffix):
            watch(blob.share if blob.share is not None else raw.tell() / max(file.size, 1))
            yield item


def _guarded(blob: Blob, options: ReadOptions, suffix: str) -> Iterator[ScanItem]:
    try:
        yield from _scan(blob, options, suffix)
    except InflationError as err:
        yield ItemError(blob.path, None, str(err))


def _scan(blob: Blob, options: ReadOptions, suffix: str) -> Iterator[ScanItem]:
    """The items of a file or member; whatever is wrong with it costs it alone, except a bomb."""
    try:
        if blob.head().startswith(UTF16_MARKS):
            blob = replace(blob, stream=io.BufferedReader(AsUtf8(blob.stream), HEAD_BYTES))
        head = Head(suffix, blob.head())
        if not head.data:
            yield _empty(blob, head)
            return
        opener = find_opener(head)
        if opener is None:
            yield from _read(blob, options, head)
            return
        if blob.depth >= MAX_DEPTH:
            yield ItemError(blob.path, blob.member, f"more than {MAX_DEPTH} archives in each other; refused")
            return
        for child in opener(blob):
            if isinstance(child, ItemError):
                yield child
            elif not is_furniture(child.member or ""):
                yield from _scan(child, options, child.suffix)
    except InflationError:
        raise
    except PressextractError as err:
        yield ItemError(blob.path, blob.member, str(err))
    except Exception as err:  # a corrupt file can fail anywhere in a decoder
        reason = f"{type(err).__name__}: {' '.join(str(err).split())[:200]}"
        yield ItemError(blob.path, blob.member, f"cannot be read ({reason}); corrupt or cut off?")


def _empty(blob: Blob, head: Head) -> ScanItem:
    """A file without a byte is an empty article, whatever its name promises."""
    reader = find_reader(head)
    source = blob.source(reader.name if reader else "text")
    return make_article({"text": "", "id": blob.id}, source, may_be_empty=True)


def _read(blob: Blob, options: ReadOptions, head: Head) -> Iterator[ScanItem]:
    refusal = next((reason for magic, reason in _REFUSED.items() if head.data.startswith(magic)), None)
    reader = find_reader(head) if refusal is None else None
    if reader is None:
        other = "XML of an unknown kind; see the formats" if head.start.startswith("<?xml") else BINARY
        yield ItemError(blob.path, blob.member, refusal or other)
        return
    yield from reader.read(blob, options)
