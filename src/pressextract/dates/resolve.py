"""Place atoms in the calendar: TIMEX3 value first, days from it."""

from __future__ import annotations

from datetime import date

from pressextract.dates import offsets, slices
from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import monday_of
from pressextract.dates.links import Group
from pressextract.dates.setting import Setting
from pressextract.dates.timex import bounds
from pressextract.dates.weekdays import day_of_month_value, weekday_value
from pressextract.dates.years import year_value


def resolve(group: Group, setting: Setting) -> None:
    """Fill ``value`` and ``days`` of every atom of ``group``; value stays empty for what is no date.

    Groups are resolved in text order: ``setting`` remembers what was mentioned.
    """
    previous: Atom | None = None
    for atom in group.atoms:
        after = previous.days[0] if previous and previous.days and group.link != "single" else None
        _resolve_atom(atom, setting, after)
        previous = atom
    setting.remember(group.atoms[-1])


def _resolve_atom(atom: Atom, setting: Setting, after: date | None = None) -> None:
    """Fill ``value`` and ``days`` of ``atom``; ``after`` is the beginning of its range."""
    if atom.base is not None:
        _resolve_atom(atom.base, setting)
    value = _value(atom, setting, after)
    if value is None:
        return
    atom.value = value
    mod = atom.mod if atom.mod != "WHOLE" else None
    if atom.type in ("DATE", "TIME") and not value.startswith("P"):
        atom.days = slices.days_of(atom) if atom.base is not None else bounds(value, mod)


def _value(atom: Atom, setting: Setting, after: date | None) -> str | None:
    if atom.base is not None:
        return slices.slice_value(atom)
    if atom.kind == "calendar":
        value = _calendar(atom, setting, after)
        return f"{value}T{atom.daypart}" if value and atom.daypart else value
    if atom.kind == "clock":
        day = setting.mention_day or setting.published
        minute = 30 if atom.half else atom.minute or 0
        return f"{day.isoformat() if day else 'XXXX-XX-XX'}T{atom.hour or 0:02d}:{minute:02d}"
    if atom.kind == "unit" and setting.published is not None:
        _choose_unit(atom, setting, setting.published)
    return offsets.offset_value(atom, setting.anchor_of(atom))


def _calendar(atom: Atom, setting: Setting, after: date | None) -> str | None:
    if atom.century is not None:
        return f"{atom.century:02d}" if atom.side is None else f"BC{atom.century:02d}"
    if atom.decade is not None:
        return str(atom.decade)
    if atom.day is not None and atom.month is None:
        return day_of_month_value(atom, setting, after)
    if atom.weekday is not None and atom.day is None:
        return weekday_value(atom, setting, after)
    return year_value(atom, setting, after)


def _choose_unit(atom: Atom, setting: Setting, anchor: date) -> None:
    """ "fin de l'année" in January may be that of last year, "ce week-end" on a Monday the one before."""
    is_open = atom.unit == "WE" or (atom.mod in ("START", "END") and atom.unit in ("W", "Y"))
    if atom.side is not None or not is_open:
        return
    # Weekends are counted by weeks here, so that 0 is that of the anchor's week on a Sunday too.
    base = monday_of(anchor) if atom.unit == "WE" else anchor
    spans = []
    for count in (-1, 0, 1):
        value = offsets.grain_value(base, atom.unit or "D", count)
        days = bounds(value, None if atom.mod == "WHOLE" else atom.mod) if value else None
        if days:
            spans.append((count, days))
    past = max((span for span in spans if span[1][0] <= anchor), default=None)
    future = min((span for span in spans if span[1][1] >= anchor), default=None)
    if past is None or future is None:
        return
    back, ahead = (anchor - past[1][1]).days, (future[1][0] - anchor).days
    if atom.mod == "END" and atom.preposition in ("before", "until", "by"):
        # What is to be over by then is not over yet.
        atom.count = future[0]
    else:
        atom.count = future[0] if past == future or setting.is_future(atom, back, ahead) else past[0]
