"""Seats and sites by rule: which organization is based in which city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pressextract.facts.items import BasedInFact
from pressextract.facts.encoding import Sentence, Slot
from pressextract.labels import CITY, COMPANY, ORGANIZATION
from pressextract.lang import load_terms
from pressextract.schema import SiteKind

_MAX_GAP = 90
_BRACKET = re.compile(r"③ \(④(?:,[^)]*)?\)")
_NEXT_CITY = re.compile(r"(?:,| et|,? ainsi qu'|, puis| \([^)]*\),?| \([^)]*\) et) ?(?:à |de |d'|au |aux )?(?:④)")
_NEGATED = re.compile(r"\b(?:pas|plus|jamais|ni|pourrait|serait|envisage|renonce)\b")


@cache
def _cue_pattern() -> re.Pattern[str]:
    terms = load_terms("facts")

    def alternatives(key: str) -> str:
        cues = {re.sub(r" (?:à|de)$", "", cue) for cue in terms[key]}
        return "|".join(re.escape(cue) for cue in sorted(cues, key=lambda c: (-len(c), c)))

    tail = r"(?: (?:actuel|actuelle|historique|principal|principale|industriel|industrielle|social|[a-zà-ÿ-]+))?"
    return re.compile(
        rf"(?<![\w-])(?:(?P<seat>{alternatives('seat')})|(?P<site>{alternatives('site')})s?){tail}"
        r" (?:à|de|d'|au|aux|en|près de|près d'|dans|entre|du|sur)? ?(?:la |le |les )?(?=④)"
    )


def find_based_in(sentence: Sentence) -> Iterator[BasedInFact]:
    """Yield the seats and sites that the sentence states, each organization-city pair once."""
    seen: set[tuple[int, int]] = set()
    for fact in [*_bracketed(sentence), *_cued(sentence)]:
        key = (fact.organization.start, fact.city.start)
        if key not in seen:
            seen.add(key)
            yield fact


def _bracketed(sentence: Sentence) -> Iterator[BasedInFact]:
    for match in _BRACKET.finditer(sentence.code):
        organization, city = sentence.slots[match.start()], sentence.slots[match.start() + 3]
        yield BasedInFact(organization, city, "unknown", organization.start, city.end, 0.8, "v0")


def _cued(sentence: Sentence) -> Iterator[BasedInFact]:
    for match in _cue_pattern().finditer(sentence.code):
        if _NEGATED.search(sentence.code[max(0, match.start() - 25) : match.end()]):
            continue
        organization = _nearest_organization(sentence, match.start(), match.end())
        if organization is None:
            continue
        kind: SiteKind = "seat" if match["seat"] else "site"
        for city in _cities_from(sentence, match.end()):
            start, end = min(organization.start, city.start), max(organization.end, city.end)
            yield BasedInFact(organization, city, kind, start, end, 0.75, "v0")


def _cities_from(sentence: Sentence, position: int) -> Iterator[Slot]:
    """The city at ``position`` and those enumerated after it."""
    while position in sentence.slots and sentence.slots[position].label == CITY:
        yield sentence.slots[position]
        match = _NEXT_CITY.match(sentence.code, position + 1)
        if not match:
            return
        position = match.end() - 1


def _nearest_organization(sentence: Sentence, start: int, end: int) -> Slot | None:
    """The organization just before the cue, else the first one shortly after the city."""
    bodies = [s for s in sentence.slots.values() if s.label in (COMPANY, ORGANIZATION)]
    before = [s for s in bodies if start - _MAX_GAP <= s.position < start]
    if before:
        return max(before, key=lambda s: s.position)
    after = [s for s in bodies if end < s.position <= end + _MAX_GAP]
    return min(after, key=lambda s: s.position) if after else None
