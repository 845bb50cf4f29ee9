"""People: names the stock NER finds, names after a civility, names beside a role, and later bare surnames."""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.roles import GROUP as ROLES
from pressextract.components.spans import char_span, set_group
from pressextract.labels import PERSON
from pressextract.lang import load_terms

GROUP = "people"
_WORD = r"(?:(?:Mac|Mc|O'|D'|L')?[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ']+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ']+)*|[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-ÞŒ'-]{2,})"
_PARTICLE = r"(?:de la |de |du |des |d'|van der |van den |van |von |Van |Von |De |Le |La |El |Al |ben |Ben |ibn |bin |al-|da |dos |di |der )"
FULL_NAME = rf"{_WORD}(?:[ -](?:{_PARTICLE})?{_WORD}){{1,3}}"
_ANY_NAME = rf"(?:{_PARTICLE})?{_WORD}(?:[ -](?:{_PARTICLE})?{_WORD}){{0,3}}"


@cache
def _civility_pattern() -> re.Pattern[str]:
    civilities = "|".join(re.escape(c) for c in sorted(load_terms("people")["civilities"], key=lambda c: (-len(c), c)))
    return re.compile(rf"(?<![\w'-])(?:{civilities}) (?P<name>{_ANY_NAME})(?! d')")


_FULL = re.compile(FULL_NAME)


@cache
def not_people() -> frozenset[str]:
    """Capitalised words that the stock NER takes for people and that never are."""
    return frozenset(load_terms("people")["not_people"])


def find_civility_names(text: str) -> list[tuple[int, int]]:
    """Names after a civility, as [start, end) in characters; the civility is not part of them."""
    return [match.span("name") for match in _civility_pattern().finditer(text)]


def names_beside_roles(text: str, roles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Full names in apposition to a role: ``le PDG Jean Dupont``, ``Jean Dupont, directeur``."""
    found = []
    for start, end in roles:
        after = re.match(rf" (?={FULL_NAME})", text[end : end + 60])
        match = _FULL.match(text, end + 1) if after else None
        if match:
            found.append(match.span())
        before = re.search(rf"(?:^|[^\w'-])({FULL_NAME}), (?:l'|le |la |l'actuel |son |notre )?$", text[max(0, start - 70) : start])
        if before:
            offset = max(0, start - 70)
            found.append((offset + before.start(1), offset + before.end(1)))
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut what is no part of a name from both sides: articles, punctuation, possessive endings."""
    match = re.match(r"(?:[\W_]+|(?:le|la|les|l'|d'|de|M\.|Mme|Me|Monsieur|Madame|Mlle)\s+)+", text[start:end])
    start += match.end() if match else 0
    tail = re.search(r"[\W_]+$", text[start:end])
    return start, end - (len(tail[0]) if tail else 0)


def _is_plausible(name: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'.-]*", name)
    if not words or len(words) > 6 or "\n" in name or any(w in not_people() for w in words[:1]):
        return False
    return any(w[0].isupper() for w in words) and not re.search(r"\d", name)


class People:
    """Writes ``doc.spans["people"]`` from the stock entities and its own patterns."""

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        roles = [(s.start_char, s.end_char) for s in doc.spans.get(ROLES, [])]
        spans = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]
        spans = [_trim(text, s, e) for s, e in spans] + find_civility_names(text)
        role_starts = {s for s, _ in roles}
        spans += [s for s in names_beside_roles(text, roles) if s[0] not in role_starts]
        kept = (char_span(doc, s, e, PERSON) for s, e in spans if s < e and _is_plausible(text[s:e]))
        set_group(doc, GROUP, kept)
        return doc


@Language.factory("pressextract_people", requires=["doc.ents"], assigns=["doc.spans"])
def make_people(nlp: Language, name: str) -> People:
    """Make the people component; it needs the stock ``ner`` and ``pressextract_roles`` before it."""
    return People()
