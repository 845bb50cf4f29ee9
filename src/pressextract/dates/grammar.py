"""The rules of ``lang/fr/dates/rules.toml``, compiled and indexed by first word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pressextract.dates.terms import terms

SPACE = r"(?: {1,3}\n?|\n)"
"""A space of a pattern: up to three spaces or one line end, never an empty line."""
_CLASS_OR_SPACE = re.compile(r"\[[^\]]*\]| ")
_MACRO = re.compile(r"\{(=?[a-z][a-z_]*)\}")
_FIELDS = frozenset(("name", "on", "pattern", "kind", "set", "type", "check", "each", "fires", "silent"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern of folded text whose named groups are read into the fields of an ``Atom``.

    ``on`` names the first words it may begin with (a class of words, or ``=word``); ``set`` gives constant
    fields; ``check`` names a test of ``checks.py`` that must pass; ``each``, for lists, is the pattern of a
    member. ``fires`` and ``silent`` are its examples, run as tests.
    """

    name: str
    on: tuple[str, ...]
    pattern: re.Pattern[str]
    kind: str
    set: dict[str, Any] = field(default_factory=dict)
    type: str = "DATE"
    check: str | None = None
    each: re.Pattern[str] | None = None
    fires: tuple[dict[str, str], ...] = ()
    silent: tuple[str, ...] = ()


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of ``words`` (folded text), longest first, spaces as in a pattern."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", SPACE) for word in ordered) + ")"


@cache
def _list(name: str) -> str:
    """Pattern of any word of the list ``name`` of terms.json; ``holidays`` is all lists of feasts."""
    return alternatives(holiday_names() if name == "holidays" else terms()[name])


def holiday_names() -> list[str]:
    """Every feast of the word lists."""
    return [name for key, names in terms().items() if key.endswith("_holidays") for name in names]


@cache
def _macro(name: str) -> str:
    """The piece ``name`` of ``macros.toml``, expanded; ``name_b`` is the same with its groups renamed."""
    if name.startswith("="):
        return _list(name[1:])
    if name.endswith("_b"):
        return re.sub(r"\(\?P<(\w+)>", r"(?P<\1_b>", _macro(name[:-2]))
    return expand(read_toml("macros")[name])


def expand(pattern: str) -> str:
    """``pattern`` with its macros replaced and its plain spaces made into pattern spaces.

    Raises:
        KeyError: a macro or a list is not known.
    """
    return _MACRO.sub(lambda match: _macro(match[1]), spaced(pattern))


def spaced(pattern: str) -> str:
    """``pattern`` with every plain space outside of ``[…]`` made into a pattern space."""
    return _CLASS_OR_SPACE.sub(lambda match: SPACE if match[0] == " " else match[0], pattern)


@cache
def read_toml(name: str) -> dict[str, Any]:
    """The file ``lang/fr/dates/<name>.toml``."""
    path = files("pressextract.lang").joinpath("fr", "dates", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in file order.

    Raises:
        ValueError: a rule has a key that is not known.
    """
    return tuple(_rule(entry) for entry in read_toml("rules")["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    unknown = entry.keys() - _FIELDS
    if unknown:
        raise ValueError(f"rules.toml, rule {entry.get('name')!r}: unknown key {sorted(unknown)[0]!r}")
    compiled = dict(entry)
    compiled["pattern"] = re.compile(expand(entry["pattern"]) + r"(?![a-z0-9])")
    if "each" in entry:
        compiled["each"] = re.compile(expand(entry["each"]))
    for key in ("on", "fires", "silent"):
        compiled[key] = tuple(entry.get(key, ()))
    return Rule(**compiled)


@cache
def index() -> dict[str, tuple[Rule, ...]]:
    """First word (or ``#`` and a number of digits) -> the rules that may begin with it, in file order."""
    classes = _word_classes()
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        for name in rule.on:
            for word in [name[1:]] if name.startswith("=") else classes[name]:
                known = found.setdefault(word, [])
                if rule not in known:
                    known.append(rule)
    return {word: tuple(listed) for word, listed in found.items()}


def _word_classes() -> dict[str, list[str]]:
    words = terms()
    first = {key: [re.split(r"[ '.-]", word)[0] for word in words[key]] for key in words}
    return {
        "digits": ["#1", "#2"],
        "digits_three": ["#3"],
        "year": ["#4"],
        "number": first["numbers"],
        "month": first["months"],
        "month_abbreviation": first["month_abbreviations"],
        "weekday": first["weekdays"],
        "weekday_abbreviation": first["weekday_abbreviations"],
        "season": first["seasons"],
        "holiday": [re.split(r"[ '.-]", name)[0] for name in holiday_names()],
        "unit": first["units"],
        "ordinal": [
            *first["ordinals"],
            "#1",
            "#2",
            "i",
            "ie",
            "ier",
            "ii",
            "iie",
            "iii",
            "iiie",
            "iv",
            "ive",
        ],
        # Only "dernier" and "prochain" go before their noun, "à venir" and "en cours" do not.
        "direction": [word for word in words["directions"] if " " not in word],
        "daypart": first["dayparts"],
        "roman": [f"{numeral}{ending}" for numeral in _romans() for ending in ("e", "eme", "er")],
    }


def _romans() -> list[str]:
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return [ten + one for ten in ("", "x", "xx") for one in ones if ten + one]
