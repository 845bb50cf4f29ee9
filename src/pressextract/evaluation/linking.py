"""Linking of towns to INSEE and GeoNames codes, NIL included, and on ambiguous names apart.

Only gold towns whose link is annotated take part. link_accuracy looks at the towns that were found;
link_end_to_end counts a town that was not found as a miss; link_known and link_nil split it by whether the
gold town is in a register (InKB and NIL of the HIPE and TAC-KBP tasks).
"""

from __future__ import annotations

from collections.abc import Collection

from pressextract.evaluation.annotation import Annotation, Link
from pressextract.evaluation.counts import Key, Row, accuracy
from pressextract.evaluation.entities import match_entities
from pressextract.evaluation.normalise import fold_name
from pressextract.labels import CITY

ACCURACY, AMBIGUOUS, END_TO_END = "link_accuracy", "link_ambiguous", "link_end_to_end"
KNOWN, NIL = "link_known", "link_nil"


def score_linking(
    gold: Annotation, pred: Annotation, ambiguous_names: Collection[str] = ()
) -> dict[Key, Row]:
    """Linking measures of one article; empty when no gold town has its link annotated.

    Args:
        gold: towns with ``link`` None are left out.
        pred: towns without a code are linked to NIL.
        ambiguous_names: folded names that several places share, beside the towns the gold marks so.
    """
    if not any(entity.link for entity in gold.of(CITY)):
        return {}
    golds, preds = gold.of(CITY), pred.of(CITY)
    pairs = match_entities(golds, preds)
    found = {i: preds[j].link or Link() for i, j in pairs}
    judged = [(i, entity) for i, entity in enumerate(golds) if entity.link is not None]
    spurious = len(preds) - len(pairs)
    right = {i for i, entity in judged if i in found and entity.link and entity.link.same_place(found[i])}
    is_ambiguous = {i for i, e in judged if e.ambiguous or fold_name(e.name) in ambiguous_names}
    seen = {i for i, _ in judged if i in found}
    missed = len(judged) - len(seen)
    rows = {
        (ACCURACY, CITY): accuracy(len(right), len(seen)),
        (AMBIGUOUS, CITY): accuracy(len(right & is_ambiguous), len(seen & is_ambiguous)),
        (END_TO_END, CITY): (len(right), 0.0, len(seen - right), missed, spurious),
    }
    made_up = [e.link or Link() for j, e in enumerate(preds) if j not in {b for _, b in pairs}]
    for key, nil in ((KNOWN, False), (NIL, True)):
        wanted = {i for i, entity in judged if entity.link and entity.link.is_nil is nil}
        given = [link for i, link in found.items() if i in seen and link.is_nil is nil]
        extra = sum(link.is_nil is nil for link in made_up)
        good = len(right & wanted)
        rows[key, CITY] = (good, 0.0, 0.0, len(wanted) - good, len(given) + extra - good)
    return rows
