"""The lines that the writers of tables get, as records again."""

from __future__ import annotations

import json
from typing import Any


def parse_line(line: str) -> dict[str, Any]:
    """The record of a line of JSON; lone surrogates, which UTF-8 cannot hold, become question marks.

    Nothing but them and control characters is escaped by number (see ``ArticleRecord.to_json``), so most
    lines need no second look.
    """
    record: dict[str, Any] = json.loads(line)
    return _encodable(record) if "\\u" in line else record


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return {key: _encodable(item) for key, item in value.items()} if isinstance(value, dict) else value
