"""Saved web pages: metadata by JSON-LD, then by meta tags, then by guesses; the text by trafilatura."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from pressextract.archives.blob import Blob
from pressextract.archives.bodies import Scope, mend_body
from pressextract.archives.cuts import cut_furniture
from pressextract.archives.datelines import without_datelines
from pressextract.archives.decoding import UTF16_MARKS, check_text, decode, decode_part
from pressextract.archives.furniture import (
    HEADINGS,
    remove_cards,
    remove_furniture,
    remove_link_lines,
    remove_link_lists,
)
from pressextract.archives.guesses import guess_author, guess_day, guess_publisher, guess_title
from pressextract.archives.items import ItemError, Page, ScanItem, make_article
from pressextract.archives.leads import find_lead, with_lead
from pressextract.archives.limits import MAX_SINGLE_BYTES
from pressextract.archives.linked_data import description, linked_fields, meta_fields
from pressextract.archives.markup import parse_page, tidied, unmarked, wrap_loose_text
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError
from pressextract.schema import Article

if TYPE_CHECKING:
    import lxml.html

_SUFFIXES = (".html", ".htm", ".xhtml")
_STARTS = ("<!doctype html", "<html", "<head", "<body", "<article")
_MAX_HEADING, _MAX_PIECES = 1000, 50
_MARKS = ("-", "–", "—", "|", "•", "·")
_MIN_FOUND = 0.45
"""Of the paragraphs of a part of a page, the share that must be found there."""
_TOP = 6
"""Lines among which the headline may stand."""
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # or what they discard is said on stderr


def _matches(head: Head) -> bool:
    if head.suffix in _SUFFIXES:
        return head.is_markup or not head.data
    start = head.start
    return start.startswith(_STARTS) or (start.startswith("<?xml") and "<html" in start)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    yield Page(blob.read(MAX_SINGLE_BYTES), blob.source("html"), blob.id)


def read_page(page: Page) -> Article | ItemError:
    """The article of a page; the error when it has none."""
    source = page.source
    try:
        found, warnings = page_fields(page.data, page.url)
        fields = {"url": page.url, "published": page.published, **found, "id": page.id}
    except ArticleError as err:
        return ItemError(source.path or "", source.member, str(err))
    except Exception as err:  # trafilatura on hostile markup: it costs this page only
        return ItemError(source.path or "", source.member, f"not readable HTML ({type(err).__name__})")
    return make_article(fields, source, warnings)


def page_fields(data: bytes, url: str | None = None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Text and metadata of a page, and the warnings about its charset.

    The fields: text, title, author, publisher, published, url (those that are known). JSON-LD goes before
    meta tags, these before what is guessed where they do not do.

    Args:
        data: its markup.
        url: its address, where it is known.
    """
    if data.startswith(UTF16_MARKS):
        data = decode(data)[0].encode("utf-8", "replace")
    check_text(data)
    cut = cut_furniture(data)
    markup, warnings = decode_part(cut.page)
    root = _tree(markup, data)
    linked = linked_fields(decode_part(cut.linked)[0])
    body = linked.pop("text", None)
    site = {"publisher": linked.pop("site")} if "site" in linked else {}
    known = {**site, **meta_fields(root), **linked}
    described = description(root)
    remove_furniture(root)
    remove_cards(root, known.get("url") or url)
    remove_link_lines(root)
    remove_link_lists(root)
    known = {**known, **_guessed(root, known, url)}
    title = known["title"] = _without_site(
        known.get("title") or "", known.get("publisher"), site.get("publisher")
    )
    text = without_datelines(
        _article_text(data, root, title, described, body), (known.get("author"), known.get("publisher"))
    )
    fields = {name: value for name, value in {**known, "text": text}.items() if value or name == "text"}
    return fields, warnings


