"""French dates to calendar intervals: ``find_dates`` for the record, ``find_timex3`` as TimeML has them."""

from pressextract.dates.finder import find_dates, find_timex3
from pressextract.dates.items import DateItem

__all__ = ["DateItem", "find_dates", "find_timex3"]
