"""Since when and until when a position is held: the dates that stand with its role.

Only what the text says beside the role counts: ``directeur de Tarvel depuis 2016``, ``maire de 2008 à
2020``, ``élue présidente en mars``. A date belongs to one role at most, with nothing but the employer and
small words between the two; a date at the head of a sentence is most often when the news happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import PositionFact
from pressextract.labels import DATE, ROLE
from pressextract.lang import any_of, load_terms

_DEADLINE = re.compile(r"^d.ici\b", re.IGNORECASE)
_LINK = r"(?:[\s,'’(]|\b(?:de|du|des|d|la|le|les|l|chez|à|au|aux|en|sein|groupe|société|association)\b|[③④])*"
"""What may stand between a role and its date: its employer and small words, no verb."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """The date that opens a position and the one that closes it; an interval is both."""

    since: Slot | None
    until: Slot | None


def add_tenures(
    facts: Iterable[PositionFact], sentences: Sequence[Sentence], dates: Iterable[Mapping[str, Any]]
) -> list[PositionFact]:
    """The positions with ``since`` and ``until`` where the text gives them.

    Args:
        facts: positions, by rule or judged.
        sentences: the encoded document.
        dates: its calendar expressions, with ``start_char``, ``value``, ``start``, ``end``.
    """
    known = {int(item["start_char"]): item for item in dates if item["type"] == DATE}
    tenures = {role: tenure for sentence in sentences for role, tenure in _tenures(sentence, known)}
    return [
        replace(fact, since=tenure.since, until=tenure.until)
        if (tenure := tenures.get(fact.role.start)) is not None
        else fact
        for fact in facts
    ]


def _tenures(sentence: Sentence, dates: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, Tenure]]:
    """First character of a role and its tenure, for each date of the sentence that is one's."""
    roles = [position for position, slot in sentence.slots.items() if slot.label == ROLE]
    for position, slot in sentence.slots.items():
        if slot.label != DATE or slot.start not in dates or _DEADLINE.search(slot.text):
            continue
        for role in sorted(roles, key=lambda place: abs(place - position)):
            tenure = _tenure(sentence.code, role, position, slot, dates[slot.start])
            if tenure is not None:
                yield sentence.slots[role].start, tenure
                break


def _tenure(code: str, role: int, at: int, slot: Slot, date: Mapping[str, Any]) -> Tenure | None:
    """What the date at a position of the code says of the role at another: its value is open at one end, an
    interval, or a point in time, which counts as a beginning where somebody is appointed then."""
    if not (_follows(code, role, at) or _precedes(code, role, at)):
        return None
    if date["start"] and not date["end"]:
        return Tenure(slot, None)
    if date["end"] and not date["start"]:
        return Tenure(None, slot)
    if "/" in date["value"]:
        return Tenure(slot, slot)
    return Tenure(slot, None) if _appointed().search(code, 0, min(role, at)) else None


def _follows(code: str, role: int, at: int) -> bool:
    """``② de ③ ⑤``, ``②, ⑤``, ``② (⑤)``."""
    return role < at and re.fullmatch(_LINK, code[role + 1 : at]) is not None


def _precedes(code: str, role: int, at: int) -> bool:
    """``⑤, ① est ②``, ``nommé ⑤ ②``."""
    between = code[at + 1 : role]
    return at < role and (
        _copula().fullmatch(between) is not None
        or (re.fullmatch(r"[\s,]*", between) is not None and _appointed().search(code, 0, at) is not None)
    )


@cache
def _copula() -> re.Pattern[str]:
    copulas = any_of(load_terms("facts")["copulas"])
    return re.compile(rf",? ①,? (?:{copulas}) (?:le |la |l['’]|un |une )?", re.IGNORECASE)


@cache
def _appointed() -> re.Pattern[str]:
    """A verb of appointment right before the role or the date."""
    verbs = any_of(load_terms("facts")["appointed"])
    return re.compile(rf"(?<!\w)(?:{verbs})(?: (?:comme|en|le|la|au|dès|depuis|poste|de))* ?$", re.IGNORECASE)
