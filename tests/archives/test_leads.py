"""Leads of web pages: found wherever they stand, there once, and nothing else taken for one."""

from __future__ import annotations

import pytest
from tests.archives.made_pages import BODY, LEAD, TEXT, make_page, page_fields, paragraphs_of

from pressextract.archives.leads import find_lead
from pressextract.archives.markup import parse_html

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
    page = make_page(f"<article>{top}<div class='content'>{paragraphs_of(*BODY)}</div></article>")
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
    text = page_fields(
        make_page(f"<article><h1>Kervran embauche</h1>{lead}{paragraphs_of(*BODY[1:])}</article>")
    )["text"]
    assert text.count("a embauché six soudeurs") == 1


def test_the_lines_of_a_lead_stay_lines() -> None:
    lead = "<ul class='summary'><li>Un second atelier ouvre en avril.</li><li>Six soudeurs sont embauchés.</li></ul>"
    page = make_page(
        f"<article><h1>Kervran embauche</h1>{lead}<div class='content'>{paragraphs_of(*BODY)}</div></article>"
    )
    assert page_fields(page)["text"].startswith(
        "Un second atelier ouvre en avril.\nSix soudeurs sont embauchés.\n"
    )
