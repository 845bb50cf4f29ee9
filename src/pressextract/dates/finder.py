"""Find, type and resolve the temporal expressions of a French text."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.calendars import make_day
from pressextract.dates.folding import fold
from pressextract.dates.items import DateItem
from pressextract.dates.terms import terms
from pressextract.dates.timex import bounds


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(terms()["months"])
    return re.compile(
        rf"(?<![\w])(?:(?P<day>[0-3]?\d|1er) )?(?P<month>{months})(?: (?P<year>[12]\d\d\d))?(?!\w)|(?<=en )(?P<alone>(?:19|20)\d\d)(?!\w)"
    )


def find_dates(text: str, published: str | None = None) -> list[DateItem]:
    """Calendar expressions of ``text`` in order, whole ranges with their prepositions."""
    folded = fold(text)
    items = []
    for match in _pattern().finditer(folded.text):
        value = _value(match)
        start, end = folded.to_source(*match.span())
        days = bounds(value) or (None, None)
        first, last = (day.isoformat() if day else None for day in days)
        items.append(DateItem(text[start:end], start, end, "DATE", value, first, last))
    return items


def _value(match: re.Match[str]) -> str:
    if match["alone"]:
        return match["alone"]
    year, month = match["year"] or "XXXX", terms()["months"][match["month"]]
    if not match["day"]:
        return f"{year}-{month:02d}"
    day = int(match["day"].removesuffix("er"))
    known = match["year"] is None or make_day(int(year), month, day)
    return f"{year}-{month:02d}-{day:02d}" if known else f"{year}-{month:02d}"


def find_timex3(text: str, published: str | None = None) -> list[DateItem]:
    """Temporal expressions of ``text`` as TimeML has them."""
    return find_dates(text, published)
