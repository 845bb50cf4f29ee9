"""Parts of a period, days counted from another date: "premier vendredi de juillet", "lendemain de Noël"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import last_of_month, monday_of, nth_weekday
from pressextract.dates.offsets import amount, counted, direction
from pressextract.dates.timex import Days, bounds, week_value

_EVES = ("nouvel an", "jour de l'an", "noel")
"""Feasts whose night is the one before the day."""
_FEW_DAYS = 10
"""What "les premiers jours" of a month or a year are taken for."""
_MONTHS = {"M": 1, "Q": 3, "T": 4, "H": 6, "Y": 12}


def slice_value(atom: Atom) -> str | None:
    """TIMEX3 value of an atom with a base; None when the base has no such part."""
    base = atom.base
    assert base is not None
    if base.days is None:
        return base.value or None
    days = days_of(atom)
    if days is None:
        return None
    if days[0] == days[1]:
        value = days[0].isoformat()
        return f"{value}T{atom.daypart}" if atom.daypart else value
    if atom.kind == "unit" and atom.unit == "WE":
        return f"{week_value(days[0])}-WE"
    if atom.kind == "unit" and atom.unit == "W":
        return week_value(days[0])
    return _whole_value(days) or f"{days[0].isoformat()}/{days[1].isoformat()}"


def _whole_value(days: Days) -> str | None:
    first = days[0]
    for value in (
        f"{first:%Y}",
        f"{first:%Y-%m}",
        *(f"{first:%Y}-Q{n}" for n in range(1, 5)),
        *(f"{first:%Y}-H{n}" for n in (1, 2)),
    ):
        if bounds(value) == days:
            return value
    return None


def days_of(atom: Atom) -> Days | None:
    """First and last day of an atom with a base, both inclusive."""
    base = atom.base
    assert base is not None
    if base.days is None:
        return None
    try:
        return _days(atom, base.days)
    except (ValueError, OverflowError):
        return None


def _days(atom: Atom, base: Days) -> Days | None:
    if atom.kind == "duration":
        day = counted(base[0], direction(atom) * amount(atom), atom.unit or "D")
        if day is not None and atom.unit in ("Y", "E", "C") and base[0] != base[1]:
            return bounds(f"{day.year:04d}")
        return (day, day) if day else None
    if atom.daypart == "NI" and atom.base is not None and atom.base.holiday in _EVES:
        return base[0] - timedelta(days=1), base[1]
    if atom.kind == "offset":
        shift = timedelta(days=int(atom.count or 0))
        day = (base[1] if (atom.count or 0) > 0 else base[0]) + shift
        return (day, day) if atom.count else base
    if atom.kind == "unit":
        return _around(atom.unit or "D", base[0])
    if atom.weekday is not None:
        return _nth_weekday(atom, base)
    if atom.rule == "first_units" and atom.count is None and atom.base is not None:
        if atom.unit == "D":
            return _part(replace(atom, count=_FEW_DAYS), base)
        return bounds(atom.base.value, "END" if (atom.order or 1) < 0 else "START")
    return _part(atom, base)


def _around(unit: str, day: date) -> Days:
    if unit == "W":
        return monday_of(day), monday_of(day) + timedelta(days=6)
    if unit == "WE":
        saturday = monday_of(day) + timedelta(days=5)
        return saturday, saturday + timedelta(days=1)
    if unit == "M":
        return day.replace(day=1), day.replace(day=last_of_month(day.year, day.month))
    return day, day


def _nth_weekday(atom: Atom, base: Days) -> Days | None:
    assert atom.weekday is not None
    month = base[0] if (atom.order or 1) > 0 else base[1]
    day = nth_weekday(month.year, month.month, atom.weekday, atom.order or 1)
    return (day, day) if day and base[0] <= day <= base[1] else None


def _part(atom: Atom, base: Days) -> Days | None:
    """The first, last or nth units of a period; "les premiers jours de 2019" are not counted here."""
    first, last = base
    unit = atom.unit or "D"
    many = atom.count is not None
    size = int(atom.count or 1)
    index = 0 if many or atom.order is None or atom.order < 0 else atom.order - 1
    from_end = (atom.order or 1) < 0
    if unit in _MONTHS:
        return _months_part(base, _MONTHS[unit], size, index, from_end)
    if unit == "15D":
        middle = first.replace(day=15)
        return (middle + timedelta(days=1), last) if index == 1 or from_end else (first, middle)
    if unit == "W" and (last - first).days > 100 and not from_end and not many:
        monday = date.fromisocalendar(first.year, index + 1, 1)
        return monday, monday + timedelta(days=6)
    if unit == "WE":
        return _weekends_part(base, size, index, from_end)
    length = {"W": 7}.get(unit, 1)
    if from_end:
        return max(first, last - timedelta(days=length * size - 1)), last
    start = first + timedelta(days=length * index)
    return (start, min(last, start + timedelta(days=length * size - 1))) if start <= last else None


def _months_part(base: Days, length: int, size: int, index: int, from_end: bool) -> Days | None:
    first, last = base
    if from_end:
        month = last.year * 12 + last.month - length * size
        begin = date(month // 12, month % 12 + 1, 1)
        return (begin, last) if begin >= first else None
    start = first.year * 12 + first.month - 1 + length * index
    stop = start + length * size - 1
    begin = date(start // 12, start % 12 + 1, 1)
    end = date(stop // 12, stop % 12 + 1, last_of_month(stop // 12, stop % 12 + 1))
    return (begin, end) if begin >= first and end <= last else None


def _weekends_part(base: Days, size: int, index: int, from_end: bool) -> Days | None:
    first, last = base
    saturdays = [first + timedelta(days=(5 - first.weekday()) % 7 + 7 * n) for n in range(54)]
    saturdays = [day for day in saturdays if day < last]
    chosen = saturdays[-size:] if from_end else saturdays[index : index + size]
    return (chosen[0], chosen[-1] + timedelta(days=1)) if chosen else None
