"""Company or other organization? Evidence from the name itself and from the words around a mention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pressextract.components.spans import name_key
from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

CONTEXT = 40
"""Characters on either side of a mention that tell its type."""
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
    legal_forms: frozenset[str]
    company_before: re.Pattern[str]
    company_after: re.Pattern[str]
    organization_before: re.Pattern[str]


@cache
def _terms() -> _Terms:
    terms = load_terms("organizations")
    known = {name_key(name): COMPANY for name in terms["companies"]}
    known |= {name_key(name): ORGANIZATION for name in terms["organizations"]}

    def words(key: str) -> str:
        return "|".join(re.escape(word) for word in sorted(terms[key], key=lambda w: (-len(w), w)))

    of = r"(?:de la |de l'|de |d'|du |des |par |à |chez )?(?:« ?)?"
    return _Terms(
        known,
        tuple(terms["organization_heads"]),
        tuple(terms["company_heads"]),
        frozenset(terms["company_words"]),
        frozenset(terms["legal_forms"]),
        re.compile(rf"(?<![\w-])(?:{words('company_before')}) {of}$", re.IGNORECASE),
        re.compile(rf"(?:,? (?:une? |la |le |l')?(?:{words('company_after')})(?![\w-])| \([^)]*(?:M€|millions|salariés|employés))"),
        re.compile(rf"(?<![\w-])(?:{words('organization_before')}) {of}\(?$", re.IGNORECASE),
    )


def _starts_with(text: str, heads: tuple[str, ...]) -> bool:
    return any(text == head or text.startswith((head + " ", head + "-")) for head in heads)


def guess_type(text: str, before: str, after: str) -> Guess:
    """The likelier type of the body ``text``, given up to ``CONTEXT`` characters on either side."""
    terms = _terms()
    known = terms.known.get(name_key(text))
    if known:
        return Guess(known, 5.0)
    words = text.split()
    if words[-1] in terms.legal_forms or (len(words) > 1 and terms.company_words.intersection(words[1:])):
        return Guess(COMPANY, 3.0)
    if _starts_with(text, terms.company_heads):
        return Guess(COMPANY, 2.0)
    if _starts_with(text, terms.organization_heads):
        return Guess(ORGANIZATION, 2.5)
    if terms.company_before.search(before) or terms.company_after.match(after):
        return Guess(COMPANY, 1.5)
    if terms.organization_before.search(before):
        return Guess(ORGANIZATION, 1.2)
    return Guess(ORGANIZATION, 0.6) if _ACRONYM.match(text) else Guess(COMPANY, 0.5)


def is_acting(doc: Doc, start: int, end: int) -> bool:
    """Whether the words around tokens [start, end) show an undertaking at work, not a source that is quoted."""
    text, span = doc.text, doc[start:end]
    before = text[max(0, span.start_char - CONTEXT) : span.start_char]
    after = text[span.end_char : span.end_char + CONTEXT]
    return bool(_terms().company_before.search(before) or _terms().company_after.match(after))
