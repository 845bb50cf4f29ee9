"""Parquet: one file, one row an article, the lists of the record nested in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from pressextract.optional import require
from pressextract.schema import ArticleRecord
from pressextract.writers.lines import parse_line
from pressextract.writers.replacing import replacing

ROW_GROUP = 1_000


def check() -> None:
    """Raise UsageError when pyarrow is not installed."""
    require("pyarrow.parquet", extra="archives", purpose="writing Parquet")


def write(lines: Iterable[str], out: Path) -> None:
    """Write the records; the columns are those of the schema."""
    arrow = require("pyarrow", extra="archives", purpose="writing Parquet")
    parquet = require("pyarrow.parquet", extra="archives", purpose="writing Parquet")
    schema = arrow.schema(_fields(ArticleRecord, arrow))
    with replacing(out) as partial, parquet.ParquetWriter(partial, schema, compression="zstd") as sink:
        for rows in _groups(lines):
            sink.write_table(arrow.Table.from_pylist(rows, schema=schema))


def _groups(lines: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    stream = iter(lines)
    while group := [parse_line(line) for line in islice(stream, ROW_GROUP)]:
        yield group


def _fields(model: type[BaseModel], arrow: Any) -> list[Any]:
    return [arrow.field(name, _type(info.annotation, arrow)) for name, info in model.model_fields.items()]


def _type(annotation: Any, arrow: Any) -> Any:
    """The Arrow type of a field of the schema."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) in (list, tuple):
        return arrow.list_(_type(get_args(annotation)[0], arrow))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return arrow.struct(_fields(annotation, arrow))
    if get_origin(annotation) is Literal:
        return arrow.string()
    return {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}[annotation]
