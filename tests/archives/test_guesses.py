"""What is guessed of a page that does not say it in its metadata."""

from __future__ import annotations

import pytest
from tests.archives.made_pages import BODY, META, make_page, page_fields, paragraphs_of

from pressextract.archives.guesses import guess_author, guess_publisher, guess_title
from pressextract.archives.markup import parse_html


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        (
            "Kervran embauche | Économie | Le Phare",
            "<h1>Le Phare</h1><h2>Kervran embauche</h2>",
            "Kervran embauche",
        ),
        ("Kervran embauche à Lorient - Le Phare", "<h1>Les plus lus</h1>", "Les plus lus"),
        (
            "Kervran embauche | Le Phare",
            "<h1>Toute l'actualité</h1><h2>Kervran embauche</h2>",
            "Kervran embauche",
        ),
        (
            "Kervran embauche - Le Phare",
            "<h1>Le port de Lorient</h1><h1>La météo de demain</h1>",
            "Kervran embauche",
        ),
        ("Le Phare", "<h1>Kervran embauche</h1>", "Kervran embauche"),
        ("", "<h2>Kervran embauche</h2>", "Kervran embauche"),
        ("", "", None),
    ],
)
def test_the_headline_is_what_the_title_of_the_page_repeats(
    title: str, headings: str, expected: str | None
) -> None:
    page = f"<html><head><title>{title}</title></head><body>{headings}<p>Un texte.</p></body></html>"
    assert guess_title(parse_html(page)) == expected


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Kervran embauche | Économie | Le Phare", "https://www.phare.example/a", "Le Phare"),
        ("Kervran embauche", "https://www.phare.example/a", "phare.example"),
        ("Kervran – embauche", "https://phare.example/a", "phare.example"),
        ("Kervran embauche - " + "un slogan qui n'est pas un nom de journal", None, None),
    ],
)
def test_the_paper_is_what_the_title_of_the_page_ends_with(
    title: str, url: str | None, expected: str | None
) -> None:
    root = parse_html(f"<html><head><title>{title}</title></head><body><p>Un texte.</p></body></html>")
    assert (
        guess_publisher(root, "Kervran – embauche" if "–" in title else "Kervran embauche", url) == expected
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p class=byline>Par Anne Le Gall</p>", "Anne Le Gall"),
        ("<p class=byline>Publié par Anne Le Gall le 3 mai 2023 à 6h30</p>", "Anne Le Gall"),
        (
            "<div class=article-author><a>Anne Le Gall</a> et <a>Luc Ansquer</a><time>3 mai</time></div>",
            "Anne Le Gall, Luc Ansquer",
        ),
        ("<span rel=author>ANNE LE GALL</span>", "ANNE LE GALL"),
        ("<div class=auteur><span>Le Phare</span> | Par <b>Anne Le Gall</b></div>", "Anne Le Gall"),
        ("<div class=author>Le Phare</div><div class=author>Anne de Kermadec</div>", "Anne de Kermadec"),
        ("<div class=author-bio>Anne Le Gall</div>", None),
        ("<a class=author>Suivre Anne Le Gall</a>", None),
        ("<p class=byline>3 mai 2023</p>", None),
        ("<p class=byline>la rédaction du journal</p>", None),
        ("<p class=intro>Par Anne Le Gall</p>", None),
    ],
)
def test_the_author_is_the_name_in_what_is_marked_as_a_signature(markup: str, expected: str | None) -> None:
    root = parse_html(f"<html><body><h1>Kervran embauche</h1>{markup}{paragraphs_of(*BODY)}</body></html>")
    assert guess_author(root, "Le Phare") == expected


def test_what_a_page_says_of_itself_goes_before_guesses() -> None:
    head = (
        "<title>Kervran embauche - Le Phare</title><meta property='og:title' content='Six soudeurs de plus'>"
    )
    body = f"<article><h1>Kervran embauche</h1><p class=byline>Par Anne Le Gall</p>{paragraphs_of(*BODY)}</article>"
    fields = page_fields(f"<html><head>{head}</head><body>{body}</body></html>")
    assert (fields["title"], fields["publisher"], fields["author"]) == (
        "Six soudeurs de plus",
        "Le Phare",
        "Anne Le Gall",
    )


def test_an_author_is_looked_for_where_the_metadata_name_none() -> None:
    body = f"<article><h1>Kervran embauche</h1><p class=byline>Par Anne Le Gall</p>{paragraphs_of(*BODY)}</article>"
    assert page_fields(make_page(body, META))["author"] == "Anne Le Gall"
