"""What a web page says of itself, in JSON-LD and in meta tags."""

from __future__ import annotations

import json

import pytest
from tests.archives.made_pages import BODY, META, TEXT, make_card, make_page, page_fields, paragraphs_of

from pressextract.archives.linked_data import linked_fields, meta_fields
from pressextract.archives.markup import parse_html


def test_meta_tags_fill_what_json_ld_leaves_open() -> None:
    linked = {"@type": "NewsArticle", "headline": "Le titre entier", "author": {"name": "Claire Duval"}}
    head = META + f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    fields = page_fields(make_page(f"<article>{paragraphs_of(*BODY)}</article>", head))
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
    assert meta_fields(parse_html(make_page("", tags))) == {"title": "Un titre", "published": "2023-05-04"}


def test_day_is_that_of_the_article_not_of_a_card() -> None:
    cards = "".join(
        make_card(number).replace("<span>", '<span><time datetime="2024-02-02">2 février 2024</time>')
        for number in range(9)
    )
    body = (
        "<main><article><h1>Kervran embauche</h1><time datetime='2023-05-04T06:30'>4 mai</time>"
        f"{paragraphs_of(*BODY)}</article></main>"
    )
    fields = page_fields(make_page(f"<section>{cards}</section>{body}", head=""))
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
        assert (
            page_fields(make_page(f"<article>{paragraphs_of(*BODY)}</article>", head))["publisher"]
            == publisher
        )


@pytest.mark.parametrize(
    "title", ["Kervran embauche - Le Phare", "Kervran embauche | Le Phare", "Kervran embauche"]
)
def test_the_title_is_without_the_paper(title: str) -> None:
    head = META.replace("Kervran embauche", title)
    assert page_fields(make_page(paragraphs_of(*BODY), head=head))["title"] == "Kervran embauche"


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


def test_a_break_in_a_headline_is_a_space() -> None:
    linked = '{"@type": "NewsArticle", "headline": "Kervran<br>embauche"}'
    assert (
        linked_fields(f'<script type="application/ld+json">{linked}</script>')["title"] == "Kervran embauche"
    )


def test_an_address_is_no_paper_but_may_stand_in_a_headline() -> None:
    tags = (
        '<meta property="og:site_name" content="https://phare.example">'
        '<meta property="og:title" content="Le site http://kervran.example est ouvert">'
    )
    assert meta_fields(parse_html(make_page("", tags))) == {
        "title": "Le site http://kervran.example est ouvert"
    }
