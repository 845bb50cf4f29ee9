"""Organizations and companies: cues, legal forms, institutional heads, known names, user patterns.

Each candidate is a named body with a first guess of its type; ``mentions`` settles one type per name.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import char_span, set_group
from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

GROUP = "organizations"
CAP = r"(?:[A-ZÀ-ÖØ-ÞŒ0-9][\w&+.'’-]*[\w+]|[A-ZÀ-ÖØ-ÞŒ])"
_LINK = r"(?:&|et|de|du|des|la|le|les|en|pour|d'|de l'|of|and|the)"
NAME = rf"{CAP}(?: (?:{_LINK} )?{CAP}){{0,4}}"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def cue_pattern(label: str) -> re.Pattern[str]:
    """``la société X``, ``l'association X``: group ``name`` is X without the descriptive noun."""
    terms = load_terms("organizations")
    cues = _any(terms["company_cues" if label == COMPANY else "organization_cues"])
    adjective = r"(?: (?!de\b|du\b|des\b|et\b|qui\b|a\b|est\b|en\b)[a-zà-ÿ-]{4,}){0,2}"
    return re.compile(rf"(?<![\w-])(?i:{cues}){adjective},? (?:« ?)?(?P<name>{NAME})")


@cache
def legal_pattern() -> re.Pattern[str]:
    """``X SA``, ``Dupont et Fils SARL``; the legal form is left out of the name only when in front."""
    forms = _any(load_terms("organizations")["legal_forms"])
    return re.compile(rf"(?<![\w-])(?P<name>{NAME} (?:{forms}))(?![\w-])|\b(?:SAS|SARL|SA|SCOP|Scop|EURL|SCI) (?P<name2>{NAME})")


@cache
def institution_pattern() -> re.Pattern[str]:
    """``tribunal de commerce de Lyon``, ``CCI Marseille-Provence``, ``ministère de l'Économie``."""
    heads = _any(load_terms("organizations")["organization_heads"])
    return re.compile(rf"(?<![\w-])(?P<head>{heads})(?P<tail>{_TAIL})")


_TAIL = (
    r"(?:(?: (?:[a-zà-ÿ]+(?:al|ale|aux|ales|el|elle|ique|iques|ien|ienne|enne|éen|if|ive|aise|ais|aine|ain|ieur|ieure)"
    r"|commerce|agriculture|métiers|communes|agglomération|appel|surveillance|grande instance|industrie))"
    r"|(?: (?:de la |de l'|du |des |de |d'|pour |aux? |et (?:de la |de l'|du |des |d'industrie )?)?"
    rf"(?:la |le |les |l')?(?:{CAP}|commerce|métiers|communes|agglomération|recherche|santé|développement|finances|comptes|travail|instance|grande instance|industrie)))"
    r"{0,6}"
)


@cache
def known_pattern() -> re.Pattern[str]:
    """Well-known names of the term list, as whole words, case-sensitive."""
    terms = load_terms("organizations")
    return re.compile(
        rf"(?<![\w-])(?:(?P<company>{_any(terms['companies'])})|(?P<organization>{_any(terms['organizations'])}))(?![\w-])"
    )


def find_organizations(text: str) -> list[tuple[int, int, str]]:
    """Candidates (start, end, label) in characters, half-open; they may overlap."""
    found: list[tuple[int, int, str]] = []
    for label in (COMPANY, ORGANIZATION):
        for match in cue_pattern(label).finditer(text):
            found.append((*match.span("name"), label))
    for match in legal_pattern().finditer(text):
        group = "name" if match["name"] else "name2"
        found.append((*match.span(group), COMPANY))
    for match in institution_pattern().finditer(text):
        if re.search(r"[A-ZÀ-Þ]", match["tail"]) or match["head"][0].isupper() and match["tail"]:
            found.append((*match.span(), ORGANIZATION))
    for match in known_pattern().finditer(text):
        found.append((*match.span(), COMPANY if match["company"] else ORGANIZATION))
    return sorted(found)


class Organizations:
    """Writes ``doc.spans["organizations"]``."""

    def __call__(self, doc: Doc) -> Doc:
        set_group(doc, GROUP, (char_span(doc, s, e, label) for s, e, label in find_organizations(doc.text)))
        return doc


@Language.factory("pressextract_organizations", assigns=["doc.spans"])
def make_organizations(nlp: Language, name: str) -> Organizations:
    """Make the organization component; it needs nothing of the pipeline before it."""
    return Organizations()
