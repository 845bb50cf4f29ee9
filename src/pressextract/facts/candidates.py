"""PROPOSE: every pair of mentions that may be a fact, near each other or tied by the topic of the article.

Wide on purpose: a fact that is not proposed is lost, one proposed too many is for the judge to refuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pressextract.facts.encoding import Sentence, Slot, encode
from pressextract.facts.items import Candidate, Relation
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE

TOPIC_BODIES = 2
"""Bodies named most often (the first named wins a tie): proposed for every role and city of the article."""
JOINT = " … "
_BODIES = frozenset({COMPANY, ORGANIZATION})


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which labels make a pair, and how many sentences the second may stand before and after the first.

    ``far`` are the labels of the second when it stands in another sentence.
    """

    relation: Relation
    first: frozenset[str]
    second: frozenset[str]
    far: frozenset[str]
    back: int
    ahead: int


_SCOPES = (
    _Scope("person-role", frozenset({PERSON}), frozenset({ROLE}), frozenset({ROLE}), 1, 2),
    _Scope("role-organization", frozenset({ROLE}), _BODIES | {CITY}, _BODIES, 2, 1),
    _Scope("organization-city", _BODIES, frozenset({CITY}), frozenset({CITY}), 2, 2),
)
_Place = tuple[int, int]
"""Index of a sentence, position of a symbol in its code."""


def propose_candidates(doc: Doc) -> list[Candidate]:
    """The candidate pairs of ``doc``, by relation, then in text order; each pair of mentions once a relation.

    A role and a city are a pair only within one sentence (``maire de ④``).
    """
    sentences = list(encode(doc))
    return [
        _candidate(sentences, scope.relation, *pair) for scope in _SCOPES for pair in _pairs(sentences, scope)
    ]


def _pairs(sentences: Sequence[Sentence], scope: _Scope) -> list[tuple[_Place, _Place]]:
    found: set[tuple[_Place, _Place]] = set()
    topics = _topic_places(sentences)
    for index, sentence in enumerate(sentences):
        for position in _positions(sentence, scope.first):
            for other in range(max(0, index - scope.back), min(len(sentences), index + scope.ahead + 1)):
                labels = scope.second if other == index else scope.far
                found.update(((index, position), (other, p)) for p in _positions(sentences[other], labels))
            if scope.relation == "role-organization":
                found.update(((index, position), near) for near in _nearest(topics, index))
        if scope.relation == "organization-city":
            cities = [(index, p) for p in _positions(sentence, scope.second)]
            found.update((near, city) for near in _nearest(topics, index) for city in cities)
    return sorted(found)


def _positions(sentence: Sentence, labels: frozenset[str]) -> Iterator[int]:
    return (position for position, slot in sentence.slots.items() if slot.label in labels)


def _topic_places(sentences: Sequence[Sentence]) -> list[list[_Place]]:
    """The places of each of the bodies named most often."""
    places: dict[str, list[_Place]] = {}
    for index, sentence in enumerate(sentences):
        for position in _positions(sentence, _BODIES):
            places.setdefault(sentence.slots[position].text, []).append((index, position))
    counts = Counter({name: len(found) for name, found in places.items()})
    return [places[name] for name, _ in counts.most_common(TOPIC_BODIES)]


def _nearest(topics: Sequence[Sequence[_Place]], index: int) -> Iterator[_Place]:
    """Of each topic the mention closest to sentence ``index``, the earlier one at equal distance."""
    return (min(places, key=lambda place: (abs(place[0] - index), place)) for places in topics)


def _candidate(sentences: Sequence[Sentence], relation: Relation, first: _Place, second: _Place) -> Candidate:
    code, offsets = _code(sentences, *sorted({first[0], second[0]}))
    one, two = sentences[first[0]].slots[first[1]], sentences[second[0]].slots[second[1]]
    return Candidate(
        relation=relation,
        first=one,
        second=two,
        sentences=second[0] - first[0],
        distance=_gap(one, two),
        code=code,
        first_at=offsets[first[0]] + first[1],
        second_at=offsets[second[0]] + second[1],
    )


def _code(sentences: Sequence[Sentence], *indices: int) -> tuple[str, dict[int, int]]:
    """The codes of one or two sentences joined, and where each begins."""
    head = sentences[indices[0]].code
    if len(indices) == 1:
        return head, {indices[0]: 0}
    joint = " " if indices[1] == indices[0] + 1 else JOINT
    return head + joint + sentences[indices[1]].code, {indices[0]: 0, indices[1]: len(head) + len(joint)}


def _gap(one: Slot, two: Slot) -> int:
    return max(0, max(one.start, two.start) - min(one.end, two.end))
