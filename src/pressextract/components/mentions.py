"""Settle overlaps and types: one non-overlapping list of mentions, one type for a name in a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.body_types import is_acting
from pressextract.components.cues import is_bare_form
from pressextract.components.proposers import (
    BODIES,
    BODY,
    FOUND,
    OUTSIDE,
    PATTERNS_GROUP,
    PROPOSERS,
    USER_WEIGHT,
    Proposal,
    sure_towns,
    tagged_places,
)
from pressextract.components.spans import name_key, set_scored_group, text_before, text_of
from pressextract.labels import CITY, COMPANY, MENTIONS, MISC, ORGANIZATION, PERSON, PLACE, TAGGED
from pressextract.lang import any_of, load_terms

__all__ = ["PATTERNS_GROUP", "Mentions", "make_mentions"]
WORD_BONUS = 0.5
"""What each token adds to a mention that competes with an overlapping one: the longer name is the fuller."""
SURNAME_WEIGHT = 3.0
"""What a full name adds to the vote on its last word."""
Votes = dict[str, dict[str, float]]
"""For each name the weight of each label, over the whole document."""
_KEPT_OFF = (PLACE, MISC, OUTSIDE)
_AREA_REACH = 40


@cache
def _never() -> frozenset[str]:
    return frozenset(name_key(name) for name in load_terms("organizations")["never"])


class _Named(NamedTuple):
    """A proposal with the text of its span and the key that its name is counted under."""

    proposal: Proposal
    span: Span
    key: str


class Mentions:
    """Writes ``doc.ents`` with our labels, from every proposer of the table.

    Where a tagger took part, ``doc.spans["mentions"]`` holds them too, with the attribute ``scores``: the
    share of the winning label in all the votes on the name.
    """

    def __call__(self, doc: Doc) -> Doc:
        named = _without_sources(doc, _named(doc))
        roles = {token for span in doc.spans.get("roles", []) for token in range(span.start, span.end)}
        votes = _vote(named)
        kept = _settle(doc, named, votes, roles)
        users = {(span.start, span.end) for span in doc.spans.get(PATTERNS_GROUP, [])}
        shown = [
            span
            for span in _propagate(doc, kept)
            if span.label_ not in _KEPT_OFF and ((span.start, span.end) in users or _is_plausible(span))
        ]
        shown.sort(key=lambda span: span.start)
        doc.ents = tuple(shown)
        if TAGGED in doc.spans:
            set_scored_group(doc, MENTIONS, [(span, _share(votes, span)) for span in shown])
        return doc


def _is_plausible(span: Span) -> bool:
    """People and towns have a capital; bodies may be written without, but are no prize or fair, nor a legal
    form alone; a town is no district of one."""
    if span.label_ in BODIES:
        return span[0].lower_ not in _never_heads() and not is_bare_form([word.text for word in span[:3]])
    return _has_capital(span.text) and not _names_an_area(span)


@cache
def _never_heads() -> frozenset[str]:
    return frozenset(word.lower() for word in load_terms("organizations")["never_heads"])


def _names_an_area(span: Span) -> bool:
    """Whether what looks like a town is a district, a province, a principality: ``le quartier de …``."""
    return span.label_ == CITY and _area().search(text_before(span, _AREA_REACH)) is not None


@cache
def _area() -> re.Pattern[str]:
    nouns = any_of(load_terms("cities")["areas"])
    link = r"(?: [a-zà-ÿ]{3,12})? (?:de|du|des|d'|de la|de l')"
    return re.compile(rf"\b(?:{nouns})(?:{link})? ?$", re.IGNORECASE)


def _share(votes: Votes, span: Span) -> float:
    """Share of the label of ``span`` in the votes on its name; 0 for a name that nobody voted on."""
    by_label = votes.get(name_key(span.text), {})
    total = sum(by_label.values())
    return round(by_label.get(span.label_, 0.0) / total, 4) if total else 0.0


def _named(doc: Doc) -> list[_Named]:
    """Every usable proposal; each place of the text is looked at once."""
    places: dict[tuple[int, int], tuple[Span, str, bool]] = {}
    named = []
    found = tagged_places(doc)
    for propose in PROPOSERS:
        for proposal in propose(doc):
            place = proposal.start, proposal.end
            if place not in places:
                span = doc[proposal.start : proposal.end]
                text = span.text
                key = name_key(text)
                usable = len(text) > 1 and key not in _never() and (place in found or _has_capital(text))
                places[place] = span, key, usable
            span, key, usable = places[place]
            if usable or proposal.weight >= USER_WEIGHT:
                named.append(_Named(proposal, span, key))
    return named


def _has_capital(text: str) -> bool:
    return any(map(str.isupper, text))


@cache
def _media() -> frozenset[str]:
    return frozenset(name_key(name) for name in load_terms("organizations")["media"])


def _without_sources(doc: Doc, named: Sequence[_Named]) -> list[_Named]:
    """Leave out the papers, channels and networks that are only quoted: none of their mentions acts.

    What the tagger found stays: it learnt from articles which of them count.
    """
    quoted = {n.key for n in named if n.key in _media()}
    if not quoted:
        return list(named)
    text = text_of(doc)
    acting = {n.key for n in named if n.key in quoted and _counts(text, n)}
    return [n for n in named if n.key not in quoted - acting or n.proposal.weight >= USER_WEIGHT]


def _counts(text: str, named: _Named) -> bool:
    span = named.span
    return named.proposal.label == FOUND or is_acting(text, span.start_char, span.end_char)


def _vote(named: Iterable[_Named]) -> Votes:
    """For each name the weight of each label, over the whole document."""
    votes: Votes = defaultdict(lambda: defaultdict(float))
    for item in named:
        if item.proposal.label != FOUND:
            votes[item.key][item.proposal.label] += item.proposal.weight
    for key, by_label in list(votes.items()):
        if " " in key and _winner(by_label) == PERSON:
            votes[key.rpartition(" ")[2]][PERSON] += SURNAME_WEIGHT
    return votes


def _winner(votes: dict[str, float]) -> str:
    """The label with most weight; bodies are one party first, then company or organization."""
    parties: dict[str, float] = defaultdict(float)
    for label, weight in votes.items():
        parties[BODY if label in BODIES else label] += weight
    party = max(sorted(parties), key=lambda label: parties[label])
    return party if party != BODY else max((COMPANY, ORGANIZATION), key=lambda label: votes.get(label, 0.0))


def _settle(doc: Doc, named: Sequence[_Named], votes: Votes, roles: set[int]) -> list[Span]:
    """Of overlapping places the one with most weight; its label is that of its name; none is in a role."""
    winners = {key: _winner(by_label) for key, by_label in votes.items()}
    towns = sure_towns(doc)
    weights: dict[tuple[int, int], float] = defaultdict(float)
    places: dict[tuple[int, int], tuple[str, str]] = {}
    for item in named:
        place = item.proposal.start, item.proposal.end
        weights[place] += -item.proposal.weight if item.proposal.label == OUTSIDE else item.proposal.weight
        known_id = places[place][1] if place in places else ""
        places[place] = winners[item.key], item.proposal.external_id or known_id
    kept: list[Span] = []
    taken: set[int] = set()
    ranked = sorted(places, key=lambda place: (-weights[place] - WORD_BONUS * (place[1] - place[0]), place))
    for start, end in ranked:
        tokens = range(start, end)
        is_users = weights[start, end] >= USER_WEIGHT
        label, external_id = places[start, end]
        label = CITY if label in BODIES and (start, end) in towns else label
        if label == OUTSIDE:
            continue
        if taken.isdisjoint(tokens) and (is_users or not roles.issuperset(tokens)):
            taken.update(tokens)
            kept.append(Span(doc, start, end, label=label, span_id=external_id))
    return kept


def _propagate(doc: Doc, kept: Sequence[Span]) -> list[Span]:
    """Mark the other places where a settled name, or a person's surname, stands in the document.

    A name in small letters is a word elsewhere: it stays where it was found.
    """
    words: list[int] = doc.to_array("ORTH").tolist()
    forms: dict[tuple[int, ...], str] = {}
    for span in kept:
        if span.label_ in _KEPT_OFF or not _has_capital(span.text):
            continue
        form = tuple(words[span.start : span.end])
        forms.setdefault(form, span.label_)
        last = doc[span.end - 1].text
        if span.label_ == PERSON and len(form) > 1 and last[0].isupper() and len(last) > 2:
            forms.setdefault(form[-1:], PERSON)
    lengths: dict[int, set[int]] = defaultdict(set)
    for form in forms:
        lengths[form[0]].add(len(form))
    longest_first = {word: sorted(known, reverse=True) for word, known in lengths.items()}
    found: list[Span] = []
    for index, stop in _gaps(kept, len(words)):
        while index < stop:
            start, index = index, index + 1
            for length in longest_first.get(words[start], ()):
                end = start + length
                if end <= stop and (form := tuple(words[start:end])) in forms:
                    found.append(Span(doc, start, end, label=forms[form]))
                    index = end
                    break
    return [*kept, *found]


def _gaps(kept: Sequence[Span], length: int) -> Iterator[tuple[int, int]]:
    """The tokens [start, end) between mentions that do not overlap, of a document of that length."""
    position = 0
    for start, end in sorted((span.start, span.end) for span in kept):
        yield position, start
        position = end
    yield position, length


@Language.factory("pressextract_mentions", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """Make the component that settles mentions; it goes after every proposer."""
    return Mentions()
