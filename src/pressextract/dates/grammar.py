"""The grammar of single expressions: the rules of ``lang/fr/dates/rules.toml``, compiled and indexed by first word."""

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
_MACRO = re.compile(r"\{([a-z][a-z_]*)\}")
_FIELDS = frozenset(("name", "on", "pattern", "kind", "set", "type", "check", "each", "fires", "silent"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern of folded text whose named groups are read into the fields of an ``Atom``.

    ``on`` names the first words it may begin with (a class of words, or ``=word``); ``set`` gives constant fields;
    ``check`` names a test of ``checks.py`` that the match must pass; ``each``, for lists, is the pattern of a member.
    ``fires`` and ``silent`` are its examples, run as tests.
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
def macros() -> dict[str, str]:
    """Named pieces of pattern, made from the word lists; a rule writes ``{month}`` for ``(?P<month>janvier|…)``."""
    words = terms()
    number = rf"(?:{alternatives(words['numbers'])}(?![a-z]))"
    number_words = rf"{number}(?:(?:-et-|{SPACE}et{SPACE}|-|{SPACE}){number}){{0,6}}"
    months = alternatives(words["months"])
    any_month = rf"(?:{months}(?![a-z])|{alternatives(words['month_abbreviations'])}(?![a-z])\.?)"
    any_weekday = rf"(?:{alternatives(words['weekdays'])}|{alternatives(words['weekday_abbreviations'])}\.?)"
    daypart = rf"(?:{alternatives(words['dayparts'])})(?![a-z])"
    day = r"(?:1{s}?er|[12]\d|3[01]|0?[1-9])(?![\d])".replace("{s}", SPACE)
    pieces = {
        "s": SPACE,
        "number_words": number_words,
        "year": r"(?P<year>1[0-9]\d\d|2[01]\d\d)(?![\d])",
        "years": r"(?:1[0-9]\d\d|2[01]\d\d)(?![\d])",
        "yy": r"(?:'|(?=[3-9]))(?P<short_year>\d\d)(?!\d)",
        "month": f"(?P<month>{months})(?![a-z])",
        "mon": f"(?P<month>{any_month})",
        "mons": any_month,
        "month_n": r"(?P<month>1[0-2]|0?[1-9])(?!\d)",
        "day": f"(?P<day>{day})",
        "days": day,
        "day_words": f"(?P<day>{number_words})",
        "weekday": f"(?P<weekday>{alternatives(words['weekdays'])})(?![a-z])",
        "weekdays_any": alternatives(words["weekdays"]),
        "months_any": months,
        "seasons_any": alternatives(words["seasons"]),
        "weekdays": f"{alternatives(words['weekdays'])}(?![a-z])",
        "wday": f"(?P<weekday>{any_weekday})(?![a-z])",
        "wdays": f"{any_weekday}(?![a-z])",
        "last_weekday": f"(?P<last_weekday>{alternatives(words['weekdays'])})(?![a-z])",
        "season": f"(?P<season>{alternatives(words['seasons'])})(?![a-z])",
        "holiday": f"(?P<holiday>{alternatives(holiday_names())})(?![a-z])",
        "unit": f"(?P<unit>{alternatives(words['units'])})(?![a-z])",
        "num": rf"(?P<count>\d{{1,3}}(?![\d.,])|{number_words}(?:{SPACE}d(?:e{SPACE}|'))?)",
        "ord": rf"(?P<order>{alternatives(words['ordinals'])}|\d{{1,2}}(?:eme|e)|{roman_ordinals()})(?![a-z])",
        "dir": f"(?P<side>{alternatives(words['directions'])})(?![a-z])",
        "daypart": f"(?P<daypart>{daypart})",
        "dayparts": daypart,
        "decade": rf"(?:[12]\d\d0|[1-9]0|{alternatives(words['decades'])})(?![a-z\d])",
        "roman": r"[ivx]{1,6}(?:eme|er|e)",
        "ordinals": alternatives(words["ordinals"]),
        "directions": alternatives(words["directions"]),
        "dir_plural": r"(?P<side>derniers|prochains)",
        "month_list": rf"{months}(?:(?:,{SPACE}|{SPACE}et{SPACE}){months}){{1,5}}",
    }
    return pieces


def roman_ordinals() -> str:
    """Pattern of the Roman ordinals that number quarters and half-years."""
    return "(?:i{1,3}|iv)(?:er|eme|e)"


def holiday_names() -> list[str]:
    """Every feast of the word lists."""
    words = terms()
    kinds = ("fixed_holidays", "easter_holidays", "weekday_holidays", "month_holidays", "special_holidays")
    return [name for kind in kinds for name in words[kind]]


def expand(pattern: str) -> str:
    """``pattern`` with its macros replaced and its plain spaces made into pattern spaces."""
    return _MACRO.sub(lambda match: _piece(match[1]), spaced(pattern, "{s}"))


def spaced(pattern: str, space: str = SPACE) -> str:
    """``pattern`` with every plain space outside of ``[…]`` replaced by ``space``."""
    return _CLASS_OR_SPACE.sub(lambda match: space if match[0] == " " else match[0], pattern)


def _piece(name: str) -> str:
    """The macro ``name``; ``name_b`` is the same with its groups renamed, for a second use in one pattern."""
    pieces = macros()
    if name.endswith("_b"):
        return re.sub(r"\(\?P<(\w+)>", r"(?P<\1_b>", pieces[name[:-2]])
    return pieces[name]


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
    """First word (or ``#`` and a number's count of digits) -> the rules that may begin with it, in file order."""
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
        "ordinal": [*first["ordinals"], "#1", "#2", "i", "ie", "ier", "ii", "iie", "iii", "iiie", "iv", "ive"],
        "direction": first["directions"],
        "daypart": first["dayparts"],
        "roman": [f"{numeral}{ending}" for numeral in _romans() for ending in ("e", "eme", "er")],
    }


def _romans() -> list[str]:
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return [ten + one for ten in ("", "x", "xx") for one in ones if ten + one]
