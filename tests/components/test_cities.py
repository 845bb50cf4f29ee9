"""The city component: which names are towns, with their probability."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.cities import GROUP, SCORES, THRESHOLD
from pressextract.components.city_candidates import find_candidates, name_at
from pressextract.components.city_evidence import list_features, probability
from pressextract.gazetteers import load_cities


def towns(nlp: Language, text: str) -> list[str]:
    """The surface forms that the component proposes."""
    doc = nlp(text)
    return [span.text for span in doc.spans[GROUP]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'entreprise a ouvert un bureau à Tours et un autre à Nice.", ["Tours", "Nice"]),
        ("Les trois tours de la Défense et le sens de la fête.", []),
        ("Le siège est à Merville (Nord).", ["Merville"]),
        ("Elle habite rue de Lyon, au numéro trois.", []),
        ("Deux grues sont arrivées au Havre mardi.", ["Havre"]),
        ("Il part pour La Rochelle demain.", ["La Rochelle"]),
        ("Les Lyonnais et la cité phocéenne s'affrontent.", []),
        ("M. Laval a signé le contrat.", []),
        ("Les usines de Roubaix, Tourcoing et Lille ferment.", ["Roubaix", "Tourcoing", "Lille"]),
    ],
)
def test_towns_and_other_things(rules: Language, text: str, expected: list[str]) -> None:
    assert towns(rules, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("À Tokyo, Kobe puis Kyoto, il sera question de commerce.", ["Tokyo", "Kobe", "Kyoto"]),
        ("À Tokyo, Kobe signe puis Kyoto hésite.", ["Tokyo", "Kyoto"]),
        ("À Tokyo, Kobe Lescot puis Kyoto, il sera question de commerce.", ["Tokyo", "Kyoto"]),
    ],
)
def test_a_name_between_two_towns_of_a_row_is_one(rules: Language, text: str, expected: list[str]) -> None:
    assert towns(rules, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roubaix et Tourcoing", [["beside_town", "beside_near"], ["beside_town", "beside_near"]]),
        ("Roubaix, Marseille", [["beside_town"], ["beside_town"]]),
        ("Roubaix puis Tourcoing", [[], []]),
        ("Roubaix", [[]]),
        ("rien", []),
    ],
)
def test_a_list_puts_towns_beside_each_other(text: str, expected: list[list[str]]) -> None:
    gazetteer = load_cities()
    found = list(find_candidates(text, gazetteer))
    assert list(list_features(text, found, gazetteer)) == expected


def test_spans_carry_their_probabilities_through_bytes(rules: Language) -> None:
    doc = rules("Le maire de Lyon et celui de Grenoble se sont vus à Valence (Drôme).")
    copy = Doc(rules.vocab).from_bytes(doc.to_bytes())
    scores = copy.spans[GROUP].attrs[SCORES]
    assert [span.text for span in copy.spans[GROUP]] == ["Lyon", "Grenoble", "Valence"]
    assert len(scores) == 3
    assert all(THRESHOLD <= score <= 1 for score in scores)


def test_an_empty_text_has_no_towns(rules: Language) -> None:
    assert towns(rules, "") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("au Havre", ["Le Havre"]),
        ("du Mans", ["Le Mans"]),
        ("Aux Herbiers", ["Les Herbiers"]),
        ("à la Rochelle", ["La Rochelle"]),
        ("d'Aix-en-Provence", ["Aix-en-Provence"]),
        ("l'Isle-Adam", ["L'Isle-Adam"]),
        ("À Saint Etienne", ["Saint Etienne"]),
        ("Lyon-Grenoble", ["Lyon", "Grenoble"]),
        ("Lyon-Machin", []),
    ],
)
def test_candidates_have_their_full_name(text: str, names: list[str]) -> None:
    found = list(find_candidates(text, load_cities()))
    assert [candidate.name for candidate in found] == names
    assert all(candidate.end <= len(text) for candidate in found)


def test_name_at_of_an_unknown_name_is_the_text() -> None:
    assert name_at("à Xyzville", 2, 10, load_cities()) == ("Xyzville", ())


def test_probability_rises_with_the_weights() -> None:
    weights = {"bias": 0.0, "good": 2.0, "bad": -2.0}
    assert probability([], weights) == 0.5
    assert probability(["good"], weights) > 0.8 > 0.2 > probability(["bad"], weights)
    assert probability(["bad"] * 1000, weights) >= 0.0


def test_a_long_run_of_capitals_is_quick() -> None:
    assert list(find_candidates("Xyz " * 20_000, load_cities())) == []
