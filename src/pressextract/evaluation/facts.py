"""Facts: who holds which role where, and which organization sits in which city.

A fact is right when each of its arguments is the right thing (shares a form with the gold one). A gold fact
that was never proposed is a miss like any other. The variants drop one condition each; candidate recall asks
whether the arguments were ever put together, and the "given entities" variants look only at facts whose gold
arguments the system found, which separates the classifier from the entities it was fed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pressextract.evaluation.annotation import Annotation, Entity
from pressextract.evaluation.counts import ALL, Key, Row, accuracy, matched
from pressextract.evaluation.entities import match_label
from pressextract.evaluation.matching import Pairs, match
from pressextract.evaluation.normalise import fold_name, similar_roles
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE

POSITION, POSITION_EXACT_ROLE = "position_strict", "position_exact_role"
NO_STATUS, NO_ORGANIZATION = "position_without_status", "position_without_organization"
PERSON_ROLE, PERSON_ORGANIZATION = "position_person_role", "position_person_organization"
STATUS_ACCURACY = "position_status_accuracy"
POSITION_GIVEN, BASED_IN_GIVEN = "position_given_entities", "based_in_given_entities"
BASED_IN, BASED_IN_KIND, KIND_ACCURACY = "based_in", "based_in_with_kind", "based_in_kind_accuracy"
POSITION_CANDIDATES, BASED_IN_CANDIDATES = "position_candidate_recall", "based_in_candidate_recall"
_PAIR: Final = 1000.0
_SAME_STATUS: Final = 10.0
_SAME_ROLE: Final = 1.0


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A position with its entities looked up; ``index`` is its place in the annotation."""

    person: Entity | None
    role: str
    organization: Entity | None
    status: str
    index: int


@dataclass(frozen=True, slots=True)
class BasedInFact:
    """A seat or site with its entities looked up; ``index`` is its place in the annotation."""

    organization: Entity
    city: Entity
    kind: str
    index: int


PositionTest = Callable[[PositionFact, PositionFact], bool]


def positions_of(annotation: Annotation) -> list[PositionFact]:
    """The positions of an article that name a person; offices without a named holder are not scored."""
    return [
        PositionFact(
            annotation.get(position.person),
            annotation.by_id[position.role].name,
            annotation.get(position.organization),
            position.status,
            index,
        )
        for index, position in enumerate(annotation.positions)
        if position.person is not None
    ]


def based_in_of(annotation: Annotation) -> list[BasedInFact]:
    """The seats and sites of an article."""
    by_id = annotation.by_id
    return [
        BasedInFact(by_id[fact.organization], by_id[fact.city], fact.kind, index)
        for index, fact in enumerate(annotation.based_in)
    ]


def same_entity(gold: Entity | None, pred: Entity | None) -> bool:
    """Whether both are absent or share a form."""
    if gold is None or pred is None:
        return gold is pred
    return not gold.forms.isdisjoint(pred.forms)


def same_person_role(gold: PositionFact, pred: PositionFact) -> bool:
    """Whether person and role agree."""
    return same_entity(gold.person, pred.person) and similar_roles(gold.role, pred.role)


def same_but_status(gold: PositionFact, pred: PositionFact) -> bool:
    """Whether person, role and organization agree."""
    return same_person_role(gold, pred) and same_entity(gold.organization, pred.organization)


def same_person_organization(gold: PositionFact, pred: PositionFact) -> bool:
    """Whether person and organization agree."""
    return same_entity(gold.person, pred.person) and same_entity(gold.organization, pred.organization)


def match_positions(gold: Sequence[PositionFact], pred: Sequence[PositionFact], test: PositionTest) -> Pairs:
    """One-to-one pairs that pass ``test``: as many as possible, then of equal status, then of equal role."""

    def weight(one: PositionFact, two: PositionFact) -> float:
        if not test(one, two):
            return 0.0
        same_role = fold_name(one.role) == fold_name(two.role)
        return _PAIR + _SAME_STATUS * (one.status == two.status) + _SAME_ROLE * same_role

    return match(gold, pred, weight)


def match_based_in(gold: Sequence[BasedInFact], pred: Sequence[BasedInFact]) -> Pairs:
    """One-to-one pairs with the same organization and city: as many as possible, then of equal kind."""

    def weight(one: BasedInFact, two: BasedInFact) -> float:
        same = same_entity(one.organization, two.organization) and same_entity(one.city, two.city)
        return _PAIR + _SAME_STATUS * (one.kind == two.kind) if same else 0.0

    return match(gold, pred, weight)


def score_facts(gold: Annotation, pred: Annotation) -> dict[Key, Row]:
    """All fact measures of one article."""
    rows = _score_positions(positions_of(gold), positions_of(pred))
    rows |= _score_based_in(based_in_of(gold), based_in_of(pred))
    if gold.positions or gold.based_in:
        rows |= _score_given_entities(gold, pred)
    return rows


