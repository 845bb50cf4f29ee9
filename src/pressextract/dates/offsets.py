"""Units counted from an anchor: "hier", "la semaine dernière", "il y a trois ans"."""

from __future__ import annotations

from datetime import date

from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import last_of_month, make_day, monday_of, shift_days, shift_months
from pressextract.dates.timex import bounds, week_value
from pressextract.dates.years import STEPS

_MONTHS = {"M": 1, "B": 2, "Q": 3, "T": 4, "H": 6, "Y": 12, "E": 120, "C": 1200}
_DAYS = {"D": 1.0, "W": 7.0, "WE": 7.0, "N": 1.0, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}
_UNKNOWN = {
    "Y": "XXXX",
    "M": "XXXX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "Q": "XXXX-QX",
    "H": "XXXX-HX",
    "E": "XXX",
    "C": "XX",
}


def offset_value(atom: Atom, anchor: date | None) -> str | None:
    """TIMEX3 value of an offset, a unit, a duration or a set; None when it is no date and nothing else."""
    if atom.kind == "set":
        return _set_value(atom)
    if atom.kind == "unit" and not _is_this(atom):
        return None
    if atom.kind == "duration":
        return _duration_value(atom, anchor)
    if anchor is None:
        return _with_daypart(atom, _UNKNOWN.get(atom.unit or "D", "XXXX-XX-XX"))
    if atom.part == "span":
        return _span_value(atom, anchor)
    step = STEPS.get(atom.side or "", 0) if atom.count is None or atom.side else 0
    if atom.unit == "D" and atom.side in STEPS:
        step = STEPS[atom.side or ""]
    return _with_daypart(atom, grain_value(anchor, atom.unit or "D", int(atom.count or 0) + step, atom))


def _is_this(atom: Atom) -> bool:
    """Whether a bare unit is that of the anchor: "cette semaine", "fin d'année", "dans la semaine"."""
    if atom.generic and (
        atom.unit == "M" or (atom.unit == "Y" and atom.preposition == "start" and not atom.year)
    ):
        return False
    if atom.unit == "W" and atom.preposition == "ahead" and atom.determiner == "la":
        return True
    return (
        atom.determiner in ("ce", "cet", "cette")
        or atom.mod is not None
        or atom.year is not None
        or atom.side == "this"
    )


def _with_daypart(atom: Atom, value: str | None) -> str | None:
    return f"{value}T{atom.daypart}" if value and atom.daypart and "/" not in value else value


def grain_value(anchor: date, unit: str, count: int, atom: Atom | None = None) -> str | None:
    """TIMEX3 value of the ``unit`` that is ``count`` units after the one of ``anchor``."""
    if unit in ("Y", "M", "Q", "H", "T", "E", "C"):
        return _month_grain(anchor, unit, count)
    if unit == "W":
        day = shift_days(monday_of(anchor), 7 * count)
        return week_value(day) if day else None
    if unit == "WE":
        return _weekend(anchor, count)
    day = shift_days(anchor, count)
    return day.isoformat() if day else None


def _month_grain(anchor: date, unit: str, count: int) -> str | None:
    if unit == "Y":
        year = anchor.year + count
        return f"{year:04d}" if 1 <= year <= 9999 else None
    if unit == "E":
        return f"{anchor.year // 10 + count:03d}" if 0 < anchor.year // 10 + count < 1000 else None
    if unit == "C":
        century = (anchor.year - 1) // 100 + count
        return f"{century:02d}" if 0 <= century < 99 else None
    year, month = shift_months(anchor.year, anchor.month, count * _MONTHS[unit])
    if not 1 <= year <= 9999:
        return None
    return (
        f"{year:04d}-{month:02d}" if unit == "M" else f"{year:04d}-{unit}{(month - 1) // _MONTHS[unit] + 1}"
    )


def _weekend(anchor: date, count: int) -> str | None:
    """The weekend of the anchor's week for 0; the last one over for -1; the first one not begun for 1."""
    saturday = shift_days(monday_of(anchor), 5)
    if count > 0 and saturday and anchor < saturday:
        count -= 1
    day = shift_days(saturday, 7 * count) if saturday else None
    return f"{week_value(day)}-WE" if day else None


# durations


