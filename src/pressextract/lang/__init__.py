"""French facts as data: lists (JSON) and patterns (TOML) lie beside this module, the logic elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_languages() -> dict[str, list[str]]:
    """Frequent function words of French and of the languages it must be told from, by ISO 639-1 code."""
    text = files("pressextract.lang").joinpath("languages.json").read_text(encoding="utf-8")
    return {key: value for key, value in json.loads(text).items() if not key.startswith("_")}


@cache
def load_terms(name: str) -> dict[str, Any]:
    """The term file ``lang/fr/<name>.json`` as a dict; keys beginning with ``_`` are comments, left out."""
    text = files("pressextract.lang").joinpath("fr", f"{name}.json").read_text(encoding="utf-8")
    return {key: value for key, value in json.loads(text).items() if not key.startswith("_")}


def any_of(words: Iterable[str]) -> str:
    """A regex alternation of literal ``words``, longest first; the caller puts it into a group."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
