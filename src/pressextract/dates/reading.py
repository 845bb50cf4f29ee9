"""From a match of a rule to the atoms it stands for: named groups become fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from pressextract.dates.atoms import Atom, Side
from pressextract.dates.grammar import Rule
from pressextract.dates.numbers import parse_number, parse_ordinal, parse_roman
from pressextract.dates.terms import terms

_SPLIT = re.compile(r"[ \n]+")
_PART_LETTER = {
    "trimestre": "Q",
    "quart": "Q",
    "semestre": "H",
    "quadrimestre": "T",
    "t": "Q",
    "q": "Q",
    "s": "H",
    "h": "H",
}


def read_match(rule: Rule, match: re.Match[str]) -> list[Atom]:
    """The atoms of a match in text order: several for a list ("les 17 et 24 mai"); [] for nonsense."""
    shared = read_groups(match)
    if shared is None:
        return []
    if rule.each is None:
        atoms = [_atom(rule, match.start(), match.end(), {**rule.set, **shared})]
    else:
        atoms = _members(rule, match, shared)
    return [atom for atom in atoms if _is_sound(atom)]


def _atom(rule: Rule, start: int, end: int, fields: dict[str, Any]) -> Atom:
    return Atom(start=start, end=end, rule=rule.name, kind=rule.kind, type=rule.type, **fields)  # type: ignore[arg-type]


def _members(rule: Rule, match: re.Match[str], shared: dict[str, Any]) -> list[Atom]:
    """One atom for each member of group ``items``; the last one also covers what stands after the list."""
    assert rule.each is not None
    atoms = []
    for member in rule.each.finditer(match.string, *match.span("items")):
        fields = read_groups(member)
        if fields is None:
            return []
        atoms.append(_atom(rule, member.start(), member.end(), {**rule.set, **shared, **fields}))
    if atoms:
        atoms[0].start = match.start()
        atoms[-1].end = match.end()
    return atoms


def read_groups(match: re.Match[str]) -> dict[str, Any] | None:
    """Fields of the named groups that took part in the match; None when one cannot be read."""
    fields: dict[str, Any] = {}
    for name, text in match.groupdict().items():
        if text is None:
            continue
        reader = _READERS.get(name.removesuffix("_b"))
        if reader is None:
            continue
        read = reader(text)
        if read is None:
            return None
        fields.update(read)
    if "order" in fields and fields.get("part") in _PART_LETTER:
        fields["part"] = _PART_LETTER[fields["part"]] + str(fields.pop("order"))
    return fields


def _plain(text: str) -> str:
    return " ".join(_SPLIT.split(text.strip()))


def _lookup(field: str, key: str) -> Callable[[str], dict[str, Any] | None]:
    def read(text: str) -> dict[str, Any] | None:
        value = terms()[key].get(_plain(text).rstrip("."))
        return None if value is None else {field: value}

    return read


def _number(field: str) -> Callable[[str], dict[str, Any] | None]:
    def read(text: str) -> dict[str, Any] | None:
        value = parse_number(_plain(text))
        return None if value is None else {field: value}

    return read


@cache
def _month(text: str) -> dict[str, Any] | None:
    if text.isdecimal():
        return {"month": int(text)}
    word = text.rstrip(".")
    value = terms()["months"].get(word) or terms()["month_abbreviations"].get(word)
    return {"month": value} if value else None


@cache
def _weekday(text: str) -> dict[str, Any] | None:
    word = text.rstrip(".")
    value = terms()["weekdays"].get(word, terms()["weekday_abbreviations"].get(word))
    return None if value is None else {"weekday": value}


@cache
def _day(text: str) -> dict[str, Any] | None:
    plain = _plain(text).replace("1 er", "1er")
    value = parse_number(plain) or parse_ordinal(plain)
    return {"day": value} if value else None


def _order(text: str) -> dict[str, Any] | None:
    value = parse_ordinal(text) or parse_roman(text) or parse_number(text)
    return {"order": value} if value else None


def _year(text: str) -> dict[str, Any]:
    return {"year": int(text)} if len(text) == 4 else {"short_year": int(text)}


def _decade(text: str) -> dict[str, Any] | None:
    text = text.removeprefix("'")
    value = int(text) if text.isdecimal() else terms()["decades"].get(_plain(text))
    if value is None:
        return None
    # A bare decade is one of the twentieth century.
    return {"decade": value // 10 if value > 99 else 190 + value // 10}


def _century(text: str) -> dict[str, Any] | None:
    value = parse_roman(text) or parse_ordinal(text)
    return {"century": value - 1} if value and value > 0 else {}


def _within(unit: str) -> Callable[[str], dict[str, Any] | None]:
    def read(text: str) -> dict[str, Any] | None:
        words = _SPLIT.split(text.strip())
        known: Side | None = next(
            (terms()["directions"][w] for w in words if w in terms()["directions"]), None
        )
        side: Side = known or ("that" if text.endswith(("-la", "meme annee")) else "this")
        return {"within": (unit, side)}

    return read


def _holiday(text: str) -> dict[str, Any]:
    return {"holiday": _plain(text)}


_READERS: dict[str, Callable[[str], dict[str, Any] | None]] = {
    "year": _year,
    "short_year": _number("short_year"),
    "month": _month,
    "day": _day,
    "weekday": _weekday,
    "last_weekday": lambda text: {"last_weekday": terms()["weekdays"][text]},
    "season": _lookup("part", "seasons"),
    "part": lambda text: {"part": text},
    "order": _order,
    "decade": _decade,
    "century": _century,
    "holiday": _holiday,
    "unit": _lookup("unit", "units"),
    "count": _number("count"),
    "side": _lookup("side", "directions"),
    "daypart": _lookup("daypart", "dayparts"),
    "hour": _number("hour"),
    "minute": _number("minute"),
    "half": lambda text: {"half": True},
    "vague": lambda text: {"vague": True},
    "quarter": lambda text: {"count": 0.25},
    "then": lambda text: {"side": "before" if text.startswith(("plus tot", "aup", "av")) else "after"},
    "that": lambda text: {"side": "that"},
    "that_year": _within("Y"),
    "that_month": _within("M"),
    "that_week": _within("W"),
    "week_after": lambda text: {"side": "next", "count": 1},
    "fortnight": lambda text: {"unit": "15D"},
    "era": lambda text: {"side": "before"},
}


def _is_sound(atom: Atom) -> bool:
    """Whether the numbers are those of a calendar."""
    return not (
        (atom.day is not None and not 1 <= atom.day <= 31)
        or (atom.hour is not None and atom.hour > 24)
        or (atom.part is not None and atom.part[0] == "Q" and atom.part[1:] not in ("1", "2", "3", "4", "-1"))
        or (atom.part is not None and atom.part[0] == "H" and atom.part[1:] not in ("1", "2", "-1"))
    )
