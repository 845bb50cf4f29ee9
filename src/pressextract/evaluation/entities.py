"""Entity level: the set of things an article names, each matched by its name or an alias of it.

The measure of the project's ruler: two entities are the same when a folded form of one is a folded form of
the other; matching is one-to-one, so an alias shared by two predicted entities counts once.
"""

from __future__ import annotations

from collections.abc import Sequence

from pressextract.evaluation.annotation import Annotation, Entity
from pressextract.evaluation.counts import ALL, Key, Row, add_row, matched
from pressextract.evaluation.matching import Pairs, best_matching, match
from pressextract.evaluation.normalise import fold_name, similar_roles
from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON, ROLE

ENTITY, ROLE_SIMILAR = "entity", "role_similar"
NAMED = (PERSON, COMPANY, ORGANIZATION, CITY)
COMPANY_OR_ORGANIZATION = "COMPANY+ORGANIZATION"
"""Companies and organizations as one label: what a system that does not tell them apart can reach."""
_PAIR, _SAME_NAME = 1000.0, 1.0


def match_entities(gold: Sequence[Entity], pred: Sequence[Entity]) -> Pairs:
    """One-to-one pairs that share a form: as many as possible, those of equal name first."""
    by_form: dict[str, list[int]] = {}
    for j, entity in enumerate(pred):
        for form in entity.forms:
            by_form.setdefault(form, []).append(j)
    weights = {}
    for i, entity in enumerate(gold):
        name = fold_name(entity.name)
        for form in entity.forms:
            for j in by_form.get(form, ()):
                weights[i, j] = _PAIR + (_SAME_NAME if fold_name(pred[j].name) == name else 0.0)
    return best_matching(weights)


def roles_of(annotation: Annotation) -> list[Entity]:
    """The roles of an article, each title once: a set of strings."""
    return list({entity.name: entity for entity in annotation.of(ROLE)}.values())


def match_similar_roles(gold: Sequence[Entity], pred: Sequence[Entity]) -> Pairs:
    """One-to-one pairs of roles with the same head and at least half of their words in common."""
    return match(gold, pred, lambda g, p: _role_weight(g, p))


def _role_weight(gold: Entity, pred: Entity) -> float:
    if fold_name(gold.name) == fold_name(pred.name):
        return _PAIR + _SAME_NAME
    return _PAIR if similar_roles(gold.name, pred.name) else 0.0


def match_label(gold: Annotation, pred: Annotation, label: str) -> tuple[list[Entity], list[Entity], Pairs]:
    """The gold and predicted entities of one label (not DATE), and their matching."""
    if label == ROLE:
        golds, preds = roles_of(gold), roles_of(pred)
        golds_by_name = [Entity(e.id, e.label, e.name) if e.aliases else e for e in golds]
        return golds, preds, match_entities(golds_by_name, preds)
    golds, preds = gold.of(label), pred.of(label)
    return golds, preds, match_entities(golds, preds)


def score_entities(gold: Annotation, pred: Annotation) -> dict[Key, Row]:
    """Entity measures of one article: per label, all labels together, and companies with organizations."""
    rows: dict[Key, Row] = {}
    for label in (*NAMED, ROLE):
        golds, preds, pairs = match_label(gold, pred, label)
        if golds or preds:
            row = matched(len(pairs), len(golds), len(preds))
            rows[ENTITY, label] = row
            add_row(rows, (ENTITY, ALL), row)
    golds, preds = gold.of(COMPANY, ORGANIZATION), pred.of(COMPANY, ORGANIZATION)
    rows[ENTITY, COMPANY_OR_ORGANIZATION] = matched(len(match_entities(golds, preds)), len(golds), len(preds))
    golds, preds = roles_of(gold), roles_of(pred)
    rows[ROLE_SIMILAR, ROLE] = matched(len(match_similar_roles(golds, preds)), len(golds), len(preds))
    return rows
