"""Records as flat tables: one for the articles, one for each list of the record, one for the mentions.

The columns follow from the schema, so a list that is added there has its table here. ``record`` numbers the
articles of the output from 1 and joins the tables; ids of entities are unique in their article only. Where a
row points at an entity (``person``), the name stands beside it (``person_name``). Lists of strings are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from pressextract.schema import ArticleRecord, Mention

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]

_REFERENCES = ("person", "role", "organization", "city", "since", "until")
_NAMES = ("name", "title", "text")
_ARTICLE = ("id", "title", "publisher", "author", "url", "published", "language")
_SOURCE = ("path", "format", "member")
_SPAN = ("start", "end", "text")


@dataclass(frozen=True, slots=True)
class Table:
    """Name and columns of a table."""

    name: str
    columns: tuple[str, ...]


@cache
def tables() -> tuple[Table, ...]:
    """Every table: ``articles``, then those of the record's lists in its order, then ``mentions``."""
    articles = (
        "record",
        *_ARTICLE,
        *(f"source_{key}" for key in _SOURCE),
        "warnings",
        "pressextract",
        "model",
    )
    lists = (Table(name, ("record", *_columns(model))) for name, model in _lists().items())
    mentions = Table("mentions", ("record", "list", "entity", *_SPAN))
    return (Table("articles", articles), *lists, mentions)


@cache
def _lists() -> dict[str, type[BaseModel]]:
    """The lists of objects of a record, and what is in them."""
    found: dict[str, type[BaseModel]] = {}
    for name, info in ArticleRecord.model_fields.items():
        item = next(iter(get_args(info.annotation)), None)
        if get_origin(info.annotation) is list and isinstance(item, type) and issubclass(item, BaseModel):
            found[name] = item
    return found


def _columns(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if info.annotation is Mention:
            yield from (f"{name}_{part}" for part in _SPAN)
        elif info.annotation != list[Mention]:
            yield name
            if name in _REFERENCES:
                yield f"{name}_name"


def flatten(number: int, record: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for all of a record, as parsed from JSON; ``number`` is its place in the output."""
    meta, source = record["meta"], record["source"]
    head = (record[key] for key in _ARTICLE)
    place = (source[key] for key in _SOURCE)
    yield "articles", (number, *head, *place, _list(meta["warnings"]), meta["pressextract"], meta["model"])
    names = _entity_names(record)
    for name, model in _lists().items():
        for item in record[name]:
            yield name, (number, *_cells(model, item, names))
    for name, model in _lists().items():
        if "mentions" in model.model_fields:
            for item in record[name]:
                for mention in item["mentions"]:
                    yield "mentions", (number, name, item["id"], *(mention[part] for part in _SPAN))


def _entity_names(record: dict[str, Any]) -> dict[str, str]:
    return {
        item["id"]: next(item[key] for key in _NAMES if key in item)
        for name in _lists()
        for item in record[name]
        if "id" in item
    }


def _cells(model: type[BaseModel], item: dict[str, Any], names: dict[str, str]) -> Iterator[Cell]:
    for name, info in model.model_fields.items():
        value = item[name]
        if info.annotation is Mention:
            yield from (value[part] for part in _SPAN)
        elif info.annotation != list[Mention]:
            yield _list(value) if isinstance(value, list) else value
            if name in _REFERENCES:
                yield names.get(value)


def _list(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None
