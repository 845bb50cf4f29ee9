"""Folding typography and dropping noise, with the way back to the text as read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressextract.cleaning import clean_text, is_noise_line

FOLDED = {
    "l’usine d‘Astrolys": "l'usine d'Astrolys",
    "30\u00a0000\u202feuros": "30 000 euros",
    "direc\u00adtrice": "directrice",
    "a\u200bb\ufeffc": "abc",
    "porte\u2011parole": "porte-parole",
    "un\r\ndeux\r\n": "un\ndeux\n",
    "\ud800": "\ufffd",
}


@pytest.mark.parametrize("raw", FOLDED)
def test_typography_is_folded(raw: str) -> None:
    assert clean_text(raw).text == FOLDED[raw]


@pytest.mark.parametrize(
    "line",
    [
        "Partager",
        "PARTAGER :",
        "Bouton retour en haut de la page",
        "Lire aussi : la voilerie",
        "Newsletter",
        "Imprimer Partager Facebook",
        "Facebook | Twitter | WhatsApp | Copier le lien",
        "Partager sur Facebook Partager sur Twitter",
        "Imprimer, Partager",
        "Facebook|Twitter|RSS",
        "Aller au contenu principal",
    ],
)
def test_web_furniture_is_noise(line: str) -> None:
    assert is_noise_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "La voilerie partage ses locaux.",
        "Il a lu aussi des romans.",
        "Partager " + "x" * 200,
        "Facebook rachète WhatsApp",
        "Facebook, Twitter",
        "Propulsé par la demande, Tarvel double ses ventes",
        "Partager Twitter ou Google, c'est non",
    ],
)
def test_sentences_are_not(line: str) -> None:
    assert not is_noise_line(line)


def test_dropped_line_leaves_offsets_true() -> None:
    raw = "Vannes\nPartager\nLo\u00adrient"
    clean = clean_text(raw)
    start = clean.text.index("Lorient")
    assert clean.to_raw(start, start + 7) == (16, 24)
    assert raw[16:24] == "Lo\u00adrient"


@given(st.text(st.sampled_from("a Bé’\u00a0\u00ad\u200b\r\n.\ud800x"), max_size=80) | st.text(max_size=60))
@settings(deadline=None, derandomize=True)
def test_every_clean_character_comes_from_one_raw_character(raw: str) -> None:
    clean = clean_text(raw)
    for index, character in enumerate(clean.text):
        start, end = clean.to_raw(index, index + 1)
        assert end == start + 1
        assert clean_text(raw[start]).text in (character, "")
