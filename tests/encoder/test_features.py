"""Feature types of words: one bit a finding, and the capital that the article also writes small."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

from pressextract.encoder.features import FEATURE_TYPES, word_features, word_texts
from pressextract.labels import CITY, COMPANY, ORGANIZATION, ROLE


def _doc(text: str, **groups: list[tuple[int, int, str]]) -> Doc:
    doc = spacy.blank("fr")(text)
    for key, spans in groups.items():
        doc.spans[key] = [Span(doc, start, end, label=label) for start, end, label in spans]
    return doc


def test_each_finding_has_its_bit() -> None:
    doc = _doc(
        "Le maire de Lens voit Acme SA et Région.",
        roles=[(1, 2, ROLE)],
        cities=[(3, 4, CITY)],
        organizations=[(5, 7, COMPANY), (8, 9, ORGANIZATION), (3, 4, ORGANIZATION)],
    )
    assert word_features(doc) == [0, 4, 0, 1 + 16, 0, 8, 8, 0, 16, 0]
    assert max(word_features(doc)) < FEATURE_TYPES


def test_a_capital_says_little_where_the_word_is_also_written_small() -> None:
    assert word_features(_doc("Orange presse une orange. ÉTÉ, été, Lens")) == [2, 0, 0, 0, 0, 2, 0, 0, 0, 0]


def test_texts_are_those_of_the_tokens() -> None:
    doc = _doc("L'usine d'Été,\n\nà  Lens")
    assert word_texts(doc) == [token.text for token in doc]


def test_empty_document() -> None:
    assert (word_features(_doc("")), word_texts(_doc(""))) == ([], [])
