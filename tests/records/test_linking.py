"""Which place a town name means."""

from __future__ import annotations

import pytest

from pressextract.gazetteers import load_cities
from pressextract.records.linking import Town, find_hints, link_towns


def link(text: str, name: str, *others: str, publisher: str | None = None) -> str | None:
    """INSEE code, or country, of the place that ``name`` is linked to in ``text``."""
    gazetteer = load_cities()
    towns = [Town(n, [(text.index(n), text.index(n) + len(n))], gazetteer.lookup(n)) for n in (name, *others)]
    place = link_towns(text, towns, gazetteer, publisher)[0].place
    return place and (place.insee or place.country)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("À Merville (Nord), on recrute.", "59400"),
        ("À Merville (31), on recrute.", "31341"),
        ("À Merville, en Haute-Garonne, on recrute.", "31341"),
        ("La fabrique toulousaine de Merville recrute en Haute-Garonne.", "31341"),
    ],
)
def test_the_area_named_decides(text: str, code: str) -> None:
    assert link(text, "Merville") == code


def test_without_a_sign_the_link_is_nil() -> None:
    assert link("À Merville, on recrute.", "Merville") is None


def test_nil_keeps_its_candidates() -> None:
    town = Town("Merville", [(2, 10)], load_cities().lookup("Merville"))
    found = link_towns("À Merville, on recrute.", [town], load_cities())[0]
    assert found.place is None
    assert {place.insee for place, _ in found.candidates} == {"59400", "31341"}
    assert 0 < sum(probability for _, probability in found.candidates) < 1


def test_near_towns_decide() -> None:
    text = "De Grenade à Merville en passant par Blagnac, les bus sont pleins."
    assert link(text, "Merville", "Grenade", "Blagnac") == "31341"
    text = "De Hazebrouck à Merville en passant par Bailleul, les bus sont pleins."
    assert link(text, "Merville", "Hazebrouck", "Bailleul") == "59400"


def test_the_newspaper_decides_when_nothing_else_does() -> None:
    assert link("À Merville, on recrute.", "Merville", publisher="La Voix du Nord") == "59400"
    assert link("À Merville, on recrute.", "Merville", publisher="La Dépêche du Midi") == "31341"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Le procès de Paris a duré.", "Paris", "75056"),
        ("À Brest, le port recrute.", "Brest", "29019"),
        ("À Brest, en Biélorussie, le port recrute.", "Brest", "BY"),
        ("À Vienne, en Autriche, on négocie.", "Vienne", "AT"),
        ("À Vienne, dans l'Isère, on joue du jazz.", "Vienne", "38544"),
        ("À Laval, au Québec, on recrute.", "Laval", "CA"),
        ("À La Haye, aux Pays-Bas, la cour siège.", "La Haye", "NL"),
    ],
)
def test_france_first_unless_the_text_says_otherwise(text: str, name: str, code: str) -> None:
    assert link(text, name) == code


def test_an_area_that_holds_no_candidate_makes_nil() -> None:
    assert link("À Vitrolles (Belgique), on recrute.", "Vitrolles") is None


def test_hints_are_areas_and_demonyms_with_their_offsets() -> None:
    hints = find_hints("Une PME lyonnaise s'étend en Seine-et-Marne.", load_cities())
    assert [(area.code, at) for area, at in hints] == [("69123", 8), ("77", 29)]
