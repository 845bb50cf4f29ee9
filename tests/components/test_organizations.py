"""Bodies: cue nouns, legal forms, contexts, institutions, known names; and what is none."""

from __future__ import annotations

import pytest

from pressextract.components.cues import CUED, HINTED, cue_after, cue_before
from pressextract.components.organizations import find_organizations

ORDINARY = frozenset(["Le", "Pour", "Brasserie", "Moulins", "Compagnie", "Choisir"])


def found(text: str) -> set[tuple[str, str]]:
    candidates = find_organizations(text, ORDINARY.__contains__)
    return {(text[start:end], label) for start, end, label, _ in candidates}


STATED = [
    ("La société Astrolys recrute.", ("Astrolys", "COMPANY")),
    ("L'entreprise d'insertion Provence Tekla recrute.", ("Provence Tekla", "COMPANY")),
    ("Le géant de la technologie Tarnow recrute.", ("Tarnow", "COMPANY")),
    ("Le patron d'Astrolys a parlé.", ("Astrolys", "COMPANY")),
    ("Il travaille chez Astrolys Medix.", ("Astrolys Medix", "COMPANY")),
    ("L'américain Tekla ferme.", ("Tekla", "COMPANY")),
    ("La vente d'Astrolys SA est faite.", ("Astrolys SA", "COMPANY")),
    ("Hier, Tarnow et Fils SARL a fermé.", ("Tarnow et Fils SARL", "COMPANY")),
    ("Astrolys, une PME de 40 salariés, recrute.", ("Astrolys", "COMPANY")),
    ("Vu à Astrolys (Lens, 47 salariés).", ("Astrolys", "COMPANY")),
    ("Vendue par Brasserie du Val, une PME.", ("Brasserie du Val", "COMPANY")),
    ("L'association Medix proteste.", ("Medix", "ORGANIZATION")),
    ("Le tribunal de commerce de Lormes a jugé.", ("tribunal de commerce de Lormes", "ORGANIZATION")),
    ("La CCI Val-Tarnow vote.", ("CCI Val-Tarnow", "ORGANIZATION")),
    (
        "La Fédération du commerce et de la distribution vote.",
        ("Fédération du commerce et de la distribution", "ORGANIZATION"),
    ),
    (
        "Le ministère de l'Économie et des Finances paie.",
        ("ministère de l'Économie et des Finances", "ORGANIZATION"),
    ),
    ("La Ville de Lormes paie.", ("Ville de Lormes", "ORGANIZATION")),
    ("L'université Tarnow forme.", ("université Tarnow", "ORGANIZATION")),
    ("Renault et la SNCF signent.", ("Renault", "COMPANY")),
    ("La CFDT signe.", ("CFDT", "ORGANIZATION")),
]


@pytest.mark.parametrize(("text", "expected"), STATED, ids=[text for text, _ in STATED])
def test_organizations_stated_are_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le groupe a parlé. Pour la société, rien ne change.",
        "L'usine de Lormes ferme.",
        "Le tribunal a jugé, le parti aussi.",
        "Ann Loy a ouvert la séance.",
        "Choisir, une entreprise difficile.",
    ],
)
def test_organizations_not_stated_are_not_found(text: str) -> None:
    assert found(text) == set()


def test_organizations_institution_ends_before_a_person() -> None:
    assert ("Rassemblement national", "ORGANIZATION") in found(
        "Le Rassemblement national Marine Tarnow a parlé."
    )
    assert not any("Marine" in name for name, _ in found("Le Rassemblement national Marine Tarnow a parlé."))


def test_cues_weigh_a_noun_more_than_a_clause() -> None:
    text = "la société Tekla, filiale d'Astrolys, emploie"
    noun, clause = cue_before(text, text.index("Tekla")), cue_before(text, text.index("Astrolys"))
    assert noun is not None
    assert clause is not None
    assert (noun.weight, clause.weight) == (CUED, HINTED)


def test_cues_after_a_name_hold_the_legal_form() -> None:
    cue = cue_after("Astrolys SARL ferme", len("Astrolys"))
    assert cue is not None
    assert (cue.label, cue.form) == ("COMPANY", len(" SARL"))
    assert cue_after("Astrolys, dit-il", len("Astrolys")) is None


@pytest.mark.parametrize(
    "text", ["société " * 400 + "X", "A" * 500, "A " * 500, "Ville de " * 300, "l'" * 500]
)
def test_organizations_stand_hostile_text(text: str) -> None:
    assert all(
        0 <= start < end <= len(text) for start, end, _, _ in find_organizations(text, ORDINARY.__contains__)
    )
