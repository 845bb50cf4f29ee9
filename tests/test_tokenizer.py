"""The tokenizer with its pattern's answers kept: the same tokens, and still one that can be written."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import spacy
from spacy.language import Language

from pressextract.tokenizer import KeptMatch, keep_matches

TEXT = "L'ex-directeur s'est-il rendu à Saint-Jean-de-Luz, porte-parole compris, aujourd'hui ? Non-dit. Entr'acte."


@pytest.fixture(scope="module")
def kept() -> Language:
    nlp = spacy.blank("fr")
    keep_matches(nlp)
    return nlp


def words(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text)]


def test_same_tokens_as_without_also_when_words_come_back(kept: Language) -> None:
    expected = words(spacy.blank("fr"), TEXT)
    assert "porte-parole" in expected  # what the pattern is for
    assert [words(kept, TEXT) for _ in range(2)] == [expected, expected]


def test_pattern_is_asked_once_for_a_string(kept: Language) -> None:
    tokenizer: Any = kept.tokenizer
    match = tokenizer.token_match.__self__
    assert isinstance(match, KeptMatch)
    words(kept, TEXT)
    asked = match._known.cache_info().misses
    tokenizer.token_match = match.match  # drops what the tokenizer itself keeps
    words(kept, TEXT)
    assert match._known.cache_info().misses == asked


def test_goes_through_bytes_and_pickle(kept: Language) -> None:
    restored = spacy.blank("fr").from_bytes(kept.to_bytes())
    assert words(restored, TEXT) == words(kept, TEXT)
    copied: Any = pickle.loads(pickle.dumps(kept.tokenizer))
    assert [token.text for token in copied(TEXT)] == words(kept, TEXT)


def test_tokenizer_without_a_pattern_is_left_alone() -> None:
    nlp = spacy.blank("xx")
    keep_matches(nlp)
    tokenizer: Any = nlp.tokenizer
    assert tokenizer.token_match is None
