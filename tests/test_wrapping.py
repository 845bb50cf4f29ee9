"""Line ends of wrapping against those of paragraphs, and what cleaning makes of them."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressextract.cleaning import clean_text
from pressextract.wrapping import WIDEST, wrapped_breaks

PARAGRAPH = (
    "La directrice générale de Kermorvan Marine, Solenn Le Guennec, a annoncé mardi la construction d'une usine à "
    "Saint-Brieuc. Le maire de la ville, Yann Quilliou, s'en réjouit : deux cents emplois seront créés d'ici à la "
    "fin de l'année prochaine, selon le président de la chambre de commerce, Yves Corlay."
)
HEADLINES = "\n".join(
    [
        "Kermorvan Marine ouvre une usine à Saint-Brieuc en septembre.",
        "Le maire de Lorient, Yann Quilliou, ne se représentera pas.",
        "La banque Tarvel ferme douze agences dans le Morbihan en mai.",
        "Yves Corlay prend la tête de la chambre de commerce du Finistère.",
    ]
)


@pytest.mark.parametrize("width", [50, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrapped_paragraph_is_one_line_again(width: int, end: str) -> None:
    raw = textwrap.fill(PARAGRAPH, width).replace("\n", end)
    assert clean_text(raw).text == PARAGRAPH


def test_paragraphs_of_a_wrapped_text_stay_apart() -> None:
    raw = "\n\n".join([textwrap.fill(PARAGRAPH, 60)] * 2)
    assert clean_text(raw).text == f"{PARAGRAPH}\n\n{PARAGRAPH}"
    assert clean_text(raw.replace("\n\n", "\n")).text == f"{PARAGRAPH}\n{PARAGRAPH}"


def test_a_name_broken_over_two_lines_keeps_its_place() -> None:
    raw = textwrap.fill(PARAGRAPH, 50)
    assert "Solenn\nLe Guennec" in raw
    clean = clean_text(raw)
    start = clean.text.index("Solenn Le Guennec")
    assert raw[slice(*clean.to_raw(start, start + 17))] == "Solenn\nLe Guennec"


def test_an_early_line_end_before_a_small_letter_is_joined_too() -> None:
    raw = textwrap.fill(PARAGRAPH, 60).replace("la ville,", "la ville\nde Saint-Brieuc,")
    assert "\nde Saint" in raw
    assert "la ville de Saint-Brieuc," in clean_text(raw).text


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        "\n".join([PARAGRAPH] * 4),
        HEADLINES,
        "Le vent se lève\nsur la mer grise\nil faut tenter\nde vivre encore",
        textwrap.fill(PARAGRAPH, WIDEST + 20),
        textwrap.fill(PARAGRAPH[:150], 60),
        "\n" * 50,
        "",
    ],
    ids=["one line", "long lines", "headlines", "verse", "wide", "two breaks", "blank", "empty"],
)
def test_lines_that_are_meant_stay(text: str) -> None:
    assert wrapped_breaks(text) == []
    assert clean_text(text).text == text


@given(
    st.lists(
        st.sampled_from(["usine", "de", "Lorient", "La", "construction", "et", "près"]),
        min_size=80,
        max_size=120,
    )
)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_wrapping_is_undone(words: list[str]) -> None:
    text = " ".join(words)
    assert clean_text(textwrap.fill(text, 60)).text == text
