"""Public and civil bodies by their head noun: ``tribunal de commerce de Lyon``, ``CCI du Tarn``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pressextract.components.people import is_given_name
from pressextract.labels import ORGANIZATION
from pressextract.lang import load_terms

_WORD = re.compile(r"[^\W\d_]\w*")
_NEXT = re.compile(
    r"(?P<joint>, | et )?(?P<link>(?(joint)| )(?:de la |de l'|du |des |de |d'|pour la |pour le |pour l'"
    r"|pour les |aux |sur le |sur la ))?"
    r"(?(joint)|(?(link)| ))(?P<word>[^\W_][\w'.-]*\w|[A-ZÀ-Þ])"
)
_ADJECTIVE = re.compile(
    r"[a-zà-ÿ-]*(?:al|ale|aux|ales|el|elle|els|elles|ique|iques|ien|ienne|iens|iennes|éen|éenne|éennes|if"
    r"|ive|ives|ais|aise|"
    r"ain|aine|aines|ieur|ieure|aire|aires|iste|istes|ière|ières|ois|oise|an|ane|public|publique|privé"
    r"|unie|unies|pénale|mixte)"
)
_MAX_WORDS = 9


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = {}
    for head in load_terms("organizations")["organization_heads"]:
        first = _WORD.match(head)
        if first:
            heads.setdefault(first[0], []).append(head)
    return {first: tuple(sorted(found, key=lambda h: (-len(h), h))) for first, found in heads.items()}


@cache
def _terms() -> tuple[frozenset[str], frozenset[str]]:
    standalone = load_terms("organizations")["standalone_heads"]
    return frozenset(standalone), frozenset(load_terms("roles")["nationalities"])


@cache
def _descriptive_heads() -> frozenset[str]:
    """Heads that are no part of a name that follows at once (``l'association X`` is X)."""
    return frozenset(load_terms("organizations")["descriptive_heads"])


def find_institutions(text: str) -> Iterator[tuple[int, int, str]]:
    """Bodies named by a head noun and what completes it, as (start, end, label) in characters."""
    heads, done = _heads(), 0
    for word in _WORD.finditer(text):
        known = heads.get(word[0])
        start = word.start()
        if known is None or start < done or text[start - 1 : start] == "-":
            continue
        for head in known:
            end = start + len(head)
            after = text[end : end + 1]
            if text.startswith(head, start) and not after.isalnum() and after != "-":
                stop = _complete(text, head, end)
                if stop > end and any(c.isupper() for c in text[start:stop]):
                    yield start, stop, ORGANIZATION
                    done = stop
                break


def _complete(text: str, head: str, end: int) -> int:
    """Where the name that begins with ``head`` ends."""
    standalone, nationalities = _terms()
    last = "descriptive head" if head in _descriptive_heads() else "head"
    for _ in range(_MAX_WORDS):
        match = _NEXT.match(text, end)
        if not match:
            break
        word = match["word"]
        is_upper = word[0].isupper()
        kind = _kind(match, is_upper, last)
        if not kind or (kind == "adjective" and head in standalone and word in nationalities):
            break
        if kind == "name" and last != "name" and last != "head" and is_given_name(word):
            break
        end, last = match.end(), kind
    return end


def _kind(match: re.Match[str], is_upper: bool, last: str) -> str:
    """What the next word is to the name: "name", "noun", "adjective", or nothing of it."""
    word = match["word"]
    if match["link"]:
        if match["joint"] and last not in ("noun", "name", "adjective"):
            return ""
        if match["joint"] == ", " and not is_upper:
            return ""
        return "name" if is_upper else ("noun" if len(word) > 3 or word in ("art", "vin", "lin") else "")
    if match["joint"]:
        return "adjective" if last == "adjective" and _ADJECTIVE.fullmatch(word) else ""
    if is_upper:
        return "name" if last in ("head", "name", "adjective") else ""
    return "adjective" if _ADJECTIVE.fullmatch(word) else ""
