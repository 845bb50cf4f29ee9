"""Make token spans out of character matches, and keep them in a span group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

_NO_WORD = re.compile(r"\W+")
_texts: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def text_of(doc: Doc) -> str:
    """``doc.text``, joined once: spaCy joins all tokens anew each time it is asked.

    The tokens of a document never change their text; only an empty one may yet be filled.
    """
    text = _texts.get(doc)
    if not text:
        text = _texts[doc] = doc.text
    return text


def char_span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    """The span of tokens that cover characters [start, end), or None when the match is empty."""
    if end <= start:
        return None
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def text_before(span: Span, characters: int) -> str:
    """At most that many characters right before the span."""
    start = span.start_char
    return text_of(span.doc)[max(0, start - characters) : start]


def text_after(span: Span, characters: int) -> str:
    """At most that many characters right after the span."""
    end = span.end_char
    return text_of(span.doc)[end : end + characters]


def text_between(first: Span, second: Span, characters: int) -> str | None:
    """What stands between two spans; None when it is longer than that, or they are not in order."""
    start, end = first.end_char, second.start_char
    return text_of(second.doc)[start:end] if 0 < end - start <= characters else None


def set_group(doc: Doc, key: str, spans: Iterable[Span | None]) -> None:
    """Store ``spans`` in ``doc.spans[key]`` in text order, without duplicates."""
    unique = {(s.start, s.end, s.label_): s for s in spans if s is not None}
    doc.spans[key] = [unique[k] for k in sorted(unique)]


def set_scored_group(doc: Doc, key: str, scored: Sequence[tuple[Span, Any]]) -> None:
    """Store spans in ``doc.spans[key]`` as they come, their numbers in the attribute ``scores``."""
    doc.spans[key] = [span for span, _ in scored]
    doc.spans[key].attrs["scores"] = [score for _, score in scored]


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """What two spellings of one name share: words in lower case, no punctuation."""
    return _NO_WORD.sub(" ", text).strip().casefold()
