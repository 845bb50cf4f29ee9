"""Folding keeps a way back to every character."""

from __future__ import annotations

from pressextract.dates.folding import fold
from pressextract.dates.numbers import parse_number, parse_ordinal, parse_roman


def test_fold_lowers_and_drops_accents_one_for_one() -> None:
    assert fold("L’ÉTÉ\u00a0–\u2009Août").text == "l'ete - aout"


def test_fold_drops_invisible_characters_and_finds_the_way_back() -> None:
    source = "dé\u00adcem\u200bbre e\u0301te\u0301"
    folded = fold(source)
    assert folded.text == "decembre ete"
    start, end = folded.to_source(0, 8)
    assert source[start:end] == "dé\u00adcem\u200bbre"
    assert folded.original(9) == "e"


def test_every_line_end_becomes_one_kind() -> None:
    assert fold("a\r\u2028b").text == "a\n\nb"


def test_numbers() -> None:
    spoken = {
        "quatre-vingt-dix-sept": 97,
        "soixante et onze": 71,
        "nonante-trois": 93,
        "deux cent douze": 212,
    }
    assert {text: parse_number(text) for text in spoken} == spoken
    assert parse_number("mille neuf cent quatre-vingts") == 1980
    assert parse_number("une trentaine d'") == 30
    assert parse_number("") is None
    assert parse_number("chat") is None


def test_ordinals_and_roman_numerals() -> None:
    assert [parse_ordinal(text) for text in ("premier", "seconde", "3e", "derniers", "chat")] == [
        1,
        2,
        3,
        -1,
        None,
    ]
    assert [parse_roman(text) for text in ("xixe", "ive", "xx", "chat")] == [19, 4, 20, None]
