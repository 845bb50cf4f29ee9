"""Place atoms in the calendar: TIMEX3 value first, days from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pressextract.dates import offsets, slices
from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import known_day, make_day, monday_of, shift_days
from pressextract.dates.feasts import feast_value
from pressextract.dates.folding import Folded
from pressextract.dates.links import Group, outer_start
from pressextract.dates.tense import future_vote
from pressextract.dates.timex import SEASONS, Days, bounds

_YEARS_AROUND = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7, -8, 8)
"""Where a day is looked for: 29 February may be eight years away (1896, 1904)."""
_FUTURE_YEARS = 20
"""A two-digit year is the last such year before this many years after the anchor."""
_MENTION_REACH = 600
"""Characters over which "la veille" is counted from the date mentioned before; beyond, from the day of publication."""
NEARNESS = 3.5
"""Vote of nearness: of the two readings the nearer one, in full when the other is infinitely far."""
ROLES = {"since": -9.0, "until": 1.5, "by": 2.0, "before": 1.0}
"""Votes of the prepositions for the future: "depuis mardi" is never one to come."""


class Resolver:
    """Resolves the groups of one text in order; it remembers the dates that were mentioned."""

    def __init__(self, folded: Folded, published: date | None) -> None:
        self.folded = folded
        self.published = published
        self.mention: Days | None = None
        self.mention_day: date | None = None
        self._mention_end = 0

    def resolve(self, group: Group) -> None:
        """Fill ``value`` and ``days`` of every atom of ``group``; value stays empty for what is no date after all."""
        previous: Atom | None = None
        for atom in group.atoms:
            after = previous.days[0] if previous and previous.days and group.link != "single" else None
            self.resolve_atom(atom, after)
            previous = atom
        self._remember(group.atoms[-1])

    def resolve_atom(self, atom: Atom, after: date | None = None) -> None:
        """Fill ``value`` and ``days`` of ``atom``; ``after`` is the beginning of its range."""
        if atom.base is not None:
            self.resolve_atom(atom.base)
        value = self._value(atom, after)
        if value is None:
            return
        atom.value = value
        mod = atom.mod if atom.mod != "WHOLE" else None
        if atom.type in ("DATE", "TIME") and not value.startswith("P"):
            atom.days = slices.days_of(atom) if atom.base is not None else bounds(value, mod)

    def _value(self, atom: Atom, after: date | None) -> str | None:
        if atom.base is not None:
            return slices.slice_value(atom)
        if atom.kind == "calendar":
            value = self._calendar(atom, after)
            return f"{value}T{atom.daypart}" if value and atom.daypart else value
        if atom.kind == "clock":
            return self._clock(atom)
        if atom.kind == "unit" and self.published is not None:
            self._choose_unit(atom, self.published)
        return offsets.offset_value(atom, self._anchor(atom))

    def _anchor(self, atom: Atom) -> date | None:
        if atom.source == "text" or atom.side in ("before", "after", "that"):
            is_near = atom.start - self._mention_end < _MENTION_REACH or self.published is None
            mention = self.mention[0] if self.mention else None
            if atom.unit == "D":
                mention = self.mention_day or mention
            return mention if mention and is_near else self.published
        return self.published

    def _remember(self, atom: Atom) -> None:
        if atom.type not in ("DATE", "TIME") or atom.days is None:
            return
        self.mention = atom.days
        self._mention_end = atom.end
        if atom.days[0] == atom.days[1]:
            self.mention_day = atom.days[0]

    def _choose_unit(self, atom: Atom, anchor: date) -> None:
        """ "fin de l'année" in January is that of last year, "ce week-end" on a Monday the one before or the next."""
        if atom.side is not None or not (atom.unit == "WE" or (atom.mod in ("START", "END") and atom.unit in ("W", "Y"))):
            return
        spans = []
        for count in (-1, 0, 1):
            value = offsets.grain_value(monday_of(anchor) if atom.unit == "WE" else anchor, atom.unit or "D", count)
            days = bounds(value, atom.mod) if value and atom.mod != "WHOLE" else None
            if days:
                spans.append((count, days))
        past = max((s for s in spans if s[1][0] <= anchor), default=None)
        future = min((s for s in spans if s[1][1] >= anchor), default=None)
        if past is None or future is None:
            return
        back, ahead = (anchor - past[1][1]).days, (future[1][0] - anchor).days
        atom.count = future[0] if past == future or self._is_future(atom, back, ahead) else past[0]

    # ------------------------------------------------------------------ calendar expressions

    def _calendar(self, atom: Atom, after: date | None) -> str | None:
        year = self._year(atom)
        if atom.century is not None:
            return f"{atom.century:02d}" if atom.side is None else f"BC{atom.century:02d}"
        if atom.decade is not None:
            return str(atom.decade)
        if atom.within is not None and atom.within[0] == "W":
            return self._weekday_of_week(atom)
        if atom.day is not None and atom.month is None:
            return self._day_of_month(atom, after)
        if atom.weekday is not None and atom.day is None:
            return self._weekday(atom, after)
        make = self._maker(atom)
        if make is None:
            return self._year_alone(atom, year)
        if year is None:
            year = self._choose_year(atom, make, after)
        if year is not None:
            return make(year)
        unknown = make(2000)
        return None if unknown is None or atom.short_year is not None else re.sub(r"\b\d{4}", "XXXX", unknown)

    def _year_alone(self, atom: Atom, year: int | None) -> str | None:
        if year is not None:
            return f"{year:04d}"
        return f"XX{atom.short_year:02d}" if atom.short_year is not None else None

    def _maker(self, atom: Atom) -> Callable[[int], str | None] | None:
        """What gives the value of ``atom`` in a year, None where that year has no such day."""
        if atom.day is not None and atom.month is not None:
            day, month = atom.day, atom.month
            return lambda year: known_day(year, month, day)
        if atom.month is not None:
            return lambda year: f"{year:04d}-{atom.month:02d}"
        if atom.part is not None:
            return lambda year: f"{year:04d}-{_last_part(atom.part or '')}"
        if atom.holiday is not None:
            holiday = atom.holiday
            return lambda year: feast_value(holiday, year)
        return None

    def _year(self, atom: Atom) -> int | None:
        """The year as written, or as "de cette année" says; None when the text leaves it open."""
        if atom.year is not None:
            return atom.year
        if atom.short_year is not None and self.published is not None:
            limit = self.published.year + _FUTURE_YEARS
            return limit - (limit - atom.short_year) % 100
        if atom.within is not None and atom.within[0] in ("Y", "M"):
            return self._year_within(atom)
        return None

    def _year_within(self, atom: Atom) -> int | None:
        assert atom.within is not None
        unit, side = atom.within
        anchor = self.mention[0] if side == "that" and self.mention else self.published
        if anchor is None:
            return None
        if unit == "Y":
            return anchor.year + {"last": -1, "before": -1, "next": 1, "after": 1}.get(side, 0)
        index = anchor.year * 12 + anchor.month - 1 + {"last": -1, "before": -1, "next": 1, "after": 1}.get(side, 0)
        atom.month = index % 12 + 1
        return index // 12

    def _choose_year(self, atom: Atom, make: Callable[[int], str | None], after: date | None) -> int | None:
        """The year of an expression that leaves it open, by "dernier", the weekday, the sentence or the anchor."""
        anchor = self.published
        if atom.side in ("before", "after"):
            anchor = self._anchor(atom)
        if after is not None:
            anchor = after
        if anchor is None:
            return None
        periods = [(year, days) for year, days in _periods(anchor.year, make) if days]
        if not periods:
            return None
        if after is not None:
            return min((p for p in periods if p[1][0] >= after), key=lambda p: p[1][0], default=periods[0])[0]
        past = max((p for p in periods if p[1][0] <= anchor), key=lambda p: p[1][0], default=periods[0])
        future = min((p for p in periods if p[1][1] >= anchor), key=lambda p: p[1][0], default=periods[0])
        if atom.side in ("last", "before"):
            return max((p for p in periods if p[1][1] < anchor), key=lambda p: p[1][0], default=past)[0]
        if atom.side in ("next", "after"):
            return min((p for p in periods if p[1][0] > anchor), key=lambda p: p[1][0], default=future)[0]
        if atom.weekday is not None:
            fitting = [p for p in (past, future) if p[1][0].weekday() == atom.weekday]
            if len(fitting) == 1:
                return fitting[0][0]
        return self._by_sentence(atom, anchor, past, future)

    def _by_sentence(self, atom: Atom, anchor: date, past: tuple[int, Days], future: tuple[int, Days]) -> int:
        if past[0] == future[0]:
            return past[0]
        if atom.determiner in ("ce", "cet", "cette") and atom.part is None:
            if atom.day is None and anchor.year in (past[0], future[0]):
                return anchor.year
            nearest = min(past, future, key=lambda p: min(abs((p[1][0] - anchor).days), abs((p[1][1] - anchor).days)))
            return nearest[0]
        back, ahead = (anchor - past[1][1]).days, (future[1][0] - anchor).days
        return future[0] if self._is_future(atom, back, ahead) else past[0]

    def _is_future(self, atom: Atom, back: int, ahead: int) -> bool:
        """Whether the reading ``ahead`` days after the anchor is better than the one ``back`` days before it."""
        if back <= 0 or ahead <= 0:
            return ahead > 0 >= back if back == ahead else ahead <= 0 < back
        nearness = (back - ahead) / (back + ahead)
        if atom.part is not None and atom.part not in SEASONS:
            nearness = 0.0
        vote = future_vote(self.folded, outer_start(atom), atom.end)
        return vote + NEARNESS * nearness + ROLES.get(atom.preposition, 0.0) > 0

    # ------------------------------------------------------------------ weekdays, days without month, times

    def _weekday(self, atom: Atom, after: date | None) -> str:
        assert atom.weekday is not None
        anchor = self.published
        if anchor is None:
            return f"XXXX-WXX-{atom.weekday + 1}"
        if after is not None:
            return _iso(after, (atom.weekday - after.weekday()) % 7)
        ago = (anchor.weekday() - atom.weekday) % 7
        ahead = (atom.weekday - anchor.weekday()) % 7
        if atom.side == "last":
            return _iso(anchor, -(ago or 7))
        if atom.side == "next":
            return _iso(anchor, (ahead or 7) + 7 * int(atom.count or 0))
        if atom.side in ("after", "before") or atom.determiner in ("ce", "cet") and self._is_same(atom):
            return self._weekday_of_text(atom, anchor)
        if ago == 0:
            return anchor.isoformat()
        if atom.determiner in ("ce", "cet", "cette"):
            return _iso(anchor, ahead if self._is_future(atom, ago, ahead) else -ago)
        return _iso(anchor, ahead if self._is_future(atom, ago, ahead) else -ago)

    def _is_same(self, atom: Atom) -> bool:
        return "meme" in self.folded.text[atom.determiner_start : atom.start] and self.mention_day is not None

    def _weekday_of_text(self, atom: Atom, anchor: date) -> str:
        assert atom.weekday is not None
        day = self.mention_day or anchor
        if atom.side == "after":
            return _iso(day, (atom.weekday - day.weekday()) % 7 or 7)
        if atom.side == "before":
            return _iso(day, -((day.weekday() - atom.weekday) % 7 or 7))
        return _iso(day, (atom.weekday - day.weekday()) % 7)

    def _weekday_of_week(self, atom: Atom) -> str | None:
        assert atom.within is not None
        assert atom.weekday is not None
        if self.published is None:
            return f"XXXX-WXX-{atom.weekday + 1}"
        weeks = {"last": -7, "before": -7, "next": 7, "after": 7}.get(atom.within[1], 0)
        return _iso(self.published, weeks + atom.weekday - self.published.weekday())

    def _day_of_month(self, atom: Atom, after: date | None) -> str | None:
        assert atom.day is not None
        anchor = self.published
        if atom.within is not None:
            year = self._year(atom)
            return known_day(year, atom.month or 1, atom.day) if year else f"XXXX-XX-{atom.day:02d}"
        if anchor is None:
            return f"XXXX-XX-{atom.day:02d}"
        anchor = after or anchor
        around = [anchor + timedelta(days=n) for n in range(-100, 101)] if 1 < anchor.year < 9999 else []
        days = [day for day in around if day.day == atom.day and atom.weekday in (None, day.weekday())]
        if not days:
            return None
        if atom.weekday is not None:
            return min(days, key=lambda day: abs((day - anchor).days)).isoformat()
        past = [day for day in days if day <= anchor] if after is None else []
        future = [day for day in days if day >= anchor]
        if past and (not future or not self._is_future(atom, (anchor - past[-1]).days, (future[0] - anchor).days)):
            return past[-1].isoformat()
        return future[0].isoformat()

    def _clock(self, atom: Atom) -> str:
        day = (self.mention_day or self.published)
        head = day.isoformat() if day else "XXXX-XX-XX"
        return f"{head}T{atom.hour or 0:02d}:{atom.minute or 0:02d}"


def _periods(year: int, make: Callable[[int], str | None]) -> list[tuple[int, Days | None]]:
    found = []
    for offset in _YEARS_AROUND:
        value = make(year + offset) if 1 <= year + offset <= 9999 else None
        found.append((year + offset, bounds(value) if value else None))
        if offset == 2 and sum(days is not None for _, days in found) == 5:
            break
    return found


def _last_part(part: str) -> str:
    return {"Q-1": "Q4", "H-1": "H2", "T-1": "T3"}.get(part, part)


def _iso(day: date, shift: int) -> str:
    return (shift_days(day, shift) or day).isoformat()


def parse_published(published: str | None) -> date | None:
    """The day of publication; None when not given.

    Raises:
        ValueError: it is not an ISO day.
    """
    if published is None:
        return None
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", published)
    day = make_day(*map(int, match.groups())) if match else None
    if day is None:
        raise ValueError(f"published: {published!r} is not a day like 2019-12-06")
    return day
