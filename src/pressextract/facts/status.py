"""Whether a position is held now, was, or will be: from the words around the role."""

from __future__ import annotations

import re
from functools import cache

from pressextract.facts.chains import Holder
from pressextract.facts.encoding import Sentence
from pressextract.facts.patterns import pattern
from pressextract.lang import any_of, load_terms
from pressextract.schema import Status


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{any_of(load_terms('facts')[key])})(?![\w'])", re.IGNORECASE)


def find_status(holder: Holder) -> Status:
    """The status of ``holder``: from who leaves to whom, then from its openers, then from the gap."""
    if holder.rule in ("replaced", "succeeds"):
        return "former"
    if holder.rule in ("handed", "hands over"):
        return "incoming"
    if _words("former").search(holder.role.openers) or holder.role.slot.text.lower().startswith("ex-"):
        return "former"
    if _words("incoming").search(holder.role.openers):
        return "incoming"
    if holder.rule in ("as", "seat", "pronoun as"):
        if _words("seat_verbs_former").search(holder.gap):
            return "former"
        return "incoming" if _words("seat_verbs_incoming").search(holder.gap) else "current"
    if _words("appointed_incoming").search(holder.gap) or _words("copulas_incoming").search(holder.gap):
        return "incoming"
    return "former" if _is_past(holder.gap) else "current"


def _is_past(gap: str) -> bool:
    is_past = bool(_words("copulas_former").search(gap))
    return is_past and not pattern("renewed").search(gap)


def is_denied(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a negation or a hypothesis governs the characters [start, end) of the encoded sentence."""
    opening = max(sentence.code.rfind(mark, 0, start) for mark in ".;:,«(") + 1
    clause = sentence.code[max(opening, start - 50) : end]
    return bool(_words("negations").search(clause) or _words("hypotheticals").search(clause))
