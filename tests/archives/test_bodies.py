"""The body of a web page whatever its markup: in parts, in loose text, in blocks of any name."""

from __future__ import annotations

import pytest
from tests.archives.made_pages import BODY, LEAD, TEXT, make_page, page_fields, paragraphs_of

from pressextract.archives.bodies import mend_body
from pressextract.archives.markup import parse_html


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
    page = make_page("<h1>Kervran embauche</h1>" + body.format(marked, *rest))
    assert [line.strip() for line in page_fields(page)["text"].split("\n")] == list(BODY)


def test_loose_labels_are_not_made_paragraphs() -> None:
    page = make_page(f"<h1>Kervran embauche</h1><section>Partager <b>ici</b>{paragraphs_of(*BODY)}</section>")
    assert page_fields(page)["text"] == TEXT


def test_the_parts_of_a_body_are_one_with_what_stands_between() -> None:
    parts = [f"<div class='content'>{paragraphs_of(line)}</div>" for line in BODY]
    body = f"{parts[0]}<div class='ad'><a href='/x'>Publicité</a></div><h2>Les commandes</h2>{parts[1]}{parts[2]}"
    page = make_page(f"<main><article><h1>Kervran embauche</h1>{body}</article></main>")
    assert page_fields(page)["text"] == "\n".join((BODY[0], "Les commandes", *BODY[1:]))


def test_a_subhead_that_is_a_block_is_read() -> None:
    body = f"{paragraphs_of(*BODY[:2])}<div class='intertitre'>Les commandes</div>{paragraphs_of(BODY[2])}"
    page = make_page(
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
    page = make_page(
        f"<div class='{name}'><h1>Kervran embauche</h1><div class='{name}'>{paragraphs_of(*lines)}</div></div>"
    )
    assert page_fields(page)["text"] == "\n".join(lines)


def test_loose_text_of_the_parts_of_a_body_is_not_lost() -> None:
    first, second = (
        f"<div class='part'>{line}<p>{other}</p></div>" for line, other in zip(BODY, BODY[1:], strict=False)
    )
    tail = "Entre les deux parties, une phrase qui ne tient à rien et qui compte."
    text = page_fields(make_page(f"<article><h1>Kervran embauche</h1>{first}{tail}{second}</article>"))[
        "text"
    ]
    assert [line for line in (BODY[0], tail, BODY[2]) if line not in text] == []


@pytest.mark.parametrize(
    ("name", "left"), [("elementor-widget", "elementor-"), ("list-comments", "list-comments")]
)
def test_comments_keep_the_name_that_makes_them_passed_over(name: str, left: str) -> None:
    root = parse_html(f"<html><body><div class='{name}'>{paragraphs_of(*BODY, *BODY)}</div></body></html>")
    mend_body(root)
    block = root.find(".//div")
    assert block is not None
    assert block.get("class") == left


def test_a_picture_within_a_sentence_does_not_cut_it() -> None:
    line = f"{BODY[0]} Ann Loy, <img src=x>présidente de Tekla, {BODY[1]}"
    page = make_page(f"<article><h1>Kervran embauche</h1><div>{line}<p>{BODY[2]}</p></div></article>")
    assert "Ann Loy, présidente de Tekla, " in page_fields(page)["text"].replace("  ", " ")


OTHERS = "".join(
    f"<div class=x{number}><b>{words}</b></div>" for number, words in enumerate((*BODY, BODY[0]))
)


@pytest.mark.parametrize(
    ("page", "scope"),
    [
        (
            f"<main><section><h1>Kervran</h1><div id=b>{paragraphs_of(*BODY)}</div></section>{OTHERS}</main>",
            "section",
        ),
        (f"<main><div id=b>{paragraphs_of(*BODY)}</div>{OTHERS}</main>", "div"),
        (f"<table><tr><td>Menu</td><td id=b>{paragraphs_of(*BODY)}</td></tr></table>", "td"),
        (
            f"<article><div>{paragraphs_of(*BODY)}</div><div class=b>{paragraphs_of(*BODY)}</div></article>",
            "article",
        ),
        (f"<main>{OTHERS * 2}<div>{paragraphs_of(*BODY)}</div>{OTHERS}</main>", None),
        (f"<main><div class=comments>{paragraphs_of(*BODY)}</div></main>", None),
        (f"<main>{OTHERS}</main>", None),
    ],
)
def test_a_scope_holds_most_paragraphs_and_little_else(page: str, scope: str | None) -> None:
    found = mend_body(parse_html(f"<html><body>{page}</body></html>"))
    assert (found.node.tag if found else None) == scope
    assert found is None or found.prose >= sum(map(len, BODY))


def test_text_in_blocks_is_read_where_only_a_box_has_paragraphs() -> None:
    blocks = "".join(f"<div>{line}<br><br></div>" for line in BODY * 2)
    box = f"<div class=box>{paragraphs_of('Recevez chaque matin notre lettre, elle est gratuite.')}</div>"
    text = page_fields(make_page(f"<h1>Kervran embauche</h1><div class=post-body>{blocks}</div>{box}"))[
        "text"
    ]
    assert [line for line in BODY if line not in text] == []


@pytest.mark.parametrize(
    ("block", "is_read"),
    [
        ("<div>{}</div>", True),
        ("<div><b>Lorient.</b> {}</div>", True),
        ("<div class=legend-caption>{}</div>", False),
        ("<div><a href=/x>{}</a></div>", False),
    ],
)
def test_a_block_of_text_beside_paragraphs_is_one(block: str, is_read: bool) -> None:
    line = f"{BODY[2]} Le carnet de la maison est plein jusqu'à l'automne, assure sa gérante."
    others = [f"{other} Ils étaient {number}." for number in range(4) for other in BODY[:2]]
    mixed = f"<div>{paragraphs_of(*others)}<div>Lorient</div>{block.format(line)}</div>"
    text = page_fields(make_page(f"<article><h1>Kervran embauche</h1>{mixed}</article>"))["text"]
    assert (line in text) == is_read


def test_a_cell_of_a_table_is_read_by_lines() -> None:
    cell = f"Lorient (AFP)<br>{paragraphs_of(*BODY)}"
    page = make_page(f"<h1>Kervran embauche</h1><table><tr><td>Menu</td><td>{cell}</td></tr></table>")
    assert page_fields(page)["text"].split("\n") == ["Lorient (AFP)", *BODY]
