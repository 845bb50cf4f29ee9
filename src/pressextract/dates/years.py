"""The year of calendar expressions, written or not: "9 décembre", "l'été prochain"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import known_day
from pressextract.dates.feasts import feast_value
from pressextract.dates.setting import Setting
from pressextract.dates.timex import Days, bounds

_YEARS_AROUND = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7, -8, 8)
"""Where a day is looked for: 29 February may be eight years away (1896, 1904)."""
_FUTURE_YEARS = 20
"""A two-digit year is the last such year before this many years after the anchor."""
STEPS = {"last": -1, "before": -1, "next": 1, "after": 1}
"""How many units a side is away from the period of the anchor."""
_DEMONSTRATIVES = ("ce", "cet", "cette")
_LAST_PARTS = {"Q-1": "Q4", "H-1": "H2", "T-1": "T3"}
Make = Callable[[int], "str | None"]
Period = tuple[int, Days]


def year_value(atom: Atom, setting: Setting, after: date | None) -> str | None:
    """TIMEX3 value of an expression that has, or could have, a year; ``XXXX`` where it stays open."""
    year = written_year(atom, setting)
    make = _maker(atom)
    if make is None:
        return _year_alone(atom, year)
    if year is None:
        year = _choose_year(atom, setting, make, after)
    if year is not None:
        return make(year) if 1 <= year <= 9999 else None
    unknown = make(2000)
    return None if unknown is None or atom.short_year is not None else re.sub(r"\b\d{4}", "XXXX", unknown)


def written_year(atom: Atom, setting: Setting) -> int | None:
    """The year as written, or as "de cette année" says (which may set the month too); None when left open."""
    if atom.year is not None:
        return atom.year
    if atom.short_year is not None and setting.published is not None:
        limit = setting.published.year + _FUTURE_YEARS
        return limit - (limit - atom.short_year) % 100
    if atom.within is None or atom.within[0] not in ("Y", "M"):
        return None
    unit, side = atom.within
    anchor = setting.mention[0] if side == "that" and setting.mention else setting.published
    if anchor is None:
        return None
    if unit == "Y":
        return anchor.year + STEPS.get(side, 0)
    index = anchor.year * 12 + anchor.month - 1 + STEPS.get(side, 0)
    atom.month = index % 12 + 1
    return index // 12


def _year_alone(atom: Atom, year: int | None) -> str | None:
    if year is not None:
        return f"{year:04d}"
    return f"XX{atom.short_year:02d}" if atom.short_year is not None else None


def _maker(atom: Atom) -> Make | None:
    """What gives the value of ``atom`` in a year, None where that year has no such day."""
    month, day, part, holiday = atom.month, atom.day, atom.part, atom.holiday
    if day is not None and month is not None:
        return lambda year: known_day(year, month, day)
    if month is not None:
        return lambda year: f"{year:04d}-{month:02d}"
    if part is not None:
        return lambda year: f"{year:04d}-{_LAST_PARTS.get(part, part)}"
    if holiday is not None:
        return lambda year: feast_value(holiday, year)
    return None


def _choose_year(atom: Atom, setting: Setting, make: Make, after: date | None) -> int | None:
    """The year left open: by its range, by "dernier" or "prochain", by its weekday, by the sentence."""
    anchor = after or (setting.anchor_of(atom) if atom.side in ("before", "after") else setting.published)
    periods = _periods(anchor.year, make) if anchor else []
    if anchor is None or not periods:
        return None
    if after is not None:
        return _first([p for p in periods if p[1][0] >= after], periods[0])
    past = _last([p for p in periods if p[1][0] <= anchor], periods[0])
    future = _first([p for p in periods if p[1][1] >= anchor], periods[0])
    if atom.side in ("last", "before"):
        return _last([p for p in periods if p[1][1] < anchor], (past, periods[0][1]))
    if atom.side in ("next", "after"):
        return _first([p for p in periods if p[1][0] > anchor], (future, periods[0][1]))
    days = dict(periods)
    if past == future:
        return past
    fitting = [year for year in (past, future) if days[year][0].weekday() == atom.weekday]
    if atom.weekday is not None and len(fitting) == 1:
        return fitting[0]
    return _by_sentence(atom, setting, anchor, (past, days[past]), (future, days[future]))


def _first(periods: list[Period], default: Period) -> int:
    return min(periods, key=lambda p: p[1][0], default=default)[0]


def _last(periods: list[Period], default: Period) -> int:
    return max(periods, key=lambda p: p[1][0], default=default)[0]


def _by_sentence(atom: Atom, setting: Setting, anchor: date, past: Period, future: Period) -> int:
    if atom.determiner in _DEMONSTRATIVES and atom.part is None:
        if atom.day is None and anchor.year in (past[0], future[0]):
            return anchor.year
        return min(past, future, key=lambda p: min(abs((day - anchor).days) for day in p[1]))[0]
    back, ahead = (anchor - past[1][1]).days, (future[1][0] - anchor).days
    return future[0] if setting.is_future(atom, back, ahead) else past[0]


def _periods(year: int, make: Make) -> list[Period]:
    """The years around ``year`` that have the expression, with its days, nearest first."""
    found: list[Period] = []
    for offset in _YEARS_AROUND:
        value = make(year + offset) if 1 <= year + offset <= 9999 else None
        days = bounds(value) if value else None
        if days:
            found.append((year + offset, days))
        if offset == 2 and len(found) == 5:
            break
    return found
