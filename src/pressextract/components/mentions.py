"""Settle overlaps and types: one non-overlapping list of mentions, one type for a name in a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pressextract.gazetteers import load_cities
from pressextract.labels import CITY, COMPANY, MISC, ORGANIZATION, PERSON, PLACE
from pressextract.lang import load_terms

PATTERNS_GROUP = "patterns"
_ACRONYM = re.compile(r"[A-Z]{2,6}\d?$")
_COMPANY_BEFORE = re.compile(
    r"\b(?:chez|PDG|P-DG|Pdg|patronne?|filiale|actionnaires?|salariés|employés|capital|titre|action|rachat|usines?|chiffre d'affaires|concurrente?|rival|fondateur|fondatrice|cofondateur|cofondatrice|client) (?:de |d'|du |des )?$"
)
_COMPANY_AFTER = re.compile(r"^(?:,? (?:une|un|la|le|l') ?(?:PME|société|entreprise|groupe|start-up|filiale|firme|entreprise)| (?:emploie|fabrique|produit|vend|commercialise|rachète|a racheté))")
_ORG_BEFORE = re.compile(r"\b(?:député|députée|sénateur|sénatrice|élus?|militants?|secrétaire général|secrétaire générale|délégué|déléguée|candidate?|adhérents?|syndicat|parti) (?:de l'|de la |du |des |de |d')?\(?$|\($")


@dataclass(frozen=True, slots=True)
class _Vote:
    label: str
    weight: float


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


@cache
def _known() -> dict[str, str]:
    terms = load_terms("organizations")
    return {_key(n): COMPANY for n in terms["companies"]} | {_key(n): ORGANIZATION for n in terms["organizations"]}


@cache
def _never() -> frozenset[str]:
    return frozenset(_key(n) for n in load_terms("organizations")["never"])


@cache
def _heads() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str], frozenset[str]]:
    terms = load_terms("organizations")
    return (
        tuple(terms["organization_heads"]),
        tuple(terms["company_heads"]),
        frozenset(terms["company_words"]),
        frozenset(terms["legal_forms"]),
    )


def _starts_with_head(text: str, heads: tuple[str, ...]) -> bool:
    return any(text == h or text.startswith((h + " ", h + "-")) for h in heads)


def guess_type(text: str, before: str, after: str) -> _Vote:
    """Company or organization, from the name itself and up to 40 characters on either side."""
    known = _known().get(_key(text))
    if known:
        return _Vote(known, 5.0)
    org_heads, company_heads, words, forms = _heads()
    tokens = text.split()
    if tokens[-1] in forms or (len(tokens) > 1 and set(tokens[1:]) & words):
        return _Vote(COMPANY, 3.0)
    if _COMPANY_BEFORE.search(before) or _COMPANY_AFTER.search(after):
        return _Vote(COMPANY, 1.5)
    if _starts_with_head(text, company_heads):
        return _Vote(COMPANY, 2.0)
    if _starts_with_head(text, org_heads):
        return _Vote(ORGANIZATION, 2.5)
    if _ORG_BEFORE.search(before):
        return _Vote(ORGANIZATION, 1.2)
    return _Vote(ORGANIZATION, 0.6) if _ACRONYM.match(text) else _Vote(COMPANY, 0.5)


def _trimmed(doc: Doc, span: Span, label: str) -> Span | None:
    """Drop determiners, quotes and punctuation from both ends of a stock entity."""
    start, end = span.start, span.end
    drop = {"l'", "le", "la", "les", "d'", "de", "du", "des", "groupe", "un", "une", "ce", "cette"}
    while start < end and (doc[start].is_punct or doc[start].is_space or (doc[start].text in drop)):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    for i in range(start, end):
        if "\n" in doc[i].text:
            end = i
            break
    return Span(doc, start, end, label=label) if end > start else None


def _stock(doc: Doc) -> list[Span]:
    """Stock ORG entities, and the PLACE and MISC ones, which keep others from being misread."""
    spans = []
    cities = load_cities()
    for ent in doc.ents:
        label = {"ORG": ORGANIZATION, "LOC": PLACE, "MISC": MISC}.get(ent.label_)
        span = _trimmed(doc, ent, label) if label else None
        if span is None or not any(c.isupper() for c in span.text):
            continue
        if label == PLACE and cities.lookup(span.text) and not cities.is_region_or_country(span.text):
            span = Span(doc, span.start, span.end, label=CITY) if cities.lookup(span.text) and not cities.is_common_word(span.text) else span
        spans.append(span)
    return spans


def _vote_types(doc: Doc, spans: list[Span], cued: set[tuple[int, int, str]]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    text = doc.text
    for span in spans:
        if span.label_ in (COMPANY, ORGANIZATION):
            around = text[max(0, span.start_char - 40) : span.start_char], text[span.end_char : span.end_char + 40]
            vote = guess_type(span.text, *around)
            votes[_key(span.text)][vote.label] += vote.weight
            if (span.start, span.end, span.label_) in cued:
                votes[_key(span.text)][span.label_] += 2.0
        else:
            votes[_key(span.text)][span.label_] += 1.0
    return {key: max(sorted(c), key=lambda label: c[label]) for key, c in votes.items()}


def _usable(span: Span) -> bool:
    text = span.text
    return bool(text.strip()) and _key(text) not in _never() and (len(text) > 1) and any(c.isupper() for c in text)


class Mentions:
    """Writes ``doc.ents`` with our labels, from every proposer; earlier in the order wins an overlap."""

    def __call__(self, doc: Doc) -> Doc:
        groups = doc.spans
        patterns = [Span(doc, s.start, s.end, label=s.label_, span_id=s.id) for s in groups.get(PATTERNS_GROUP, [])]
        orgs, people = list(groups.get("organizations", [])), list(groups.get("people", []))
        cities = list(groups.get("cities", []))
        roles = [s for s in groups.get("roles", [])]
        proposed = [s for s in [*orgs, *people, *cities, *_stock(doc)] if _usable(s)]
        types = _vote_types(doc, proposed, {(s.start, s.end, s.label_) for s in orgs})
        typed = [s if s.label_ == types[_key(s.text)] else Span(doc, s.start, s.end, label=types[_key(s.text)]) for s in proposed]
        typed = [s for s in typed if not _inside_role(s, roles)]
        kept = _settle(patterns, typed)
        doc.ents = tuple(sorted(_propagate(doc, kept), key=lambda s: s.start))
        return doc


def _inside_role(span: Span, roles: list[Span]) -> bool:
    return any(r.start <= span.start and span.end <= r.end for r in roles)


def _settle(patterns: list[Span], spans: list[Span]) -> list[Span]:
    """User patterns first, then the longest of what overlaps (people before the rest at equal length)."""
    taken = {t for s in filter_spans(patterns) for t in range(s.start, s.end)}
    order = {PERSON: 0, CITY: 1, COMPANY: 2, ORGANIZATION: 3, PLACE: 4, MISC: 5}
    free = [s for s in spans if not taken.intersection(range(s.start, s.end))]
    ranked = sorted(free, key=lambda s: (order.get(s.label_, 9), s.start))
    return [*filter_spans(patterns), *filter_spans(ranked)]


def _propagate(doc: Doc, kept: list[Span]) -> list[Span]:
    """Mark the other places where a settled name, or a person's surname, stands in the document."""
    taken = {t for s in kept for t in range(s.start, s.end)}
    forms: dict[tuple[str, ...], str] = {}
    for span in kept:
        words = tuple(t.text for t in span)
        if span.label_ in (PLACE, MISC):
            continue
        forms.setdefault(words, span.label_)
        if span.label_ == PERSON and len(words) > 1 and words[-1][0].isupper() and len(words[-1]) > 2:
            forms.setdefault(words[-1:], PERSON)
    extra: list[Span] = []
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in forms:
        by_first[words[0]].append(words)
    for index, token in enumerate(doc):
        for words in sorted(by_first.get(token.text, ()), key=lambda w: -len(w)):
            end = index + len(words)
            if tuple(t.text for t in doc[index:end]) == words and not taken.intersection(range(index, end)):
                extra.append(Span(doc, index, end, label=forms[words]))
                taken.update(range(index, end))
                break
    return [*kept, *extra]


@Language.factory("pressextract_mentions", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """Make the component that settles mentions; it goes after every proposer."""
    return Mentions()
