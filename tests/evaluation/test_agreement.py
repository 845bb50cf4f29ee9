"""Agreement of two annotators, against worked examples."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressextract.evaluation.agreement import agree, cohen_kappa

from .builders import ent, sample

FIRST = [sample("a1"), sample("a2")]


def test_kappa_of_a_worked_example():
    """50 items: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; observed 0.7, by chance 0.5."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    result = cohen_kappa(pairs)
    assert (result.observed, result.expected) == (pytest.approx(0.7), pytest.approx(0.5))
    assert result.kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([("a", "a")] * 3, 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
    ],
)
def test_kappa_at_its_bounds(pairs, kappa):
    assert cohen_kappa(pairs).kappa == pytest.approx(kappa)


def test_one_with_oneself():
    result = agree(FIRST, FIRST, draws=0)
    assert result.articles == 2
    assert {row.kappa for row in result.kappas.values()} == {1.0}
    assert result.evaluation.f1("entity") == 1.0


def test_another_status_and_a_missed_town():
    positions = (FIRST[0].positions[0], replace(FIRST[0].positions[1], status="current"))
    entities = tuple(e for e in FIRST[0].entities if e.id != "v1")
    second = [replace(FIRST[0], entities=entities, positions=positions), FIRST[1]]
    result = agree(FIRST, second, draws=0)
    status = result.kappas["status of positions"]
    assert (status.items, status.observed) == (4, 0.75)
    assert result.kappas["tokens"].observed == pytest.approx(1 - 1 / result.kappas["tokens"].items)
    assert result.kappas["label of mentions"].kappa == 1.0
    assert result.evaluation.f1("entity", "CITY") == pytest.approx(6 / 7)
    assert agree(second, FIRST, draws=0).evaluation.f1("entity", "CITY") == pytest.approx(6 / 7)


def test_a_token_under_two_labels_is_a_category_of_its_own():
    both = replace(
        FIRST[0],
        entities=(*FIRST[0].entities, ent("o1", "ORGANIZATION", "Privas", at=FIRST[0].entities[3].mentions)),
    )
    result = agree(FIRST[:1], [both], draws=0)
    assert result.kappas["marked tokens"].observed < 1


def test_what_cannot_be_compared():
    with pytest.raises(ValueError, match="no article in common"):
        agree(FIRST, [sample("zz")])
    with pytest.raises(ValueError, match="the two texts differ"):
        agree(FIRST, [replace(FIRST[0], text="Autre texte")])


def test_gamma_where_its_library_is():
    pytest.importorskip("pygamma_agreement")
    assert agree(FIRST[:1], FIRST[:1], draws=0, with_gamma=True).gamma == pytest.approx(1.0)
    assert agree(FIRST[:1], FIRST[:1], draws=0).gamma is None
