"""What is cut out of a page's markup is what would be taken out of its tree, and nothing of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pressextract.archives.cuts import cut_furniture
from pressextract.archives.formats.html import page_fields
from pressextract.archives.furniture import remove_furniture
from pressextract.archives.markup import parse_page

KEPT = [
    "<p>Un texte</p>",
    "<nav-bar>La commune</nav-bar>",
    "<asides>La commune</asides>",
    "<p>3 < 4 et <b>scripts</b></p>",
    "<p>Avant</p><nav><p>Pas fermé</p>",
    "<p>Avant</p><script>let a = 1;<p>Pas fermé</p>",
    "<p>Avant</p><!-- <p>Pas fermé</p>",
    "<p>Avant</p><nav",
]
CUT = [
    ("<p>A</p><nav><ul><li>Menu</li></ul></nav><p>B</p>", "<p>A</p><p>B</p>"),
    ("<NAV class='x'>Menu</nav ><p>B</p>", "<p>B</p>"),
    ("<nav><nav>Menu</nav>Menu</nav><p>B</p>", "<p>B</p>"),
    ("<aside><nav>Menu</aside><p>B</p>", "<p>B</p>"),
    ("<script>let a = '<nav>';</script><p>B</p><nav>Menu</nav>", "<p>B</p>"),
    ("<SCRIPT>write('<script>1<\\/script>')</SCRIPT><p>B</p><script>2</script>", "<p>B</p>"),
    ("<!-- <script> --><p>B</p><script>2</script>", "<p>B</p>"),
    ("<nav><!-- </nav> -->Menu<script>'</nav>'</script></nav><p>B</p>", "<p>B</p>"),
    ("<svg viewBox='0 0 1 1'/><p>B</p><svg><g><svg/></g></svg>", "<p>B</p>"),
    ("<style>p > a {}</style><p>B</p>", "<p>B</p>"),
    ("<p>A</p><nav>Menu</nav><p>B</p><nav>Pas fermé<nav></nav>", "<p>A</p><p>B</p><nav>Pas fermé<nav></nav>"),
]


@pytest.mark.parametrize("markup", KEPT)
def test_what_is_no_furniture_or_not_closed_stays(markup: str) -> None:
    assert cut_furniture(markup) == markup


@pytest.mark.parametrize(("markup", "left"), CUT)
def test_furniture_goes_whole(markup: str, left: str) -> None:
    assert cut_furniture(markup) == left


def _element(name: str, children: list[str]) -> str:
    return f"<{name} class='c'>{''.join(children)}</{name}>"


NAMES = st.sampled_from(["div", "section", "nav", "aside", "footer", "svg", "noscript", "article"])
LEAVES = st.sampled_from(
    [
        "Texte. ",
        "<p>Un alinéa.</p>",
        "<script>'</nav>' + \"<aside>\"</script>",
        "<!-- <nav> -->",
        "<br>",
        "&lt;nav>",
    ]
)
MARKUP = st.recursive(
    LEAVES, lambda inner: st.builds(_element, NAMES, st.lists(inner, max_size=4)), max_leaves=20
)


@given(MARKUP)
def test_the_tree_is_the_one_that_taking_it_out_of_the_tree_gives(markup: str) -> None:
    page = f"<html><body><p>Début.</p>{markup}<p>Fin.</p></body></html>"
    roots = [parse_page(page), parse_page(cut_furniture(page))]
    for root in roots:
        remove_furniture(root)
    whole, cut = (etree.tostring(root, encoding="unicode") for root in roots)
    assert cut == whole


def test_linked_data_in_a_script_is_read_before_it_is_cut() -> None:
    linked = '{"@type": "NewsArticle", "headline": "Un titre", "datePublished": "2023-05-04"}'
    page = (
        f'<html><head><script type="application/ld+json">{linked}</script></head><body><nav>Menu</nav>'
        f"<article><p>{'La commune a voté son budget. ' * 9}</p></article></body></html>"
    )
    fields = page_fields(page)
    assert (fields["title"], fields["published"]) == ("Un titre", "2023-05-04")
    assert "Menu" not in fields["text"]
