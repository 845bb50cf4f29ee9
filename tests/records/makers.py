"""Docs with settled mentions, made of marked text: "[M. Durand|PERSON]" without a pipeline."""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Doc

_NLP = spacy.blank("fr")
_MARK = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")


def make_doc(marked: str) -> Doc:
    """The text without its marks, the marked stretches as entities."""
    text, spans, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        position = match.end()
    doc = _NLP.make_doc(text + marked[position:])
    found = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    doc.ents = [span for span in found if span is not None]
    return doc
