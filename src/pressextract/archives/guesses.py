"""GUESS: the headline, paper, author and day of a web page that does not say them in its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from pressextract.archives.datelines import published_day, says_published
from pressextract.archives.days import day_in_france
from pressextract.archives.furniture import HEADINGS
from pressextract.archives.markup import Node, letters
from pressextract.archives.words import read_words

_MARK = re.compile(r"\s*[|•·»]\s*|\s+(?:[-–—/]|::?)\s+")
"""What stands between the headline, the section and the paper in the title of a page."""
_MIN_LETTERS, _MIN_SHARE = 8, 0.5
"""Letters of a heading that may be the headline, and its share of those of the longest part of the title."""
_MAX_PAPER = 40
_MAX_HEADINGS, _MAX_NODES, _MAX_PIECES, _MAX_CHARACTERS = 100, 5_000, 12, 1_000
_SIGNED_BY = ("rel", "itemprop", "class", "id")
_SIGNED_TAGS = ("a", "address", "div", "h3", "h4", "li", "p", "span", "strong")
_AFTER_NAME = re.compile(r"[@|•·(\d:;]|\s[-–—]\s|,?\s+(?:le|avec|with|on)\s")
_NAMED_DAYS = etree.XPath("//*[@itemprop='datePublished']")
_MAX_NAMED_DAYS = 5
_DATED_TAGS, _MAX_DATED = ("div", "em", "li", "p", "small", "span"), 120
_BETWEEN_NAMES = re.compile(r"\s*,\s*|\s+(?:et|and|&)\s+")
_GOES_ON = re.compile(r"(?<=[,&])\||(?<=\bet)\||(?<=\band)\||\|(?=(?:,|&|et\b|and\b))", re.IGNORECASE)
_WORD = r"[A-ZÀ-ÝŒ][\w'’.-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:d[eu]|des|del?la|la|le|van|von|{_WORD})){{0,3}} {_WORD}")
_MAX_NAMES = 5


def guess_title(root: Node) -> str | None:
    """The heading that the title of the page repeats, else the one headline, else the longest part of it."""
    headings = [_line(node) for node in islice(root.iter(*HEADINGS), _MAX_HEADINGS)]
    parts = _title_parts(root)
    longest = max(parts, key=len, default="")
    whole, least = letters(" ".join(parts)), max(_MIN_LETTERS, _MIN_SHARE * len(letters(longest)))
    repeated = [text for text in headings if len(key := letters(text)) >= least and key in whole]
    if repeated:
        return max(repeated, key=len)
    headlines = [text for node in islice(root.iter("h1"), _MAX_HEADINGS) if (text := _line(node))]
    if len(headlines) == 1 and len(letters(headlines[0])) >= _MIN_LETTERS:
        return headlines[0]
    return longest or next(filter(None, headings), None)


def guess_publisher(root: Node, title: str | None, url: str | None) -> str | None:
    """What the title of the page ends with after the headline, else the host of its address."""
    parts = _title_parts(root)
    known = letters(title or "")
    if len(parts) > 1 and len(parts[-1]) <= _MAX_PAPER and letters(parts[-1]) not in known:
        return parts[-1]
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def guess_author(root: Node, publisher: str | None = None) -> str | None:
    """The names in the first element that is marked as the signature of the article and holds some; the name
    of the paper is none."""
    paper, bylines = letters(publisher or ""), _bylines()
    for node in islice(root.iter(*_SIGNED_TAGS), _MAX_NODES):
        marks = " ".join(filter(None, map(node.get, _SIGNED_BY))).lower()
        if bylines.marks.search(marks) and not bylines.other_marks.search(marks):
            names = list(_names(_signature(node)))
            if names and letters(names[0]) not in paper:
                return ", ".join(names)
    return None


def guess_day(root: Node, url: str | None) -> str | None:
    """The day of publication, ISO 8601: as markup or a line of the page says, else as htmldate finds it."""
    for node in islice(_NAMED_DAYS(root), _MAX_NAMED_DAYS):
        if day := day_in_france(node.get("content") or node.get("datetime") or _line(node)):
            return day
    for node in islice(root.iter(*_DATED_TAGS), _MAX_NODES):
        text = node.text
        if text and len(text) <= _MAX_DATED and says_published(text) and (day := published_day(_line(node))):
            return day
    return _day_by_htmldate(root, url)


def _day_by_htmldate(root: Node, url: str | None) -> str | None:
    from htmldate import find_date

    today = datetime.now().astimezone().date().isoformat()
    found: str | None = find_date(root, extensive_search=False, original_date=True, max_date=today, url=url)
    return found


class _Bylines(NamedTuple):
    """What ``bylines.json`` holds, to be looked for."""

    marks: re.Pattern[str]
    other_marks: re.Pattern[str]
    before: re.Pattern[str]
    buttons: frozenset[str]


@cache
def _bylines() -> _Bylines:
    data = read_words("bylines.json")
    words, verbs, buttons = (chain(*data[key].values()) for key in ("words", "verbs", "buttons"))
    by = rf"(?:^|.*?\b)(?:{'|'.join(words)})\b[\s|:]*"
    return _Bylines(
        re.compile("|".join(data["marks"])),
        re.compile(rf"(?:{'|'.join(data['other_marks'])})(?![a-z])"),
        re.compile(rf"(?:{by}|(?:\W|(?:{'|'.join(verbs)})\b)+)", re.IGNORECASE),
        frozenset(buttons),
    )


def _names(signature: str) -> Iterator[str]:
    """The names that a signature begins with: ``Par Anne Le Gall et Luc Ansquer, à Brest``."""
    before = _bylines().before.match(signature)
    line = _AFTER_NAME.split(signature[before.end() if before else 0 :], maxsplit=1)[0]
    for part in islice(_BETWEEN_NAMES.split(line.strip()), _MAX_NAMES):
        name = part.rstrip(".")
        if not _NAME.fullmatch(name) or name.split()[0].lower() in _bylines().buttons:
            return
        yield name


def _signature(node: Node) -> str:
    """Its pieces of text with bars between them, but where one goes on with a comma or an "et"."""
    pieces = [" ".join(piece[:_MAX_CHARACTERS].split()) for piece in islice(node.itertext(), _MAX_PIECES)]
    return _GOES_ON.sub(" ", "|".join(filter(None, pieces)))


def _title_parts(root: Node) -> list[str]:
    title = root.find(".//head/title")
    return [part for part in _MARK.split(_line(title)) if part] if title is not None else []


def _line(node: Node) -> str:
    """The first of its text on one line."""
    pieces = islice(node.itertext(), _MAX_PIECES)
    return " ".join("".join(piece[:_MAX_CHARACTERS] for piece in pieces).split())
