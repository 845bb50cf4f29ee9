"""The patterns of ``lang/fr/fact_patterns.toml``, compiled; what they mean is said there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pressextract.lang import any_of, load_terms
from pressextract.schema import SiteKind

_PART = re.compile(r"\{([a-z_.]+)\}")


@cache
def _file() -> dict[str, Any]:
    path = files("pressextract.lang").joinpath("fr", "fact_patterns.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _expand(pattern: str) -> str:
    return _PART.sub(lambda match: _part(match[1]), pattern)


@cache
def _part(name: str) -> str:
    """A part by its name, or the words of the list of that name."""
    parts = _file()["parts"]
    if name in parts:
        return _expand(parts[name])
    file, _, terms = name.rpartition(".")
    return any_of(load_terms(file or "facts")[terms])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of ``[patterns]``. Raises KeyError: there is none of that name."""
    return re.compile(_expand(_file()["patterns"][name]))


@cache
def denial(name: str) -> re.Pattern[str]:
    """One of ``[denials]``, whatever the case. Raises KeyError: there is none of that name."""
    return re.compile(_expand(_file()["denials"][name]), re.IGNORECASE)


@cache
def gap_rules() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """For each pair of neighbours (P person, R role) the kinds of gap that join them, first match wins."""
    return {
        pair: tuple((name, re.compile(_expand(text))) for name, text in rules.items())
        for pair, rules in _file()["gaps"].items()
    }


@dataclass(frozen=True, slots=True)
class SeatRule:
    """A pattern that ends right before a town, or begins right after it."""

    name: str
    kind: SiteKind
    pattern: re.Pattern[str]


@cache
def seat_rules() -> tuple[SeatRule, ...]:
    """The rules for the towns of bodies, the most telling first; group ``body`` is the body's symbol where
    the pattern holds one."""
    return tuple(
        SeatRule(rule["name"], rule["kind"], re.compile(_expand(rule["pattern"])))
        for rule in _file()["seats"]
    )
