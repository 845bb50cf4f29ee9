"""Web pages: the article and nothing of what stands around it; what the page says of itself."""

from __future__ import annotations

import json

import pytest

from pressextract.archives.bodies import unname_body
from pressextract.archives.formats.html import page_fields
from pressextract.archives.leads import find_lead
from pressextract.archives.linked_data import linked_fields, meta_fields
from pressextract.archives.markup import parse_html

BODY = (
    "L'atelier Kervran, installé à Lorient, a embauché six soudeurs depuis le printemps.",
    "Sa gérante, Maëlle Guillevic, cherche encore un chef d'équipe et deux apprentis pour l'automne.",
    "Les commandes viennent surtout des chantiers de Concarneau et de La Turballe.",
)
TEXT = "\n".join(BODY)
META = (
    '<meta property="og:title" content="Kervran embauche"><meta property="og:site_name" content="Le Phare">'
    '<meta property="article:published_time" content="2023-05-04T06:30:00+02:00">'
    '<link rel="canonical" href="https://phare.example/kervran">'
)


def _card(number: int, tag: str = "article") -> str:
    summary = f"Le résumé de l'autre article numéro {number}, avec le nom de Paul Lemoigne dedans."
    return (
        f'<{tag} class="c{number}"><a href="/autre/{number}"><h3>Un autre titre numéro {number}</h3></a>'
        f"<p>{summary}</p><span>Il y a {number} heures</span></{tag}>"
    )


def _page(body: str, head: str = META, around: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8>{head}<title>x | Le Phare</title></head>"
        f"<body><nav><ul>{'<li><a href=/r>Rubrique</a></li>' * 30}</ul></nav>{body}{around}"
        "<footer><p>Mentions légales, tous droits réservés au journal et à ses auteurs.</p></footer></body></html>"
    )


