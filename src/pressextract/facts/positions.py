"""Positions by rule: who holds which role where, from the encoded sentences of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pressextract.facts.backrefs import BackReferences
from pressextract.facts.chains import Holder, find_holders
from pressextract.facts.employers import Employers
from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import PositionFact
from pressextract.facts.status import find_status, is_denied
from pressextract.facts.units import Unit, find_units
from pressextract.labels import PERSON, ROLE

CONFIDENCE: dict[str, float] = {}
_STATED = ("/of", "/shared", "/heading")


def find_positions(sentences: Sequence[Sentence]) -> list[PositionFact]:
    """The positions that ``sentences`` state, in text order; bare echoes of a fuller fact are left out."""
    employers, references = Employers(), BackReferences()
    facts: list[PositionFact] = []
    for sentence in sentences:
        employers.read(sentence)
        units = find_units(sentence)
        holders = [h for h in find_holders(sentence, units) if not _is_denied(sentence, h)]
        holders += references.find(sentence, units, holders)
        for holder in holders:
            facts.extend(_facts(sentence, holder, holders, employers))
    return _without_echoes(facts)


def _without_echoes(facts: Sequence[PositionFact]) -> list[PositionFact]:
    """Drop a fact whose employer is missing or guessed where the same person's same title has a stated one."""
    stated = {_echo_key(fact) for fact in facts if fact.organization and fact.rule.endswith(_STATED)}
    return [fact for fact in facts if fact.rule.endswith(_STATED) or _echo_key(fact) not in stated]


def _echo_key(fact: PositionFact) -> tuple[str, str]:
    person = fact.person.text.split()[-1] if fact.person else ""
    return person.casefold(), fact.role.text.casefold()


def _is_denied(sentence: Sentence, holder: Holder) -> bool:
    return is_denied(sentence, min(holder.person.start, holder.role.start), max(holder.person.start, holder.role.start))


def _facts(
    sentence: Sentence, holder: Holder, holders: Sequence[Holder], employers: Employers
) -> Iterator[PositionFact]:
    joined = [other.role for other in holders if other.person is holder.person]
    found = employers.find(sentence, holder, joined)
    status = find_status(sentence, holder)
    for organization, rule in found or [(None, "none")]:
        slots = [s for s in (holder.person.slot, holder.role.slot, organization) if s is not None and sentence.start <= s.start < sentence.end]
        yield PositionFact(
            person=holder.person.slot,
            role=holder.role.slot,
            organization=organization,
            status=status,
            start=min(s.start for s in slots),
            end=max(s.end for s in slots),
            confidence=0.8,
            rule=f"{holder.rule}/{rule}",
        )
