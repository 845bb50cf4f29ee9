"""Records as one self-contained HTML page: mentions marked in the text, lists, facts with evidence.

What is shown comes from outside: all of it is escaped, links are web links only, and the page allows itself
no request to anywhere (Content-Security-Policy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pressextract.schema import ArticleRecord, Mention

LISTS = ("people", "companies", "organizations", "roles", "cities", "dates")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Segment(NamedTuple):
    """A stretch of text under the same mentions; ``kind`` is that of the shortest one, or empty."""

    text: str
    start: int
    kind: str
    ids: str
    label: str


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    id: str
    name: str


def render_page(records: Sequence[ArticleRecord], texts: Sequence[str | None]) -> Iterator[str]:
    """The page, in pieces.

    Args:
        records: what to show, in this order.
        texts: the article text of each; a record without one, or with one its offsets do not fit, is shown
            with its lists and evidence alone.
    """
    source = files("pressextract.writers")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.finalize = showable
    template = environment.from_string(source.joinpath("records.html.jinja").read_text(encoding="utf-8"))
    views = (_view(record, text) for record, text in zip(records, texts, strict=True))
    yield from template.generate(views=views, count=len(records), lists=LISTS)


def showable(value: Any) -> Any:
    """Text without the characters that HTML or UTF-8 cannot hold, each replaced by U+FFFD."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNSHOWABLE.sub("\ufffd", value)


def segments(record: ArticleRecord, text: str) -> list[Segment]:
    """``text`` cut at every border of a mention, in order; joined, the pieces are the text again."""
    marks = sorted(_marks(record), key=lambda mark: (mark.start, mark.end))
    borders = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    pieces: list[Segment] = []
    active: list[_Mark] = []
    following = 0
    for start, end in zip(borders, borders[1:], strict=False):
        active = [mark for mark in active if mark.end > start]
        while following < len(marks) and marks[following].start == start:
            active.append(marks[following])
            following += 1
        pieces.append(_segment(text[start:end], start, active))
    return pieces


def _segment(text: str, start: int, active: Sequence[_Mark]) -> Segment:
    if not active:
        return Segment(text, start, "", "", "")
    ranked = sorted(active, key=lambda mark: (mark.end - mark.start, mark.id))
    label = "; ".join(f"{mark.kind}: {mark.name}" for mark in ranked)
    return Segment(text, start, ranked[0].kind, " ".join(mark.id for mark in ranked), label)


def _marks(record: ArticleRecord) -> Iterator[_Mark]:
    for kind in LISTS:
        for item in getattr(record, kind):
            name = name_of(item)
            yield from (_Mark(m.start, m.end, kind, item.id, name) for m in item.mentions)


def name_of(item: Any) -> str:
    """What an item of any list is called: a name, a title, or the words of a date."""
    for field in ("name", "title", "text"):
        if hasattr(item, field):
            return str(getattr(item, field))
    raise TypeError(f"{type(item).__name__} has no name")


def fits(record: ArticleRecord, text: str) -> bool:
    """Whether every mention and evidence of ``record`` is what ``text`` says there."""
    return all(text[m.start : m.end] == m.text for m in _all_mentions(record))


def _all_mentions(record: ArticleRecord) -> Iterator[Mention]:
    for kind in LISTS:
        for item in getattr(record, kind):
            yield from item.mentions
    yield from (position.evidence for position in record.positions)
    yield from (based_in.evidence for based_in in record.based_in)


def _view(record: ArticleRecord, text: str | None) -> dict[str, Any]:
    """What the template needs of one record."""
    items = {item.id: (kind, name_of(item)) for kind in LISTS for item in getattr(record, kind)}
    shown = text is not None and fits(record, text)
    note = (
        "" if shown else "The text of the article was not found." if text is None else "The text has changed."
    )
    return {
        "record": record,
        "heading": record.title or record.id,
        "url": record.url if re.match(r"https?://", record.url or "", re.IGNORECASE) else None,
        "segments": segments(record, text) if shown and text is not None else [],
        "note": note,
        "items": items,
        "name_of": name_of,
    }
