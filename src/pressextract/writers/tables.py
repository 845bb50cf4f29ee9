"""Records as flat tables: one for the articles, one for each list of the record, one for the mentions.

The columns follow from the schema, so a list that is added there has its table here. ``record`` numbers the
articles of the output from 1 and joins the tables; ids of entities are unique in their article only. Where a
row points at an entity (``person``), the name stands beside it (``person_name``). Lists of strings are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
_PLAIN, _STRINGS, _EVIDENCE, _REFERENCE = "plain", "strings", "evidence", "reference"


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
    lists = (Table(name, ("record", *_columns(entries.fields))) for name, entries in _lists().items())
    mentions = Table("mentions", ("record", "list", "entity", *_SPAN))
    return (Table("articles", articles), *lists, mentions)


@dataclass(frozen=True, slots=True)
class _List:
    """A list of objects of a record: its fields and what stands in a row for each."""

    fields: tuple[tuple[str, str], ...]
    """Names of fields; their kinds, which are ``_PLAIN``, ``_STRINGS``, ``_EVIDENCE`` or ``_REFERENCE``."""
    has_mentions: bool


@cache
def _lists() -> dict[str, _List]:
    """The lists of objects of a record, by name."""
    found: dict[str, _List] = {}
    for name, info in ArticleRecord.model_fields.items():
        item = next(iter(get_args(info.annotation)), None)
        if get_origin(info.annotation) is list and isinstance(item, type) and issubclass(item, BaseModel):
            annotations = {field: inner.annotation for field, inner in item.model_fields.items()}
            kinds = ((field, _kind(field, type_)) for field, type_ in annotations.items())
            found[name] = _List(
                tuple((field, kind) for field, kind in kinds if kind), "mentions" in annotations
            )
    return found


def _kind(field: str, annotation: object) -> str | None:
    """What stands for a field in a row; None for mentions, which have rows of their own."""
    if annotation is Mention:
        return _EVIDENCE
    if annotation == list[Mention]:
        return None
    if field in _REFERENCES:
        return _REFERENCE
    return _STRINGS if get_origin(annotation) is list else _PLAIN


def _columns(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, kind in fields:
        if kind == _EVIDENCE:
            yield from (f"{name}_{part}" for part in _SPAN)
        else:
            yield name
            if kind == _REFERENCE:
                yield f"{name}_name"


def flatten(number: int, record: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for all of a record, as parsed from JSON; ``number`` is its place in the output."""
    meta, source = record["meta"], record["source"]
    head = (record[key] for key in _ARTICLE)
    place = (source[key] for key in _SOURCE)
    yield "articles", (number, *head, *place, _list(meta["warnings"]), meta["pressextract"], meta["model"])
    names = _entity_names(record)
    for name, entries in _lists().items():
        for item in record[name]:
            yield name, _row(number, entries.fields, item, names)
    for name, entries in _lists().items():
        for item in record[name] if entries.has_mentions else ():
            for mention in item["mentions"]:
                yield (
                    "mentions",
                    (number, name, item["id"], mention["start"], mention["end"], mention["text"]),
                )


def _entity_names(record: dict[str, Any]) -> dict[str, str]:
    return {
        item["id"]: next(item[key] for key in _NAMES if key in item)
        for name in _lists()
        for item in record[name]
        if "id" in item
    }


def _row(number: int, fields: Iterable[tuple[str, str]], item: dict[str, Any], names: dict[str, str]) -> Row:
    cells: list[Cell] = [number]
    for name, kind in fields:
        value = item[name]
        if kind == _EVIDENCE:
            cells += (value[part] for part in _SPAN)
        else:
            cells.append(_list(value) if kind == _STRINGS else value)
            if kind == _REFERENCE:
                cells.append(names.get(value))
    return tuple(cells)


def _list(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None