def _article_text(page: bytes, root: Any, title: str, described: str | None, body: str | None) -> str:
    """The lead and the main text of a page; that of its JSON-LD, ``body``, or its cards where it has none."""
    scope = mend_body(root)
    wrap_loose_text(root)
    headings = list(_headings(root))
    titles = {"", title, *(text for _, text in headings)}
    lead = find_lead(root, title, described)
    text = _main_text(root, scope) or ""
    is_bare = titles.issuperset(text.split("\n"))
    if is_bare:
        text = (body and unmarked(body)) or _text_with_cards(page) or text
    if not (is_bare and body):
        text = with_lead(text, lead, titles)
    headlines = [text for tag, text in headings if tag == "h1"]
    return _without_headline(tidied(text), {title, *(headlines if len(headlines) == 1 else ())})


def _without_site(title: str, *names: str | None) -> str:
    """A title without the name of its paper after a bar or a dash: ``Un pont ouvre - La Gazette``."""
    for name in filter(None, names):
        for mark in _MARKS:
            title = title.removesuffix(f" {mark} {name}")
    return title


def _without_headline(text: str, headlines: set[str]) -> str:
    """The text without the headline, which stands first or after a day, a section, a lead."""
    lines = text.split("\n")
    top = [line for line in lines[:_TOP] if " ".join(line.split()) not in headlines]
    return "\n".join([*top, *lines[_TOP:]])


def _tree(cut: str, page: bytes) -> lxml.html.HtmlElement:
    try:
        return parse_page(cut)
    except ArticleError:  # nothing but furniture
        return parse_page(decode_part(page)[0])


def _headings(root: Any) -> Iterator[tuple[str, str]]:
    """Tag and first characters of every heading, which are all of it save in pages made to hurt."""
    for node in root.iter(*HEADINGS):
        text = "".join(piece[:_MAX_HEADING] for piece in islice(node.itertext(), _MAX_PIECES))
        yield node.tag, " ".join(text.split())


def _guessed(root: Any, known: Mapping[str, str], url: str | None) -> dict[str, Any]:
    """Title, publisher, author and day: what is known, else what is guessed."""
    url = known.get("url") or url
    title = known.get("title") or guess_title(root)
    publisher = known.get("publisher") or guess_publisher(root, title, url)
    fields = {
        "title": title,
        "publisher": publisher,
        "author": known.get("author") or guess_author(root, publisher),
        "published": known.get("published") or guess_day(root, url),
    }
    return {name: value for name, value in fields.items() if value}


def _text_with_cards(page: bytes) -> str | None:
    """The main text of a page that has none beside what looks like cards, as one of news in brief."""
    markup, _ = decode_part(page)
    root = parse_page(markup)
    remove_furniture(root)
    wrap_loose_text(root)
    return _main_text(root) or _extracted(markup, fast=False)


def _main_text(root: Any, scope: Scope | None = None) -> str | None:
    """The main text of a page; None where there is none.

    Of a page whose paragraphs stand together, trafilatura is given that part, and asked for no second
    opinion where it finds all of them: its time grows with the page and twice as fast with the opinion.
    """
    if scope is not None:
        text = _extracted(_alone(scope.node), fast=True) or ""
        if len(text) >= _MIN_FOUND * scope.prose:
            return text
    return _extracted(root, fast=False)


def _alone(part: Any) -> Any:
    """A page of which ``part`` is the article."""
    page = part.makeelement("html")
    article = etree.SubElement(etree.SubElement(page, "body"), "article")
    article.append(deepcopy(part))
    article[0].tail = None
    article[0].tag = "div" if part.tag == "td" else part.tag
    return page


def _extracted(page: Any, *, fast: bool) -> str | None:
    import trafilatura

    document = trafilatura.bare_extraction(page, options=_options(fast))
    return document.text if document is not None and not isinstance(document, dict) else None


@cache
def _options(fast: bool) -> Any:
    """How trafilatura is to read; made once, since it parses its settings each time."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False, tables=False, fast=fast)


READER = Reader("html", _matches, _read)
