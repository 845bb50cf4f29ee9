"""The documentation says what is there: every option, every field, and the README's record is what comes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from spacy.language import Language

from pressextract import extract
from pressextract.cli.app import app
from pressextract.schema import json_schema

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OURS = ("extract", "batch", "view", "schema", "info")


def properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from properties(value)


def test_every_command_is_documented() -> None:
    assert {name for name in COMMANDS if not re.search(rf"^## .*\b{name}\b", CLI, re.MULTILINE)} == set()


@pytest.mark.parametrize("command", OURS)
def test_every_option_is_documented(command: str) -> None:
    options = {
        option
        for parameter in COMMANDS[command].params
        for option in parameter.opts
        if option.startswith("-")
    }
    assert {option for option in options - {"--help"} if f"`{option}`" not in CLI} == set()


def test_every_field_of_the_record_is_documented() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert {field for field in properties(json_schema()) if field not in page} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", text)
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_record_of_the_readme_is_what_comes_out(nlp: Language) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"```json\n(.+?)\n```", readme, re.DOTALL)[1])  # type: ignore[index]
    text = (ROOT / "examples" / "article.txt").read_text(encoding="utf-8")
    record = extract(text, published="2025-03-14", nlp=nlp).model_dump()
    assert {key: without(record[key]) for key in shown} == without(shown), "run scripts/update_readme.py"


def without(value: Any) -> Any:
    """The value without confidences, which every new model changes a little."""
    if isinstance(value, dict):
        return {key: without(item) for key, item in value.items() if key != "confidence"}
    return [without(item) for item in value] if isinstance(value, list) else value
