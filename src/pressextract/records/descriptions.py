"""The noun phrase by which the text describes a body: "entreprise d'insertion", "filiale de X"."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span

from pressextract.components.spans import text_after, text_before
from pressextract.lang import any_of, load_terms
from pressextract.records.groups import Group

_MOST_WORDS = 12
_WINDOW = 110
_DETERMINER = r"(?:(?:un|une|le|la|les|ce|cette|son|sa|leur|notre|premier|première) |l')"
_ADJECTIVE = (
    r"(?:(?:petit|petite|grand|grande|jeune|ancien|ancienne|nouveau|nouvelle|"
    r"premier|première|vieille|vieux) )?"
)
_JUNCTION = re.compile(
    rf"(?:, (?:{_DETERMINER})?| \((?:{_DETERMINER})?|,? est (?:{_DETERMINER})| – (?:{_DETERMINER}))"
)


@cache
def _heads() -> str:
    return any_of(load_terms("descriptions")["heads"])


@cache
def _before_pattern() -> re.Pattern[str]:
    """A determiner and a phrase in lower case right before the name; opening quotes may stand between."""
    word = r"(?: (?!qui\b|que\b|dont\b|est\b|a\b|et\b|ou\b)[a-zà-ÿ'-]+)"
    return re.compile(
        rf"(?i:(?<![\w'-]){_DETERMINER})(?P<phrase>{_ADJECTIVE}(?:{_heads()}){word}{{0,7}}),? (?:« ?)?$"
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    """A phrase that begins with a head noun."""
    return re.compile(rf"(?P<phrase>{_ADJECTIVE}(?:{_heads()})(?![\w-])[^.;:,()\n!?»«–]{{0,{_WINDOW}}})")


def find_description(group: Group) -> str | None:
    """The first full description that the text gives beside a mention of the body; None without one."""
    found = [phrase for span in group.spans for phrase in (_before(span), _after(span)) if phrase]
    return max(found, key=lambda phrase: (len(phrase.split()) > 1, -found.index(phrase))) if found else None


def _before(span: Span) -> str | None:
    """From "l'entreprise d'insertion Novalys"; a bare "société X" describes nothing."""
    match = _before_pattern().search(text_before(span, _WINDOW))
    if match is None or _ends_with_link(match["phrase"]):
        return None
    phrase = " ".join(match["phrase"].split())
    return _worth(phrase)


def _worth(phrase: str) -> str | None:
    """``phrase``, unless it is a bare noun that any company goes by."""
    return None if phrase.lower() in load_terms("descriptions")["bare"] else phrase


def _ends_with_link(phrase: str) -> bool:
    """Whether the phrase goes on into the name ("filiale de Vinci" before "Vinci" describes another body)."""
    return bool(
        re.search(
            r"(?:^| )(?:de|du|des|d'|à|au|aux|chez|par|pour|en|sur|dans|avec|la|le|les|l'|un|une)$",
            phrase.strip(),
        )
    )


def _after(span: Span) -> str | None:
    """From "X, une entreprise d'insertion qui…", "X est une filiale de Y"."""
    text = text_after(span, 2 * _WINDOW + 40)
    junction = _JUNCTION.match(text)
    if junction is None:
        return None
    match = _after_pattern().match(text, junction.end(), junction.end() + _WINDOW + 40)
    return _cut(match["phrase"]) if match else None


@cache
def _stops() -> frozenset[str]:
    return frozenset(load_terms("descriptions")["stops"])


def _cut(phrase: str) -> str | None:
    """The phrase up to the first word that begins something else, at most twelve words."""
    words = phrase.split()
    kept: list[str] = []
    for word in words[:_MOST_WORDS]:
        if kept and (word.lower() in _stops() or word.lower().startswith(("qu'", "s'"))):
            break
        kept.append(word)
    while kept and _ends_with_link(kept[-1]):
        kept.pop()
    return _worth(" ".join(kept)) if kept else None
