"""What is cut out of a page's markup is what would be taken out of its tree, and nothing of the article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.archives.made_pages import page_fields

from pressextract.archives import cuts
from pressextract.archives.furniture import remove_furniture
from pressextract.archives.markup import parse_page

A, B = "<p>Le premier alinéa.</p>", "<p>Le second alinéa.</p>"
KEPT = {
    "custom elements": "<nav-bar>La commune</nav-bar><asides>La commune</asides>",
    "no tag": "<p>3 < 4 et <b>scripts</b></p>",
    "menu not closed": f"{A}<nav>{B}",
    "script not closed": f"{A}<script>let a = 1;{B}",
    "comment not closed": f"{A}<!-- {B}",
    "tag not closed": f"{A}<nav",
    "script in a value": f'{A}<x-post data="{{a}}<script src=x><\\/script>"></x-post>{B}<script>1</script>',
    "script in a value in a value": f"{A}<x-post data='<a href=\"x\"><script><\\/script>'></x-post>{B}<script>1</script>",
    "comment in a value after a space": f'{A}<a title = "<!-- voir">x</a>{B}<!-- fin -->',
    "end tags in another order": f"<div><div><aside>x</div>{B}<div></aside></div></div>",
    "items": f"<ul><li><aside>x</li><li>{B}</li></aside></ul>",
    "comment in a value": f'{A}<a title="<!-- voir">x</a>{B}<!-- fin -->',
    "menu closed after the block around it": f"<div>{A}<nav>Menu</div>{B}</nav>",
    "stray end tag": f"{A}<div><footer>Crédit</div>{B}<footer>x</footer></footer>",
    "table not closed": f"<aside><table><tr><td></aside>{B}",
    "slash of a value": f"{A}<aside data-u=/x/><p>Lire aussi</p></aside>{B}",
    "bracket in a value": f'{A}<nav data-x="a/>b"><ul></ul></nav>{B}',
    "meta tags": '<footer><meta itemprop="author" content="Anne Le Gall"></footer>',
    "text of a form": "<textarea><!-- le code</textarea><title>Un <nav> titre</title>",
}
CUT = {
    "menu": (f"{A}<nav><ul><li>Menu</li></ul></nav>{B}", A + B),
    "capitals": (f"<NAV class='x'>Menu</nav >{B}", B),
    "nested": (f"<nav><nav>Menu</nav>Menu</nav>{B}", B),
    "not closed inside": (f"<aside><nav>Menu</aside>{B}", B),
    "tag in a script": (f"<script>let a = '<nav>';</script>{B}<nav>Menu</nav>", B),
    "script in a script": (f"<SCRIPT>write('<script>1<\\/script>')</SCRIPT>{B}<script>2</script>", B),
    "script in a comment": (f"<!-- <script> -->{B}<script>2</script>", B),
    "end in a comment": (f"<nav><!-- </nav> -->Menu<script>'</nav>'</script></nav>{B}", B),
    "empty svg": (f"<svg viewBox='0 0 1 1'/>{B}<svg><g><svg/></g></svg>", B),
    "empty script": (f'<script src="/a.js"/>{B}<script>1</script>', B),
    "style": (f"<style>p > a {{}}</style>{B}", B),
    "comments that end early": (f"<!-->{A}<!--->{B}<!-- fin --!>", A + B),
    "apostrophe in a value": (f'<nav aria-label="Menu de l\'article"></nav>{B}', B),
    "after what is kept": (f"<textarea>x</textarea>{B}<nav>Menu</nav>", f"<textarea>x</textarea>{B}"),
    "until the first that is not closed": (
        f"{A}<nav>Menu</nav>{B}<nav>x<nav></nav>",
        f"{A}{B}<nav>x<nav></nav>",
    ),
}


def cut_furniture(markup: str) -> str:
    return cuts.cut_furniture(markup.encode()).page.decode()


@pytest.mark.parametrize("markup", KEPT.values(), ids=KEPT)
def test_what_is_no_furniture_or_not_plain_stays(markup: str) -> None:
    assert cut_furniture(markup) == markup


@pytest.mark.parametrize(("markup", "left"), CUT.values(), ids=CUT)
def test_furniture_goes_whole(markup: str, left: str) -> None:
    assert cut_furniture(markup) == left


def _element(name: str, attribute: str, children: list[str], end: str) -> str:
    return f"<{name}{attribute}>{''.join(children)}{end.format(name)}"


NAMES = [
    "div",
    "section",
    "nav",
    "aside",
    "footer",
    "svg",
    "noscript",
    "article",
    "template",
    "table",
    "textarea",
]
ATTRIBUTES = [
    "",
    " class='c'",
    ' data-a="</nav>"',
    " data-a='<aside>'",
    ' data-a="<script>"',
    " a=/",
    ' b="x > y"',
    " /",
]
LEAVES = [
    "Texte. ",
    "<script>'</nav>' + \"<aside>\"</script>",
    "<!-- <nav> -->",
    "<br>",
    "&lt;nav>",
    "<style/>",
    "</nav>",
]
MARKUP = st.recursive(
    st.sampled_from(LEAVES) | st.integers(0, 99).map("<p>Alinéa {}.</p>".format),
    lambda inner: st.builds(
        _element,
        st.sampled_from(NAMES),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=4),
        st.sampled_from(["</{}>", "</{}>", "</{}>", "</{}>", ""]),
    ),
    max_leaves=20,
)


@given(MARKUP)
def test_no_paragraph_is_lost_that_the_tree_keeps(markup: str) -> None:
    page = f"<html><body><p>Début.</p>{markup}<p>Fin.</p></body></html>"
    whole, cut = (parse_page(text) for text in (page, cut_furniture(page)))
    for root in (whole, cut):
        remove_furniture(root)
    kept = [
        re.findall(r"Alinéa \d+\.|Début\.|Fin\.", etree.tostring(root, encoding="unicode"))
        for root in (whole, cut)
    ]
    assert not set(kept[0]) - set(kept[1])


LINKED = (
    '<script {}>{{"@type": "NewsArticle", "headline": "Un titre", "datePublished": "2023-05-04"}}</script>'
)


@pytest.mark.parametrize("kind", ["type='application/ld+json'", 'data-x="1" TYPE="application/LD+JSON"'])
@pytest.mark.parametrize(
    "around",
    [
        "{}<nav>Menu</nav><p>{}</p>",
        "<p>{1}</p><aside>pas fini<div></aside>{0}",
        "<p>{1}</p><a title='<nav>'>x</a>{0}",
    ],
    ids=["first", "after what is not plain", "after a value"],
)
def test_linked_data_is_read_wherever_it_stands(around: str, kind: str) -> None:
    _assert_is_read(around, kind)


@pytest.mark.parametrize("meta", ["", "<meta itemprop=author content='Anne Le Gall'>"], ids=["", "meta"])
def test_linked_data_in_a_footer_is_read(meta: str) -> None:
    _assert_is_read("<p>{1}</p><footer>" + meta + "<div>{0}</div>Crédit</footer>", "type=application/ld+json")


def _assert_is_read(around: str, kind: str) -> None:
    text = "La commune a voté son budget. " * 9
    fields = page_fields(f"<html><body>{around.format(LINKED.format(kind), text)}</body></html>")
    assert (fields["title"], fields["published"]) == ("Un titre", "2023-05-04")


def test_linked_data_in_a_comment_is_none() -> None:
    page = f"<html><body><!-- {LINKED.format('type=application/ld+json')} --><p>{'Le budget. ' * 9}</p></body></html>"
    assert "published" not in page_fields(page)


def test_a_page_of_furniture_alone_is_read_by_its_linked_data() -> None:
    linked = (
        '{"@type": "NewsArticle", "headline": "Un titre", "articleBody": "La commune a voté son budget."}'
    )
    fields = page_fields(f'<!DOCTYPE html><script type="application/ld+json">{linked}</script>')
    assert (fields["title"], fields["text"]) == ("Un titre", "La commune a voté son budget.")
