"""The area that a text puts a town in."""

from __future__ import annotations

import pytest

from pressextract.gazetteers import load_cities
from pressextract.gazetteers.apposition import apposed_areas
from pressextract.gazetteers.areas import Area, inflect, share


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("X (Nord) recrute", ("department", "59")),
        ("X (59) recrute", ("department", "59")),
        ("X (Seine-Maritime, Normandie)", ("region", "FR-28")),
        ("X, dans l'Isère, recrute", ("department", "38")),
        ("X en Haute-Garonne", ("department", "31")),
        ("X, au Québec, recrute", ("region", "CA-10")),
        ("X, en Belgique", ("country", "BE")),
        ("X, dans la province de Namur", ("region", "BE-WNA")),
        ("X, près de Lyon, dans le Rhône", None),
        ("X, au sud de Lyon, dans le Rhône", ("department", "69")),
        ("X et la Belgique", None),
        ("X (Dupont SA)", None),
        ("X", None),
    ],
)
def test_apposed_areas(text: str, area: tuple[str, str] | None) -> None:
    found = apposed_areas(text, 1, load_cities())
    assert (area in found) if area else not found


@pytest.mark.parametrize(
    ("name", "area", "expected"),
    [
        ("Merville", Area("department", "59"), 1.0),
        ("Merville", Area("department", "31"), 0.0),
        ("Merville", Area("region", "FR-32"), 1.0),
        ("Merville", Area("region", "FR-76"), 0.0),
        ("Merville", Area("country", "FR"), 1.0),
        ("Bruges", Area("region", "BE-VLG"), 1.0),
        ("Bruges", Area("region", "BE-WAL"), 0.0),
        ("Saint-Denis", Area("country", "RE"), 1.0),
    ],
)
def test_share_of_the_largest_place(name: str, area: Area, expected: float) -> None:
    assert share(area, load_cities().lookup(name)[0]) == expected


@pytest.mark.parametrize(
    ("demonym", "form"),
    [("lyonnais", "lyonnaises"), ("parisien", "parisiennes"), ("breton", "bretonnes"), ("manceau", "mancelles"),
     ("belge", "belges"), ("corse", "corse"), ("réunionnais", "réunionnaise"), ("toulousain", "toulousaines")],
)  # fmt: skip
def test_inflect_gives_the_forms_of_a_demonym(demonym: str, form: str) -> None:
    assert form in inflect(demonym)
