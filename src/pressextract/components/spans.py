"""Make token spans out of character matches, and keep them in a span group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.tokens import Doc, Span


def char_span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    """The span of tokens that cover characters [start, end), or None when the match is empty."""
    if end <= start:
        return None
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def text_before(span: Span, characters: int) -> str:
    """At most that many characters right before the span, without joining the whole document."""
    tokens = span.doc[max(0, span.start - characters) : span.start]
    return tokens.text_with_ws[-characters:]


def text_after(span: Span, characters: int) -> str:
    """At most that many characters right after the span."""
    doc = span.doc
    space = doc[span.end - 1].whitespace_
    return (space + doc[span.end : span.end + characters].text_with_ws)[:characters]


def text_between(first: Span, second: Span, characters: int) -> str | None:
    """What stands between two spans; None when it is longer than that, or they are not in order."""
    start, end = first.end_char, second.start_char
    return text_before(second, end - start) if 0 < end - start <= characters else None


def set_group(doc: Doc, key: str, spans: Iterable[Span | None]) -> None:
    """Store ``spans`` in ``doc.spans[key]`` in text order, without duplicates."""
    unique = {(s.start, s.end, s.label_): s for s in spans if s is not None}
    doc.spans[key] = [unique[k] for k in sorted(unique)]


def set_scored_group(doc: Doc, key: str, scored: Sequence[tuple[Span, Any]]) -> None:
    """Store spans in ``doc.spans[key]`` as they come, their numbers in the attribute ``scores``."""
    doc.spans[key] = [span for span, _ in scored]
    doc.spans[key].attrs["scores"] = [score for _, score in scored]


def name_key(text: str) -> str:
    """What two spellings of one name share: words in lower case, no punctuation."""
    return re.sub(r"\W+", " ", text).strip().casefold()
