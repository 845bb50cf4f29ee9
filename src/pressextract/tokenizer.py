"""The stock tokenizer, faster, as the answers of its slowest pattern are kept, and parting what lost its line
break: ``TahitiLe``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from spacy.language import Language

from pressextract.lang import any_of, load_terms

MOST_KEPT = 32_768
"""Strings whose answer is kept; words come back, so that most of a text is among them."""


class KeptMatch:
    """A pattern that remembers which strings it matched; ``match`` stands for that of the pattern itself.

    The French ``token_match`` of spaCy tries 266 alternatives on every new string: half of its time.
    """

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled
        self._known = lru_cache(MOST_KEPT)(lambda text: compiled.match(text) is not None)

    @property
    def pattern(self) -> str:
        """Read by spaCy where it writes a tokenizer to bytes or to disk."""
        return self._compiled.pattern

    def match(self, text: str) -> bool:
        """Whether the pattern matches at the beginning of ``text``."""
        return self._known(text)

    def __reduce__(self) -> tuple[type[KeptMatch], tuple[re.Pattern[str]]]:
        return KeptMatch, (self._compiled,)


def keep_matches(nlp: Language) -> None:
    """Let the tokenizer of ``nlp`` keep what its ``token_match`` said; one without is left alone."""
    tokenizer: Any = nlp.tokenizer
    pattern = getattr(getattr(tokenizer, "token_match", None), "__self__", None)
    if isinstance(pattern, re.Pattern):
        tokenizer.token_match = KeptMatch(pattern).match


def split_glued(nlp: Language) -> None:
    """Let the tokenizer of ``nlp`` part a heading from the word that opens the sentence after it.

    ``DurandDes`` becomes two words, ``LeBonCoin`` and ``LafargeHolcim`` stay one; a tokenizer without infixes
    is left alone. One article of forty has such a place, where a page became text without its line breaks.
    """
    tokenizer: Any = nlp.tokenizer
    pattern = getattr(getattr(tokenizer, "infix_finditer", None), "__self__", None)
    if isinstance(pattern, re.Pattern):
        terms = load_terms("noise")
        openers = f"(?:{any_of(terms['glued_openers'])})$|(?:{any_of(terms['glued_elisions'])})['’]"
        tokenizer.infix_finditer = re.compile(rf"{pattern.pattern}|(?<=[a-zà-ÿ]{{2}})(?={openers})").finditer
