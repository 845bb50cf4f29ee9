"""Who proposes mentions, and how much each word counts: one row a proposer, all of them read by ``mentions``.

A proposer reads a Doc and yields spans with a label and a weight; the weights of one name add up over the
document. A new proposer (a learned tagger) is one more function here and one more row of ``PROPOSERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from pressextract.components.body_types import guess_type
from pressextract.components.people import is_common_word, starts_sentence, trim_name
from pressextract.components.spans import text_of
from pressextract.encoder.tags import NAME_LABELS
from pressextract.labels import CITY, COMPANY, MISC, ORGANIZATION, PERSON, PLACE, TAGGED

PATTERNS_GROUP = "patterns"
USER_WEIGHT = 100.0
"""A user's own pattern outweighs all else."""
STOCK = {"ORG": 1.5, "LOC": 1.2, "MISC": 1.0}
BODY = "BODY"
"""A company or an organization: the proposer does not say which."""
_STOCK_LABELS = {"ORG": BODY, "LOC": PLACE, "MISC": MISC}
_LEADING = frozenset("de du des d' la le les l' à au aux en un une ce cette".split(" "))  # noqa: SIM905
CITY_WEIGHT = 3.0
"""Weight of a town whose probability is 1."""
OUTSIDE = "OUTSIDE"
"""No name at all: what the tagger may say of a span that a ruler proposes."""
TAGGED_WEIGHT = 8.0
"""Weight of a label that the tagger is certain of: more than two rulers together; chosen on the dev
articles."""
FOUND, FOUND_WEIGHT = "FOUND", 30.0
"""That the tagger found this very span: counts for the place, not for the label of the name."""
NO_TOWN_WEIGHT = 7.0
"""Against a town that only the tagger sees: it is kept from a probability of 0.89; chosen on the dev
articles."""
SURE_TOWN = 0.97
"""Probability from which a town stays one, whatever its name is elsewhere in the article."""
_LEAST_SHARE = 0.02
"""Smaller probabilities of the tagger change nothing."""


BODIES = (COMPANY, ORGANIZATION, BODY)


class Proposal(NamedTuple):
    """A span of tokens [start, end) that one proposer takes for a mention, and the weight of its word."""

    start: int
    end: int
    label: str
    weight: float
    external_id: str = ""


def propose_patterns(doc: Doc) -> Iterator[Proposal]:
    """The user's own names."""
    for span in doc.spans.get(PATTERNS_GROUP, []):
        yield Proposal(span.start, span.end, span.label_, USER_WEIGHT, span.id_)


def propose_people(doc: Doc) -> Iterator[Proposal]:
    """The people ruler: names after civilities and given names, beside roles, and stock ones it lets pass."""
    for span, weight in _weighed(doc, "people", "weights"):
        yield Proposal(span.start, span.end, PERSON, weight)


def propose_cities(doc: Doc) -> Iterator[Proposal]:
    """The towns, each with its probability."""
    for span, score in _weighed(doc, "cities", "scores"):
        yield Proposal(span.start, span.end, CITY, CITY_WEIGHT * score)


def propose_bodies(doc: Doc) -> Iterator[Proposal]:
    """The organization ruler; the type it saw counts beside the type that name and context suggest."""
    text = text_of(doc)
    for span, weight in _weighed(doc, "organizations", "weights"):
        yield Proposal(span.start, span.end, span.label_, weight)
        yield _typed(text, span)


def _weighed(doc: Doc, group: str, key: str) -> Iterator[tuple[Span, Any]]:
    """The spans of a group with the numbers its component left in the attribute ``key``."""
    if group in doc.spans:
        yield from zip(doc.spans[group], doc.spans[group].attrs.get(key, ()), strict=True)


def propose_stock(doc: Doc) -> Iterator[Proposal]:
    """The stock NER: its ORG, and its LOC and MISC, which keep others from being misread."""
    entities = [ent for ent in doc.ents if ent.label_ in STOCK]
    if not entities:
        return
    text = text_of(doc)
    others = [span for group in ("roles", "people") for span in doc.spans.get(group, [])]
    taken = {token for span in others for token in range(span.start, span.end)}
    for ent in entities:
        start, end = ent.start, ent.end
        while start < end and (start in taken or doc[start].lower_ in _LEADING):
            start += 1
        while start < end and (end - 1 in taken or doc[end - 1].is_punct):
            end -= 1
        if start == end or taken.intersection(range(start, end)):
            continue
        first, last = doc[start], doc[end - 1]
        left, right = trim_name(text, first.idx, last.idx + len(last))
        span = doc.char_span(left, right, alignment_mode="expand") if left < right else None
        if span is None or not any(c.isupper() for c in span.text) or _is_ordinary(text, span):
            continue
        yield Proposal(span.start, span.end, _STOCK_LABELS[ent.label_], STOCK[ent.label_])
        if ent.label_ == "ORG":
            yield _typed(text, span)


def _is_ordinary(text: str, span: Span) -> bool:
    """One ordinary word whose capital only opens a sentence."""
    return len(span) == 1 and is_common_word(span.vocab, span.text) and starts_sentence(text, span.start_char)


def _typed(text: str, span: Span) -> Proposal:
    guess = guess_type(span.text, text, span.start_char, span.end_char)
    return Proposal(span.start, span.end, guess.label, guess.weight)


def propose_tagged(doc: Doc) -> Iterator[Proposal]:
    """The learned tagger, where the model has one: every label that it thinks possible, and that of no name.

    A span that it found itself goes before any other that overlaps it: it knows best where a name ends.
    Where the city component is silent, the tagger must be nearly certain of a town.
    """
    towns = {(span.start, span.end) for span in doc.spans.get("cities", [])}
    found = tagged_places(doc)
    for span, shares in _weighed(doc, TAGGED, "scores"):
        if (span.start, span.end) in found:
            yield Proposal(span.start, span.end, FOUND, FOUND_WEIGHT)
        for label, share in zip((OUTSIDE, *NAME_LABELS), shares, strict=True):
            if share >= _LEAST_SHARE:
                yield Proposal(span.start, span.end, label, TAGGED_WEIGHT * share)
                if label == CITY and (span.start, span.end) not in towns:
                    yield Proposal(span.start, span.end, OUTSIDE, NO_TOWN_WEIGHT * share)


def tagged_places(doc: Doc) -> set[tuple[int, int]]:
    """The tokens [start, end) of the names that the tagger found itself."""
    return {(span.start, span.end) for span, is_found in _weighed(doc, TAGGED, "found") if is_found}


def sure_towns(doc: Doc) -> set[tuple[int, int]]:
    """The tokens [start, end) of the names that the city component and the tagger are both sure are towns
    there, be they a firm's elsewhere in the article (``le maire d'Orange``)."""
    towns = {(s.start, s.end) for s, score in _weighed(doc, "cities", "scores") if score >= SURE_TOWN}
    label = 1 + NAME_LABELS.index(CITY)
    judged = _weighed(doc, TAGGED, "scores")
    return towns & {(s.start, s.end) for s, shares in judged if shares[label] >= SURE_TOWN}


PROPOSERS: tuple[Callable[[Doc], Iterator[Proposal]], ...] = (
    propose_patterns,
    propose_people,
    propose_cities,
    propose_bodies,
    propose_stock,
    propose_tagged,
)
