"""Days named by their weekday or by their number alone: "mardi", "lundi prochain", "le 9", "samedi 30"."""

from __future__ import annotations

from datetime import date

from pressextract.dates.atoms import Atom
from pressextract.dates.calendars import known_day, shift_days
from pressextract.dates.setting import Setting
from pressextract.dates.years import STEPS, written_year

_REACH = 200
"""Days on each side of the anchor in which a day without its month is looked for."""


def weekday_value(atom: Atom, setting: Setting, after: date | None) -> str | None:
    """TIMEX3 value of a weekday; ``after`` is the beginning of its range."""
    weekday, anchor = atom.weekday or 0, setting.published
    if atom.side in ("before", "after") or _is_same(atom, setting):
        anchor = setting.mention_day or anchor
    if anchor is None:
        return f"XXXX-WXX-{weekday + 1}"
    if atom.within is not None:
        return _iso(anchor, 7 * STEPS.get(atom.within[1], 0) + weekday - anchor.weekday())
    if after is not None:
        return _iso(after, (weekday - after.weekday()) % 7)
    return _iso(anchor, _shift(atom, setting, anchor))


def _shift(atom: Atom, setting: Setting, anchor: date) -> int:
    """Days from the anchor to the weekday."""
    weekday = atom.weekday or 0
    ago, ahead = (anchor.weekday() - weekday) % 7, (weekday - anchor.weekday()) % 7
    if atom.side in ("last", "before"):
        return -(ago or 7)
    if atom.side in ("next", "after"):
        return (ahead or 7) + 7 * int(atom.count or 0)
    if ago == 0 or _is_same(atom, setting):
        return ahead
    return ahead if setting.is_future(atom, ago, ahead) else -ago


def _is_same(atom: Atom, setting: Setting) -> bool:
    """Whether the text says "ce même lundi"."""
    determiner = setting.folded.text[atom.determiner_start : atom.start] if atom.determiner else ""
    return "meme" in determiner and setting.mention_day is not None


def day_of_month_value(atom: Atom, setting: Setting, after: date | None) -> str | None:
    """TIMEX3 value of a day of a month that is not named; None when there is none near the anchor."""
    assert atom.day is not None
    unknown = f"XXXX-XX-{atom.day:02d}"
    if atom.within is not None:
        year = written_year(atom, setting)
        return known_day(year, atom.month or 1, atom.day) if year else unknown
    if after is None and atom.weekday is None:
        after = setting.joined_day(atom)
    anchor = after or setting.published
    if anchor is None:
        return unknown
    around = (shift_days(anchor, count) for count in range(0 if after else -_REACH, _REACH + 1))
    days = [day for day in around if day and day.day == atom.day and atom.weekday in (None, day.weekday())]
    if not days:
        return None
    if after is not None:
        return days[0].isoformat()
    if atom.weekday is not None:
        return min(days, key=lambda day: abs(day - anchor)).isoformat()
    return _nearer(atom, setting, anchor, days).isoformat()


def _nearer(atom: Atom, setting: Setting, anchor: date, days: list[date]) -> date:
    past = max((day for day in days if day <= anchor), default=None)
    future = min((day for day in days if day >= anchor), default=None)
    if past is None or future is None:
        return past or future or days[0]
    return future if setting.is_future(atom, (anchor - past).days, (future - anchor).days) else past


def _iso(day: date, count: int) -> str | None:
    moved = shift_days(day, count)
    return moved.isoformat() if moved else None
