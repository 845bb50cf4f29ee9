"""What stands before an expression: preposition, modifier ("début"), determiner, from ``frames.toml``."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.atoms import Atom
from pressextract.dates.folding import Folded
from pressextract.dates.grammar import read_toml, spaced

WINDOW = 56
"""Characters before an expression that are looked at."""
_GAP = r"[ \n]{0,3}"
_ROLES = (
    "since",
    "from",
    "until",
    "by",
    "not_before",
    "before",
    "after",
    "ago",
    "ahead",
    "between",
    "start",
    "to",
    "at",
)


@cache
def _pattern(is_month: bool) -> re.Pattern[str]:
    frames = read_toml("frames")
    prepositions = "|".join(f"(?P<{role}>{frames['prepositions'][role]})" for role in _ROLES)
    modifiers = "|".join(f"(?P<{name}>{pattern})" for name, pattern in frames["modifiers"].items())
    words = frames["words"]
    determiner = rf"(?:{words['determiner']})"
    head = rf"(?:(?P<head>{words['month_head']}){_GAP})?" if is_month else ""
    pattern = (
        rf"(?<![a-z0-9])(?:(?:{prepositions}){_GAP})?(?:(?:{words['approximation']}){_GAP})?"
        rf"(?:(?:(?P<outer>{determiner}){_GAP})?"
        rf"(?P<modifier>{modifiers})(?:-| (?P<of>des|de|du|d')|(?= )){_GAP})?"
        rf"(?:(?P<determiner>{determiner}){_GAP}(?:(?:{words['same']}){_GAP})?)?{head}$"
    )
    return re.compile(spaced(pattern))


def read_context(folded: Folded, atom: Atom) -> None:
    """Set the determiner, modifier and preposition of ``atom``, and where each begins."""
    text = folded.text
    low = max(0, atom.start - WINDOW)
    if folded.original(atom.start).isupper():
        # A capital at the beginning of a line begins a sentence: nothing before the line belongs to it.
        low = max(low, text.rfind("\n", low, atom.start) + 1)
    is_month = atom.month is not None and atom.day is None
    match = _pattern(is_month).search(text[low : atom.start])
    if match is None or match.start() == match.end():
        return
    if is_month and match["head"]:
        atom.start = low + match.start("head")
    if match["modifier"] and not (match["of"] == "des" and _is_accented(folded, low + match.start("of"))):
        _read_modifier(atom, match, low)
    elif match["determiner"]:
        atom.determiner = match["determiner"]
        atom.determiner_start = low + match.start("determiner")
    role = next((role for role in _ROLES if match[role] is not None), None)
    if role is not None and not _is_article(folded, match, role, low):
        atom.preposition = role
        atom.preposition_start = low + match.start(role)


def _is_article(folded: Folded, match: re.Match[str], role: str, low: int) -> bool:
    """Whether what was read as "dès" is the article "des"."""
    return role == "from" and match[role] == "des" and not _is_accented(folded, low + match.start(role))


def _read_modifier(atom: Atom, match: re.Match[str], low: int) -> None:
    atom.mod = next(name for name in ("START", "MID", "END", "WHOLE") if match[name] is not None)
    atom.mod_start = low + match.start("modifier")
    atom.generic = atom.kind == "unit" and match["of"] in ("de", "d'") and not match["determiner"]
    if atom.kind == "unit" and (match["determiner"] or "").startswith("ce"):
        atom.side = "this"
    if match["outer"]:
        atom.determiner = match["outer"]
        atom.determiner_start = low + match.start("outer")


def _is_accented(folded: Folded, position: int) -> bool:
    """Whether "des" at ``position`` is written "dès"."""
    return folded.original(position + 1) in "èÈ"
