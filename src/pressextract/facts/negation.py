"""Facts that their own clause denies are withdrawn; positions that it ends (``n'est plus maire``) are former.

A denial is a verb that leads straight to the role or the town, so that what another clause of the sentence
denies is left alone. Its patterns are ``[denials]`` of ``lang/fr/fact_patterns.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pressextract.facts.encoding import SYMBOLS, Sentence
from pressextract.facts.items import BasedInFact, PositionFact
from pressextract.facts.patterns import denial
from pressextract.labels import CITY, DATE, PERSON, ROLE
from pressextract.lang import any_of, load_terms

Verdict = Literal["denied", "ended"]
_REACH = 160
"""Most characters of the code that a pattern reads before a symbol, or after it."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What a clause says of a role or a town at the character ``end``.

    Its subject stands before, in the sentence or in an earlier one; after it where the clause is ``fronted``
    (``N'étant plus maire, X …``).
    """

    verdict: Verdict
    end: int
    fronted: bool

    def is_of(self, subject: int) -> bool:
        """Whether the mention that begins at the character ``subject`` may be its subject."""
        return self.fronted or subject < self.end


def settle_positions(facts: Iterable[PositionFact], sentences: Sequence[Sentence]) -> Iterator[PositionFact]:
    """The positions that no clause denies; one that is ended is former, and until the date it was since."""
    roles: dict[int, Denial] = {}
    names: dict[tuple[int, int], Verdict] = {}
    for sentence in filter(_may_deny, sentences):
        roles.update(_denied(sentence, ROLE, _of_role, "joined_role"))
        names.update(_of_names(sentence))
    for fact in facts:
        verdict: Verdict | None = None
        if fact.person is not None:
            found = roles.get(fact.role.start)
            verdict = found.verdict if found and found.is_of(fact.person.start) else None
            verdict = verdict or names.get((fact.role.start, fact.person.start))
        if verdict == "ended":
            yield _ended(fact)
        elif verdict is None:
            yield fact


def settle_based_in(facts: Iterable[BasedInFact], sentences: Sequence[Sentence]) -> Iterator[BasedInFact]:
    """The seats and sites that no clause denies or ends: they have no status to say that they were."""
    towns: dict[int, Denial] = {}
    for sentence in filter(_may_deny, sentences):
        towns.update(_denied(sentence, CITY, _of_town, "joined_town"))
    for fact in facts:
        found = towns.get(fact.city.start)
        if found is None or not found.is_of(fact.organization.start):
            yield fact


def _may_deny(sentence: Sentence) -> bool:
    """Whether a sentence holds a word without which no denial begins; few do, and the patterns are slow."""
    return denial("marker").search(sentence.code) is not None


def _ended(fact: PositionFact) -> PositionFact:
    """Former; what is ``plus`` since a day ended then, but the day of an election stays a beginning."""
    if fact.until is None and fact.since is not None and _opening().match(fact.since.text):
        return replace(fact, status="former", since=None, until=fact.since)
    return replace(fact, status="former")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_terms('facts')['tenure_openings'])})(?!\w)", re.IGNORECASE)


def _denied(
    sentence: Sentence, label: str, read: Callable[[Sentence, int], Denial | None], joined: str
) -> Iterator[tuple[int, Denial]]:
    """First character of each mention of a label of which something is denied, and what.

    One that the pattern ``joined`` ties to the denied one before it is denied too.
    """
    previous: tuple[int, Denial] | None = None
    for position, slot in sentence.slots.items():
        if slot.label != label:
            continue
        found = read(sentence, position)
        if found is None and previous:
            between = _between(sentence, previous[0], position)
            found = replace(previous[1], end=slot.start) if denial(joined).fullmatch(between) else None
        previous = (position, found) if found else None
        if found:
            yield slot.start, found


def _of_role(sentence: Sentence, position: int) -> Denial | None:
    after = sentence.code[position + 1 : position + _REACH]
    if denial("qualified_role").match(after):
        return None  # how he holds it is denied, or which of several it is
    ended = _before(sentence, position, "role_ended")
    if ended is not None:
        return replace(ended, verdict="ended")
    if denial("qualified_denial").match(after):
        return None
    match = _before(sentence, position, "role_denied")
    if match is None and SYMBOLS[DATE] not in after.partition(",")[0]:  # what has its day did happen
        match = _before(sentence, position, "role_supposed")
    if match is not None:
        return match
    match = _before(sentence, position, "role_unreal")
    return match if match and denial("conditional").search(after) else None


def _of_names(sentence: Sentence) -> Iterator[tuple[tuple[int, int], Verdict]]:
    """First characters of a role and of the person of whom it is denied: ``le ② de ③ n'est pas ①``."""
    last: int | None = None
    for position, slot in sentence.slots.items():
        if slot.label == ROLE:
            last = position
        elif slot.label == PERSON and last is not None:
            between = _between(sentence, last, position)
            key = sentence.slots[last].start, slot.start
            if denial("name_ended").fullmatch(between):
                yield key, "ended"
            elif denial("name_denied").fullmatch(between):
                yield key, "denied"
            last = None


def _of_town(sentence: Sentence, position: int) -> Denial | None:
    return _before(sentence, position, "town_denied")


def _before(sentence: Sentence, position: int, name: str) -> Denial | None:
    """The denial whose pattern ends right before ``position`` of the code."""
    start = max(0, position - _REACH)
    match = denial(name).search(sentence.code, start, position)
    if match is None:
        return None
    return Denial(
        "denied", sentence.slots[position].start, not sentence.code[: match.start()].strip(' «"-–—')
    )


def _between(sentence: Sentence, left: int, right: int) -> str:
    return sentence.code[left + 1 : min(right, left + 2 + _REACH)]
