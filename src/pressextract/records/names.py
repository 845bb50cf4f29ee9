"""Compare names: what is stripped for comparison only, and never from what the record shows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pressextract.lang import any_of, load_terms

_PUNCTUATION = re.compile(r"[^\w&+]+")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þa-z0-9&-]{1,9}")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """``text`` without accents, case and punctuation: "L'Oréal" -> "l oreal"."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "Oe"))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return _PUNCTUATION.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=16384)
def body_key(name: str) -> str:
    """Key of a company or organization: no article, no "groupe", no legal form, "et" as "&".

    "La société Dupont & Fils SAS" and "Dupont et Fils" share it; "Vinci" and "Vinci Autoroutes" do not.
    """
    stripped = _leading_pattern().sub("", " ".join(name.replace("’", "'").split()), count=1)
    key = fold(stripped).replace(" et ", " & ")
    for _ in range(2):
        key = _tail_pattern().sub("", key)
    return key or fold(name)


@cache
def _leading_pattern() -> re.Pattern[str]:
    heads = any_of(load_terms("names")["generic_heads"])
    return re.compile(rf"^(?:l'|le |la |les |d'|du |de |des |ex-)?(?:(?:{heads}) )?", re.IGNORECASE)


@cache
def _tail_pattern() -> re.Pattern[str]:
    forms = {fold(form) for form in load_terms("organizations")["legal_forms"]}
    forms |= set(load_terms("names")["generic_tails"])
    return re.compile(rf"(?<=\w) (?:{any_of(forms - {''})})$")


def initials(name: str) -> set[str]:
    """Acronyms that ``name`` may have, folded: "Banque de France" -> {"bf", "bdf"}."""
    words = fold(name).split()
    if len(words) < 2:
        return set()
    heavy = [word for word in words if word not in load_terms("names")["small_words"]]
    return {"".join(word[0] for word in chosen) for chosen in (heavy, words) if len(chosen) > 1}


def is_acronym(text: str) -> bool:
    """Whether ``text`` is written as an acronym: one word of 2 to 10 characters, mostly capitals."""
    return bool(_ACRONYM.fullmatch(text)) and sum(c.isupper() for c in text) * 2 > len(text)
