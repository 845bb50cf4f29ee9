"""Find, type and resolve the temporal expressions of a French text: one grammar, two views."""

from __future__ import annotations

from pressextract.dates.folding import Folded, fold
from pressextract.dates.items import DateItem
from pressextract.dates.links import Group, compose, group
from pressextract.dates.resolve import resolve
from pressextract.dates.scan import scan
from pressextract.dates.setting import Setting, parse_published
from pressextract.dates.views import record_item, timex_items


def find_dates(text: str, published: str | None = None) -> list[DateItem]:
    """The calendar expressions of ``text`` in order, as the record has them.

    One item for each expression, with its prepositions and whole ranges ("depuis 2016", "du 9 au 13 mai").
    Only items of type DATE; ``start`` and ``end`` are inclusive days, None where open or not resolvable.

    Args:
        text: any text.
        published: ISO day that relative dates are counted from; None when it is not known.

    Raises:
        ValueError: ``published`` is not an ISO day.
    """
    folded, groups = find_groups(text, published)
    items = (record_item(folded, one) for one in groups)
    return [item for item in items if item is not None]


def find_timex3(text: str, published: str | None = None) -> list[DateItem]:
    """The temporal expressions of ``text`` in order, as TimeML has them.

    Each end of a range by itself, no prepositions, all four types (DATE, TIME, DURATION, SET).

    Args:
        text: any text.
        published: ISO day that relative dates are counted from (the document creation time), or None.

    Raises:
        ValueError: ``published`` is not an ISO day.
    """
    folded, groups = find_groups(text, published)
    return [item for one in groups for item in timex_items(folded, one)]


def find_groups(text: str, published: str | None) -> tuple[Folded, list[Group]]:
    """The folded text and its expressions, resolved, in order: what both views are made of."""
    folded = fold(text)
    setting = Setting(folded, parse_published(published))
    groups = group(folded.text, compose(folded.text, scan(folded)))
    for one in groups:
        resolve(one, setting)
    return folded, groups
