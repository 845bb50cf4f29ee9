"""Names of people: civilities, given names, names beside roles, and what is cut off a stock entity."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pressextract.components.people import (
    find_civility_names,
    find_given_names,
    names_beside_roles,
    trim_name,
)
from pressextract.components.roles import find_roles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("M. Noll et Mme de La Tour-Vernet", ["Noll", "de La Tour-Vernet"]),
        ("Me Abel Noll-Ruy plaide", ["Abel Noll-Ruy"]),
        ("le Dr J.-P. Loy", ["J.-P. Loy"]),
        ("Madame, je vous écris", []),
    ],
)
def test_people_after_a_civility(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_civility_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hier Bruno Le Noll a vu Jean-Marc de Ruy", ["Bruno Le Noll", "Jean-Marc de Ruy"]),
        ("Sophie est venue", []),
        ("le Val Tekla et la rue Haute", []),
    ],
)
def test_people_by_given_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_given_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("le PDG Ossip Tarnow a signé", ["Ossip Tarnow"]),
        ("Ossip Tarnow, 51 ans, directeur général", ["Ossip Tarnow"]),
        ("le maire de la ville", []),
    ],
)
def test_people_beside_a_role(text: str, names: list[str]) -> None:
    found = {text[start:end] for start, end in names_beside_roles(text, find_roles(text))}
    assert found == set(names)


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("Selon Abel Noll", "Abel Noll"),
        ("M. Abel Noll", "Abel Noll"),
        ("« Abel Noll »", "Abel Noll"),
        ("président Abel Noll", "Abel Noll"),
        ("Abel Noll\nLire aussi", "Abel Noll"),
        ("Abel Noll © Photo", "Abel Noll"),
        ("de Tekla", "Tekla"),
        ("Selon", "Selon"),
    ],
)
def test_people_stock_entity_is_trimmed(entity: str, name: str) -> None:
    start, end = trim_name(entity, 0, len(entity))
    assert entity[start:end] == name


def test_people_ordinary_word_at_the_start_is_no_name(nlp: Language) -> None:
    doc = nlp("Choisir, disent-ils. Officiellement, rien. Ann Loy, maire de Lormes, se tait.")
    assert [ent.text for ent in doc.ents if ent.label_ == "PERSON"] == ["Ann Loy"]
