"""Check records (JSONL) against a JSON Schema and, for the text given, every offset against the text as read.

Usage: python scripts/check_records.py SCHEMA RECORDS [TEXT]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema


def mentions(value: Any) -> Iterator[dict[str, Any]]:
    """Every mention and evidence anywhere in a record."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for child in value.values():
            yield from mentions(child)
    elif isinstance(value, list):
        for child in value:
            yield from mentions(child)


def main(schema_path: str, records_path: str, text_path: str | None = None) -> None:
    """Raise on the first record that is wrong; print how much was checked."""
    schema = json.loads(Path(schema_path).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    text = None if text_path is None else Path(text_path).read_text(encoding="utf-8")
    lines = Path(records_path).read_text(encoding="utf-8").splitlines()
    count = 0
    for line in lines:
        record = json.loads(line)
        validator.validate(record)
        for mention in mentions(record):
            count += 1
            if text is not None and text[mention["start"] : mention["end"]] != mention["text"]:
                raise SystemExit(f"{record['id']}: {mention} is not what the text says there")
    if not count:
        raise SystemExit(f"{records_path}: no mention in any record")
    print(f"{len(lines)} records valid, {count} mentions and evidences checked")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
