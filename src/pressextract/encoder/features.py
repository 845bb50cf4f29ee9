"""What the rulers found, as one number a word: the ``token_type`` that the tagger's encoder embeds.

A word's number combines four things: in a town name of the gazetteer, in an organization's cue pattern (and
which kind), in a role phrase, and whether the word also stands in lower case in the article (then its
capital says little).
"""

from __future__ import annotations

from spacy.tokens import Doc

from pressextract.labels import COMPANY

FEATURE_TYPES = 64
"""Rows of the embedding; 24 are used."""
_CITY, _LOWER = 1, 2
_ROLE, _COMPANY, _ORGANIZATION = 4, 8, 16


def word_features(doc: Doc) -> list[int]:
    """The feature type of each token, in [0, ``FEATURE_TYPES``)."""
    types = [0] * len(doc)
    _mark(types, doc, "cities", _CITY)
    _mark(types, doc, "roles", _ROLE)
    for span in doc.spans.get("organizations", []):
        bit = _COMPANY if span.label_ == COMPANY else _ORGANIZATION
        for place in range(span.start, span.end):
            types[place] |= bit
    lowered = {token.text for token in doc if token.text.islower()}
    for place, token in enumerate(doc):
        if not token.text.islower() and token.text.lower() in lowered:
            types[place] |= _LOWER
    return types


def _mark(types: list[int], doc: Doc, group: str, bit: int) -> None:
    for span in doc.spans.get(group, []):
        for place in range(span.start, span.end):
            types[place] |= bit
