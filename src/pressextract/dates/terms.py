"""The word lists of the date grammar, from ``lang/fr/dates/terms.json``."""

from __future__ import annotations

from functools import cache
from typing import Any

from pressextract.lang import load_terms


@cache
def terms() -> dict[str, Any]:
    """Months, weekdays, numbers, units, seasons, holidays: folded word -> value."""
    return load_terms("dates/terms")
