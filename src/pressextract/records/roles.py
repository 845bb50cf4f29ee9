"""Normal form of a role: lower case, masculine, acronyms expanded; the title itself is kept as written."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pressextract.lang import load_terms

_DOMAIN = re.compile(
    r" (?:de la |de l'|des |du |de |d'|en |à la |à l'|au |aux |pour |chargée? (?:de |d'|du |des ))"
)

_JOINT = re.compile(r"\bco[- ](?=[a-zà-ÿ])")
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


@lru_cache(maxsize=8192)
def title_of_role(text: str) -> str:
    """The title that a mention names: ``ex-`` is its status, though the tokenizer keeps it on the word."""
    return text[3:] if text[:3].lower() == "ex-" else text


@lru_cache(maxsize=8192)
def normalize_role(title: str) -> str:
    """Masculine lemma, acronyms expanded: "Directrice générale" -> "directeur général".

    Only the head and its adjectives change, not the domain ("directrice de la communication interne" ->
    "directeur de la communication interne").
    """
    lowered = " ".join(title.replace("’", "'").lower().split())
    lowered = _JOINT.sub("co", lowered)
    match = _DOMAIN.search(lowered)
    head, domain = (lowered[: match.start()], lowered[match.start() :]) if match else (lowered, "")
    words = [_expansions().get(word, word) for word in head.split(" ")]
    head = _WORD.sub(lambda m: _masculine(m[0]), " ".join(words))
    return head + domain.replace(" chargée ", " chargé ")


@cache
def _expansions() -> dict[str, str]:
    expansions: dict[str, str] = load_terms("role_forms")["expansions"]
    return expansions


def _masculine(word: str) -> str:
    """The masculine of a word; a compound changes part by part ("présidente-directrice")."""
    terms = load_terms("role_forms")
    if word in terms["masculine"]:
        return str(terms["masculine"][word])
    if word in terms["invariable"]:
        return word
    if "-" in word:
        return "-".join(_masculine(part) for part in word.split("-"))
    for feminine, masculine in terms["endings"]:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            return word.removesuffix(feminine) + str(masculine)
    return word
