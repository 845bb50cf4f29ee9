"""When two names, two roles or two date texts are the same: folding of French names for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CACHE_SIZE = 1 << 16
_LEADING = re.compile(r"^(?:l'|le |la |les |d'|du |de |des |groupe |societe |m |mme |mr )+")
_LEGAL_FORM = re.compile(r"\b(?:sa|sas|sarl|inc|plc|ag|se|corp|ltd|gmbh)$")
_SPACES = re.compile(r"\s+")
_NOT_KEPT = re.compile(r"[^\w&+']+")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "«": '"', "»": '"', "“": '"', "”": '"'})  # noqa: RUF001
MIN_SHARED_ROLE_WORDS = 0.5


@lru_cache(maxsize=_CACHE_SIZE)
def fold_name(name: str) -> str:
    """Fold a name: no case, accents, punctuation, leading article, civility or "groupe", trailing legal form.

    Two names are the same when they fold to the same string ("Société Novalys SAS" and "NOVALYS").
    """
    text = name.replace("’", "'").replace("œ", "oe").replace("Œ", "Oe")  # noqa: RUF001
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    words = _LEADING.sub("", _NOT_KEPT.sub(" ", plain).strip())
    return _LEGAL_FORM.sub("", words).strip()


@lru_cache(maxsize=_CACHE_SIZE)
def role_words(role: str) -> tuple[str, ...]:
    """The folded words of a role, without plural s."""
    return tuple(word.rstrip("s") for word in fold_name(role).split())


def similar_roles(gold: str, pred: str) -> bool:
    """Whether two roles are the same, or share their first word and at least half of all their words."""
    first, second = role_words(gold), role_words(pred)
    if first == second:
        return True
    if not first or not second or first[0] != second[0]:
        return False
    one, two = set(first), set(second)
    return len(one & two) / len(one | two) >= MIN_SHARED_ROLE_WORDS


def contains_either_way(gold: str, pred: str) -> bool:
    """Whether one folded text contains the other."""
    one, two = fold_name(gold), fold_name(pred)
    return one in two or two in one


def straighten(text: str) -> str:
    """``text`` with straight apostrophes and quotes and single spaces: what a careful typist may change."""
    return _SPACES.sub(" ", text.translate(_TYPOGRAPHY)).strip()


fold_typography = lru_cache(maxsize=_CACHE_SIZE)(straighten)
"""``straighten``, remembered: for names, which come again and again."""
