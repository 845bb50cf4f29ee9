"""What stands just before and after a match: the patterns of ``checks.toml``, the capitals of the text."""

from __future__ import annotations

import re
from functools import cache

from pressextract.dates.folding import Folded
from pressextract.dates.grammar import alternatives, read_toml, spaced
from pressextract.dates.terms import terms

WINDOW = 40
"""Characters before a match that are looked at."""
_LISTS = (
    "function_words",
    "count_nouns",
    "auxiliaries",
    "date_heads",
    "event_nouns",
    "months",
    "street_nouns",
)
_DATE_PREFIXES = ("mi", "fin", "debut", "ci", "la")


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """The patterns of ``checks.toml`` by name: "…before" ends at the match, the others begin there."""
    compiled = {}
    for name, pattern in read_toml("checks")["patterns"].items():
        words = spaced(pattern)
        for key in _LISTS:
            words = words.replace("{" + key + "}", alternatives(terms()[key]))
        compiled[name] = re.compile(rf"(?:{words})$" if name.endswith("before") else words)
    return compiled


def search_before(text: str, start: int, name: str) -> re.Match[str] | None:
    """The match of pattern ``name`` that ends at character ``start``."""
    return cues()[name].search(text, max(0, start - WINDOW), start)


def stands_before(folded: Folded, match: re.Match[str], name: str) -> bool:
    """Whether pattern ``name`` ends where ``match`` begins."""
    return search_before(folded.text, match.start(), name) is not None


def stands_after(folded: Folded, match: re.Match[str], name: str) -> bool:
    """Whether pattern ``name`` begins where ``match`` ends."""
    return cues()[name].match(folded.text, match.end()) is not None


def is_capital(folded: Folded, position: int) -> bool:
    """Whether the original character at a folded position is a capital."""
    return folded.original(position).isupper()


def has_one_capital(folded: Folded, match: re.Match[str]) -> bool:
    """Whether the match is written "Mars", neither "mars" nor "MARS"."""
    return is_capital(folded, match.start()) and not is_capital(folded, match.start() + 1)


def follows_name(folded: Folded, match: re.Match[str], is_strict: bool = False) -> bool:
    """Whether the word before has a capital and, unless ``is_strict``, does not open its sentence."""
    before = search_before(folded.text, match.start(), "word_before")
    if before is None or before["word"] in _opening_words() or not is_capital(folded, before.start("word")):
        return False
    return is_strict or search_before(folded.text, before.start(), "sentence_start_before") is None


def precedes_name(folded: Folded, match: re.Match[str]) -> bool:
    """Whether a word with a capital or a hyphen follows: "Noël Dupont", "Saint-Jean-de-Luz"."""
    after = cues()["capital_after"].match(folded.text, match.end())
    return after is not None and (after["next"] is None or is_capital(folded, after.start("next")))


def is_joined(folded: Folded, match: re.Match[str]) -> bool:
    """Whether a hyphen joins the match to a word that is no date word."""
    before = search_before(folded.text, match.start(), "joined_before")
    after = cues()["joined_after"].match(folded.text, match.end())
    words = [found["word"] for found in (before, after) if found is not None]
    return any(word not in terms()["months"] and word not in _DATE_PREFIXES for word in words)


@cache
def _opening_words() -> frozenset[str]:
    """Words that may have a capital without being a name: openers of sentences, yearly events."""
    return frozenset(
        (*terms()["function_words"], *terms()["event_nouns"], "debut", "fin", "des", "mi", "jusqu", "lors")
    )
