"""What the rulers found, as one number a word: the ``token_type`` that the tagger's encoder embeds.

A word's number combines four things: in a town name of the gazetteer, in an organization's cue pattern (and
which kind), in a role phrase, and whether the word also stands in lower case in the article (then its
capital says little).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from pressextract.labels import COMPANY

FEATURE_TYPES = 64
"""Rows of the embedding; 32 are used."""
_CITY, _LOWER = 1, 2
_ROLE, _COMPANY, _ORGANIZATION = 4, 8, 16


Ints = npt.NDArray[np.int64]


def word_texts(doc: Doc) -> list[str]:
    """The text of each token, without making a Token of each."""
    strings = doc.vocab.strings
    return [strings[number] for number in doc.to_array("ORTH").tolist()]


def word_features(doc: Doc) -> list[int]:
    """The feature type of each token, in [0, ``FEATURE_TYPES``)."""
    types = np.zeros(len(doc), dtype=np.int64)
    _mark(types, doc, "cities", _CITY)
    _mark(types, doc, "roles", _ROLE)
    for span in doc.spans.get("organizations", []):
        types[span.start : span.end] |= _COMPANY if span.label_ == COMPANY else _ORGANIZATION
    words, lowered, is_lower = doc.to_array(["ORTH", "LOWER", "IS_LOWER"]).T
    is_lower = is_lower.astype(bool)
    small = set(words[is_lower].tolist())  # np.isin takes ten times as long
    types[~is_lower & np.array([word in small for word in lowered.tolist()], dtype=bool)] |= _LOWER
    features: list[int] = types.tolist()
    return features


def _mark(types: Ints, doc: Doc, group: str, bit: int) -> None:
    for span in doc.spans.get(group, []):
        types[span.start : span.end] |= bit