def _article(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize("tag", ["article", "div", "li", "section"])
def test_cards_of_other_articles_are_not_in_a_short_one(tag: str) -> None:
    cards = "".join(_card(number, tag) for number in range(25))
    page = _page(f"<main><article><h1>Kervran embauche</h1><p>{BODY[0]}</p></article></main>", around=cards)
    assert page_fields(page)["text"] == BODY[0]


@pytest.mark.parametrize(
    "body",
    [
        f"<main><article><h1>Kervran embauche</h1>{_article(*BODY)}</article></main>",
        f"<div id=a><div><h1>Kervran embauche</h1><div class=t>{_article(*BODY)}</div></div></div>",
        f"<article><h1>Kervran embauche</h1>{_article(BODY[0])}{_card(1, 'div')}{_article(*BODY[1:])}</article>",
        f"<div><h1>Kervran embauche</h1><div><div><span>{'</span></div><div><span>'.join(BODY)}</span></div></div></div>",
        f"<h1>Kervran embauche</h1>{_article(*BODY)}",
    ],
    ids=["article", "divs", "card inside", "spans", "bare"],
)
def test_whole_text_and_no_headline_whatever_the_markup(body: str) -> None:
    comments = "<p>Un lecteur raconte longuement sa vie et celle de son voisin Luc Ansquer.</p>" * 12
    around = "".join(map(_card, range(12))) + f'<section id="comments">{comments}</section>'
    assert page_fields(_page(body, around=around))["text"] == TEXT


def test_a_commentary_is_no_readers_comment() -> None:
    body = f'{_article(BODY[0])}<div class="commentary-body">{_article(*BODY[1:])}</div>'
    assert page_fields(_page(f"<article><h1>Kervran embauche</h1>{body}</article>"))["text"] == TEXT


def test_linked_headings_of_the_article_itself_stay() -> None:
    for link in ("https://phare.example/kervran", "/kervran", "http://www.phare.example/kervran/#haut"):
        own = f'<h2><a href="{link}">Kervran embauche</a></h2>'
        post = f"<div class=post><div>{own}<p>{BODY[0]}</p></div><div>{_article(*BODY[1:])}</div></div>"
        assert page_fields(_page(post, around="".join(map(_card, range(6)))))["text"].endswith(TEXT)
    parts = "".join(
        f'<section><h2><a href="#p{n}">Partie {n}</a></h2><p>{line}</p></section>'
        for n, line in enumerate(BODY)
    )
    assert all(line in page_fields(_page(f"<article>{parts}</article>"))["text"] for line in BODY)
    briefs = "".join(
        f'<div><h3><a href="/breve/{n}">Brève {n}</a></h3><p>{n}. {" ".join(BODY * 2)}</p></div>'
        for n in range(4)
    )
    text = page_fields(_page(f"<main><h1>En bref</h1>{briefs}</main>"))["text"]
    assert all(f"{n}. {BODY[0]}" in text for n in range(4))


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
        text = page_fields(_page(f"<main><h1>En bref</h1>{briefs}</main>{comments}", head))["text"]
        assert all(line in text for line in BODY)
        assert "Luc Ansquer" not in text
        assert "Mentions" not in text


def test_short_article_beside_cards_is_not_news_in_brief() -> None:
    cards = "".join(map(_card, range(4)))
    page = _page(f"<main><h1>Kervran embauche</h1><p>Six soudeurs à Lorient.</p></main>{cards}")
    assert page_fields(page)["text"] == "Six soudeurs à Lorient."


@pytest.mark.parametrize(
    "body",
    [
        "<article>{}<p>{}</p>{}</article>",
        "<section>{}<p>{}</p>{}</section>",
        "<main>{}<div>{}</div>{}</main>",
        "<div class=post-content>{}<div>{}</div><span>{}</span></div>",
        "<div><font>{}</font><p>{}</p>{}</div>",
        "<table><tr><td>Menu</td><td>{}<p>{}</p>{}</td></tr></table>",
        "<div>{}<div>{}<div>{}</div></div></div>",
        "{}<p>{}</p>{}",
    ],
)
def test_text_that_stands_loose_beside_blocks_is_read(body: str) -> None:
    first, *rest = BODY
    marked = first.replace("six soudeurs", '<b>six</b> <a href="/s">soudeurs</a>')
    page = _page("<h1>Kervran embauche</h1>" + body.format(marked, *rest))
    assert [line.strip() for line in page_fields(page)["text"].split("\n")] == list(BODY)


def test_loose_labels_are_not_made_paragraphs() -> None:
    page = _page(f"<h1>Kervran embauche</h1><section>Partager <b>ici</b>{_article(*BODY)}</section>")
    assert page_fields(page)["text"] == TEXT


def test_meta_tags_fill_what_json_ld_leaves_open() -> None:
    linked = {"@type": "NewsArticle", "headline": "Le titre entier", "author": {"name": "Claire Duval"}}
    head = META + f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    fields = page_fields(_page(f"<article>{_article(*BODY)}</article>", head))
    assert fields == {
        "title": "Le titre entier",
        "author": "Claire Duval",
        "publisher": "Le Phare",
        "published": "2023-05-04",
        "url": "https://phare.example/kervran",
        "text": TEXT,
    }


def test_meta_tags_that_say_nothing_are_not_believed() -> None:
    tags = (
        '<meta name="author" content="@lephare"><meta property="article:author" content="https://x.example/a b">'
        '<meta name="date" content="hier"><meta itemprop="datePublished" content="4 mai 2023">'
        '<meta property="og:title" content=" "><meta property="OG:TITLE" content="Un titre">'
        '<link rel="canonical" href="javascript:alert(1)">'
    )
    assert meta_fields(parse_html(_page("", tags))) == {"title": "Un titre", "published": "2023-05-04"}


def test_day_is_that_of_the_article_not_of_a_card() -> None:
    cards = "".join(
        _card(number).replace("<span>", '<span><time datetime="2024-02-02">2 février 2024</time>')
        for number in range(9)
    )
    body = (
        "<main><article><h1>Kervran embauche</h1><time datetime='2023-05-04T06:30'>4 mai</time>"
        f"{_article(*BODY)}</article></main>"
    )
    fields = page_fields(_page(f"<section>{cards}</section>{body}", head=""))
    assert fields["published"] == "2023-05-04"
    assert fields["text"] == TEXT


def test_article_body_of_json_ld_where_the_page_has_no_text() -> None:
    linked = {"@type": "NewsArticle", "headline": "Un titre", "articleBody": BODY[0]}
    page = f'<html><head><script type="application/ld+json">{json.dumps(linked)}</script></head><body><div></div></body></html>'
    assert linked_fields(page)["text"] == BODY[0]
    assert page_fields(page)["text"] == BODY[0]


def test_article_body_of_json_ld_is_text_and_its_address_one_of_the_web() -> None:
    linked = {
        "@type": "NewsArticle",
        "articleBody": f"<p>{BODY[0]}</p><p>{BODY[1]}</p>",
        "url": "javascript:alert(1)",
        "mainEntityOfPage": {"@id": "https://phare.example/kervran"},
    }
    page = f'<html><head><script type="application/ld+json">{json.dumps(linked)}</script></head><body></body></html>'
    fields = page_fields(page)
    assert fields["text"] == "\n".join(BODY[:2])
    assert fields["url"] == "https://phare.example/kervran"
    del linked["mainEntityOfPage"]
    assert "url" not in linked_fields(f'<script type="application/ld+json">{json.dumps(linked)}</script>')


def _linked(*nodes: dict[str, object]) -> dict[str, object]:
    return linked_fields(f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>')


def test_publisher_and_author_are_found_by_their_id() -> None:
    article = {
        "@type": "NewsArticle",
        "publisher": {"@id": "#org"},
        "author": [{"@id": "#a"}, {"name": "Luc"}],
    }
    nodes = (
        {"@type": ["WebSite"], "@id": "#site", "name": "phare.example"},
        article,
        {"@type": "Person", "@id": "#a", "name": "Iris Morvan"},
    )
    organization = {"@type": "Organization", "@id": "#org", "name": "Le Phare"}
    found = {"publisher": "Le Phare", "author": "Iris Morvan, Luc", "site": "phare.example"}
    assert _linked(*nodes, organization) == found
    assert "publisher" not in _linked(*nodes)
    assert "publisher" not in _linked(article)
    assert _linked(nodes[0]) == {}


def test_the_site_is_the_publisher_where_nothing_else_names_one() -> None:
    nodes = [{"@type": "NewsArticle", "headline": "Titre"}, {"@type": "WebSite", "name": "phare.example"}]
    linked = f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'
    for head, publisher in ((linked, "phare.example"), (META + linked, "Le Phare")):
        assert page_fields(_page(f"<article>{_article(*BODY)}</article>", head))["publisher"] == publisher


def test_link_that_is_no_address_costs_nothing() -> None:
    card = '<div><h3><a href="http://[">Un autre titre</a></h3><p>Ailleurs.</p></div>'
    assert page_fields(_page(f"<article>{_article(*BODY)}</article>", around=card))["text"] == TEXT


def test_cards_by_the_ten_thousand_are_no_burden() -> None:
    nested = "<div>" * 200 + '<h3><a href="/x">Un</a></h3>' + "</div>" * 200
    for around in ("".join(map(_card, range(10_000))), nested * 90):
        assert BODY[0] in page_fields(_page(f"<article>{_article(*BODY)}</article>", around=around))["text"]


def test_a_picture_within_a_sentence_does_not_cut_it() -> None:
    line = f"{BODY[0]} Ann Loy, <img src=x>présidente de Tekla, {BODY[1]}"
    page = _page(f"<article><h1>Kervran embauche</h1><div>{line}<p>{BODY[2]}</p></div></article>")
    assert "Ann Loy, présidente de Tekla, " in page_fields(page)["text"].replace("  ", " ")


LEAD = "Le fabricant de coques, repris en mars par ses cadres, ouvre un second atelier."
LEADS = (
    f"<header><h1>Kervran embauche</h1><p class='article__chapo'>{LEAD}</p></header>",
    f"<div class='top'><h1>Kervran embauche</h1><h2 class=chapo>{LEAD}</h2></div>",
    f"<header><h1>Kervran embauche</h1><div class='Standfirst'><b>{LEAD}</b></div></header>",
    f"<h1>Kervran embauche</h1><div data-testid='article-lead'>{LEAD}</div>",
    f"<h1>Kervran embauche</h1><div class='articleHat'>{LEAD}</div>",
)


def _lead(markup: str, described: str | None = None) -> list[str]:
    return find_lead(parse_html(f"<html><body>{markup}</body></html>"), "Kervran embauche", described)


@pytest.mark.parametrize("top", LEADS)
def test_the_lead_is_the_first_paragraph_wherever_it_stands(top: str) -> None:
    page = _page(f"<article>{top}<div class='content'>{_article(*BODY)}</div></article>")
    assert page_fields(page)["text"] == f"{LEAD}\n{TEXT}"


def test_the_lead_is_known_by_what_the_page_says_of_itself() -> None:
    top = f"<h1>Kervran embauche</h1><div class='sc-x1'><div class='sc-x2'>{LEAD}</div><i>4 mai</i></div>"
    assert _lead(top) == []
    assert _lead(top, f"{LEAD[:70]}…") == [LEAD]
    assert _lead(top, "Une tout autre phrase, qui dit ce que le journal est en général.") == []


def test_a_label_before_the_lead_is_not_of_it() -> None:
    top = f"<h1>Kervran embauche</h1><div class='article-full__summary'><span>l'essentiel</span> {LEAD}</div>"
    assert _lead(top, LEAD) == [LEAD]


@pytest.mark.parametrize(
    "around",
    [
        f"<h1>Kervran embauche</h1><p class='author-description'>{LEAD}</p>",
        f"<h1>Kervran embauche</h1><p class='newsletter-intro'>{LEAD}</p>",
        f"<h1>Kervran embauche</h1><p class='post-author-description'>{LEAD}</p>",
        f"<h1>Kervran embauche</h1><p class='chapo' style='display: none'>{LEAD}</p>",
        f"<h1>Kervran embauche</h1><p>{'Le premier alinéa du corps est long. ' * 4}</p><p class='chapo'>{LEAD}</p>",
        f"<h1>Kervran embauche</h1><div>{'Le corps est long. ' * 4}<br>{'Très long. ' * 9}</div><p class=chapo>{LEAD}</p>",
        f"<h1>Le Phare</h1><h2 class='subtitle'>{LEAD}</h2><h1>Kervran embauche</h1><p>Lorient</p>",
        f"<p class='chapo'>{LEAD}</p>",
    ],
    ids=[
        "author",
        "box",
        "author of the post",
        "hidden",
        "after a paragraph",
        "after loose text",
        "of the site",
        "no headline",
    ],
)
def test_what_is_named_otherwise_or_stands_elsewhere_is_no_lead(around: str) -> None:
    assert _lead(around) == []


def test_a_line_of_day_and_author_may_stand_before_the_lead() -> None:
    top = f"<h1>Kervran embauche</h1><p>Par Anne Le Gall, le 4 mai 2023</p><div class='hat'>{LEAD}</div>"
    assert _lead(top) == [LEAD]


@pytest.mark.parametrize(
    "lead",
    [
        f"<div class='intro'><span>Publié le 4 mai 2023</span><p>{BODY[0]}</p></div>",
        f"<p class='chapo'>Lorient<br>{BODY[0].replace(chr(39), chr(0x2019))}</p>",
        f"<p class='chapo'>{BODY[0].replace('installé', 'instal&shy;lé')}</p>",
    ],
    ids=["with the day", "other apostrophe", "soft hyphen"],
)
def test_a_lead_that_is_in_the_text_is_not_there_twice(lead: str) -> None:
    text = page_fields(_page(f"<article><h1>Kervran embauche</h1>{lead}{_article(*BODY[1:])}</article>"))[
        "text"
    ]
    assert text.count("a embauché six soudeurs") == 1


def test_the_lines_of_a_lead_stay_lines() -> None:
    lead = "<ul class='summary'><li>Un second atelier ouvre en avril.</li><li>Six soudeurs sont embauchés.</li></ul>"
    page = _page(
        f"<article><h1>Kervran embauche</h1>{lead}<div class='content'>{_article(*BODY)}</div></article>"
    )
    assert page_fields(page)["text"].startswith(
        "Un second atelier ouvre en avril.\nSix soudeurs sont embauchés.\n"
    )


def test_the_parts_of_a_body_are_one_with_what_stands_between() -> None:
    parts = [f"<div class='content'>{_article(line)}</div>" for line in BODY]
    body = f"{parts[0]}<div class='ad'><a href='/x'>Publicité</a></div><h2>Les commandes</h2>{parts[1]}{parts[2]}"
    page = _page(f"<main><article><h1>Kervran embauche</h1>{body}</article></main>")
    assert page_fields(page)["text"] == "\n".join((BODY[0], "Les commandes", *BODY[1:]))


def test_a_subhead_that_is_a_block_is_read() -> None:
    body = f"{_article(*BODY[:2])}<div class='intertitre'>Les commandes</div>{_article(BODY[2])}"
    page = _page(
        f"<main><article><h1>Kervran embauche</h1><div class='content'>{body}</div></article></main>"
    )
    assert page_fields(page)["text"] == "\n".join((*BODY[:2], "Les commandes", BODY[2]))


@pytest.mark.parametrize("name", ["elementor-widget", "has-sidebar", "share-body"])
def test_a_body_is_read_whatever_its_block_is_called(name: str) -> None:
    lines = [
        *BODY,
        "La mairie a prêté un hangar de 400 mètres carrés près du port.",
        f"{LEAD} Il sera prêt en mai.",
    ]
    page = _page(
        f"<div class='{name}'><h1>Kervran embauche</h1><div class='{name}'>{_article(*lines)}</div></div>"
    )
    assert page_fields(page)["text"] == "\n".join(lines)


@pytest.mark.parametrize("name", ["cookie-banner", "didomi-popup", "comments-list", "twitter-tweet"])
def test_boxes_are_not_read(name: str) -> None:
    box = f"<div class='{name}'><p>Nous et nos 812 partenaires stockons des informations sur votre appareil.</p></div>"
    page = _page(f"<article><h1>Kervran embauche</h1>{_article(BODY[0])}{box}</article>")
    assert page_fields(page)["text"] == BODY[0]


def test_links_to_other_articles_between_paragraphs_are_not_read() -> None:
    link = "<p><strong><a href='/b'>Concarneau : un nouveau chantier</a></strong></p>"
    cited = "<p><a href='/c'>Le rapport de la chambre de métiers est ici.</a></p>"
    page = _page(
        f"<article><h1>Kervran embauche</h1>{_article(BODY[0])}{link}{cited}{_article(*BODY[1:])}</article>"
    )
    lines = page_fields(page)["text"].split("\n")
    assert lines == [BODY[0], "Le rapport de la chambre de métiers est ici.", *BODY[1:]]


def test_the_headline_is_not_in_the_text_where_the_title_says_it_otherwise() -> None:
    page = _page(f"<article><h1>À Lorient, Kervran embauche</h1>{_article(*BODY)}</article>")
    assert page_fields(page)["text"] == TEXT


@pytest.mark.parametrize(
    "title", ["Kervran embauche - Le Phare", "Kervran embauche | Le Phare", "Kervran embauche"]
)
def test_the_title_is_without_the_paper(title: str) -> None:
    head = META.replace("Kervran embauche", title)
    assert page_fields(_page(_article(*BODY), head=head))["title"] == "Kervran embauche"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('{"name": ["Anne Le Gall", "Luc Ansquer"]}', "Anne Le Gall, Luc Ansquer"),
        ('{"givenName": "Anne", "familyName": "Le Gall"}', "Anne Le Gall"),
        ('{"name": "Le Phare"}', None),
    ],
)
def test_author_of_json_ld_in_other_forms(author: str, expected: str | None) -> None:
    linked = f'{{"@type": "NewsArticle", "author": {author}, "publisher": {{"name": "Le Phare"}}}}'
    assert linked_fields(f'<script type="application/ld+json">{linked}</script>').get("author") == expected


