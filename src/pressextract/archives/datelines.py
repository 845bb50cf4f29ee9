"""DATELINE: lines of a page that say when it appeared and how long it takes to read, not what happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from pressextract.archives.days import find_day, month_names
from pressextract.archives.words import read_words

_MAX_CHARACTERS = 120
"""A line with more says more."""
_PROSE = 100
"""Characters from which on a line is a paragraph."""
_TOP, _END = 6, 2
"""Lines from the top and before the end that may be such lines."""
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


class _Words(NamedTuple):
    """What ``datelines.json`` holds: ``known`` are single words, the others find phrases."""

    verbs: re.Pattern[str]
    published: re.Pattern[str]
    reading: re.Pattern[str]
    known: frozenset[str]


@cache
def _words() -> _Words:
    data = read_words("datelines.json")
    published, changed, reading, others = (
        list(chain(*data[key].values())) for key in ("published", "changed", "reading", "others")
    )
    known = {word for phrase in (*published, *changed, *reading, *others) for word in phrase.split()}
    return _Words(
        _phrases(published + changed),
        _phrases(published),
        _phrases(reading),
        frozenset(known | month_names()),
    )


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def says_published(text: str) -> bool:
    """Whether one of the words for publishing is in it."""
    return bool(_words().published.search(text.lower()))


def published_day(line: str) -> str | None:
    """The day in ``Article publié le 3 mai 2023, mis à jour le 5``, ISO 8601: after a word for publishing.

    None where other words stand before that: ``Une photo publiée le 3 mai``.
    """
    words, line = _words(), line.lower()
    found = words.published.search(line)
    if not found or len(line) > _MAX_CHARACTERS:
        return None
    if not words.known.issuperset(_WORD.findall(line[: found.start()])):
        return None
    after = words.verbs.search(line, found.end())
    return find_day(line[found.end() : after.start() if after else len(line)])


def without_datelines(text: str, names: Sequence[str | None] = ()) -> str:
    """A text without the datelines that stand before its first paragraph, near its top and at its end.

    Of days alone one goes, above the first paragraph: several are those of an agenda or a chronicle.

    Args:
        text: paragraphs on lines.
        names: of the author and the paper, which stand in such lines: ``Par Anne Le Gall, le 3 mai 2023``.
    """
    lines = text.split("\n")
    known = _words().known.union(*(_WORD.findall((name or "").lower()) for name in names))
    prose = next((place for place, line in enumerate(lines) if len(line) >= _PROSE), 0)
    end = len(lines) - _END
    said = {
        place
        for place, line in enumerate(lines)
        if (place < _TOP or place >= end)
        and _is_dateline(line, known)
        and _words().verbs.search(line.lower())
    }
    above = {place for place in range(min(prose, _TOP)) if _is_dateline(lines[place], known)} - said
    days = {place for place in above if not _words().reading.search(lines[place].lower())}
    left_out = said | (above if len(days) == 1 else above - days)
    return "\n".join(line for place, line in enumerate(lines) if place not in left_out)


def _is_dateline(line: str, known: frozenset[str]) -> bool:
    """Whether it has a number and no word but ``known`` ones."""
    line = line.lower()
    if len(line) > _MAX_CHARACTERS or not _DIGIT.search(line):
        return False
    return known.issuperset(_WORD.findall(line))
