"""The tokenizer with its pattern's answers kept: the same tokens, and still one that can be written."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import spacy
from spacy.language import Language

from pressextract.tokenizer import KeptMatch, keep_matches, split_glued

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


@pytest.fixture(scope="module")
def split() -> Language:
    nlp = spacy.blank("fr")
    keep_matches(nlp)
    split_glued(nlp)
    return nlp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à TahitiLe maire", ["à", "Tahiti", "Le", "maire"]),
        ("DurandDes gens", ["Durand", "Des", "gens"]),
        ("FranceC’est vrai", ["France", "C’", "est", "vrai"]),
        ("OrléansL'usine", ["Orléans", "L'", "usine"]),
    ],
)
def test_a_heading_is_parted_from_the_sentence_after_it(
    split: Language, text: str, expected: list[str]
) -> None:
    assert words(split, text) == expected


@pytest.mark.parametrize(
    "text", ["LeBonCoin", "LafargeHolcim", "JeSuisLaura", "iLe", "O'Brien", "L'Élan", TEXT]
)
def test_other_words_are_as_before(split: Language, text: str) -> None:
    assert words(split, text) == words(spacy.blank("fr"), text)


def test_tokenizer_without_infixes_is_left_alone() -> None:
    nlp = spacy.blank("xx")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = None
    split_glued(nlp)
    assert tokenizer.infix_finditer is None
