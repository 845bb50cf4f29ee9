"""Arrow streams and files: what ``datasets.Dataset.save_to_disk`` leaves in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.columns import map_columns, read_rows
from pressextract.archives.formats.parquet import numbered_rows
from pressextract.archives.items import ScanItem
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.optional import require

_FILE_MAGIC = b"ARROW1"
_SLICE_ROWS = 256


def _matches(head: Head) -> bool:
    return head.data.startswith(_FILE_MAGIC) or (
        head.suffix == ".arrow" and head.data.startswith(b"\xff\xff\xff\xff")
    )


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    ipc = require("pyarrow.ipc", extra="archives", purpose="reading Arrow data sets")
    if blob.head().startswith(_FILE_MAGIC):
        with blob.seekable() as stream:
            table = ipc.open_file(stream)
            batches = (table.get_batch(number) for number in range(table.num_record_batches))
            yield from _rows(blob, table.schema.names, batches, options)
        return
    table = ipc.open_stream(blob.stream)
    yield from _rows(blob, table.schema.names, table, options)


def _rows(blob: Blob, names: list[str], batches: Any, options: ReadOptions) -> Iterator[ScanItem]:
    columns = map_columns(names, options.columns)
    wanted = list(dict.fromkeys(columns.values()))
    slices = (part for batch in batches for part in _sliced(batch.select(wanted)))
    yield from read_rows(blob, numbered_rows(slices), columns, "arrow")


def _sliced(batch: Any) -> Iterator[Any]:
    return (batch.slice(start, _SLICE_ROWS) for start in range(0, batch.num_rows, _SLICE_ROWS))


READER = Reader("arrow", _matches, _read)
