"""Normal forms of roles."""

from __future__ import annotations

import pytest

from pressextract.records.roles import normalize_role


@pytest.mark.parametrize(
    ("title", "normalized"),
    [
        ("PDG", "président-directeur général"),
        ("P-DG", "président-directeur général"),
        ("DRH", "directeur des ressources humaines"),
        ("DG", "directeur général"),
        ("Directrice générale", "directeur général"),
        ("présidente-directrice générale", "président-directeur général"),
        ("co-fondatrice", "cofondateur"),
        ("conseillère municipale", "conseiller municipal"),
        ("vice-présidente chargée de l'innovation", "vice-président chargé de l'innovation"),
        ("adjointe au maire chargée des sports", "adjoint au maire chargé des sports"),
        ("directrice de la communication interne", "directeur de la communication interne"),
        ("première adjointe", "premier adjoint"),
        ("chercheuse", "chercheur"),
        ("cheffe d’entreprise", "chef d'entreprise"),
        ("doyenne", "doyen"),
        ("attachée de presse", "attaché de presse"),
        ("sage-femme", "sage-femme"),
        ("porte-parole", "porte-parole"),
        ("responsable de la clientèle", "responsable de la clientèle"),
        ("directeur général", "directeur général"),
        ("ministre de l'Économie", "ministre de l'économie"),
    ],
)
def test_normalize_role(title: str, normalized: str) -> None:
    assert normalize_role(title) == normalized


@pytest.mark.parametrize("title", ["PDG", "Directrice générale", "trésorière", "co-présidente", "maire"])
def test_a_normal_form_is_its_own(title: str) -> None:
    assert normalize_role(normalize_role(title)) == normalize_role(title)
