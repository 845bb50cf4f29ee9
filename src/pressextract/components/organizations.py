"""Organizations and companies: cues, legal forms, institutional heads and known names.

Each span has a first guess of its type; ``mentions`` settles one type per name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.institutions import find_institutions
from pressextract.components.people import is_common_word, is_given_name, starts_sentence
from pressextract.components.spans import char_span, set_group
from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

GROUP = "organizations"
UPPER = "A-ZÀ-ÖØ-ÞŒ"
CAP = rf"(?:[{UPPER}][\w&+.'-]*[\w+]|[{UPPER}])"
_CLOSE = rf"{CAP}(?:(?: & |[ -]){CAP}| \d+(?![\w%]))*"
_FIRM = r"(?: et (?:Fils|Frères|Cie|Compagnie|Associés|Filles|Sœurs))?"
_LINK = r"(?:de la |de l'|de |du |des |d'|en |aux |à la |of |the |sur )"
_SEQUENCE = re.compile(rf"(?<![\w'&-])(?:[LlDd]'|[Qq]u')?(?P<name>(?P<close>{_CLOSE}){_FIRM}(?: {_LINK}{_CLOSE}{_FIRM}){{0,2}})")
_BEFORE, _AFTER = 70, 40
"""Characters before and after a name in which its cue may stand."""

Candidate = tuple[int, int, str]
"""Characters [start, end) and the likelier label."""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def _before_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What stands right before a name and tells its type: ``la société de transport X``, ``chez X``."""
    terms = load_terms("organizations")
    adjectives = r"(?: (?!de\b|du\b|des\b|et\b|qui\b|a\b|est\b|en\b|où\b)[a-zà-ÿ-]{4,}){0,2}"
    phrase = r"(?: (?:de |d'|en |du |des |de la |de l')(?!la\b|le\b|l')[a-zà-ÿ-]{3,}(?: [a-zà-ÿ-]{3,})?)?"
    end = r",? (?:« ?|\" ?|“)?(?:[Ll]'|[Ll]e |[Ll]a |[Ll]es )?$"
    of = r"(?: de la| de l'| de| d'| du| des)? ?(?:« ?|\" ?|“)?$"
    return (
        (COMPANY, re.compile(rf"(?<![\w-])(?:{_any(terms['company_cues'])}){adjectives}{phrase}{end}", re.IGNORECASE)),
        (ORGANIZATION, re.compile(rf"(?<![\w-])(?:{_any(terms['organization_cues'])}){adjectives}{phrase}{end}", re.IGNORECASE)),
        (COMPANY, re.compile(rf"(?<![\w-])(?:{_any(terms['company_before'])}){of}", re.IGNORECASE)),
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    """What stands right after a company: a legal form, ``, une PME``, ``emploie``, ``(47 salariés)``."""
    terms = load_terms("organizations")
    return re.compile(
        rf"(?: (?P<form>{_any(terms['legal_forms'])})(?![\w-])|,? (?:une? |la |le |l')?(?:{_any(terms['company_after'])})(?![\w-])"
        r"| \((?:[^()\n]{0,30}, )?\d[^()\n]{0,20}(?:salariés|employés|personnes|M€|millions))"
    )


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(load_terms("organizations")["legal_forms"])


@cache
def _known() -> dict[str, tuple[tuple[str, str], ...]]:
    """First word of each well-known name -> the names that begin so, longest first, with their label."""
    terms = load_terms("organizations")
    found: dict[str, list[tuple[str, str]]] = {}
    for key, label in (("companies", COMPANY), ("organizations", ORGANIZATION)):
        for name in terms[key]:
            found.setdefault(_FIRST_WORD.match(name)[0], []).append((name, label))  # type: ignore[index]
    return {word: tuple(sorted(names, key=lambda n: (-len(n[0]), n))) for word, names in found.items()}


_FIRST_WORD = re.compile(r"[\w]+")


def find_known(text: str) -> Iterator[Candidate]:
    """Well-known names of the term list, as whole words, case-sensitive."""
    for word in _FIRST_WORD.finditer(text):
        for name, label in _known().get(word[0], ()):
            start, end = word.start(), word.start() + len(name)
            if text.startswith(name, start) and not (_is_inside_word(text, start, end) or _goes_on(text, name, end)):
                yield start, end, label
                break


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before in ("-", "&") or after.isalnum() or (after == "-" and text[end + 1 : end + 2].isalnum())


_NEXT_CAPITAL = re.compile(rf" ([{UPPER}][\w-]+)")


def _goes_on(text: str, name: str, end: int) -> bool:
    """A name of one word before another that is no given name is part of a longer one (``Cambridge Analytica``)."""
    after = _NEXT_CAPITAL.match(text, end) if " " not in name else None
    return bool(after) and not is_given_name(after[1])  # type: ignore[index]


def find_cued(text: str, is_common: Callable[[str], bool]) -> Iterator[Candidate]:
    """Capitalised names with a cue on either side; ``is_common`` tells an ordinary word with a capital."""
    for match in _SEQUENCE.finditer(text):
        start, end = match.span("name")
        close = match.end("close")
        first = match["close"].split(" ")[0]
        if close < end and not is_common(first):
            end = close
        name = text[start:end]
        if " " not in name and is_common(name) and starts_sentence(text, start):
            continue
        label = _label(text, start, end)
        if label is None or (" " not in name and label[1] < 2 and is_common(name)) or (is_given_name(first) and " " in name and label[1] < 2):
            continue
        yield start, _with_form(text, end), label[0]


def _label(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The label that the surroundings of [start, end) give, and how plain they are (2 a cue noun, 1 less)."""
    before = text[max(0, start - _BEFORE) : start]
    words = text[start:end].split(" ")
    if len(words) > 1 and words[-1] in _legal_forms():
        return COMPANY, 2
    for strength, (label, pattern) in zip((2, 2, 1), _before_patterns(), strict=True):
        if pattern.search(before):
            return label, strength
    after = _after_pattern().match(text, end, end + _AFTER)
    return (COMPANY, 2 if after["form"] else 1) if after else None


def _with_form(text: str, end: int) -> int:
    after = _after_pattern().match(text, end, end + _AFTER)
    return after.end("form") if after and after["form"] else end


def find_organizations(text: str, is_common: Callable[[str], bool]) -> list[Candidate]:
    """Candidates (start, end, label) in characters, half-open; they may overlap."""
    return sorted({*find_known(text), *find_cued(text, is_common), *find_institutions(text)})


class Organizations:
    """Writes ``doc.spans["organizations"]``."""

    def __call__(self, doc: Doc) -> Doc:
        def is_common(word: str) -> bool:
            return is_common_word(doc.vocab, word)

        found = find_organizations(doc.text, is_common)
        set_group(doc, GROUP, (char_span(doc, start, end, label) for start, end, label in found))
        return doc


@Language.factory("pressextract_organizations", assigns=["doc.spans"])
def make_organizations(nlp: Language, name: str) -> Organizations:
    """Make the organization component; the vectors of the base model tell it ordinary words."""
    return Organizations()
