"""Days of publication as archives print them, without the locale of the machine."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?=$|T|\D)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s{0,3}[年/.]\s{0,3}(\d{1,2})\s{0,3}[月/.]\s{0,3}(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|\.)? {1,3}(?:de )?([^\W\d_]{3,10})\.?,? {1,3}(?:de )?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,10})\.? {1,3}(\d{1,2})(?:st|nd|rd|th)?,? {1,3}(\d{4})(?!\d)"
)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d{1,6})?")
_MAX_PRINTED = 200


@cache
def _months() -> dict[str, int]:
    text = files("pressextract.archives").joinpath("months.json").read_text(encoding="utf-8")
    tables = json.loads(text)["months"].values()
    return {name: number for table in tables for number, names in enumerate(table, 1) for name in names}


def find_day(printed: str) -> str | None:
    """The first day in ``printed`` as ISO 8601, or None.

    Reads ISO days and date-times, ``20241231``, ``31/12/2024`` (day first, as in France), ``31 décembre
    2024``, ``December 31, 2024``, ``2024 年 12 月 31 日`` and Unix times in seconds or milliseconds.
    """
    text = " ".join(printed[:_MAX_PRINTED].split())
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        if (match := pattern.search(text)) and (day := _day(*match.groups())):
            return day
    if (match := _NUMERIC.search(text)) and (day := _day(match[3], match[2], match[1])):
        return day
    return _written(text.lower())


def _written(text: str) -> str | None:
    """A day with its month in letters; the earliest of the two word orders in the text."""
    found: list[tuple[int, str]] = []
    for pattern, year, month, day in ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2)):
        for match in pattern.finditer(text):
            number = _months().get(match[month])
            if number and (iso := _day(match[year], str(number), match[day])):
                found.append((match.start(), iso))
                break
    return min(found)[1] if found else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _from_epoch(seconds: float) -> str | None:
    seconds = seconds / 1000 if seconds >= 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
