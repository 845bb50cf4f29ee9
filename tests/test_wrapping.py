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
MEANT = {
    "one line": PARAGRAPH,
    "long lines": "\n".join([PARAGRAPH] * 4),
    "sentences": """Kermorvan Marine ouvre une usine à Saint-Brieuc en septembre.
Le maire de Lorient, Yann Quilliou, ne se représentera pas.
La banque Tarvel ferme douze agences dans le Morbihan en mai.
Yves Corlay prend la tête de la chambre de commerce du Finistère.""",
    "headlines": """Kermorvan Marine ouvre une usine à Saint-Brieuc en septembre
Le maire de Lorient, Yann Quilliou, ne se représentera pas
La banque Tarvel ferme douze agences dans le Morbihan en mai
Yves Corlay prend la tête de la chambre de commerce""",
    "appointments": """Anne Martin, directrice générale de Tekla (Lyon)
Paul Durand, président de Kermorvan Marine (Brest)
Christelle Lemoine, directrice de la banque Tarvel
Jean-Marc Petit, secrétaire général de l'union Loire
Odile Fritschy, trésorière de la caisse des artisans""",
    "table": """| Anne Martin         | directrice générale    | Tekla            |
| Paul Durand         | président              | Kermorvan Marine |
| Christelle Lemoine  | directrice             | banque Tarvel    |
| Jean-Marc Petit     | secrétaire général     | union Loire      |
| Odile Fritschy      | trésorière             | caisse           |""",
    "agenda": """Lundi 12 janvier à 20 h : conseil municipal, salle des fêtes
Mardi 13 janvier à 18 h : réunion publique sur la rocade sud
Jeudi 15 janvier à 14 h : inauguration de l'usine Kermorvan
Samedi 17 janvier à 9 h : vœux du maire aux associations""",
    "verse": """Le vent se lève ce matin sur la mer grise et les bateaux
Qui dansent au bout de la jetée, sans maître et sans retour
La ville dort encore, et dans la brume les oiseaux
Annoncent, en criant, le tout premier, le tout dernier jour""",
    "short verse": "Le vent se lève\nsur la mer grise\nil faut tenter\nde vivre encore\net de partir",
    "wide": textwrap.fill(PARAGRAPH, WIDEST + 20),
    "two breaks": textwrap.fill(PARAGRAPH[:150], 60),
    "blank": "\n" * 50,
    "empty": "",
}


@pytest.mark.parametrize("width", [50, 65, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\n    "])
@pytest.mark.parametrize("at_hyphens", [False, True])
def test_a_wrapped_paragraph_is_one_line_again(width: int, end: str, at_hyphens: bool) -> None:
    raw = textwrap.fill(PARAGRAPH, width, break_on_hyphens=at_hyphens).replace("\n", end)
    indent = end.partition("\n")[2]
    assert clean_text(indent + raw).text == indent + PARAGRAPH


@pytest.mark.parametrize("case", MEANT)
def test_lines_that_are_meant_stay(case: str) -> None:
    assert wrapped_breaks(MEANT[case], lambda _: False) == []
    assert clean_text(MEANT[case]).text == MEANT[case]


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n   "])
def test_paragraphs_of_a_wrapped_text_stay_apart(gap: str) -> None:
    raw = gap.join([textwrap.fill(PARAGRAPH, 60)] * 3)
    assert clean_text(raw).text == gap.join([PARAGRAPH] * 3)


def test_a_long_title_and_parts_of_two_widths_hinder_nothing() -> None:
    title = "Kermorvan Marine " + "annonce une usine " * 6
    raw = "\n\n".join([title, textwrap.fill(PARAGRAPH, 70), textwrap.fill(PARAGRAPH, 70)])
    assert clean_text(raw).text == "\n\n".join([title, PARAGRAPH, PARAGRAPH])


def test_a_name_broken_over_two_lines_keeps_its_place() -> None:
    raw = textwrap.fill(PARAGRAPH, 50).replace("\n", "\r\n")
    assert "Solenn\r\nLe Guennec" in raw
    clean = clean_text(raw)
    start = clean.text.index("Solenn Le Guennec")
    assert raw[slice(*clean.to_raw(start, start + 17))] == "Solenn\r\nLe Guennec"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_compound_and_a_word_cut_by_a_soft_hyphen_are_whole(end: str) -> None:
    wrapped = (textwrap.fill(PARAGRAPH, width) for width in range(50, WIDEST))
    raw = next(text for text in wrapped if "Saint-\nBrieuc" in text)
    cut = "Les travaux de la nouvelle usine et de la construc\u00ad\ntion du quai commencent en mai."
    clean = clean_text(f"{raw}\n\n{cut}".replace("\n", end))
    assert clean.text == f"{PARAGRAPH}\n\n{cut}".replace("\u00ad\n", "")


def test_no_break_spaces_part_no_word() -> None:
    text = PARAGRAPH.replace("mardi", "« mardi »").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    lines = textwrap.fill(text.replace("\u00a0", "x"), 64).replace("«x", "«\u00a0").replace("x»", "\u00a0»")
    assert clean_text(lines).text == clean_text(text).text


def test_an_early_line_end_within_a_sentence_is_joined_too() -> None:
    open_end = "Le préfet du département et la présidente de la région\nont salué la décision."
    raw = f"{textwrap.fill(PARAGRAPH, 60)}\n\n{open_end}"
    assert clean_text(raw).text == f"{PARAGRAPH}\n\n{open_end}".replace("région\n", "région ")


@pytest.mark.parametrize("credit", ["par Anne Martin", "recueilli par Anne Martin"])
def test_credits_in_small_letters_stay_lines(credit: str) -> None:
    wrapped = textwrap.fill(PARAGRAPH, 60)
    raw = f"Une usine à Saint-Brieuc\n{credit}\n\n{wrapped}\n{credit}"
    assert clean_text(raw).text == f"Une usine à Saint-Brieuc\n{credit}\n\n{PARAGRAPH}\n{credit}"


def test_furniture_between_wrapped_lines_goes_and_joins_nothing() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 65)
    raw = f"{wrapped}\nLire aussi : Banque Tarvel ferme douze agences dans le Morbihan\n{wrapped}"
    assert clean_text(raw).text == f"{PARAGRAPH}\n\n{PARAGRAPH}"


def test_most_line_ends_must_be_those_of_the_width() -> None:
    list_of_towns = "\n".join(f"ville de {name}" for name in ("Brest", "Vannes", "Lorient", "Quimper") * 6)
    raw = f"{textwrap.fill(PARAGRAPH, 60)}\n\n{list_of_towns}"
    assert wrapped_breaks(raw, lambda _: False) == []


@given(
    st.lists(st.sampled_from(["usine", "de", "Lorient", "La", "construction", "et", "près"]), min_size=80),
    st.integers(50, WIDEST),
)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_wrapping_is_undone(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert clean_text(textwrap.fill(text, width)).text == text
