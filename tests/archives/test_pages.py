"""Web pages: the article and nothing of what stands around it."""

from __future__ import annotations

import pytest
from tests.archives.made_pages import BODY, META, TEXT, make_card, make_page, page_fields, paragraphs_of

from pressextract.archives.formats import html
from pressextract.archives.furniture import remove_cards
from pressextract.archives.markup import parse_page
from pressextract.errors import ArticleError


@pytest.mark.parametrize("tag", ["article", "div", "li", "section"])
def test_cards_of_other_articles_are_not_in_a_short_one(tag: str) -> None:
    cards = "".join(make_card(number, tag) for number in range(25))
    page = make_page(
        f"<main><article><h1>Kervran embauche</h1><p>{BODY[0]}</p></article></main>", around=cards
    )
    assert page_fields(page)["text"] == BODY[0]


@pytest.mark.parametrize(
    "body",
    [
        f"<main><article><h1>Kervran embauche</h1>{paragraphs_of(*BODY)}</article></main>",
        f"<div id=a><div><h1>Kervran embauche</h1><div class=t>{paragraphs_of(*BODY)}</div></div></div>",
        f"<article><h1>Kervran embauche</h1>{paragraphs_of(BODY[0])}{make_card(1, 'div')}{paragraphs_of(*BODY[1:])}</article>",
        f"<div><h1>Kervran embauche</h1><div><div><span>{'</span></div><div><span>'.join(BODY)}</span></div></div></div>",
        f"<h1>Kervran embauche</h1>{paragraphs_of(*BODY)}",
    ],
    ids=["article", "divs", "card inside", "spans", "bare"],
)
def test_whole_text_and_no_headline_whatever_the_markup(body: str) -> None:
    comments = "<p>Un lecteur raconte longuement sa vie et celle de son voisin Luc Ansquer.</p>" * 12
    around = "".join(map(make_card, range(12))) + f'<section id="comments">{comments}</section>'
    assert page_fields(make_page(body, around=around))["text"] == TEXT


def test_a_commentary_is_no_readers_comment() -> None:
    body = f'{paragraphs_of(BODY[0])}<div class="commentary-body">{paragraphs_of(*BODY[1:])}</div>'
    assert page_fields(make_page(f"<article><h1>Kervran embauche</h1>{body}</article>"))["text"] == TEXT


def test_linked_headings_of_the_article_itself_stay() -> None:
    links = (
        "https://phare.example/kervran",
        "/kervran",
        "kervran",
        "http://www.phare.example/kervran/#haut",
    )
    for link in links:
        own = f'<h2><a href="{link}">Kervran embauche</a></h2>'
        post = f"<div class=post><div>{own}<p>{BODY[0]}</p></div><div>{paragraphs_of(*BODY[1:])}</div></div>"
        assert page_fields(make_page(post, around="".join(map(make_card, range(6)))))["text"].endswith(TEXT)
    parts = "".join(
        f'<section><h2><a href="#p{n}">Partie {n}</a></h2><p>{line}</p></section>'
        for n, line in enumerate(BODY)
    )
    assert all(line in page_fields(make_page(f"<article>{parts}</article>"))["text"] for line in BODY)
    briefs = "".join(
        f'<div><h3><a href="/breve/{n}">Brève {n}</a></h3><p>{n}. {" ".join(BODY * 2)}</p></div>'
        for n in range(4)
    )
    text = page_fields(make_page(f"<main><h1>En bref</h1>{briefs}</main>"))["text"]
    assert all(f"{n}. {BODY[0]}" in text for n in range(4))


OWN = [
    "https://phare.example/kervran",
    "/kervran",
    "kervran",
    "//www.phare.example/kervran/#haut",
    "#haut",
    "",
]
OTHER = [
    "/kervran?page=2",
    "/autre/kervran",
    "https://ailleurs.example/kervran",
    "/kervran-2",
    "http://[kervran",
]


