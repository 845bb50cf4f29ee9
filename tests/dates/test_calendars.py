"""Calendar arithmetic against known days."""

from __future__ import annotations

from datetime import date

import pytest

from pressextract.dates.calendars import easter, mothers_day, nth_weekday, shift_days, shift_months
from pressextract.dates.feasts import feast_value
from pressextract.dates.offsets import counted
from pressextract.dates.timex import bounds, week_value


@pytest.mark.parametrize(
    "day", ["1818-03-22", "1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2038-04-25"]
)  # fmt: skip
def test_easter(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_easter_is_unknown_before_the_gregorian_calendar() -> None:
    assert easter(1500) is None


@pytest.mark.parametrize(
    ("name", "year", "value"),
    [
        ("lundi de paques", 2019, "2019-04-22"),
        ("ascension", 2019, "2019-05-30"),
        ("lundi de pentecote", 2019, "2019-06-10"),
        ("mardi gras", 1997, "1997-02-11"),
        ("noel", 2019, "2019-12-25"),
        ("fete nationale", 2019, "2019-07-14"),
        ("fete des peres", 2019, "2019-06-16"),
        ("fete des meres", 2019, "2019-05-26"),
        ("rentree", 2019, "2019-09"),
    ],
)
def test_feasts(name: str, year: int, value: str) -> None:
    assert feast_value(name, year) == value


def test_mothers_day_gives_way_to_pentecost() -> None:
    # Pentecost fell on the last Sunday of May in 2023.
    assert mothers_day(2023) == date(2023, 6, 4)


def test_nth_weekday_counts_from_both_ends() -> None:
    assert nth_weekday(2019, 11, 3, 4) == date(2019, 11, 28)
    assert nth_weekday(2019, 12, 0, -1) == date(2019, 12, 30)
    assert nth_weekday(2019, 2, 4, 5) is None


def test_months_keep_their_length() -> None:
    assert shift_months(2019, 1, -3) == (2018, 10)
    assert counted(date(2020, 3, 31), -1, "M") == date(2020, 2, 29)
    assert counted(date(2020, 2, 29), 1, "Y") == date(2021, 2, 28)
    assert counted(date(2019, 12, 6), -0.5, "C") == date(1969, 12, 6)


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert shift_days(date.max, 1) is None
    assert counted(date.min, -1, "Y") is None


@pytest.mark.parametrize(
    ("value", "mod", "days"),
    [
        ("2019-02", None, ("2019-02-01", "2019-02-28")),
        ("2019-W01", None, ("2018-12-31", "2019-01-06")),
        ("2019-W49-WE", None, ("2019-12-07", "2019-12-08")),
        ("2019-WI", None, ("2019-12-21", "2020-03-19")),
        ("2019-H2", None, ("2019-07-01", "2019-12-31")),
        ("199", "END", ("1997-01-01", "1999-12-31")),
        ("18", None, ("1801-01-01", "1900-12-31")),
        ("2014/2018-03", None, ("2014-01-01", "2018-03-31")),
        ("2019-12-05TMO", None, ("2019-12-05", "2019-12-05")),
    ],
)
def test_bounds(value: str, mod: str | None, days: tuple[str, str]) -> None:
    assert bounds(value, mod) == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize("value", ["XXXX-12-09", "XXXX", "2019-13", "2019-02-30", "2019-W60", "P3M", ""])
def test_bounds_of_what_is_no_day_is_none(value: str) -> None:
    assert bounds(value) is None


def test_week_value_follows_iso() -> None:
    assert week_value(date(2018, 12, 31)) == "2019-W01"
