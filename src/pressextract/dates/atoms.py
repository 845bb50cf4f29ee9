"""The atom: one temporal expression as the grammar read it, before it is placed in the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressextract.dates.items import TimexType
from pressextract.dates.timex import Days

Kind = Literal["calendar", "offset", "unit", "duration", "slice", "set", "clock"]
"""How an atom is resolved.

calendar: some of year, month, day, weekday, part of year, feast ("9 décembre", "lundi", "été 2018");
offset: a unit counted from the anchor ("la semaine dernière", "hier");
unit: a unit alone, which needs a determiner or a modifier to be a date ("cette année", "début de semaine");
duration: a number of units ("trois ans"); slice: an ordinal part of what follows ("premier vendredi de …");
set: a recurrence; clock: a time of day.
"""
Source = Literal["published", "text"]
"""What is counted from: the day of publication ("hier") or the date mentioned before ("la veille")."""
Side = Literal["last", "next", "before", "after", "this", "that"]
"""dernier, prochain, précédent, suivant, ce …-ci, ce …-là."""


@dataclass(slots=True)
class Atom:
    """Characters [start, end) of the folded text and what the rule read in them.

    Numbers: ``month`` 1-12, ``weekday`` 0-6 from Monday, ``count`` in units (``units`` of terms.json),
    negative before the anchor. ``side`` is what a word beside it says (see ``Side``); ``generic`` marks a
    modifier with a bare unit ("fin de mois"); ``within`` is the unit and the side of the period that holds
    it ("mardi de la semaine dernière").
    """

    start: int
    end: int
    rule: str
    kind: Kind
    type: TimexType = "DATE"
    year: int | None = None
    short_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    last_weekday: int | None = None
    part: str | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    unit: str | None = None
    count: float | None = None
    order: int | None = None
    side: Side | None = None
    within: tuple[str, Side] | None = None
    source: Source = "published"
    daypart: str | None = None
    hour: int | None = None
    minute: int | None = None
    vague: bool = False
    half: bool = False
    mod: str | None = None
    generic: bool = False
    # Of the characters before it: where its determiner, modifier and preposition begin (see context.py).
    determiner: str = ""
    determiner_start: int = -1
    mod_start: int = -1
    preposition: str = ""
    preposition_start: int = -1
    # What it is a part of or counted from, when the text says so ("premier vendredi de juillet").
    base: Atom | None = None
    # Filled by the resolver; ``anchored`` is the date that an open duration begins or ends with.
    value: str = ""
    anchored: str = ""
    days: Days | None = None

    @property
    def has_year(self) -> bool:
        """Whether its year is written in the text."""
        return self.year is not None or self.short_year is not None

    @property
    def is_day(self) -> bool:
        """Whether it names a day of a month."""
        return self.day is not None and self.month is not None
