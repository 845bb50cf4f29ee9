"""DOUBT: names that the tagger alone found, is not sure of, and that no fact needs, are taken back.

They are left in until the facts are read: what a text says of a body is the best sign that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.proposers import PATTERNS_GROUP, tagged_places
from pressextract.components.spans import name_key, set_scored_group
from pressextract.components.tagger import RULER_GROUPS
from pressextract.facts.component import read_facts
from pressextract.facts.encoding import Slot
from pressextract.labels import MENTIONS, PERSON, TAGGED


class Doubts:
    """Takes names out of ``doc.ents`` and ``doc.spans["mentions"]``, with all their mentions.

    Args:
        threshold: the probability of being a name, a mean over its words, that one mention has at least.
    """

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        doubted = self._doubted(doc) if TAGGED in doc.spans else set()
        if doubted:
            kept = [span for span in doc.ents if name_key(span.text) not in doubted]
            group = doc.spans[MENTIONS]
            scores = dict(zip(map(_place, group), group.attrs["scores"], strict=True))
            doc.ents = tuple(kept)
            set_scored_group(doc, MENTIONS, [(s, scores[_place(s)]) for s in kept if _place(s) in scores])
        return doc

    def _doubted(self, doc: Doc) -> set[str]:
        """The keys of the names that nothing speaks for, and the surnames of people among them.

        What speaks for a surname speaks for the names that end in it.
        """
        found, unsure = tagged_places(doc), self._unsure_places(doc)
        if found.isdisjoint(unsure):
            return set()
        ruled, stated = set(_ruled_places(doc)), set(_stated(doc))
        seen: dict[str, bool] = {}
        spoken_for: set[str] = set()
        people: set[str] = set()
        for span in doc.ents:
            place, key = _place(span), name_key(span.text)
            if place in ruled or span.start_char in stated or (place in found and place not in unsure):
                spoken_for.add(key)
                people.update([_surname(key)] if span.label_ == PERSON else [])
            elif place in found:
                seen[key] = span.label_ == PERSON
        doubted = {
            key
            for key, is_person in seen.items()
            if key not in spoken_for and not (is_person and _surname(key) in people)
        }
        surnames = {_surname(key) for key in doubted if seen[key]}
        return doubted | (surnames - seen.keys() - spoken_for)

    def _unsure_places(self, doc: Doc) -> set[tuple[int, int]]:
        group = doc.spans[TAGGED]
        judged = zip(group, group.attrs["scores"], strict=True)
        return {(span.start, span.end) for span, shares in judged if 1 - shares[0] < self._threshold}


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _surname(key: str) -> str:
    return key.rpartition(" ")[2]


def _ruled_places(doc: Doc) -> Iterator[tuple[int, int]]:
    """What needs no tagger: the names that rulers and the user's patterns propose."""
    for key in (*RULER_GROUPS, PATTERNS_GROUP):
        yield from map(_place, doc.spans.get(key, []))


def _stated(doc: Doc) -> Iterator[int]:
    """First characters of the mentions that facts are about."""
    positions, based_in = read_facts(doc)
    slots: list[Slot | None] = [slot for fact in positions for slot in (fact.person, fact.organization)]
    slots += [slot for fact in based_in for slot in (fact.organization, fact.city)]
    yield from (slot.start for slot in slots if slot is not None)


@Language.factory(
    "pressextract_doubts",
    requires=["doc.ents", "doc.spans"],
    assigns=["doc.ents", "doc.spans"],
    default_config={"threshold": 0.5},
)
def make_doubts(nlp: Language, name: str, threshold: float) -> Doubts:
    """Make the component; it needs the tagger and the facts before it."""
    return Doubts(threshold)
