"""TIMEX3 values and the days they stand for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from pressextract.dates.calendars import last_of_month, shift_months

_VALUE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T.*)?$|(?P<month>\d{4}-\d\d)$|(?P<week>\d{4}-W\d\d)(?:-(?P<dow>[1-7]|WE))?(?:T.*)?$"
    r"|(?P<year>\d{4})$|(?P<decade>\d{3})$|(?P<century>\d{2})$|(?P<part>\d{4})-(?P<which>Q[1-4]|H[12]|T[123]|SP|SU|FA|WI)$"
)
SEASONS = {
    "SP": ((3, 20), (6, 20)),
    "SU": ((6, 21), (9, 21)),
    "FA": ((9, 22), (12, 20)),
    "WI": ((12, 21), (3, 19)),
}
"""First and last (month, day) of each season; winter belongs to the year of its December."""
Days = tuple[date, date]


def week_value(day: date) -> str:
    """TIMEX3 value of the ISO week of ``day``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


@lru_cache(maxsize=4096)
def bounds(value: str, mod: str | None = None) -> Days | None:
    """First and last day of a TIMEX3 date value, both inclusive; None for one with an unknown part.

    ``mod`` START, MID or END narrows it: a month to 1-10, 11-20, 21-end; a year to Q1, Q2-Q3, Q4; a decade to
    its years 0-3, 4-6, 7-9.
    """
    if "/" in value:
        first, last = (bounds(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last else None
    match = _VALUE.match(value)
    if match is None:
        return None
    try:
        whole = _whole(match)
        return _narrow(match, whole, mod) if mod else whole
    except (ValueError, OverflowError):
        return None


def _whole(match: re.Match[str]) -> Days:
    if match["day"]:
        day = date.fromisoformat(match["day"])
        return day, day
    if match["month"]:
        return _months(int(match["month"][:4]), int(match["month"][5:]), 1)
    if match["week"]:
        return _week(match)
    if match["year"]:
        return _years(int(match["year"]), 1)
    if match["decade"]:
        return _years(int(match["decade"]) * 10, 10)
    if match["century"]:
        return _years(int(match["century"]) * 100 + 1, 100)
    return _part_of_year(int(match["part"]), match["which"])


def _week(match: re.Match[str]) -> Days:
    monday = date.fromisocalendar(int(match["week"][:4]), int(match["week"][6:]), 1)
    if match["dow"] == "WE":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if match["dow"]:
        day = monday + timedelta(days=int(match["dow"]) - 1)
        return day, day
    return monday, monday + timedelta(days=6)


def _months(year: int, month: int, count: int) -> Days:
    last_year, last_month = shift_months(year, month, count - 1)
    return date(year, month, 1), date(last_year, last_month, last_of_month(last_year, last_month))


def _years(year: int, count: int) -> Days:
    return date(year, 1, 1), date(year + count - 1, 12, 31)


def _part_of_year(year: int, which: str) -> Days:
    if which in SEASONS:
        (month, day), (last_month, last_day) = SEASONS[which]
        return date(year, month, day), date(year + (which == "WI"), last_month, last_day)
    length = {"Q": 3, "H": 6, "T": 4}[which[0]]
    return _months(year, (int(which[1]) - 1) * length + 1, length)


def _narrow(match: re.Match[str], whole: Days, mod: str) -> Days:
    first, last = whole
    if match["month"]:
        cuts = {"START": (1, 10), "MID": (11, 20), "END": (21, last.day)}[mod]
        return first.replace(day=cuts[0]), first.replace(day=cuts[1])
    if match["year"]:
        start, count = {"START": (1, 3), "MID": (4, 6), "END": (10, 3)}[mod]
        return _months(first.year, start, count)
    if match["decade"] or match["century"]:
        # A century is cut like a decade: 0-3, 4-6, 7-9 tenths.
        tenth = 1 if match["decade"] else 10
        start, count = {"START": (0, 4), "MID": (4, 3), "END": (7, 3)}[mod]
        return _years(first.year + start * tenth, count * tenth)
    if match["week"] and not match["dow"]:
        start, stop = {"START": (0, 1), "MID": (2, 3), "END": (4, 6)}[mod]
        return first + timedelta(days=start), first + timedelta(days=stop)
    if match["which"] in SEASONS and mod != "MID":
        # The first and the last month of a season; its middle is no narrower than itself.
        if mod == "START":
            return first, first.replace(month=first.month % 12 + 1, year=first.year + first.month // 12)
        return last.replace(month=last.month - 1), last
    if match["which"] and match["which"][0] in "QHT" and match["which"] not in SEASONS:
        month = {"START": first.month, "MID": first.month + 1, "END": last.month}[mod]
        return _months(first.year, month, 1)
    return whole
