"""Annotation that stands apart from its text: offsets into raw articles that may be read, and not copied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pressextract.errors import UsageError
from pressextract.training.shards import read_rows


def join_offsets(offsets: Path, raw: Iterable[Path]) -> list[dict[str, Any]]:
    """Gold articles: the rows of ``offsets``, in their order, with their text, names and aliases.

    Args:
        offsets: what ``strip_texts`` made.
        raw: JSONL files of {"id", "text"}, plain or ``.xz``.

    Raises:
        UsageError: the raw files lack an article, or hold another text under its id.
    """
    rows = [json.loads(line) for line in offsets.read_text(encoding="utf-8").splitlines()]
    texts = _texts_of({row["id"] for row in rows}, raw)
    return [join_row(row, texts[row["id"]]) for row in rows]


def strip_texts(gold: Path, raw: Iterable[Path]) -> list[dict[str, Any]]:
    """What ``join_offsets`` takes, from gold articles and the raw files that their texts are from.

    Raises:
        UsageError: the raw files lack an article, or its text.
    """
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    texts = _texts_of({row["id"] for row in rows}, raw)
    return [strip_text(row, texts[row["id"]]) for row in rows]


def _texts_of(wanted: set[str], raw: Iterable[Path]) -> dict[str, str]:
    texts = {row["id"]: row["text"] for row in read_rows(raw) if row.get("id") in wanted}
    if missing := sorted(wanted - texts.keys()):
        raise UsageError(
            f"{len(missing)} articles are not in the raw files, {missing[0]} first; name every raw file"
        )
    return texts


def join_row(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """One gold article; the longest mention of an entity becomes its name, the others its aliases.

    Args:
        row: id, ``span`` (characters of the raw text, half-open), ``sha256`` of that part, entities with
            mentions, positions, based_in.
        text: the raw text.

    Raises:
        UsageError: the part of the text is another one.
    """
    part = text[slice(*row["span"])]
    if digest_of(part) != row["sha256"]:
        raise UsageError(f"article {row['id']}: the raw text is not the one that was annotated")
    entities = []
    for entity in row["entities"]:
        forms = list(dict.fromkeys(part[start:end] for start, end in entity["mentions"]))
        name = max(forms, key=len)
        entities.append({**entity, "name": name, "aliases": [form for form in forms if form != name]})
    facts = {key: row[key] for key in ("positions", "based_in")}
    published = row.get("published")
    return {"id": row["id"], "published": published, "text": part, "entities": entities, **facts}


def strip_text(row: Mapping[str, Any], raw: str) -> dict[str, Any]:
    """What ``join_row`` takes, from a gold article and the raw text that holds it.

    Raises:
        UsageError: it does not.
    """
    start = raw.find(row["text"])
    if start < 0:
        raise UsageError(f"article {row['id']}: its text is not in the raw one")
    return {
        "id": row["id"],
        "published": row.get("published"),
        "span": [start, start + len(row["text"])],
        "sha256": digest_of(row["text"]),
        "entities": [{key: e[key] for key in ("id", "label", "mentions")} for e in row["entities"]],
        "positions": row["positions"],
        "based_in": row["based_in"],
    }


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
