"""Since when and until when a position is held: the dates that stand with its role.

Only what the text says beside the role counts: ``directeur de Tarvel depuis 2016``, ``maire de 2008 à
2020``, ``élue présidente en mars``. A date belongs to one role at most, with nothing but the employer and
small words between the two; a date at the head of a sentence is most often when the news happened.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import PositionFact
from pressextract.facts.patterns import denial
from pressextract.labels import DATE, ROLE
from pressextract.lang import any_of, load_terms

_REACH = 80
"""Most characters of the code between a role and its date, or before them where an appointment is looked
for."""


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
    tenures: dict[int, Tenure] = {}
    for sentence in sentences:
        for role, found in _tenures(sentence, known):
            first = tenures.get(role, found)  # one date may open what another one closes
            tenures[role] = Tenure(first.since or found.since, first.until or found.until)
    return [
        replace(fact, since=tenure.since, until=tenure.until)
        if (tenure := tenures.get(fact.role.start)) is not None
        else fact
        for fact in facts
    ]


def _tenures(sentence: Sentence, dates: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, Tenure]]:
    """First character of a role and its tenure, for each date of the sentence that is one's."""
    roles = sorted(position for position, slot in sentence.slots.items() if slot.label == ROLE)
    for position, slot in sentence.slots.items():
        if slot.label != DATE or slot.start not in dates or _deadline().match(slot.text):
            continue
        after = bisect_left(roles, position)
        beside = roles[max(0, after - 1) : after + 1]  # another role never stands between
        for role in sorted(beside, key=lambda place: abs(place - position)):
            tenure = _tenure(sentence.code, role, position, slot, dates[slot.start])
            if tenure is not None:
                yield sentence.slots[role].start, tenure
                break


def _tenure(code: str, role: int, at: int, slot: Slot, date: Mapping[str, Any]) -> Tenure | None:
    """What the date at a position of the code says of the role at another: its value is open at one end, an
    interval, or a point in time, which counts as a beginning where somebody is appointed then."""
    if abs(role - at) > _REACH or not (_follows(code, role, at) or _precedes(code, role, at)):
        return None
    if date["start"] and not date["end"]:
        return Tenure(slot, None)
    if date["end"] and not date["start"]:
        return Tenure(None, slot)
    if "/" in date["value"]:
        return Tenure(slot, slot)
    return Tenure(slot, None) if _is_appointed(code, min(role, at)) else None


def _follows(code: str, role: int, at: int) -> bool:
    """``② de ③ ⑤``, ``②, ⑤``, ``② (⑤)``."""
    return role < at and _link().fullmatch(code[role + 1 : at]) is not None


def _precedes(code: str, role: int, at: int) -> bool:
    """``⑤, ① est ②``, ``nommé ⑤ ②``, ``⑤, ① n'est plus ②``."""
    between = code[at + 1 : role]
    return at < role and (
        _copula().fullmatch(between) is not None
        or (not between.replace(",", "").strip() and _is_appointed(code, at))
        or ("⑤" not in between and _ends_then(code, at, role))
    )


def _ends_then(code: str, at: int, role: int) -> bool:
    return denial("dated_end").search(code, max(0, at - _REACH), role) is not None


def _is_appointed(code: str, at: int) -> bool:
    """Whether a verb of appointment stands right before a position: that of the role, or of the date."""
    return _appointed().search(code, max(0, at - _REACH), at) is not None


@cache
def _deadline() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_terms('facts')['tenure_deadlines'])})\b", re.IGNORECASE)


@cache
def _link() -> re.Pattern[str]:
    """What may stand between a role and its date: its employer and small words, no verb."""
    return re.compile(rf"(?:[\s,'’(]|\b(?:{any_of(load_terms('facts')['tenure_links'])})\b|[③④])*")


@cache
def _copula() -> re.Pattern[str]:
    terms = load_terms("facts")
    copulas = any_of(set(terms["copulas"]) - set(terms["no_copula_of_a_date"]))
    articles = any_of(terms["tenure_articles"])
    return re.compile(rf",? ①,? (?:{copulas}) (?:{articles})?", re.IGNORECASE)


@cache
def _appointed() -> re.Pattern[str]:
    """A participle of appointment; an adverb alone (``alors maire en 2008``) appoints nobody."""
    terms = load_terms("facts")
    verbs = any_of(set(terms["appointed"]) - set(terms["appointed_adverbs"]))
    small = any_of([*terms["appointed_links"], *terms["appointed_adverbs"]])
    return re.compile(rf"(?<!\w)(?:{verbs})(?: (?:{small}))* ?$", re.IGNORECASE)
