"""LEAD: the paragraph between headline and body, which finding the main text often drops.

Papers set it in the header of the page, as a heading or in a block of its own; it says who and where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, islice

from lxml import etree

from pressextract.archives.markup import Node, letters, own_length, paragraphs

_LEAD_CLASS = re.compile(
    r"chapo|chapeau|standfirst|(?:^|\s)(?:(?:article|content|entry|header|page|post|single|story|text)[\w-]*[_-])?"
    r"(?:abstract|accroche|dek|desc|description|excerpt|hat|intro|lead|lede|resume|subhead|subheadline|subtitle"
    r"|summary)(?:[_-]?text)?(?:\s|$)",
    re.IGNORECASE,
)
"""Class names that are usual for it in French and English page templates; those of a site, a box, a picture
(``site-description``, ``newsletter-intro``) are none."""
_LEAD_WORDS = re.compile(
    "abstract|accroche|chapo|chapeau|dek|desc|excerpt|hat|intro|lead|lede|resume|standfirst|sub|summary"
)
"""One of them is in every name that ``_LEAD_CLASS`` finds; most names have none, and that is told faster."""
_NO_LEAD = re.compile(
    r"auth?eur|author|byline|caption|categor|credit|image|img|media|menu|newsletter|photo|picture|tag|thumb|video",
    re.IGNORECASE,
)
_NAMED_BY = ("class", "id", "data-testid")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display:\s*none", re.IGNORECASE)
_MIN_CHARACTERS, _MAX_CHARACTERS = 40, 1_500
_BODY_CHARACTERS = 120
"""A block with so much text of its own, not named a lead, begins the body; less is the day, the author."""
_MAX_NODES, _MAX_PIECES, _MAX_BEGINNING = 300, 100, 12
_COMPARED, _LABELLED = 60, 30
"""Letters and digits by which a paragraph is known again."""


def find_lead(root: Node, title: str | None, described: str | None = None) -> list[str]:
    """The paragraphs of the lead of a page; none where none is marked as one between headline and body.

    Args:
        root: the tree of the page, without furniture and cards.
        title: of the article; among several headlines it tells which is the article's.
        described: what the page says of itself, which often is the lead, or begins like it.
    """
    headings = list(islice(root.iter("h1"), _MAX_PIECES))
    wanted = [h for h in headings if _beginning(h) == letters(title or "")] or headings
    key = letters(described or "")[:_COMPARED]
    key = key if len(key) >= _MIN_CHARACTERS else ""
    if len(wanted) != 1 and not key:
        return []
    nodes = root.iter(etree.Element)
    after = dropwhile(lambda node: node is not wanted[0], nodes) if len(wanted) == 1 else nodes
    for node in islice(after, 1, _MAX_NODES):
        is_told = bool(key) and _begins_with(node, key)
        if is_told or (_is_named(node) and len(wanted) == 1):
            if _MIN_CHARACTERS <= _size(node) <= _MAX_CHARACTERS:
                lines = paragraphs(_innermost(node, key) if is_told else node)
                return [_without_label(line, described or "") for line in lines]
        elif own_length(node) >= _BODY_CHARACTERS:
            return []
    return []


def _begins_with(node: Node, key: str) -> bool:
    found = ""
    for piece in islice(node.itertext(), _MAX_BEGINNING):
        found += letters(piece[:_MAX_CHARACTERS])
        if not found.startswith(key[: len(found)]):
            return found.startswith(key)
    return found.startswith(key)


def _beginning(node: Node) -> str:
    """Its letters, the first ones where it has many."""
    pieces = islice(node.itertext(), _MAX_BEGINNING)
    return letters("".join(piece[:_MAX_CHARACTERS] for piece in pieces))


def _innermost(node: Node, key: str) -> Node:
    while (inner := next((child for child in node if _begins_with(child, key)), None)) is not None:
        node = inner
    return node


def _without_label(line: str, described: str) -> str:
    """``L'essentiel Un pont …`` as the page describes itself: from ``Un pont`` on."""
    begin = line.find(described[:_LABELLED]) if len(described) >= _LABELLED else -1
    return line[begin:] if 0 < begin <= _LABELLED else line


def with_lead(text: str, lead: Sequence[str], headings: set[str]) -> str:
    """The main text of a page with the paragraphs of its lead first, where none of them is in it yet.

    Args:
        text: paragraphs on lines.
        lead: see ``find_lead``.
        headings: lines after which, not before which, a lead stands.
    """
    known = letters(text) if lead else ""
    if any(len(line) >= _MIN_CHARACTERS and letters(line)[:_COMPARED] in known for line in lead):
        return text
    lines = text.split("\n")
    place = int(lines[0] in headings)
    return "\n".join([*lines[:place], *lead, *lines[place:]]).strip("\n")


def _is_named(node: Node) -> bool:
    text = " ".join(filter(None, map(node.get, _NAMED_BY)))
    if not _LEAD_WORDS.search(text.lower()):
        return False
    names = _CAMEL.sub("-", text).split()
    is_hidden = node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "")
    return not is_hidden and any(_LEAD_CLASS.search(name) and not _NO_LEAD.search(name) for name in names)


def _size(node: Node) -> int:
    """Characters of its text; more than a lead has where it is in very many pieces."""
    pieces = list(islice(node.itertext(), _MAX_PIECES))
    return sum(map(len, pieces)) if len(pieces) < _MAX_PIECES else _MAX_CHARACTERS + 1
