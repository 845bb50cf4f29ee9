"""Europresse (Eureka.cc) exports: one HTML file, many articles, in the three generations of its markup.

Since 2018 an ``<article>`` with ``rdp__*`` classes; from 2014 an ``<article>`` without them; before that a
table an article. Sources: the public readers tm.plugin.europresse, minet, EuropressParser and IRaMuTeQ's
importer, read for the structure only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

from pressextract.archives.blob import Blob
from pressextract.archives.days import days_in, find_day
from pressextract.archives.items import ItemError, ScanItem, make_article
from pressextract.archives.markup import (
    Node,
    all_with_class,
    paragraphs,
    parse_html,
    remove,
    text_of,
    with_class,
)
from pressextract.archives.reader import Head, Reader, ReadOptions
from pressextract.errors import ArticleError

_MARKS = (b"DocPublicationName", b"docOcurrContainer", b"lblNodoc")
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_TABLE = re.compile(r"<span\b[^>]{0,80}DocPublicationName", re.IGNORECASE)
_HEADER = re.compile(r"DocPublicationName|DocHeader")
_HEADER_REACH = 2_000
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|mark|br|b|i|em|span|font)\b", re.IGNORECASE)
_ESCAPED_LETTER = re.compile(r"&amp;(#\d{1,6}|[A-Za-z]{2,10});")
_DOCUMENT_ID = re.compile(r"news[·.]\d{8}[·.][A-Za-z0-9_-]{1,12}[·.][A-Za-z0-9_:-]{1,60}")
_ORIGINAL = re.compile(r"\best paru(?:e|s)? dans\b|\barticle appeared in\b")
_PUBLISHER_END = re.compile(r"[,\n(]| - | [nN](?:o\.|[°º])|  ")
_BODY_END = re.compile(r"©|Numéro de document|Document number|Tous droits réservés|All rights reserved", re.I)
_MAX_AUTHOR_WORDS = 10


def _matches(head: Head) -> bool:
    return head.is_markup and head.has(*_MARKS)


def _read(blob: Blob, options: ReadOptions) -> Iterator[ScanItem]:
    text, warnings = blob.text()
    has_articles = _ARTICLE.search(text) is not None
    parts = list(_split(text, _ARTICLE if has_articles else _TABLE))
    for number, (start, end) in enumerate(parts, 1):
        blob.share = number / len(parts)
        source = blob.source("europresse", number)
        part = text[start:end]
        try:
            fields = _modern(part) if has_articles else _table(part)
        except ArticleError as err:
            yield ItemError(blob.path, source.member, str(err))
            continue
        yield make_article(fields, source, warnings)


def _split(text: str, start: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Half-open character spans of the articles; an ``<article>`` within one is a part of it."""
    starts: list[int] = []
    before, is_open = 0, False
    for match in start.finditer(text):
        at = match.start()
        is_open = is_open and text.find("</article", before, at) < 0
        end = text.find("</article", at, at + _HEADER_REACH)
        if not is_open or _HEADER.search(text, at, end if end >= 0 else at + _HEADER_REACH):
            starts.append(at)
            is_open = start is _ARTICLE
        before = at
    return zip(starts, [*starts[1:], len(text)], strict=True)


def _tree(part: str) -> Node:
    """The tree of an article; tags and letters that were escaped twice are what they were meant to be."""
    if _ESCAPED_TAG.search(part):
        return parse_html(html.unescape(part))
    return parse_html(_ESCAPED_LETTER.sub(r"&\1;", part))


def _modern(part: str) -> dict[str, str | None]:
    """The fields of an ``<article>`` (2014 and later)."""
    root = _tree(part)
    for node in [n for name in ("apd-wrapper",) for n in all_with_class(root, name)]:
        remove(node)
    title = with_class(root, "titreArticle")
    body = with_class(root, "docOcurrContainer", "DocText")
    if body is None:
        body = next(root.iter("section"), None)
    lines, url = _body(body) if body is not None else ([], None)
    if not lines:
        raise ArticleError("no body: a picture, a table or an index entry")
    subtitle = text_of(with_class(root, "rdp__subtitle"))
    document = _document_id(root, part)
    return {
        "id": document,
        "title": _title(root, title, subtitle),
        "publisher": _publisher(with_class(root, "DocPublicationName")),
        "author": _author(root, title),
        "published": _published(text_of(with_class(root, "DocHeader", "rdp__DocHeader")), document),
        "url": url,
        "text": "\n".join([subtitle, *lines] if subtitle else lines),
    }


