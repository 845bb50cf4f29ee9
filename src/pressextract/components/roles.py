"""Roles: French job and office titles as head + modifiers + domain, from the lists in ``lang/fr/roles.json``."""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import char_span, set_group
from pressextract.labels import ROLE
from pressextract.lang import load_terms

GROUP = "roles"
_UPPER_WORD = r"[A-ZÀ-ÖØ-ÞŒ][\w\-]*"
_DE = r"(?:de la |de l'|du |des |de |d'|aux |au |à la |à l'|à |en )"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def role_pattern() -> re.Pattern[str]:
    """The compiled role grammar; group ``role`` is the phrase without article, employer or status word."""
    terms = load_terms("roles")
    heads = _any([h + s for h in terms["heads"] for s in ("",)])
    phrases = _any(terms["phrases"])
    mods = _any(terms["modifiers"])
    domains = _any(terms["domains"])
    head = (
        rf"(?:(?:co-?|vice-|sous-|premier[- ]|première[- ])?(?:{heads})(?:-(?:{heads}))?|{phrases}|vice-?président(?:e)?)"
    )
    modifier = rf"(?:[ -](?:{mods})(?![\w'-])(?: et (?:{mods})(?![\w'-]))?)"
    noun = rf"(?i:{domains})(?![\w'])(?:[ ](?:{mods})(?![\w'-]))?"
    domain = rf"(?: {_DE}(?i:{noun})(?:(?:, | et | et {_DE}|, {_DE}){noun}){{0,3}})"
    charge = rf"(?: (?:chargée?s?|en charge|responsable) {_DE}[^\n,.;:()«»!?]{{3,100}}?(?= (?:a|est|et [lm]|ont|sera|résume|qui|explique)\b|[\n,.;:()«»!?]|$))"
    auprès = rf"(?: auprès (?:de la |de l'|du |des |de )(?:[a-zéèê]+ )?{_DE}?[\w'-]+)"
    office_word = rf"(?:{_UPPER_WORD}|(?i:{domains})|et|de la|de l'|du|des|de|d'|{mods})"
    office = (
        rf"(?:[Vv]ice-)?(?:[Pp]remi(?:er|ère)[ -])?(?:[Mm]inistre|[Ss]ecrétaire d'[ÉE]tat)(?: (?:{mods}))?"
        rf"(?: (?:de l'|d'|de la |du |des |de |à la |à l'|au |aux |chargée? (?:de la |de l'|du |des ))"
        rf"{_UPPER_WORD}(?:(?:,? | et | et de l'|, de l'| de l'| d'| et à l')(?:{office_word}))*)?"
    )
    ambassador = rf"[Aa]mbassad(?:eur|rice) (?:de |d'|du |des ){_UPPER_WORD}"
    honour = r"[Gg]arde des [Ss]ceaux"
    general = rf"(?:(?i:{head}){modifier}*{domain}?(?:{modifier})*{auprès}?{charge}?)"
    return re.compile(rf"(?<![\w'-])(?<!ex-)(?:[LlDd]'|[Ee]x-)?(?P<role>{ambassador}|{honour}|{office}|{general})(?![\w-])")


@cache
def plural_heads() -> frozenset[str]:
    """Heads that name a group when an indefinite or plural determiner stands before them."""
    return frozenset(load_terms("roles")["ambiguous_heads"])


_DETERMINED = re.compile(r"(?:\b(?:le|la|l'|un|une|son|sa|notre|ancien|ancienne|ex-|,|\()\s*)$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\b(?:très|plus|trop|si)\s+$", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[ ,]+(?:et|de la|de l'|du|des|de|d'|à|au))+$|[ ,'-]+$")


def find_roles(text: str) -> list[tuple[int, int]]:
    """Character spans [start, end) of the role phrases in ``text``, in order, not overlapping."""
    found = []
    for match in role_pattern().finditer(text):
        start, end = match.span("role")
        phrase = _TRAILING.sub("", text[start:end])
        before = text[max(0, start - 12) : start]
        if _ADJECTIVE.search(before):
            continue
        if phrase.lower() in plural_heads() and not _is_determined(before, text, start + len(phrase)):
            continue
        found.append((start, start + len(phrase)))
    return found


def _is_determined(before: str, text: str, end: int) -> bool:
    """A bare ambiguous head is a role after a determiner or comma, or right before a capitalised name."""
    return bool(_DETERMINED.search(before)) or bool(re.match(r",? [A-ZÀ-Þ]", text[end : end + 3]))


class Roles:
    """Writes ``doc.spans["roles"]``."""

    def __call__(self, doc: Doc) -> Doc:
        set_group(doc, GROUP, (char_span(doc, start, end, ROLE) for start, end in find_roles(doc.text)))
        return doc


@Language.factory("pressextract_roles", assigns=["doc.spans"])
def make_roles(nlp: Language, name: str) -> Roles:
    """Make the role component; it needs nothing of the pipeline before it."""
    return Roles()
