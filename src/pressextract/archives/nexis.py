"""LexisNexis: what the lines of an article mean, shared by its TXT, HTML and DOCX exports.

Sources: the public readers LexisNexisTools and tm.plugin.lexisnexis, read for the structure only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressextract.archives.days import find_day
from pressextract.archives.words import read_words
from pressextract.errors import ArticleError

_LABEL = re.compile(r"([^\W\d_][\w-]{1,24}):[ \u00a0]{0,3}(.*)", re.DOTALL)
_COPYRIGHT = re.compile(
    r"(?:Copyright|©|\(c\)) |.{0,60}(?:Tous droits réservés|All Rights Reserved)", re.IGNORECASE
)
_MAX_PREAMBLE_LINE = 80
COUNTER = re.compile(
    r"[ \t]*(?:Document |Dokument )?\d{1,6} (?:of|von|de) \d{1,6}(?: DOCUMENTS?| DOKUMENTEN?)?[ \t]*", re.I
)
"""The line before each article of the old exports."""
_MAX_COVER = 60


def starts_export(text: str) -> bool:
    """Whether the first lines hold a counter; after a cover page, one that has the word in it."""
    lines = [line for line in text[:8000].splitlines() if line.strip()][:_MAX_COVER]
    counters = [(i, line) for i, line in enumerate(lines) if COUNTER.fullmatch(line)]
    return any(i < 3 or "do" in line.lower() for i, line in counters)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``nexis.json``."""

    labels: dict[str, str]
    body_start: frozenset[str]
    body_end: frozenset[str]
    document_end: frozenset[str]


@cache
def words() -> Words:
    """Labels and marks, read once."""
    data = read_words("nexis.json")
    marks = (frozenset(data[key]) for key in ("body_start", "body_end", "document_end"))
    return Words(data["labels"], *marks)


def read_label(line: str) -> tuple[str, str] | None:
    """(kind, value) of a line with a known label: author, length, head, title, url or tail."""
    match = _LABEL.fullmatch(line)
    kind = words().labels.get(match[1].upper()) if match else None
    return (kind, match[2].strip()) if kind and match else None


def article_fields(lines: list[str]) -> dict[str, str | None]:
    """Fields of one article of an old export, from its lines (paragraphs): preamble, labels, body, labels.

    Raises:
        ArticleError: it has no body.
    """
    fields: dict[str, str | None] = {}
    preamble: list[str] = []
    body: list[str] = []
    labelled = False
    for line in lines:
        label = read_label(line)
        if label:
            kind, value = label
            if kind == "tail" and body:
                break
            labelled = True
            fields.setdefault(kind, value)
        elif _COPYRIGHT.match(line):
            continue
        elif labelled:
            body.append(line)
        else:
            preamble.append(line)
    if not labelled:
        preamble, body = preamble[:3], preamble[3:]
    if not body:
        raise ArticleError("no body")
    title, publisher, published = _preamble(preamble)
    return {
        "title": fields.get("title") or title,
        "publisher": publisher,
        "published": published,
        "author": fields.get("author"),
        "url": fields.get("url"),
        "text": "\n".join(body),
    }


def _preamble(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """(title, publisher, day): the publisher stands before the day, the title after it."""
    dated = next(
        (i for i, line in enumerate(lines) if len(line) <= _MAX_PREAMBLE_LINE and find_day(line)), None
    )
    if dated is None:
        return (lines[-1] if lines else None), (lines[0] if len(lines) > 1 else None), None
    title = " ".join(lines[dated + 1 :]) or None
    return title, (lines[dated - 1] if dated else None), lines[dated]


def document_fields(lines: list[str]) -> dict[str, str | None]:
    """Fields of one article of a Nexis Uni or Lexis+ document: title, source, day, labels, ``Body``, text.

    Raises:
        ArticleError: it has no body.
    """
    start = next((i for i, line in enumerate(lines) if line.lower() in words().body_start), None)
    if start is None:
        raise ArticleError("no body: the line 'Body' is missing")
    head, body = lines[:start], lines[start + 1 :]
    end = next((i for i, line in enumerate(body) if _ends_body(line)), len(body))
    if not body[:end]:
        raise ArticleError("no body")
    fields: dict[str, str | None] = {}
    for line in head:
        if label := read_label(line):
            fields[label[0]] = label[1]
    dated = next((i for i in reversed(range(len(head))) if _is_day_line(head[i])), None)
    above = [line for line in head[:dated] if line] if dated is not None else []
    return {
        "title": above[-2] if len(above) > 1 else None,
        "publisher": above[-1] if above else None,
        "published": head[dated] if dated is not None else None,
        "author": fields.get("author"),
        "text": "\n".join(body[:end]),
    }


def _ends_body(line: str) -> bool:
    label = read_label(line)
    return line.lower() in words().body_end or (label is not None and label[0] == "tail")


def _is_day_line(line: str) -> bool:
    return (
        len(line) <= _MAX_PREAMBLE_LINE
        and not _LABEL.fullmatch(line)
        and not _COPYRIGHT.match(line)
        and bool(find_day(line))
    )
