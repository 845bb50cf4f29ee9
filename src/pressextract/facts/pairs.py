"""ENCODE: candidates as the fact classifier takes them: marked words, and pairs with a few plain features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pressextract.facts.encoding import marked_mentions
from pressextract.facts.items import BasedInFact, Candidate, PositionFact, Relation
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

MARKERS = {PERSON: 1, ROLE: 2, COMPANY: 3, ORGANIZATION: 4, CITY: 5, DATE: 6}
"""Typed entity markers (Zhong & Chen 2021), given as token types; the first word of a mention has
``_FIRST`` more."""
_FIRST = 8
CLASSES: dict[Relation, tuple[str, ...]] = {
    "person-role": ("none", "current", "former", "incoming", "unknown"),
    "role-organization": ("none", "held"),
    "organization-city": ("none", "seat", "site", "unknown"),
}
"""What the classifier decides for a pair of each relation; ``none``: no fact."""
FEATURE_SIZES = (3, 7, 12, 2, 2, 4, 4)
"""Number of values of each feature: relation, sentences apart, distance, order, rule, mentions between (two
kinds)."""
RULE_FEATURE = 4
"""Place of the feature that says whether a rule accepted the pair."""
_RELATIONS: tuple[Relation, ...] = tuple(CLASSES)

Key = tuple[str, int, int]
"""A relation and the first characters of its two mentions."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate: the words where its two mentions begin, and its features (numbers below
    ``FEATURE_SIZES``)."""

    first: int
    second: int
    features: tuple[int, ...]
    candidate: Candidate


def marker_types(doc: Doc) -> list[int]:
    """The marker of each token of ``doc``, 0 outside mentions."""
    types = [0] * len(doc)
    for span in marked_mentions(doc):
        for place in range(span.start, span.end):
            types[place] = MARKERS[span.label_]
        types[span.start] += _FIRST
    return types


def rule_keys(positions: Iterable[PositionFact], based_in: Iterable[BasedInFact]) -> set[Key]:
    """The pairs that the rules accepted."""
    keys: set[Key] = set()
    for position in positions:
        if position.person:
            keys.add(("person-role", position.person.start, position.role.start))
        if position.organization:
            keys.add(("role-organization", position.role.start, position.organization.start))
    keys.update(("organization-city", seat.organization.start, seat.city.start) for seat in based_in)
    return keys


def encode_pairs(doc: Doc, candidates: Sequence[Candidate], accepted: set[Key]) -> list[Pair]:
    """The candidates of ``doc`` in words and numbers; ``accepted`` are the pairs that a rule took."""
    word_at = {token.idx: token.i for token in doc}
    return [
        Pair(word_at[c.first.start], word_at[c.second.start], _features(c, accepted), c)
        for c in candidates
        if c.first.start in word_at and c.second.start in word_at
    ]


def _features(candidate: Candidate, accepted: set[Key]) -> tuple[int, ...]:
    between = candidate.between
    key = (candidate.relation, candidate.first.start, candidate.second.start)
    symbols = (candidate.code[candidate.first_at], candidate.code[candidate.second_at])
    return (
        _RELATIONS.index(candidate.relation),
        max(-3, min(3, candidate.sentences)) + 3,
        min(11, candidate.distance.bit_length()),
        int(candidate.first_at < candidate.second_at),
        int(key in accepted),
        min(3, between.count(symbols[0])),
        min(3, between.count(symbols[1])),
    )
