"""Compare names: what is stripped for comparison only, and never from what the record shows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pressextract.lang import load_terms

_LEADING = re.compile(
    r"^(?:l'|le |la |les |d'|du |de |des |ex-)?(?:groupe |société |entreprise |holding )?", re.IGNORECASE
)
_SMALL_WORDS = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "d",
        "l",
        "et",
        "pour",
        "en",
        "sur",
        "a",
        "au",
        "aux",
        "dans",
        "of",
        "and",
        "the",
    ]
)
_GENERIC_TAILS = (
    "groupe",
    "group",
    "holding",
    "france sa",
    "corporation",
    "company",
    "et cie",
    "cie",
    "international sa",
)


def fold(text: str) -> str:
    """``text`` without accents, case and punctuation: "L'Oréal" -> "l oreal"."""
    bare = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "Oe"))
    bare = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w&+]+", " ", bare).strip()


@lru_cache(maxsize=16384)
def body_key(name: str) -> str:
    """Key of a company or organization: no article, no "groupe", no legal form, "et" as "&".

    "La société Dupont & Fils SAS" and "Dupont et Fils" share it; "Vinci" and "Vinci Autoroutes" do not.
    """
    stripped = _LEADING.sub("", " ".join(name.replace("’", "'").split()), count=1)
    key = fold(stripped).replace(" et ", " & ")
    for _ in range(2):
        key = _tail_pattern().sub("", key)
    return key or fold(name)


@cache
def _tail_pattern() -> re.Pattern[str]:
    forms = {fold(form) for form in load_terms("organizations")["legal_forms"]} | set(_GENERIC_TAILS)
    ordered = sorted(forms - {""}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<=\w) (?:{'|'.join(map(re.escape, ordered))})$")


def initials(name: str) -> set[str]:
    """Acronyms that ``name`` may have, folded: "Banque de France" -> {"bf", "bdf"}."""
    words = fold(name).split()
    if len(words) < 2:
        return set()
    heavy = [word for word in words if word not in _SMALL_WORDS]
    return {"".join(word[0] for word in chosen) for chosen in (heavy, words) if len(chosen) > 1}


def is_acronym(text: str) -> bool:
    """Whether ``text`` is written as an acronym: one word of 2 to 10 characters, mostly capitals."""
    return bool(re.fullmatch(r"[A-ZÀ-Þ][A-ZÀ-Þa-z0-9&-]{1,9}", text)) and sum(
        c.isupper() for c in text
    ) * 2 > len(text)
