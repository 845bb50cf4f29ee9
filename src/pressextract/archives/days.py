"""Days of publication as archives print them, without the locale of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from pressextract.archives.words import read_words

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?=$|\D)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s{0,3}[年/.]\s{0,3}(\d{1,2})\s{0,3}[月/.]\s{0,3}(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|\.)? {1,3}(?:de )?([^\W\d_]{3,10})\.?,? {1,3}(?:de )?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,10})\.? {1,3}(\d{1,2})(?:st|nd|rd|th)?,? {1,3}(\d{4})(?!\d)"
)
_ORDERS = (
    ((_ISO, 1, 2, 3),),
    ((_YEAR_FIRST, 1, 2, 3),),
    ((_COMPACT, 1, 2, 3),),
    ((_NUMERIC, 3, 2, 1),),
    ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2)),
)
"""What is looked for first; of each pattern, the groups of the year, the month and the day."""
_UTC_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]00:?00)(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d{1,6})?")
_MAX_PRINTED = 200


@cache
def _months() -> dict[str, int]:
    tables = read_words("months.json")["months"].values()
    return {name: number for table in tables for number, names in enumerate(table, 1) for name in names}


def month_names() -> frozenset[str]:
    """The names of months, and their abbreviations, in every language that is read; in lower case."""
    return frozenset(_months())


def find_day(printed: str) -> str | None:
    """The first day in ``printed`` as ISO 8601, or None.

    Reads ISO days and date-times, ``20241231``, ``31/12/2024`` (day first, as in France), ``31 décembre
    2024``, ``December 31, 2024``, ``2024 年 12 月 31 日`` and Unix times in seconds or milliseconds.
    """
    text = _searched(printed)
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    for orders in _ORDERS:
        if found := min((place for order in orders for place in _places(text, *order)), default=None):
            return found[1]
    return None


def day_in_france(printed: str) -> str | None:
    """``find_day``, but of a time in UTC the day that it is in France then: pages are written there, and what
    appears late in the evening has the day before in UTC.

    Summer time as in directive 2000/84/EC: from the last Sunday of March to that of October, at 1:00 UTC.
    """
    if not (match := _UTC_TIME.match(printed.strip())):
        return find_day(printed)
    try:
        time = datetime.fromisoformat(f"{match[1]}T{match[2]}")
        is_summer = _last_sunday(time.year, 3) <= time < _last_sunday(time.year, 10)
        return (time + timedelta(hours=1 + is_summer)).date().isoformat()
    except (ValueError, OverflowError):
        return find_day(printed)


def _last_sunday(year: int, month: int) -> datetime:
    """1:00 on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def days_in(printed: str) -> list[str]:
    """Every day in ``printed`` as ISO 8601, in the order in which they stand there; no Unix times."""
    text = _searched(printed)
    places = (place for orders in _ORDERS for order in orders for place in _places(text, *order))
    return [day for _, day in sorted(places)]


def _searched(printed: str) -> str:
    return " ".join(printed[:_MAX_PRINTED].split()).lower()


def _places(
    text: str, pattern: re.Pattern[str], year: int, month: int, day: int
) -> Iterator[tuple[int, str]]:
    """The days that ``pattern`` finds, and where; the rest: which of its groups is what."""
    for match in pattern.finditer(text):
        number = _months().get(match[month], 0) if match[month].isalpha() else match[month]
        if iso := _day(match[year], str(number), match[day]):
            yield match.start(), iso


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _from_epoch(seconds: float) -> str | None:
    seconds = seconds / 1000 if seconds >= 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
