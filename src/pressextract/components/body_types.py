"""Company or other organization? Evidence from the name itself and from the words around a mention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressextract.components.cues import CUED, cue_after, cue_before, is_legal_form
from pressextract.components.spans import name_key
from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

_ACRONYM = re.compile(r"[A-Z]{2,6}\d?$")


@dataclass(frozen=True, slots=True)
class Guess:
    """A type and how much it weighs in the vote over the document."""

    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Terms:
    known: dict[str, str]
    organization_heads: tuple[str, ...]
    company_heads: tuple[str, ...]
    company_words: frozenset[str]


@cache
def _terms() -> _Terms:
    terms = load_terms("organizations")
    known = {name_key(name): COMPANY for name in terms["companies"]}
    known |= {name_key(name): ORGANIZATION for name in terms["organizations"]}
    return _Terms(
        known, _heads("organization_heads"), _heads("company_heads"), frozenset(terms["company_words"])
    )


def _heads(key: str) -> tuple[str, ...]:
    """Beginnings of names: each head followed by a blank or a hyphen."""
    return tuple(head + mark for head in load_terms("organizations")[key] for mark in " -")


def guess_type(text: str, document: str, start: int, end: int) -> Guess:
    """The likelier type of the body ``text``, which stands at characters [start, end) of ``document``."""
    terms = _terms()
    words = text.split()
    known = terms.known.get(name_key(text))
    if not known and len(words) > 2:
        known = terms.known.get(name_key(" ".join(words[:2])))
    if known:
        return Guess(known, 5.0)
    if is_legal_form(words[-1]) or (len(words) > 1 and terms.company_words.intersection(words[1:])):
        return Guess(COMPANY, 3.0)
    if text.startswith(terms.company_heads):
        return Guess(COMPANY, 2.0)
    if text.startswith(terms.organization_heads):
        return Guess(ORGANIZATION, 2.5)
    cue = cue_before(document, start) or cue_after(document, end)
    if cue:
        return Guess(cue.label, 1.5)
    if _ACRONYM.match(text) or (len(words) > 1 and words[-1].islower()):
        return Guess(ORGANIZATION, 0.6)
    return Guess(COMPANY, 0.5)


def is_acting(document: str, start: int, end: int) -> bool:
    """Whether the words around characters [start, end) show an undertaking at work, not a source quoted."""
    before = cue_before(document, start)
    return bool((before and before.label == COMPANY and before.weight < CUED) or cue_after(document, end))
