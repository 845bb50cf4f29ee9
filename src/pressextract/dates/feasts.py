"""Feasts of the year, fixed and movable."""

from __future__ import annotations

from datetime import timedelta

from pressextract.dates.calendars import easter, known_day, mothers_day, nth_weekday
from pressextract.dates.terms import terms


def feast_value(name: str, year: int) -> str | None:
    """TIMEX3 value of the feast ``name`` (of terms.json) in ``year``: a day, or a month for "la rentrée"."""
    words = terms()
    if name in words["fixed_holidays"]:
        return known_day(year, *words["fixed_holidays"][name])
    if name in words["month_holidays"]:
        return f"{year:04d}-{words['month_holidays'][name]:02d}"
    if name in words["easter_holidays"]:
        sunday = easter(year)
        return (sunday + timedelta(days=words["easter_holidays"][name])).isoformat() if sunday else None
    if name in words["weekday_holidays"]:
        day = nth_weekday(year, *words["weekday_holidays"][name])
    else:
        day = mothers_day(year)
    return day.isoformat() if day else None
