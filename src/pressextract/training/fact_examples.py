"""Gold facts of an article as labels of candidate pairs: what the fact head learns from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span

from pressextract.encoder.probabilities import Floats
from pressextract.facts.candidates import RELATIONS, propose_candidates
from pressextract.facts.classifier import mention_places
from pressextract.facts.encoding import encode
from pressextract.facts.items import Relation
from pressextract.facts.pairs import CLASSES, mention_features, pair_features, rule_keys
from pressextract.facts.rules import find_facts
from pressextract.facts.table import Ints, MentionTable, tabulate
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE

UNJUDGED = -100
"""Label of a pair that is neither right nor wrong: it repeats a fact farther away than its nearest pair."""
_KINDS = {label: label for label in (PERSON, CITY, ROLE)} | {
    COMPANY: ORGANIZATION,
    ORGANIZATION: ORGANIZATION,
}
"""Of a label; which of the two a body is decides no fact."""
_ENOUGH = 0.5
Owners = dict[tuple[bool, int], str]
"""Entity id by (is a role, first character of the mention)."""


@dataclass(slots=True)
class FactExample:
    """The mentions of an article, its candidate pairs, and a class number (or ``UNJUDGED``) for each pair.

    See ``mention_places``, ``mention_features``, ``propose_candidates`` and ``pair_features`` for the arrays;
    ``groups``: (mentions,) the same number for mentions of one kind written alike (``MentionTable.names``).
    ``soft``: instead of the labels, what a teacher thinks of each pair (see ``to_shares``).
    """

    places: Ints
    mentions: Ints
    groups: Ints
    pairs: Ints
    features: Ints
    labels: Ints
    soft: Floats | None = None


def make_example(
    row: Mapping[str, Any], doc: Doc, spans: Iterable[tuple[str, tuple[int, int, str]]]
) -> FactExample:
    """One gold row over its gold mentions; candidates and rules are those of the run time.

    Args:
        row: with ``positions`` and ``based_in``.
        doc: the article with its dates; its entities and roles become the gold ones.
        spans: entity id and (first word, word after the last, label) of each gold mention.
    """
    owners = set_mentions(doc, spans)
    table, example = _propose(doc)
    example.labels = _Labeller(row, table, example.pairs, owners).labels()
    return example


def make_found_example(
    row: Mapping[str, Any], doc: Doc, spans: Iterable[tuple[str, tuple[int, int, str]]]
) -> FactExample:
    """One gold row over the mentions that a pipeline found in ``doc``: what it wrongly found holds nothing.

    A found mention stands for the gold one of its kind that it shares most words with, when they are half of
    the words of both together.
    """
    gold = [(entity, start, end, _KINDS[label]) for entity, (start, end, label) in spans]
    owners: Owners = {}
    for span in [*doc.ents, *doc.spans.get("roles", [])]:
        kind = _KINDS.get(span.label_)
        rivals = [(_overlap(span, start, end), entity) for entity, start, end, k in gold if k == kind]
        share, entity = max(rivals, default=(0.0, ""))
        if share >= _ENOUGH:
            owners[span.label_ == ROLE, span.start_char] = entity
    table, example = _propose(doc)
    example.labels = _Labeller(row, table, example.pairs, owners).labels()
    return example


def _overlap(span: Span, start: int, end: int) -> float:
    """Words that two spans share, of all that they cover."""
    shared = min(span.end, end) - max(span.start, start)
    return max(0, shared) / (max(span.end, end) - min(span.start, start))


def propose_example(doc: Doc) -> FactExample:
    """The candidates over the mentions that a pipeline found in ``doc``; nothing is known of them."""
    return _propose(doc)[1]


def _propose(doc: Doc) -> tuple[MentionTable, FactExample]:
    sentences = encode(doc)
    table = tabulate(doc, sentences)
    pairs = propose_candidates(table)
    features = pair_features(table, pairs, rule_keys(*find_facts(sentences)))
    labels = np.full(len(pairs), UNJUDGED, dtype=np.int64)
    return table, FactExample(
        mention_places(table, len(doc)), mention_features(table), table.names, pairs, features, labels
    )


def set_mentions(doc: Doc, spans: Iterable[tuple[str, tuple[int, int, str]]]) -> Owners:
    """Make these the mentions of ``doc``; see ``make_example``."""
    owners: Owners = {}
    names: list[Span] = []
    roles: list[Span] = []
    for entity, (start, end, label) in spans:
        span = Span(doc, start, end, label=label)
        is_role = label == ROLE
        (roles if is_role else names).append(span)
        owners[is_role, span.start_char] = entity
    doc.ents = sorted(names, key=lambda span: span.start)
    doc.spans["roles"] = sorted(roles, key=lambda span: span.start)
    return owners


class _Labeller:
    """Labels the candidate pairs of one article."""

    def __init__(self, row: Mapping[str, Any], table: MentionTable, pairs: Ints, owners: Owners) -> None:
        self._row, self._table, self._pairs = row, table, pairs
        self._owners = [owners.get((slot.label == ROLE, slot.start)) for slot in table.slots]
        self._labels = np.zeros(len(pairs), dtype=np.int64)

    def labels(self) -> Ints:
        """A class number, or ``UNJUDGED``, for each pair."""
        statuses = {(p["person"], p["role"]): p["status"] for p in self._row["positions"]}
        kinds = {(b["organization"], b["city"]): b["kind"] for b in self._row["based_in"]}
        holders = self._mark_nearest("person-role", statuses)
        self._mark_nearest("organization-city", kinds)
        self._mark_employers({int(self._pairs[number, 2]) for number in holders})
        return self._labels

    def _mark_nearest(self, relation: Relation, gold: Mapping[tuple[Any, Any], str]) -> list[int]:
        """Label the nearest pair of each gold fact, set the farther ones aside; returns the nearest."""
        nearest = []
        for numbers in self._groups(relation, gold).values():
            best = min(numbers, key=self._distance)
            self._labels[numbers] = UNJUDGED
            self._labels[best] = CLASSES[relation].index(gold[self._ends(best)])
            nearest.append(best)
        return nearest

    def _mark_employers(self, held: set[int]) -> None:
        """Every mention of the right body is right for a role mention that somebody was found to hold.

        Other mentions of that role are left open: a title that several people bear stands at several places.
        """
        gold = {(p["role"], p["organization"]): "held" for p in self._row["positions"] if p["organization"]}
        for numbers in self._groups("role-organization", gold).values():
            for number in numbers:
                self._labels[number] = 1 if int(self._pairs[number, 1]) in held else UNJUDGED

    def _groups(self, relation: Relation, gold: Mapping[tuple[Any, Any], str]) -> dict[Any, list[int]]:
        """The pairs of each gold fact that was proposed."""
        groups: dict[Any, list[int]] = {}
        for number in np.flatnonzero(self._pairs[:, 0] == RELATIONS.index(relation)).tolist():
            ends = self._ends(number)
            if None not in ends and ends in gold:
                groups.setdefault(ends, []).append(number)
        return groups

    def _ends(self, number: int) -> tuple[str | None, str | None]:
        _, first, second = self._pairs[number].tolist()
        return self._owners[first], self._owners[second]

    def _distance(self, number: int) -> tuple[int, int]:
        _, first, second = self._pairs[number]
        table = self._table
        return (
            abs(int(table.sentences[first] - table.sentences[second])),
            abs(int(table.starts[first] - table.starts[second])),
        )