@pytest.mark.parametrize("link", OWN + OTHER)
def test_a_card_is_what_links_to_another_page(link: str) -> None:
    card = f'<div><h3><a href="{link}">Un titre</a></h3><p>Paul Lemoigne y est.</p></div>'
    root = parse_page(f"<html><body><h1>Kervran</h1>{card}<p>{BODY[0]}</p></body></html>")
    remove_cards(root, "https://www.phare.example/kervran")
    assert (root.find(".//h3") is None) == (link in OTHER)


@pytest.mark.parametrize("is_found", [True, False])
def test_a_second_algorithm_is_asked_where_the_first_differs(
    monkeypatch: pytest.MonkeyPatch, is_found: bool
) -> None:
    paragraphs, asked = BODY * 2, []

    def extract(root: object, *, fast: bool) -> str:
        asked.append(fast)
        return "\n".join(paragraphs) if is_found or not fast else "Trop peu."

    monkeypatch.setattr(html, "_extracted", extract)
    page = make_page(f"<article><h1>Kervran embauche</h1>{paragraphs_of(*paragraphs)}</article>")
    assert page_fields(page)["text"] == "\n".join(paragraphs)
    assert asked == ([True] if is_found else [True, False])


def test_blocks_beside_the_paragraphs_are_not_lost() -> None:
    lines = [f"{number}. {line}" for number in range(6) for line in BODY]
    blocks = "".join(
        f"<div>{one}<br><br>{two}</div>" for one, two in zip(lines[6::2], lines[7::2], strict=True)
    )
    page = make_page(f"<h1>Kervran embauche</h1>{paragraphs_of(*lines[:6])}{blocks}")
    text = page_fields(page)["text"]
    assert [line for line in lines if line not in text] == []


def test_page_that_is_one_card_is_read_all_the_same() -> None:
    page = (
        f'<html><body><div><h2><a href="/lien">Kervran embauche</a></h2><p>{BODY[0]}</p></div></body></html>'
    )
    assert page_fields(page)["text"].endswith(BODY[0])


@pytest.mark.parametrize("tag", ["section", "div", "article"])
def test_news_in_brief_are_no_cards(tag: str) -> None:
    briefs = "".join(
        f'<{tag}><h2><a href="/breve/{n}">Brève {n}</a></h2><p>{line}</p></{tag}>'
        for n, line in enumerate(BODY)
    )
    comments = '<section id="comments"><p>Un lecteur, Luc Ansquer, raconte longuement sa vie.</p></section>'
    for head in ("", META):
        text = page_fields(make_page(f"<main><h1>En bref</h1>{briefs}</main>{comments}", head))["text"]
        assert all(line in text for line in BODY)
        assert "Luc Ansquer" not in text
        assert "Mentions" not in text


def test_short_article_beside_cards_is_not_news_in_brief() -> None:
    cards = "".join(map(make_card, range(4)))
    page = make_page(f"<main><h1>Kervran embauche</h1><p>Six soudeurs à Lorient.</p></main>{cards}")
    assert page_fields(page)["text"] == "Six soudeurs à Lorient."


def test_link_that_is_no_address_costs_nothing() -> None:
    card = '<div><h3><a href="http://[">Un autre titre</a></h3><p>Ailleurs.</p></div>'
    assert page_fields(make_page(f"<article>{paragraphs_of(*BODY)}</article>", around=card))["text"] == TEXT


def test_cards_by_the_ten_thousand_are_no_burden() -> None:
    nested = "<div>" * 200 + '<h3><a href="/x">Un</a></h3>' + "</div>" * 200
    for around in ("".join(map(make_card, range(10_000))), nested * 90):
        assert (
            BODY[0]
            in page_fields(make_page(f"<article>{paragraphs_of(*BODY)}</article>", around=around))["text"]
        )


@pytest.mark.parametrize(
    "name",
    [
        "cookie-banner",
        "didomi-popup",
        "comments-list",
        "Article-Comments",
        "box fig-commentaires",
        "forum-message",
        "article-reactions",
        "twitter-tweet",
    ],
)
def test_boxes_are_not_read(name: str) -> None:
    box = f"<div class='{name}'><p>Nous et nos 812 partenaires stockons des informations sur votre appareil.</p></div>"
    page = make_page(f"<article><h1>Kervran embauche</h1>{paragraphs_of(BODY[0])}{box}</article>")
    assert page_fields(page)["text"] == BODY[0]


