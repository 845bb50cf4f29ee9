"""POPCORN: a JSON array (or JSONL) of reports with entities, mentions, and relations between entities."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pressextract.labels import DATE, MISC, ORGANIZATION, PERSON, PLACE, ROLE
from pressextract.training.public_corpora.rows import CorpusError, Mention, Relation, Row

LABELS = {
    "CIVILIAN": PERSON,
    "MILITARY": PERSON,
    "TERRORIST_OR_CRIMINAL": PERSON,
    "NON_GOVERNMENTAL_ORGANISATION": ORGANIZATION,
    "NON_MILITARY_GOVERNMENT_ORGANISATION": ORGANIZATION,
    "MILITARY_ORGANISATION": ORGANIZATION,
    "INTERGOVERNMENTAL_ORGANISATION": ORGANIZATION,
    "PLACE": PLACE,
    "CATEGORY": ROLE,
    "TIME_EXACT": DATE,
    "TIME_FUZZY": DATE,
    "MATERIEL": MISC,
}
"""Of the set's types those that come near ours; its mentions include common nouns and pronouns."""


def read(path: Path) -> Iterator[Row]:
    """The reports; a relation joins the first mentions of its two entities.

    Raises:
        CorpusError: the file is no such JSON.
    """
    text = path.read_text(encoding="utf-8")
    try:
        items = json.loads(text) if text.lstrip().startswith("[") else map(json.loads, text.splitlines())
        for number, item in enumerate(items, 1):
            yield _row(str(item.get("id", number)), item)
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise CorpusError(f"{path}: is no POPCORN file ({err}); give its train.json or test.json") from err


def _row(name: str, item: dict[str, Any]) -> Row:
    mentions: list[Mention] = []
    first: dict[str, int] = {}
    for entity in item["entities"]:
        for place in entity["mentions"]:
            first.setdefault(str(entity["id"]), len(mentions))
            kind = str(entity["type"])
            mentions.append(
                Mention(
                    place["start"],
                    place["end"],
                    LABELS.get(kind),
                    kind,
                    str(entity["id"]),
                    entity.get("value"),
                )
            )
    relations = [
        Relation(first[str(head)], first[str(child)], str(label))
        for head, label, child in item.get("relations", ())
        if str(head) in first and str(child) in first
    ]
    return Row(name, item["text"], None, mentions, relations)
