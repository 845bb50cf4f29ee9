"""Join atoms: heads with what they are a part of, and the ends of ranges and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pressextract.dates.atoms import Atom
from pressextract.dates.surroundings import cues

Link = Literal["single", "range", "list"]
_LISTS = (
    "days_of_month",
    "days_of_month_figures",
    "more_days_of_month",
    "month_then_days",
    "weekday_day",
    "decades",
    "centuries",
    "month_and_month",
)
_DAY_LISTS = ("days_of_month", "days_of_month_figures", "days_without_month", "years_with_noun")
_HEADS = ("slice", "unit")
_DAY_HEADS = ("day_before", "day_after", "two_days_before", "two_days_after", "daypart", "this_day")


@dataclass(slots=True)
class Group:
    """One calendar expression: an atom, the two ends of a range, or the members of a list."""

    atoms: list[Atom]
    link: Link = "single"


def outer_start(atom: Atom) -> int:
    """First character of ``atom`` with its preposition, modifier and determiner."""
    return min(
        [atom.start, *(p for p in (atom.preposition_start, atom.mod_start, atom.determiner_start) if p >= 0)]
    )


def inner_start(atom: Atom) -> int:
    """First character of ``atom`` with its modifier and determiner, without its preposition."""
    return min([atom.start, *(p for p in (atom.mod_start, atom.determiner_start) if p >= 0)])


def compose(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    """Give heads their base: "premier vendredi" + "de juillet", "une semaine avant" + "le 14 janvier"."""
    composed: list[Atom] = []
    for atom in reversed(atoms):
        if composed and _is_head_of(text, atom, composed[-1]):
            base = composed.pop()
            if base.kind == "unit" and base.side is None:
                base.side = "this"
            atom.base = base
            atom.end = base.end
            if atom.kind == "duration":
                atom.type = "DATE"
        composed.append(atom)
    composed.reverse()
    return [atom for atom in composed if _stands(text, atom)]


def _stands(text: str, atom: Atom) -> bool:
    """Not a part of something that is no date: "la veille du scrutin", "dix ans après la guerre"."""
    if atom.base is not None:
        return True
    if atom.rule in ("day_before", "day_after", "two_days_before", "two_days_after", "same_day"):
        return not cues()["complement_after"].match(text, atom.end)
    if atom.rule == "daypart" and atom.side is None:
        return cues()["daypart_before"].search(text, max(0, atom.start - 24), atom.start) is not None
    if atom.rule == "first_units" and atom.count:
        _place_units(text, atom)
    return atom.kind != "slice" or atom.base is not None


def _place_units(text: str, atom: Atom) -> None:
    """Units without a period: the last ones are counted back, the first months are those of the year."""
    if atom.order == -1:
        atom.kind, atom.part, atom.side = "offset", "span", "last"
    elif atom.unit in ("M", "Q") and not cues()["complement_after"].match(text, atom.end):
        atom.base = Atom(atom.end, atom.end, "unit", "unit", unit="Y", side="this")


def _is_head_of(text: str, atom: Atom, base: Atom) -> bool:
    if base.kind not in ("calendar", "offset", "unit", "slice") or (base.base is None) == (
        base.kind == "slice"
    ):
        return False
    if base.rule == "daypart" and base.base is None:
        return False
    if atom.kind == "duration":
        close = not text[atom.end : inner_start(base)].strip(" \n") and base.preposition_start < atom.end
        return close and atom.side in ("before", "after")
    if atom.kind not in _HEADS and atom.rule not in _DAY_HEADS:
        return False
    if atom.side not in (None, "that") or (atom.kind == "unit" and atom.year is not None):
        return False
    if atom.kind == "unit" and (not (base.is_day or base.holiday) or text.startswith(" au ", base.end)):
        return False
    joined = base.preposition == "start" and not text[atom.end : base.preposition_start].strip(" \n")
    # "au cours des premiers jours du mois": "du" may have been read as the determiner.
    contracted = base.determiner in ("du", "des") and not text[atom.end : outer_start(base)].strip(" \n")
    return joined or contracted


def group(text: str, atoms: Sequence[Atom]) -> list[Group]:
    """The atoms as single expressions, ranges and lists, in text order."""
    _hand_years_back(text, atoms)
    groups: list[Group] = []
    for atom in atoms:
        link = _link(text, groups[-1], atom) if groups else None
        if link is None:
            groups.append(Group([atom]))
            continue
        last = groups[-1]
        last.atoms.append(atom)
        last.link = link
    for one in groups:
        _share(one)
    return groups


def _hand_years_back(text: str, atoms: Sequence[Atom]) -> None:
    """ "des 7 août, 5 octobre et 30 octobre 2018": the year after the last day holds for all."""
    for atom, following in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        gap = text[atom.end : inner_start(following)].strip(" \n")
        is_same = atom.is_day and following.is_day and not atom.has_year and not atom.side
        if is_same and following.year is not None and gap in (",", "et", "ou", ", le", "et le"):
            atom.year = following.year


def _link(text: str, last: Group, atom: Atom) -> Link | None:
    """How ``atom`` continues ``last``, or None when it stands for itself."""
    before = last.atoms[-1]
    if last.link == "range" or not (_is_linkable(before) and _is_linkable(atom)):
        return None
    bare_gap = " ".join(text[before.end : inner_start(atom)].split())
    gap = " ".join(text[before.end : outer_start(atom)].split())
    if len(last.atoms) == 1 and _is_range(before, atom, gap, bare_gap):
        return "range"
    return "list" if _is_list(last, atom, gap) else None


def _is_linkable(atom: Atom) -> bool:
    return atom.kind in ("calendar", "offset", "slice") or (atom.kind == "unit" and atom.mod is not None)


def _is_range(first: Atom, last: Atom, gap: str, bare_gap: str) -> bool:
    if first.rule == "daypart" and first.base is not None:
        first = first.base
    if bare_gap in ("-", "/") and (bare_gap == "-" or _grain(first) in ("month", "year")):
        return first.rule == last.rule or _grain(first) == _grain(last) or first.mod is not None
    opener = (
        first.rule in _DAY_LISTS
        or first.preposition in ("start", "since", "from", "between")
        or first.determiner in ("du", "des")
    )
    if first.preposition == "between":
        return gap == "et" or bare_gap in ("et", "et en", "a", "et a")
    if gap in ("", "et", "et ce") and last.preposition == "until":
        return True
    if gap == "" and last.preposition == "to" or (last.determiner in ("au", "aux") and bare_gap == ""):
        return opener or _grain(first) == _grain(last) == "day" and last.month is not None
    return False


def _is_list(group: Group, atom: Atom, gap: str) -> bool:
    """Days of one list; consecutive months or weekdays joined by "et" or a hyphen."""
    first = group.atoms[-1]
    if atom.preposition_start >= 0 or first.mod or atom.mod:
        return False
    if first.rule == atom.rule and first.rule in _LISTS:
        return gap in ("et", ",", "ou", "puis", "-", "/", "et le", "et du", "") and first.month == atom.month
    if gap != "et" or first.side or atom.side:
        return False
    if _grain(first) == _grain(atom) == "month" and not first.has_year:
        return (atom.month or 0) - (first.month or 0) in (1, -11)
    bare = first.rule == atom.rule == "weekday" and not (first.daypart or atom.daypart)
    return bare and ((atom.weekday or 0) - (first.weekday or 0)) % 7 == 1


def _grain(atom: Atom) -> str:
    if atom.kind == "slice" or atom.base is not None:
        return "slice"
    for name in ("day", "weekday", "holiday", "month", "part", "decade", "century"):
        if getattr(atom, name) is not None:
            return "day" if name in ("weekday", "holiday") else name
    if atom.unit is not None:
        return "day" if atom.unit == "D" else {"Y": "year", "M": "month"}.get(atom.unit, atom.unit)
    return "year"


def _share(group: Group) -> None:
    """What only one end says holds for the others: the year, "dernier"."""
    atoms = group.atoms
    for one, other in zip(atoms, atoms[1:], strict=False):
        if one.kind != "calendar" or other.kind != "calendar":
            continue
        if other.side and one.side is None and not one.has_year and one.weekday is None:
            one.side = other.side
        if other.year is not None and not one.has_year and _needs_year(one):
            later = group.link == "range" and (one.month or 0) > (other.month or 12)
            one.year = other.year - later
        elif one.year is not None and not other.has_year and _needs_year(other):
            earlier = (other.month or 12) < (one.month or 0)
            other.year = one.year + earlier
        elif one.year is not None and other.short_year is not None:
            other.year = _same_century(one.year, other.short_year)
            other.short_year = None


def _needs_year(atom: Atom) -> bool:
    return atom.month is not None or atom.part is not None or atom.holiday is not None


def _same_century(year: int, short: int) -> int:
    full = year // 100 * 100 + short
    return full if full > year else full + 100
