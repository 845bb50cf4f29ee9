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
