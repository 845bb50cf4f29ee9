"""Put the record of the sample article, as it comes out now, into the README."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pressextract

ROOT = Path(__file__).parents[1]
SHOWN = ("people", "companies", "roles", "positions", "based_in")
PUBLISHED = "2025-03-14"


def one_line_an_item(record: dict[str, Any]) -> str:
    """The shown lists as JSON, one line for each item."""
    lists = []
    for key in SHOWN:
        items = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in record[key])
        lists.append(f'  "{key}": [\n{items}\n  ]')
    return "{\n" + ",\n".join(lists) + "\n}"


def main() -> None:
    """Rewrite the README's JSON."""
    text = (ROOT / "examples" / "article.txt").read_text(encoding="utf-8")
    shown = one_line_an_item(pressextract.extract(text, published=PUBLISHED).model_dump())
    readme = ROOT / "README.md"
    page = readme.read_text(encoding="utf-8")
    page = re.sub(r"```json\n.*?\n```", lambda _: f"```json\n{shown}\n```", page, count=1, flags=re.DOTALL)
    readme.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
