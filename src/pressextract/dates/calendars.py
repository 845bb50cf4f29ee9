"""Calendar arithmetic: months of their true length, ISO weeks, Easter, movable feasts."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MIN_YEAR, MAX_YEAR = 1, 9999


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such (30 February, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, count: int) -> date | None:
    """``day`` moved by ``count`` days; None outside the years 1-9999."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def shift_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The month ``count`` months after (year, month)."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def last_of_month(year: int, month: int) -> int:
    """Number of days of a month."""
    return calendar.monthrange(year, month)[1]


def monday_of(day: date) -> date:
    """Monday of the ISO week of ``day``."""
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def easter(year: int) -> date | None:
    """Easter Sunday in the Gregorian calendar (anonymous computus); None outside 1583-9999."""
    if not 1583 <= year <= MAX_YEAR:
        return None
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The ``nth`` Monday (0) … Sunday (6) of a month; ``nth`` = -1 is the last; None if there is none."""
    if nth < 0:
        last = last_of_month(year, month)
        return date(year, month, last - (date(year, month, last).weekday() - weekday) % 7)
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    return make_day(year, month, first + 7 * (nth - 1))


def mothers_day(year: int) -> date | None:
    """French Mother's day: last Sunday of May, or the first of June when that is Pentecost."""
    last = nth_weekday(year, 5, 6, -1)
    pentecost = easter(year)
    if last and pentecost and last == pentecost + timedelta(days=49):
        return last + timedelta(days=7)
    return last


def known_day(year: int, month: int, day: int) -> str | None:
    """ISO form of a day that exists, or None."""
    found = make_day(year, month, day)
    return found.isoformat() if found else None
