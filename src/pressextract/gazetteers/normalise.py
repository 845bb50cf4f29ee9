"""Normalised keys: one spelling for every way of writing a place name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—'’ʼ‘`´.,_]+")
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SUR = re.compile(r"\bs/\s*")
_SOUS = re.compile(r"\bss/\s*")
_MARKS = re.compile(r"[\u0300-\u036f]")


@lru_cache(maxsize=16384)
def accented_key(text: str) -> str:
    """Case, hyphens, apostrophes and St/Ste levelled; accents kept ("St-Étienne" -> "saint étienne")."""
    low = unicodedata.normalize("NFC", text).lower().translate(_LIGATURES)
    if "/" in low:
        low = _SUR.sub("sur ", _SOUS.sub("sous ", low))
    words = _SEPARATORS.sub(" ", low).strip().split(" ")
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def fold(text: str) -> str:
    """Drop the accents ("étienne" -> "etienne")."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """The key under which a name is filed ("St-Étienne" -> "saint etienne")."""
    return fold(accented_key(text))
