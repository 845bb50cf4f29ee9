"""The two views of a resolved group: the record's item and the TimeML items."""

from __future__ import annotations

from datetime import date, timedelta

from pressextract.dates.atoms import Atom
from pressextract.dates.folding import Folded
from pressextract.dates.items import DateItem, TimexType
from pressextract.dates.links import Group
from pressextract.dates.timex import Days

_OPEN_RIGHT = ("since", "from", "begin", "not_before")
_OPEN_LEFT = ("until", "by", "before")
_SPAN_OPENERS = ("between", "start", "since", "from")
_ARTICLES = ("le", "la", "les", "l'")
_DEMONSTRATIVES = ("ce", "cet", "cette", "ces")
_VAGUE_DAYPARTS = ("journee", "soiree", "matinee")
"""Parts of a day that "cette" takes from the text, not from the day of publication."""
_CLOCK_UNITS = ("TH", "TM", "TS")
Ends = tuple[date | None, date | None]


def record_item(folded: Folded, group: Group) -> DateItem | None:
    """The group as one item of type DATE, or None when it is not a calendar expression."""
    first, last = group.atoms[0], group.atoms[-1]
    if any(not atom.value for atom in group.atoms) or not _is_calendar(folded, group):
        return None
    is_spelt = group.link == "range" and (last.preposition or first.rule != "year_span")
    role = _role(folded, first) if not is_spelt else ("span" if first.preposition in _SPAN_OPENERS else "")
    start = _record_start(first, role)
    days = _ends(first, last, role)
    return _item(folded, start, last.end, "DATE", _record_value(first, last, role), days)


def _is_calendar(folded: Folded, group: Group) -> bool:
    first = group.atoms[0]
    if first.kind in ("set", "clock"):
        return False
    if first.kind == "duration":
        is_counted = first.type == "DATE" or first.preposition in ("since", "by")
        # "depuis plusieurs mois", "dans les dix jours" fix no point of the calendar.
        is_vague = first.vague or (first.preposition == "ahead" and first.determiner == "les")
        return is_counted and not is_vague and (first.unit not in _CLOCK_UNITS or first.preposition == "ago")
    if first.rule == "daypart":
        name = folded.text[first.start : first.end]
        is_this = first.determiner in _DEMONSTRATIVES and name not in _VAGUE_DAYPARTS
        return first.base is not None or first.side is not None or is_this
    return not _is_weekly(folded, group)


def _is_weekly(folded: Folded, group: Group) -> bool:
    """ "le lundi", "du lundi au vendredi": a habit, not a day."""
    first = group.atoms[0]
    bare = first.rule == "weekday" and first.side is None and first.daypart is None
    if group.link == "range":
        return bare and group.atoms[-1].rule == "weekday" and _written(folded, first.preposition_start, "du")
    return bare and first.determiner in ("le", "les", "au") and not first.preposition


def _role(folded: Folded, atom: Atom) -> str:
    """The preposition that counts: those that make an interval open or that count a duration."""
    role = atom.preposition
    if role == "from" and _written(folded, atom.preposition_start, "des"):
        # "dès lundi" is that day, "dès janvier" begins a period; the word itself is left out.
        return "" if atom.weekday is not None or atom.unit == "D" else "begin"
    if role == "before" and ((atom.mod == "END" and atom.determiner == "la") or atom.daypart):
        return "by"
    if role in ("before", "after") and atom.determiner in ("un", "une"):
        return ""
    if role in ("ago", "ahead") and (atom.kind != "duration" and atom.part != "span" or atom.side == "last"):
        return ""
    if role == "ahead" and atom.determiner == "les" and atom.part == "span":
        return "by"
    return role if role in (*_OPEN_RIGHT, *_OPEN_LEFT, "after", "ago", "ahead") else ""


def _written(folded: Folded, start: int, word: str) -> bool:
    return folded.text.startswith(word + " ", start) or folded.text.startswith(word + "\n", start)


def _record_start(atom: Atom, role: str) -> int:
    if role and role != "begin":
        return atom.preposition_start
    if atom.determiner in _DEMONSTRATIVES:
        return atom.determiner_start
    return atom.mod_start if atom.mod_start >= 0 else atom.start


def _ends(first: Atom, last: Atom, role: str) -> Ends:
    if role == "since" and first.kind == "duration":
        return _counted_back(first)
    if role == "by" and first.kind == "duration":
        return None, _duration_end(first)
    if first.days is None or last.days is None:
        return None, None
    start, end = min(first.days[0], last.days[0]), max(first.days[1], last.days[1])
    if first.last_weekday is not None or (first.unit == "N" and first.side in ("before", "last")):
        end = _shift(end, 1) or end
    if role in _OPEN_RIGHT:
        return start, None
    if role == "before":
        return None, _shift(start, -1)
    if role in _OPEN_LEFT:
        return None, end
    if role == "after":
        return _shift(end, 1), None
    return start, end


def _counted_back(atom: Atom) -> Ends:
    return (atom.days[0], None) if atom.days else (None, None)


def _duration_end(atom: Atom) -> date | None:
    return atom.days[1] if atom.days else None


def _shift(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def _record_value(first: Atom, last: Atom, role: str) -> str:
    value = (
        first.anchored or _day_part(first.value)
        if first is last
        else f"{_low(first.value)}/{_high(last.value)}"
    )
    if role in (*_OPEN_RIGHT, "after"):
        return f"{_low(value)}/.."
    return f"../{_high(value)}" if role in _OPEN_LEFT else value


def _day_part(value: str) -> str:
    return value.split("T")[0]


def _low(value: str) -> str:
    return _day_part(value.split("/")[0])


def _high(value: str) -> str:
    return _day_part(value.split("/")[-1])


def timex_items(folded: Folded, group: Group) -> list[DateItem]:
    """The atoms of the group as TIMEX3 items."""
    items = []
    weekly = _is_weekly(folded, group)
    for atom in group.atoms:
        if not atom.value:
            continue
        kind: TimexType = (
            "SET" if weekly else "TIME" if "T" in atom.value and atom.type == "DATE" else atom.type
        )
        days: Ends = atom.days or (None, None)
        if kind in ("DURATION", "SET"):
            days = (None, None)
        items.append(_item(folded, _timex_start(atom), atom.end, kind, atom.value, days))
    return items


def _timex_start(atom: Atom) -> int:
    counted = atom.kind == "duration" and atom.type == "DATE" and atom.preposition in ("ago", "ahead")
    if counted:
        return atom.preposition_start
    is_year = atom.year is not None and atom.month is None and atom.part is None and atom.rule == "year"
    if atom.determiner in (*_ARTICLES, *_DEMONSTRATIVES) and not is_year:
        return atom.determiner_start
    return atom.mod_start if atom.mod_start >= 0 else atom.start


def _item(folded: Folded, start: int, end: int, kind: TimexType, value: str, days: Ends | Days) -> DateItem:
    first, last = folded.to_source(start, end)
    low, high = (day.isoformat() if day else None for day in days)
    return DateItem(folded.source[first:last], first, last, kind, value, low, high)
