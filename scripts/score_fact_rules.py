"""Facts with gold mentions: recall of the candidates, precision of each rule, precision and recall in all.

    python scripts/score_fact_rules.py corpora/written/train.jsonl ../shared/data/press/train.jsonl

Mentions are the annotators', so that what is measured is the facts alone. A proposed pair or a fact is right
when the gold has it between the same entities (a role: with the same first word).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pressextract.cleaning import fold_typography
from pressextract.evaluation import Annotation, load_gold
from pressextract.facts.candidates import RELATIONS, propose_candidates
from pressextract.facts.encoding import Slot, encode
from pressextract.facts.items import PositionFact
from pressextract.facts.rules import find_facts
from pressextract.facts.table import tabulate
from pressextract.labels import DATE, ROLE

Ids = dict[tuple[str, int], str]


def gold_doc(nlp: Language, article: Annotation) -> tuple[Doc, Ids]:
    """A Doc with the gold mentions, and the entity of each by label and first character."""
    doc = nlp.make_doc(fold_typography(article.text or ""))
    ids: Ids = {}
    spans: list[Span] = []
    for entity in article.entities:
        for start, end in entity.mentions:
            span = doc.char_span(start, end, label=entity.label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                ids[entity.label, span.start_char] = entity.id
    doc.ents = tuple(filter_spans([s for s in spans if s.label_ not in (ROLE, DATE)]))
    for key, label in (("roles", ROLE), ("dates", DATE)):
        doc.spans[key] = filter_spans([s for s in spans if s.label_ == label])
    return doc, ids


def candidate_recall(
    article: Annotation, doc: Doc, ids: Ids, hits: Counter[str], golds: Counter[str]
) -> None:
    """Count the gold facts whose pairs of entities are all proposed."""
    table = tabulate(doc, encode(doc))
    entities = [ids[slot.label, slot.start] for slot in table.slots]
    pairs = {
        (RELATIONS[relation], entities[first], entities[second])
        for relation, first, second in propose_candidates(table).tolist()
    }
    for position in article.positions:
        golds["positions"] += 1
        has_person = position.person is None or ("person-role", position.person, position.role) in pairs
        has_body = position.organization is None or (
            ("role-organization", position.role, position.organization) in pairs
        )
        hits["positions"] += has_person and has_body
    for based in article.based_in:
        golds["based_in"] += 1
        hits["based_in"] += ("organization-city", based.organization, based.city) in pairs


def score_rules(article: Annotation, doc: Doc, ids: Ids, right: Counter[str], made: Counter[str]) -> None:
    """Count, for each rule, its facts and the right ones."""

    def head(role: str) -> str:
        return article.by_id[role].name.lower().split()[0]

    def entity(slot: Slot | None) -> str | None:
        return None if slot is None else ids[slot.label, slot.start]

    def key(fact: PositionFact) -> tuple[str | None, str, str | None]:
        return entity(fact.person), head(entity(fact.role) or ""), entity(fact.organization)

    positions = {(p.person, head(p.role), p.organization) for p in article.positions}
    pairs = {(person, role) for person, role, _ in positions}
    places = {(b.organization, b.city) for b in article.based_in}
    facts, based_in = find_facts(encode(doc))
    for fact in facts:
        if fact.person is not None:
            holder, employer = fact.rule.split("/")
            for rule, is_right in ((holder, key(fact)[:2] in pairs), (fact.rule, key(fact) in positions)):
                made[rule] += 1
                right[rule] += is_right
            if key(fact)[:2] in pairs:
                made[f"employer: {employer}"] += 1
                right[f"employer: {employer}"] += key(fact) in positions
    for based in based_in:
        made[f"based_in: {based.rule}"] += 1
        right[f"based_in: {based.rule}"] += (entity(based.organization), entity(based.city)) in places


def main() -> None:
    """Print the tables of each file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    options = parser.parse_args()
    nlp = spacy.blank("fr")
    for path in options.gold:
        hits, golds, right, made = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        for article in load_gold(path):
            doc, ids = gold_doc(nlp, article)
            candidate_recall(article, doc, ids, hits, golds)
            score_rules(article, doc, ids, right, made)
        print(path)
        for kind, gold in golds.items():
            print(f"  candidates, recall of {kind:9} {hits[kind] / gold:.3f} of {gold}")
        for rule, count in sorted(made.items(), key=lambda item: (-item[1], item[0])):
            print(f"  {rule:34} {right[rule] / count:.2f} of {count}")


if __name__ == "__main__":
    main()
