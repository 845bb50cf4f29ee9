"""Write a sentence as a string in which each mention is one symbol, so that a fact rule is a readable regex.

``Ann Loy, le Pdg de Tekla, une entreprise`` becomes ``①, le ② de ③, une entreprise``: ① person, ② role,
③ company or organization, ④ city, ⑤ date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pressextract.components.spans import text_of
from pressextract.labels import CITY, COMPANY, DATE, ORGANIZATION, PERSON, ROLE

SYMBOLS = {PERSON: "①", ROLE: "②", COMPANY: "③", ORGANIZATION: "③", CITY: "④", DATE: "⑤"}
_TAKEN = re.compile("[①②③④⑤]")
"""Where a text itself has a symbol, it is written ``°``."""
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


def encode(doc: Doc) -> list[Sentence]:
    """The encoded sentences of ``doc`` in order; symbols never straddle two sentences."""
    return list(_sentences(doc))


def _sentences(doc: Doc) -> Iterator[Sentence]:
    code, slots = _encode_text(doc)
    positions = [slot.position for slot in slots]
    start = 0
    ends = [match.span() for match in _SENTENCE_END.finditer(code)]
    for stop, resume in [*ends, (len(code), len(code))]:
        if code[start:stop].strip():
            held = slots[bisect_left(positions, start) : bisect_left(positions, stop)]
            inside = {slot.position - start: slot for slot in held}
            begin, end = _origin(slots, positions, start), _origin(slots, positions, stop - 1) + 1
            yield Sentence(code[start:stop], inside, begin, end)
        start = resume


def _origin(slots: Sequence[Slot], positions: Sequence[int], at: int) -> int:
    """The character of the document at a position of its code; of a symbol, the last of its mention."""
    number = bisect_right(positions, at) - 1
    return at if number < 0 else slots[number].end - 1 + at - positions[number]


def _encode_text(doc: Doc) -> tuple[str, list[Slot]]:
    text = text_of(doc)
    plain = _TAKEN.sub("°", text)
    pieces: list[str] = []
    slots: list[Slot] = []
    done = position = 0
    for span in marked_mentions(doc):
        start, end, label = span.start_char, span.end_char, span.label_
        position += start - done
        slots.append(Slot(label, start, end, text[start:end], position))
        pieces += [plain[done:start], SYMBOLS[label]]
        position += 1
        done = end
    pieces.append(plain[done:])
    return "".join(pieces), slots


def marked_mentions(doc: Doc) -> list[Span]:
    """Roles first where they overlap an entity (``ambassadeur de France``), then entities, then dates."""
    dates = [Span(doc, s.start, s.end, label=DATE) for s in doc.spans.get("dates", []) if s.label_ == DATE]
    ranked = [*doc.spans.get("roles", []), *(e for e in doc.ents if e.label_ in SYMBOLS), *dates]
    taken: set[int] = set()
    kept = []
    for span in ranked:
        tokens = range(span.start, span.end)
        if span.label_ in SYMBOLS and taken.isdisjoint(tokens):
            kept.append(span)
            taken.update(tokens)
    return sorted(kept, key=lambda s: s.start)
