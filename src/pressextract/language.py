"""Whether a text is French, by its function words: enough to keep other languages out."""

from __future__ import annotations

import re
from collections import Counter

from pressextract.lang import load_languages

SAMPLE_CHARACTERS = 6_000
"""How much of a text is judged; a French headline over an English text does not make it French."""
MIN_WORDS = 25
"""Texts with fewer words are taken for French: names and numbers leave nothing to judge by."""
MIN_SHARE = 0.12
"""Least share of French function words among the words of a French text (lists of names are near 0.2)."""
_WORD = re.compile(r"[^\W\d_]+")


def looks_french(text: str) -> bool:
    """Whether French function words are frequent in ``text``, and no other language's are more frequent."""
    words = Counter(_WORD.findall(_sample(text).lower()))
    total = words.total()
    if total < MIN_WORDS:
        return True
    shares = {
        language: sum(words.get(word, 0) for word in terms) / total
        for language, terms in load_languages().items()
    }
    return shares["fr"] >= MIN_SHARE and shares["fr"] == max(shares.values())


def _sample(text: str) -> str:
    """The beginning of the text, or, of a long one, stretches of its beginning, middle and end."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    third = SAMPLE_CHARACTERS // 3
    middle = len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))
