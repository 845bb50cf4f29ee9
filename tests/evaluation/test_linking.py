"""Linking of towns, against cases counted by hand."""

from __future__ import annotations

from pressextract.evaluation.annotation import Annotation, Link
from pressextract.evaluation.linking import ACCURACY, AMBIGUOUS, END_TO_END, KNOWN, NIL, score_linking

from .builders import ent


def town(name, link=None, **more):
    return ent(name, "CITY", name, link=link, **more)


def score(gold, pred, ambiguous=()):
    scored = score_linking(
        Annotation("a", entities=tuple(gold)), Annotation("a", entities=tuple(pred)), ambiguous
    )
    return {key[0]: row for key, row in scored.items()}


def test_right_wrong_nil_and_missed():
    gold = [
        town("Aubenas", Link("07019")),
        town("Saint-Denis", Link("93066"), ambiguous=True),
        town("Valrosa", Link()),
        town("Privas", Link("07186")),
        town("Sans code"),
    ]
    pred = [
        town("Aubenas", Link("07019", 3036460)),
        town("Saint-Denis", Link("97411")),
        town("Valrosa", Link()),
        town("Lyon", Link("69123")),
    ]
    scored = score(gold, pred)
    assert scored[ACCURACY] == (2, 0, 1, 0, 0)
    assert scored[AMBIGUOUS] == (0, 0, 1, 0, 0)
    assert scored[END_TO_END] == (2, 0, 1, 1, 1)
    assert scored[KNOWN] == (1, 0, 0, 2, 2)  # Aubenas; not Saint-Denis, Privas; made up: two codes
    assert scored[NIL] == (1, 0, 0, 0, 0)


def test_a_shared_code_of_either_register_is_enough():
    gold = [town("Genève", Link(None, 2660646))]
    assert score(gold, [town("Genève", Link("01173", 2660646))])[ACCURACY] == (1, 0, 0, 0, 0)
    assert score(gold, [town("Genève", Link())])[ACCURACY] == (0, 0, 1, 0, 0)


def test_ambiguous_names_may_be_given():
    gold = [town("Sainte-Colombe", Link("69189"))]
    assert score(gold, gold, {"sainte colombe"})[AMBIGUOUS] == (1, 0, 0, 0, 0)
    assert score(gold, gold)[AMBIGUOUS] == (0, 0, 0, 0, 0)


def test_nothing_annotated_nothing_scored():
    assert score([town("Aubenas")], [town("Aubenas", Link("07019"))]) == {}
