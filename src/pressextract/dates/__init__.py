"""French dates to calendar intervals: ``find_dates`` is the record's view, ``find_timex3`` the TimeML view."""

from pressextract.dates.finder import find_dates, find_timex3
from pressextract.dates.items import DateItem

__all__ = ["DateItem", "find_dates", "find_timex3"]
