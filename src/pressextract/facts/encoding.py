"""Write a sentence as a string in which each mention is one symbol, so that a fact rule is a readable regex.

``Ann Loy, le Pdg de Tekla, une entreprise`` becomes ``①, le ② de ③, une entreprise``: ① person, ② role,
③ company or organization, ④ city, ⑤ date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

SYMBOLS = {PERSON: "①", ROLE: "②", COMPANY: "③", ORGANIZATION: "③", CITY: "④", DATE: "⑤"}
_FOLD = str.maketrans(dict.fromkeys("①②③④⑤", "°"))
_SENTENCE_END = re.compile(r"(?<=[a-zà-ÿ0-9»)①②③④⑤][.!?…])(?:\s*»)?\s+(?=[«\"A-ZÀ-Þ①②③④⑤-])|\n+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention in an encoded text: label, characters [start, end) in the document, place of its symbol."""

    label: str
    start: int
    end: int
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """An encoded sentence and the mentions behind its symbols, by position in ``code``."""

    code: str
    slots: dict[int, Slot]
    start: int
    end: int


def encode(doc: Doc) -> Iterator[Sentence]:
    """Yield the encoded sentences of ``doc`` in order; symbols never straddle two sentences."""
    code, slots, origin = _encode_text(doc)
    start = 0
    ends = [match.span() for match in _SENTENCE_END.finditer(code)]
    for stop, resume in [*ends, (len(code), len(code))]:
        if code[start:stop].strip():
            inside = {p - start: s for p, s in slots.items() if start <= p < stop}
            yield Sentence(code[start:stop], inside, origin[start], origin[stop - 1] + 1)
        start = resume


def _encode_text(doc: Doc) -> tuple[str, dict[int, Slot], list[int]]:
    text = doc.text
    pieces: list[str] = []
    origin: list[int] = []
    slots: dict[int, Slot] = {}
    position = 0
    for span in marked_mentions(doc):
        pieces.append(text[position : span.start_char].translate(_FOLD))
        origin.extend(range(position, span.start_char))
        slots[len(origin)] = Slot(span.label_, span.start_char, span.end_char, span.text, len(origin))
        pieces.append(SYMBOLS[span.label_])
        origin.append(span.end_char - 1)
        position = span.end_char
    pieces.append(text[position:].translate(_FOLD))
    origin.extend(range(position, len(text)))
    return "".join(pieces), slots, origin


def marked_mentions(doc: Doc) -> list[Span]:
    """Roles first where they overlap an entity (``ambassadeur de France``), then entities, then dates."""
    dates = [Span(doc, s.start, s.end, label=DATE) for s in doc.spans.get("dates", []) if s.label_ == DATE]
    ranked = [*doc.spans.get("roles", []), *(e for e in doc.ents if e.label_ in SYMBOLS), *dates]
    taken: set[int] = set()
    kept = []
    for span in ranked:
        tokens = range(span.start, span.end)
        if span.label_ in SYMBOLS and not taken.intersection(tokens):
            kept.append(span)
            taken.update(tokens)
    return sorted(kept, key=lambda s: s.start)