@pytest.mark.parametrize(
    "name",
    [
        "has-comments",
        "no-comments",
        "commentary",
        "post-reactions-chimiques",
        "forum-economique",
    ],
)
def test_blocks_with_like_names_are_read(name: str) -> None:
    page = make_page(f"<h1>Kervran embauche</h1><div class='{name}'>{paragraphs_of(*BODY)}</div>")
    assert page_fields(page)["text"] == TEXT


def test_lists_that_are_nothing_but_links_are_not_read() -> None:
    links = "".join(f"<li><a href=/{number}>Un pont ouvre à Brest {number}</a></li>" for number in range(5))
    facts = "".join(
        f"<li>Six emplois à <a href=/{number}>Lorient</a>, numéro {number}</li>" for number in range(5)
    )
    page = make_page(
        f"<article><h1>Kervran embauche</h1>{paragraphs_of(*BODY)}<ul>{links}</ul><ul>{facts}</ul></article>"
    )
    text = page_fields(page)["text"]
    assert "Un pont" not in text
    assert [number for number in range(5) if f"Six emplois à Lorient, numéro {number}" not in text] == []


def test_links_to_other_articles_between_paragraphs_are_not_read() -> None:
    link = "<p><strong><a href='/b'>Concarneau : un nouveau chantier</a></strong></p>"
    cited = "<p><a href='/c'>Le rapport de la chambre de métiers est ici.</a></p>"
    page = make_page(
        f"<article><h1>Kervran embauche</h1>{paragraphs_of(BODY[0])}{link}{cited}{paragraphs_of(*BODY[1:])}</article>"
    )
    lines = page_fields(page)["text"].split("\n")
    assert lines == [BODY[0], "Le rapport de la chambre de métiers est ici.", *BODY[1:]]


def test_the_headline_is_not_in_the_text_where_the_title_says_it_otherwise() -> None:
    page = make_page(f"<article><h1>À Lorient, Kervran embauche</h1>{paragraphs_of(*BODY)}</article>")
    assert page_fields(page)["text"] == TEXT


@pytest.mark.parametrize("name", ["content cookies-ok", "no-cookie", "tag-cookies"])
def test_a_body_that_speaks_of_cookies_is_no_box(name: str) -> None:
    page = make_page(
        f"<header><h1>Kervran embauche</h1></header><div class='{name}'>{paragraphs_of(*BODY)}</div>"
    )
    assert page_fields(page)["text"] == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p><a name='x'>Un intertitre sans point à la fin</a></p>",
        f"<p>{' et '.join(f'<a href=/{n}>Maëlle Guillevic {n}</a>' for n in range(30))}</p>",
    ],
    ids=["an anchor", "many names"],
)
def test_paragraphs_that_are_no_link_to_another_article_stay(line: str) -> None:
    page = make_page(
        f"<article><h1>Kervran embauche</h1>{paragraphs_of(BODY[0])}{line}{paragraphs_of(*BODY[1:])}</article>"
    )
    assert len(page_fields(page)["text"].split("\n")) == 4


def test_binary_data_is_no_page_and_a_stray_byte_makes_none() -> None:
    page = make_page(f"<article><h1>Kervran embauche</h1>{paragraphs_of(*BODY)}</article>").encode()
    with pytest.raises(ArticleError, match="binary data"):
        html.page_fields(b"<script>\x00\x01</script>" + page)
    later = page + b"<script>" + b" " * 70_000 + b"\x00</script>"
    assert html.page_fields(later)[0]["text"] == TEXT


def test_warnings_are_about_what_is_read() -> None:
    page = make_page(f"<article><h1>Kervran embauche</h1>{paragraphs_of(*BODY)}</article>").encode()
    assert html.page_fields(page.replace("équipe".encode(), b"\xff" + "équipe".encode()))[1] != ()
    assert html.page_fields(page + b"<script>'\xff'</script>")[1] == ()