def _score_positions(gold: list[PositionFact], pred: list[PositionFact]) -> dict[Key, Row]:
    if not gold and not pred:
        return {}
    rows: dict[Key, Row] = {}
    tests: dict[str, PositionTest] = {
        NO_ORGANIZATION: lambda g, p: g.status == p.status and same_person_role(g, p),
        PERSON_ROLE: same_person_role,
        POSITION_EXACT_ROLE: lambda g, p: (
            g.status == p.status and fold_name(g.role) == fold_name(p.role) and same_but_status(g, p)
        ),
    }
    for measure, test in tests.items():
        rows[measure, ALL] = matched(len(match_positions(gold, pred, test)), len(gold), len(pred))
    pairs = match_positions(gold, pred, same_but_status)
    right = sum(gold[i].status == pred[j].status for i, j in pairs)
    rows[NO_STATUS, ALL] = matched(len(pairs), len(gold), len(pred))
    rows[STATUS_ACCURACY, ALL] = accuracy(right, len(pairs))
    with_status = match_positions(gold, pred, lambda g, p: g.status == p.status and same_but_status(g, p))
    rows[POSITION, ALL] = matched(len(with_status), len(gold), len(pred))
    statuses = {fact.status for fact in (*gold, *pred)}
    for status in sorted(statuses):
        hits = sum(gold[i].status == status for i, _ in with_status)
        rows[POSITION, status] = matched(hits, _count(gold, status), _count(pred, status))
    one, two = [fact for fact in gold if fact.organization], [fact for fact in pred if fact.organization]
    rows[PERSON_ORGANIZATION, ALL] = matched(
        len(match_positions(one, two, same_person_organization)), len(one), len(two)
    )
    return rows


def _count(facts: Sequence[PositionFact], status: str) -> int:
    return sum(fact.status == status for fact in facts)


def _score_based_in(gold: list[BasedInFact], pred: list[BasedInFact]) -> dict[Key, Row]:
    if not gold and not pred:
        return {}
    pairs = match_based_in(gold, pred)
    right = sum(gold[i].kind == pred[j].kind for i, j in pairs)
    rows = {
        (BASED_IN, ALL): matched(len(pairs), len(gold), len(pred)),
        (KIND_ACCURACY, ALL): accuracy(right, len(pairs)),
    }
    hits = 0
    for kind in sorted({fact.kind for fact in (*gold, *pred)}):
        one, two = [f for f in gold if f.kind == kind], [f for f in pred if f.kind == kind]
        found = len(match_based_in(one, two))
        hits += found
        rows[BASED_IN_KIND, kind] = matched(found, len(one), len(two))
    rows[BASED_IN_KIND, ALL] = matched(hits, len(gold), len(pred))
    return rows


def _score_given_entities(gold: Annotation, pred: Annotation) -> dict[Key, Row]:
    """Facts between entities that both sides have: the gold facts whose arguments were all found, and the
    predicted facts whose arguments are all in the gold."""
    known_gold, known_pred = _common_entities(gold, pred)
    g = [f for f in positions_of(gold) if _all_in(f.person, f.organization, known_gold)]
    p = [f for f in positions_of(pred) if _all_in(f.person, f.organization, known_pred)]
    b = [f for f in based_in_of(gold) if _all_in(f.organization, f.city, known_gold)]
    q = [f for f in based_in_of(pred) if _all_in(f.organization, f.city, known_pred)]
    same = match_positions(g, p, lambda one, two: one.status == two.status and same_but_status(one, two))
    return {
        (POSITION_GIVEN, ALL): matched(len(same), len(g), len(p)),
        (BASED_IN_GIVEN, ALL): matched(len(match_based_in(b, q)), len(b), len(q)),
    }


def _common_entities(gold: Annotation, pred: Annotation) -> tuple[set[str], set[str]]:
    known_gold, known_pred = set(), set()
    for label in (PERSON, COMPANY, ORGANIZATION, CITY, ROLE):
        golds, preds, pairs = match_label(gold, pred, label)
        known_gold |= {golds[i].id for i, _ in pairs}
        known_pred |= {preds[j].id for _, j in pairs}
    return known_gold, known_pred


def _all_in(first: Entity | None, second: Entity | None, known: set[str]) -> bool:
    return all(entity is None or entity.id in known for entity in (first, second))


def score_candidates(gold: Annotation, candidates: Annotation) -> dict[Key, Row]:
    """Candidate recall: gold facts whose arguments were proposed together, whatever was decided of them.

    ``candidates`` is an annotation whose facts are everything that was proposed. Precision is not meant.
    """
    positions, proposed = positions_of(gold), positions_of(candidates)
    based, places = based_in_of(gold), based_in_of(candidates)
    found = len(match_positions(positions, proposed, same_but_status))
    sited = len(match_based_in(based, places))
    return {
        (POSITION_CANDIDATES, ALL): (found, 0.0, 0.0, len(positions) - found, 0.0),
        (BASED_IN_CANDIDATES, ALL): (sited, 0.0, 0.0, len(based) - sited, 0.0),
    }
