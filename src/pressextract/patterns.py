"""The user's own names: a JSONL file in spaCy's EntityRuler format, checked line by line.

Each line is ``{"label": "COMPANY", "pattern": "Astrolys", "id": "123456789"}``; ``pattern`` is a string or
a list of token descriptions, ``id`` becomes ``external_id`` in the record. Typography is folded as in texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pressextract.cleaning import clean_text
from pressextract.errors import ModelError
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON

LABELS = (PERSON, COMPANY, ORGANIZATION, CITY)
_KEYS = {"label", "pattern", "id"}


def read_patterns(path: Path) -> list[dict[str, Any]]:
    """The patterns of ``path``, ready for ``SpanRuler.add_patterns``.

    Raises:
        ModelError: the file cannot be read, or a line is wrong; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as err:
        raise ModelError(f"patterns {path}: cannot be read ({err.strerror})") from err
    except UnicodeDecodeError as err:
        raise ModelError(f"patterns {path}: not UTF-8; save the file as UTF-8") from err
    numbered = enumerate(lines, 1)
    return [_read_line(line, f"patterns {path}:{number}") for number, line in numbered if line.strip()]


def _read_line(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as err:
        raise ModelError(f'{where}: not JSON; write {{"label": "COMPANY", "pattern": "…"}}') from err
    if not isinstance(row, dict) or not {"label", "pattern"} <= row.keys() <= _KEYS:
        raise ModelError(f'{where}: needs "label" and "pattern", may have "id", and nothing else')
    if row["label"] not in LABELS:
        raise ModelError(f"{where}: label {row['label']!r} is none of {', '.join(LABELS)}")
    if not isinstance(row["pattern"], (str, list)) or not row["pattern"]:
        raise ModelError(f"{where}: the pattern is neither a text nor a list of tokens")
    if not isinstance(row.get("id", ""), str):
        raise ModelError(f"{where}: the id is not a text")
    return {**row, "pattern": _fold(row["pattern"])}


def _fold(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value).text
    if isinstance(value, list):
        return [_fold(item) for item in value]
    return {key: _fold(item) for key, item in value.items()} if isinstance(value, dict) else value
