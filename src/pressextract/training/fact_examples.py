"""Gold facts of an article as labels of candidate pairs: what the fact classifier learns from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.cleaning import clean_text
from pressextract.facts.candidates import propose_candidates
from pressextract.facts.items import Candidate, Relation
from pressextract.facts.pairs import CLASSES, Pair, encode_pairs, marker_types, rule_keys
from pressextract.facts.rules import find_facts
from pressextract.training.articles import entity_spans

UNJUDGED = -100
"""Label of a pair that repeats a fact farther away than its nearest pair: neither right nor wrong."""


@dataclass(slots=True)
class FactExample:
    """Words of an article with their markers, its pairs, and a class number (or ``UNJUDGED``) for each."""

    id: str
    words: list[str]
    types: list[int]
    pairs: list[Pair]
    labels: list[int]


def read_fact_examples(rows: Iterable[dict[str, Any]], nlp: Language) -> Iterator[FactExample]:
    """Yield one example a gold row, over its gold mentions and the dates of ``nlp``."""
    for row in rows:
        yield make_example(row, nlp)


def make_example(row: dict[str, Any], nlp: Language) -> FactExample:
    """One gold row; mentions are the gold ones, candidates and rules those of the run time."""
    clean = clean_text(row["text"])
    doc = nlp.make_doc(clean.text)
    doc._.published = row.get("published")
    doc = nlp(doc)
    owners = _set_gold(doc, entity_spans(row, clean, doc))
    candidates = propose_candidates(doc)
    pairs = encode_pairs(doc, candidates, rule_keys(*find_facts(doc)))
    labels = _labels(row, [pair.candidate for pair in pairs], owners)
    return FactExample(row["id"], [token.text for token in doc], marker_types(doc), pairs, labels)


def _set_gold(doc: Doc, spans: Iterable[tuple[str, tuple[int, int, str]]]) -> dict[tuple[bool, int], str]:
    """Put the gold mentions on ``doc``; entity id by (is a role, first character)."""
    owners: dict[tuple[bool, int], str] = {}
    names: list[Span] = []
    roles: list[Span] = []
    for entity, (start, end, label) in spans:
        span = Span(doc, start, end, label=label)
        is_role = label == "ROLE"
        (roles if is_role else names).append(span)
        owners[is_role, span.start_char] = entity
    doc.ents = sorted(names, key=lambda span: span.start)
    doc.spans["roles"] = sorted(roles, key=lambda span: span.start)
    return owners


def _labels(
    row: dict[str, Any], candidates: Sequence[Candidate], owners: dict[tuple[bool, int], str]
) -> list[int]:
    def owner(candidate: Candidate, side: int) -> str | None:
        slot = (candidate.first, candidate.second)[side]
        return owners.get((slot.label == "ROLE", slot.start))

    statuses = {(p["person"], p["role"]): p["status"] for p in row["positions"]}
    kinds = {(b["organization"], b["city"]): b["kind"] for b in row["based_in"]}
    labels = [0] * len(candidates)
    pairs = [(c.relation, owner(c, 0), owner(c, 1)) for c in candidates]
    held = _mark(labels, candidates, pairs, "person-role", statuses)
    _mark(labels, candidates, pairs, "organization-city", kinds)
    employers = {(p["role"], p["organization"]): "held" for p in row["positions"] if p["organization"]}
    _mark(labels, candidates, pairs, "role-organization", employers, _role_places(candidates, held))
    return labels


def _role_places(candidates: Sequence[Candidate], held: Iterable[int]) -> set[int]:
    """First characters of the role mentions that a person was found to hold."""
    return {candidates[number].second.start for number in held}


def _mark(
    labels: list[int],
    candidates: Sequence[Candidate],
    pairs: Sequence[tuple[Relation, str | None, str | None]],
    relation: Relation,
    gold: dict[Any, str],
    only: set[int] | None = None,
) -> list[int]:
    """Label the nearest pair of each gold fact and set the farther ones aside; returns the numbers of the
    nearest.

    With ``only`` the nearest pair is sought for each first mention among those, since a title that several
    people bear stands at several places.
    """
    groups: dict[Any, list[int]] = {}
    for number, (kind, first, second) in enumerate(pairs):
        if kind == relation and (first, second) in gold:
            place = candidates[number].first.start if only is not None else None
            groups.setdefault((first, second, place), []).append(number)
    nearest = []
    for (first, second, place), numbers in groups.items():
        best = min(numbers, key=lambda n: (abs(candidates[n].sentences), candidates[n].distance))
        for number in numbers:
            labels[number] = UNJUDGED
        if only is not None and place not in only:
            continue
        labels[best] = CLASSES[relation].index(gold[first, second])
        nearest.append(best)
    return nearest
