"""Positions by rule: who holds which role where, from the encoded sentences of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pressextract.facts.backrefs import BackReferences
from pressextract.facts.chains import Holder, find_holders, is_plural
from pressextract.facts.employers import Employers
from pressextract.facts.encoding import Sentence, Slot
from pressextract.facts.items import PositionFact
from pressextract.facts.patterns import pattern
from pressextract.facts.status import find_status, is_denied
from pressextract.facts.units import Unit, find_units
from pressextract.labels import ROLE
from pressextract.schema import Status

CONFIDENCE = {
    "apposition": 0.98,
    "direct": 0.98,
    "comma": 0.98,
    "title again": 0.97,
    "copula": 0.88,
    "as": 0.9,
    "seat": 0.9,
    "named": 0.8,
    "replaced": 0.9,
    "handed": 0.85,
    "hands over": 0.9,
    "succeeds": 0.55,
    "pronoun copula": 0.75,
    "pronoun as": 0.65,
    "definite": 0.65,
}
"""Share of right person-role pairs by rule, on the training articles with gold mentions (docs/facts.md)."""
EMPLOYER_CONFIDENCE = {
    "of": 0.96,
    "heading": 0.9,
    "none": 0.77,
    "possessive": 0.75,
    "topic president": 0.7,
    "topic": 0.62,
    "clause": 0.6,
    "anaphor": 0.55,
    "shared": 0.5,
}
"""The same for the employer, given that person and role are right."""
UNHELD_CONFIDENCE = 0.7
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
        held = {holder.role.start for holder in holders}
        facts.extend(_unheld(unit) for unit in units if unit.start not in held and _is_office(unit))
    return _without_echoes(facts)


def _is_office(unit: Unit) -> bool:
    """A definite office with its employer or charge, whose holder the sentence leaves unnamed."""
    if unit.slot.label != ROLE or is_plural(unit):
        return False
    is_definite = unit.is_opened_by("definite_openers")
    return is_definite and bool(unit.employers or pattern("in_charge").search(unit.slot.text))


def _unheld(unit: Unit) -> PositionFact:
    organization = unit.employers[0] if unit.employers else None
    slots = [unit.slot, *unit.employers[:1]]
    start, end = min(s.start for s in slots), max(s.end for s in slots)
    status: Status = "former" if pattern("former_opener").search(unit.openers) else "current"
    return PositionFact(None, unit.slot, organization, status, start, end, UNHELD_CONFIDENCE, "office/of")


def _without_echoes(facts: Sequence[PositionFact]) -> list[PositionFact]:
    """Drop what repeats a fuller fact.

    That is a fact whose employer is missing or guessed where the same person's same title has a stated one,
    and an office without a holder where somebody holds the same title.
    """
    stated = {_echo_key(fact) for fact in facts if fact.organization and fact.rule.endswith(_STATED)}
    titles = {fact.role.text.casefold() for fact in facts if fact.person}
    return [
        fact
        for fact in facts
        if (fact.person or fact.role.text.casefold() not in titles)
        and (fact.rule.endswith(_STATED) or _echo_key(fact) not in stated)
    ]


def _echo_key(fact: PositionFact) -> tuple[str, str]:
    person = fact.person.text.split()[-1] if fact.person else ""
    return person.casefold(), fact.role.text.casefold()


def _is_denied(sentence: Sentence, holder: Holder) -> bool:
    starts = holder.person.start, holder.role.start
    return is_denied(sentence, min(starts), max(starts))


def _facts(
    sentence: Sentence, holder: Holder, holders: Sequence[Holder], employers: Employers
) -> Iterator[PositionFact]:
    joined = [other.role for other in holders if other.person is holder.person]
    status = find_status(holder)
    found = employers.find(sentence, holder, joined)
    nowhere: list[tuple[Slot | None, str]] = [(None, "none")]
    for organization, rule in found or nowhere:
        arguments = (holder.person.slot, holder.role.slot, organization)
        slots = [s for s in arguments if s is not None and sentence.start <= s.start < sentence.end]
        yield PositionFact(
            person=holder.person.slot,
            role=holder.role.slot,
            organization=organization,
            status=status,
            start=min(s.start for s in slots),
            end=max(s.end for s in slots),
            confidence=round(CONFIDENCE[holder.rule] * EMPLOYER_CONFIDENCE[rule], 2),
            rule=f"{holder.rule}/{rule}",
        )