def counted(anchor: date, count: float, unit: str) -> date | None:
    """``anchor`` moved by ``count`` units of the calendar: months keep their day where the month has it."""
    if unit in _MONTHS:
        year, month = shift_months(anchor.year, anchor.month, round(count * _MONTHS[unit]))
        return (
            make_day(year, month, min(anchor.day, last_of_month(year, month))) if 1 <= year <= 9999 else None
        )
    days = count * _DAYS.get(unit, 1.0)
    return shift_days(anchor, int(days)) if abs(days) < 4_000_000 else None


def amount(atom: Atom) -> float:
    """The number of units of a duration; 1 when only the unit is named."""
    return (atom.count or 1) + (0.5 if atom.half else 0)


def _duration_value(atom: Atom, anchor: date | None) -> str | None:
    sign = direction(atom)
    if sign == 0 or (anchor is None and atom.side == "after"):
        _date_open_duration(atom, anchor)
        return duration_value(atom)
    atom.type = "DATE"
    if atom.vague or anchor is None:
        return _UNKNOWN.get(atom.unit or "D", "XXXX-XX-XX")
    day = counted(anchor, sign * amount(atom), atom.unit or "D")
    return day_grain(day, atom.unit or "D") if day else None


def _date_open_duration(atom: Atom, anchor: date | None) -> None:
    """Days of a duration whose beginning or end the anchor gives: "depuis trois mois", "d'ici deux ans"."""
    sign = {"since": -1, "by": 1}.get(atom.preposition, 0)
    if not sign or anchor is None or atom.vague:
        return
    unit = atom.unit or "D"
    day = counted(anchor, sign * amount(atom), unit)
    if day is not None:
        atom.anchored = day_grain(day, unit if unit in _MONTHS or unit == "W" else "D")
        atom.days = bounds(atom.anchored)


def direction(atom: Atom) -> int:
    """-1 or 1 for a duration that is counted from an anchor, else 0."""
    if atom.preposition == "ago" or atom.side == "before":
        return -1
    return 1 if atom.preposition == "ahead" or atom.side == "after" else 0


def day_grain(day: date, unit: str) -> str:
    """TIMEX3 value of the year, month, week or day around ``day``, as coarse as ``unit`` is."""
    if unit in ("Y", "E", "C"):
        return f"{day.year:04d}"
    if unit in ("M", "B", "Q", "T", "H"):
        return f"{day.year:04d}-{day.month:02d}"
    return week_value(day) if unit in ("W", "WE") else day.isoformat()


def duration_value(atom: Atom) -> str:
    """TIMEX3 value of a duration: P3M, PT20M, P50Y; PXD when the number is not known."""
    unit = atom.unit or "D"
    factor, letter = {
        "E": (10, "Y"),
        "C": (100, "Y"),
        "Q": (3, "M"),
        "H": (6, "M"),
        "T": (4, "M"),
        "B": (2, "M"),
    }.get(unit, (1, unit))
    letter = {"N": "D", "WE": "WE"}.get(letter, letter)
    number = "X" if atom.vague else f"{amount(atom) * factor:g}"
    return f"PT{number}{letter[1]}" if letter[0] == "T" and len(letter) == 2 else f"P{number}{letter}"


def _set_value(atom: Atom) -> str:
    if atom.weekday is not None:
        return f"XXXX-WXX-{atom.weekday + 1}"
    if atom.month is not None:
        return f"XXXX-{atom.month:02d}"
    if atom.part is not None:
        return f"XXXX-{atom.part}"
    if atom.daypart is not None:
        return f"XXXX-XX-XXT{atom.daypart}"
    return duration_value(atom)


# spans


def _span_value(atom: Atom, anchor: date) -> str | None:
    """ "les dix derniers mois": the whole months before this one; weeks and days count from the day, and less
    than a day ("les six dernières heures") is in it."""
    count = int(atom.count or 1)
    back = atom.side in ("last", "before")
    unit = atom.unit or "D"
    if unit in ("Y", "M", "Q", "H", "T", "E", "C"):
        low, high = (-count, -1) if back else (1, count)
        first, last = grain_value(anchor, unit, low), grain_value(anchor, unit, high)
    else:
        days = int(count * _DAYS.get(unit, 1.0))
        if days < 1:
            return anchor.isoformat()
        first_day = shift_days(anchor, -days if back else 1)
        last_day = shift_days(anchor, -1 if back else days)
        first, last = (day.isoformat() if day else None for day in (first_day, last_day))
    return f"{first}/{last}" if first and last else None
