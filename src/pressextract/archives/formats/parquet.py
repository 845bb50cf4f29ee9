"""Parquet tables, read in batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressextract.archives.blob import Blob
from pressextract.archives.columns import map_columns, read_rows
from pressextract.archives.items import ScanItem
from pressextract.archives.reader import Reader, ReadOptions
from pressextract.optional import require

_BATCH_ROWS = 256


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    parquet = require("pyarrow.parquet", extra="archives", purpose="reading Parquet")
    with blob.seekable() as stream:
        table = parquet.ParquetFile(stream, pre_buffer=False)
        columns = map_columns(table.schema_arrow.names, options.columns)
        batches = table.iter_batches(batch_size=_BATCH_ROWS, columns=list(dict.fromkeys(columns.values())))
        yield from read_rows(blob, numbered_rows(batches), columns, "parquet")


def numbered_rows(batches: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of Arrow record batches, numbered from 1."""
    number = 0
    for batch in batches:
        for row in batch.to_pylist():
            number += 1
            yield number, row


READER = Reader("parquet", lambda head: head.data.startswith(b"PAR1"), _read)