def _title(root: Node, title: Node | None, subtitle: str) -> str:
    found = with_class(root, "rdp__articletitle", "titreArticleVisu", "TitreArticleVisu", "grandTitre")
    text = text_of(found if found is not None else title)
    return text.removesuffix(subtitle).strip() if found is None else text


def _publisher(node: Node | None) -> str | None:
    if node is None:
        return None
    lines = paragraphs(node)
    raw = lines[0] if lines else ""
    return _PUBLISHER_END.split(raw, maxsplit=1)[0].strip() or None


def _author(root: Node, title: Node | None) -> str | None:
    named = with_class(root, "docAuthors")
    if named is None and title is not None:
        follower = title.getnext()
        if follower is not None and follower.get("class", "sm-margin-bottomNews") == "sm-margin-bottomNews":
            named = follower
    text = text_of(named)
    return text if text and len(text.split()) <= 3 * _MAX_AUTHOR_WORDS else None


def _document_id(root: Node, part: str) -> str | None:
    node = with_class(root, "publiC-lblNodoc")
    if node is None:
        node = root.find(".//*[@id='PubliC_lblNodoc']")
    found = _DOCUMENT_ID.search(text_of(node)) or _DOCUMENT_ID.search(html.unescape(part))
    return found[0] if found else None


def _published(header: str, document: str | None) -> str | None:
    """The printed day nearest to that in the document's number, which may be one off; else the latter.

    Without a number, the last day printed: a section, whose name may hold a day too, stands before it.
    """
    printed = days_in(header)
    numbered = find_day(re.split("[·.]", document)[1]) if document else None
    if numbered is None or not printed:
        return printed[-1] if printed else numbered
    return min(printed, key=lambda day: abs(date.fromisoformat(day) - date.fromisoformat(numbered)))


def _body(body: Node) -> tuple[list[str], str | None]:
    url = None
    for link in list(body.iter("a")):
        if _ORIGINAL.search(text_of(link)):
            href = (link.get("href") or "").strip()
            url = href if href.startswith(("http://", "https://")) else url
            parent = link.getparent()
            alone = parent is not None and parent is not body and text_of(parent) == text_of(link)
            remove(parent if alone and parent is not None else link)
    for node in [n for tag in ("aside", "footer", "table") for n in body.iter(tag)]:
        remove(node)
    return paragraphs(body), url


def _table(part: str) -> dict[str, str | None]:
    """The fields of an article of the oldest form: spans, then the text from the heading to the copyright."""
    root = _tree(part)
    publisher = _publisher(with_class(root, "DocPublicationName"))
    header = " ".join(text_of(node) for node in all_with_class(root, "DocHeader"))
    heading = with_class(root, "TitreArticleVisu", "titreArticleVisu")
    title = text_of(heading)
    document = _document_id(root, part)
    for node in [n for name in ("DocPublicationName", "DocHeader") for n in all_with_class(root, name)]:
        remove(node)
    if heading is not None:
        remove(heading)
    lines = paragraphs(root)
    end = next((i for i, line in enumerate(lines) if _BODY_END.match(line)), len(lines))
    lines = lines[:end]
    author = None
    if (
        len(lines) > 1
        and len(lines[0].split()) < _MAX_AUTHOR_WORDS
        and not lines[0].endswith((".", "!", "?", "…", ":"))
    ):
        author = lines.pop(0)
    if not lines:
        raise ArticleError("no body: a picture, a table or an index entry")
    return {
        "id": document,
        "title": title,
        "publisher": publisher,
        "author": author,
        "published": _published(header, document),
        "text": "\n".join(lines),
    }


READER = Reader("europresse", _matches, _read)
