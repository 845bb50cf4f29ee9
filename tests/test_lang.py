"""The French word lists: each is read somewhere, and its file's origin is on record."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from pressextract.lang import any_of

PACKAGE = Path(__file__).parents[1] / "src" / "pressextract"
FRENCH = PACKAGE / "lang" / "fr"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
PATTERNS = (FRENCH / "fact_patterns.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FRENCH.glob("*.json")), ids=lambda path: path.stem)
def test_every_list_is_read_by_some_module(path: Path) -> None:
    keys = {key for key in json.loads(path.read_text(encoding="utf-8")) if not key.startswith("_")}
    unread = {key for key in keys if not re.search(rf"""["']{key}["']""", CODE)}
    assert {key for key in unread if not re.search(rf"{{([a-z]+\.)?{key}}}", PATTERNS)} == set()


def test_every_part_of_a_pattern_is_used() -> None:
    parts = tomllib.loads(PATTERNS)["parts"]
    assert {name for name in parts if f"{{{name}}}" not in PATTERNS} == set()
    assert {name for name in tomllib.loads(PATTERNS)["patterns"] if f'pattern("{name}")' not in CODE} == set()


def test_every_file_of_words_has_its_source_on_record() -> None:
    sources = (FRENCH / "SOURCES.md").read_text(encoding="utf-8")
    files = {path.name for suffix in ("json", "toml") for path in FRENCH.rglob(f"*.{suffix}")}
    assert {name for name in files if name not in sources} == set()


def test_pattern_of_words_takes_the_longest_and_reads_them_literally() -> None:
    pattern = re.compile(any_of(["M", "M.", "M. le", "M."]))
    found = pattern.match("M. le maire")
    assert found
    assert found[0] == "M. le"
    assert pattern.fullmatch("Mx") is None