@pytest.mark.parametrize("frame", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{}"])
def test_json_ld_in_a_frame_or_with_a_comma_too_many(frame: str) -> None:
    linked = frame.format('{"@type": "NewsArticle", "headline": "Kervran <em>embauche</em>",}')
    assert linked_fields(f'<script type="application/ld+json">{linked}</script>') == {
        "title": "Kervran embauche"
    }


def test_loose_text_of_the_parts_of_a_body_is_not_lost() -> None:
    first, second = (
        f"<div class='part'>{line}<p>{other}</p></div>" for line, other in zip(BODY, BODY[1:], strict=False)
    )
    tail = "Entre les deux parties, une phrase qui ne tient à rien et qui compte."
    text = page_fields(_page(f"<article><h1>Kervran embauche</h1>{first}{tail}{second}</article>"))["text"]
    assert [line for line in (BODY[0], tail, BODY[2]) if line not in text] == []


@pytest.mark.parametrize("name", ["content cookies-ok", "no-cookie", "tag-cookies"])
def test_a_body_that_speaks_of_cookies_is_no_box(name: str) -> None:
    page = _page(f"<header><h1>Kervran embauche</h1></header><div class='{name}'>{_article(*BODY)}</div>")
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
    page = _page(
        f"<article><h1>Kervran embauche</h1>{_article(BODY[0])}{line}{_article(*BODY[1:])}</article>"
    )
    assert len(page_fields(page)["text"].split("\n")) == 4


@pytest.mark.parametrize(
    ("name", "left"), [("elementor-widget", "elementor-"), ("list-comments", "list-comments")]
)
def test_comments_keep_the_name_that_makes_them_passed_over(name: str, left: str) -> None:
    root = parse_html(f"<html><body><div class='{name}'>{_article(*BODY, *BODY)}</div></body></html>")
    unname_body(root)
    block = root.find(".//div")
    assert block is not None
    assert block.get("class") == left


def test_a_break_in_a_headline_is_a_space() -> None:
    linked = '{"@type": "NewsArticle", "headline": "Kervran<br>embauche"}'
    assert (
        linked_fields(f'<script type="application/ld+json">{linked}</script>')["title"] == "Kervran embauche"
    )
