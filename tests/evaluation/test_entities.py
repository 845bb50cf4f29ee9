"""Entity sets of an article, against cases counted by hand."""

from __future__ import annotations

import pytest

from pressextract.evaluation.annotation import Annotation
from pressextract.evaluation.counts import ALL
from pressextract.evaluation.entities import (
    COMPANY_OR_ORGANIZATION,
    ENTITY,
    ROLE_SIMILAR,
    match_entities,
    score_entities,
)

from .builders import ent


def article(*entities):
    return Annotation("a", entities=entities)


def score(gold, pred, label="COMPANY"):
    return score_entities(article(*gold), article(*pred)).get((ENTITY, label))


@pytest.mark.parametrize(
    ("gold", "pred", "expected"),
    [
        pytest.param([("Novalys",)], [("NOVALYS SAS",)], (1, 0, 0, 0, 0), id="case and legal form"),
        pytest.param([("Élan Œuvres",)], [("Elan Oeuvres",)], (1, 0, 0, 0, 0), id="accents and ligatures"),
        pytest.param([("Banque Alba", "BA")], [("BA",)], (1, 0, 0, 0, 0), id="by an alias"),
        pytest.param(
            [("Alba", "A1"), ("Alba Sud", "A1")], [("A1",)], (1, 0, 0, 1, 0), id="an alias of two counts once"
        ),
        pytest.param(
            [("Alba", "A1")], [("A1",), ("Alba",)], (1, 0, 0, 0, 1), id="one thing predicted as two"
        ),
        pytest.param(
            [("Alba", "A1"), ("Brune", "A1", "B2")],
            [("A1",), ("Alba",)],
            (2, 0, 0, 0, 0),
            id="overlapping aliases, the best pairing",
        ),
        pytest.param([("Alba",), ("Alba",)], [("Alba",)], (1, 0, 0, 1, 0), id="gold twice"),
        pytest.param([], [("Alba",)], (0, 0, 0, 0, 1), id="empty gold"),
        pytest.param([("Alba",)], [], (0, 0, 0, 1, 0), id="empty prediction"),
        pytest.param([], [], None, id="nothing to score"),
        pytest.param([("Alba",)], [("Alba Nord",)], (0, 0, 0, 1, 1), id="part of a name is another name"),
    ],
)
def test_sets_with_aliases(gold, pred, expected):
    golds = [ent(f"g{i}", "COMPANY", *forms) for i, forms in enumerate(gold)]
    preds = [ent(f"p{i}", "COMPANY", *forms) for i, forms in enumerate(pred)]
    assert score(golds, preds) == expected
    assert score(golds[::-1], preds[::-1]) == expected


def test_the_label_counts_but_not_in_the_joint_score():
    gold, pred = article(ent("1", "COMPANY", "Alba")), article(ent("1", "ORGANIZATION", "Alba"))
    scored = score_entities(gold, pred)
    assert scored[ENTITY, "COMPANY"] == (0, 0, 0, 1, 0)
    assert scored[ENTITY, "ORGANIZATION"] == (0, 0, 0, 0, 1)
    assert scored[ENTITY, ALL] == (0, 0, 0, 1, 1)
    assert scored[ENTITY, COMPANY_OR_ORGANIZATION] == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("gold", "pred", "exact", "similar"),
    [
        ("directeur général", "Directeur Général", 1, 1),
        ("directeur général délégué", "directeur général", 0, 1),  # 2 of 3 words
        ("adjoint au maire chargé des sports", "adjoint au maire", 0, 1),  # 3 of 6 words
        ("adjoint au maire chargé du sport nautique", "adjoint", 0, 0),
        ("présidente", "président", 0, 0),
        ("président du conseil", "vice président du conseil", 0, 0),  # another first word
        ("conseillers", "conseiller", 0, 1),  # plural s
    ],
)
def test_roles_exact_and_lenient(gold, pred, exact, similar):
    scored = score_entities(article(ent("1", "ROLE", gold)), article(ent("1", "ROLE", pred)))
    assert scored[ENTITY, "ROLE"][0] == exact
    assert scored[ROLE_SIMILAR, "ROLE"][0] == similar


def test_an_equal_name_goes_before_an_alias():
    preds = [ent("1", "COMPANY", "Alba Sud", "Alba"), ent("2", "COMPANY", "Alba")]
    assert match_entities([ent("1", "COMPANY", "Alba")], preds) == [(0, 1)]


def test_a_role_title_given_twice_is_one_role():
    gold = article(ent("1", "ROLE", "gérant"), ent("2", "ROLE", "gérant"))
    assert score_entities(gold, article(ent("1", "ROLE", "gérant")))[ENTITY, "ROLE"] == (1, 0, 0, 0, 0)
