"""Lines that say when a page appeared: they give its day and are no part of its text."""

from __future__ import annotations

import pytest
from tests.archives.made_pages import BODY, page_fields, paragraphs_of

from pressextract.archives.datelines import published_day, without_datelines

LEAD = "Le chantier naval cherche des soudeurs depuis un an."
PROSE = "\n".join(
    line + " Elle en attend douze autres avant la fin de l'année, si le port le permet." for line in BODY
)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Publié le 3 mai 2023 à 10h12", "2023-05-03"),
        ("Mis à jour le 5 mai 2023, publié le 03/05/2023", "2023-05-03"),
        ("Article publié le 1er mai 2023 – Mis à jour le 2 mai 2023", "2023-05-01"),
        ("Publié par Anne Le Gall le 3 mai 2023", "2023-05-03"),
        ("Mis à jour le 5 mai 2023", None),
        ("Une photo publiée le 3 mai 2023", None),
        ("Publié ce matin", None),
        ("Publié le 3 mai 2023" + " et lu depuis par bien des gens" * 5, None),
    ],
)
def test_the_day_of_a_page_stands_after_a_word_for_publishing(line: str, day: str | None) -> None:
    assert published_day(line) == day


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 3 mai 2023 à 10h12",
        "Mis à jour le 05.05.2023 | Lecture : 3 min.",
        "Temps de lecture : 4 minutes",
        "Par Anne Le Gall, le 1er mai 2023",
        "mercredi 3 mai 2023",
        "Le Phare – 3 mai 2023",
    ],
)
def test_a_dateline_above_the_first_paragraph_is_left_out(line: str) -> None:
    assert without_datelines(f"{LEAD}\n{line}\n{PROSE}", ("Anne Le Gall", "Le Phare")) == f"{LEAD}\n{PROSE}"


@pytest.mark.parametrize(
    "line",
    [
        "Lorient, le 3 mai 2023.",
        "3 mai 2023 : le port rouvre",
        "Par Luc Ansquer, le 3 mai",
        "Les 12 de Lorient",
        "Lorient",
    ],
)
def test_a_line_that_says_more_stays(line: str) -> None:
    assert without_datelines(f"{line}\n{PROSE}", ("Anne Le Gall", None)) == f"{line}\n{PROSE}"


def test_the_days_of_a_chronicle_stay() -> None:
    text = f"{PROSE}\n3 mai 2023\n{PROSE}\n4 mai 2023\n{LEAD}"
    assert without_datelines(text) == text


def test_the_days_of_an_agenda_stay() -> None:
    text = f"Mardi 12\n{LEAD}\nMercredi 13\n{LEAD}\n{PROSE}"
    assert without_datelines(text) == text
    assert without_datelines(f"Lecture : 3 min\n{text}") == text


def test_a_dateline_at_the_end_is_left_out_where_it_says_so() -> None:
    assert (
        without_datelines(f"{PROSE}\n{PROSE}\nPublié le 3 mai 2023\nÀ suivre")
        == f"{PROSE}\n{PROSE}\nÀ suivre"
    )
    assert without_datelines(f"{PROSE}\n{PROSE}\n3 mai 2023") == f"{PROSE}\n{PROSE}\n3 mai 2023"


@pytest.mark.parametrize(
    "line",
    [
        "<div>Publié le 03/05/2023 à 10:12</div>",
        "<p>Mis à jour le 5 mai 2023, publié le 3 mai 2023</p>",
        "<span itemprop=datePublished content='2023-05-03T10:00'>hier</span>",
    ],
)
def test_a_page_without_metadata_has_the_day_of_its_dateline(line: str) -> None:
    body = f"<article><h1>Kervran embauche</h1>{line}<div>{paragraphs_of(*BODY)}</div></article>"
    fields = page_fields(f"<html><body>{body}<footer>© 2019, le 12 janvier 2015</footer></body></html>")
    assert fields["published"] == "2023-05-03"
    assert "2023" not in fields["text"]
