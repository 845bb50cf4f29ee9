"""Group the mentions of one article into entities: one per real thing, fullest name first, aliases gathered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from pressextract.labels import CITY, COMPANY, ORGANIZATION, PERSON
from pressextract.lang import load_terms

_ARTICLE = re.compile(r"^(?:l'|le |la |les |groupe |société )", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """The mentions of one thing."""

    label: str
    spans: list[Span] = field(default_factory=list)

    @property
    def forms(self) -> list[str]:
        """Distinct surface forms, fullest first, then in text order."""
        distinct = list(dict.fromkeys(" ".join(s.text.split()) for s in self.spans))
        return sorted(distinct, key=lambda form: (-len(form), distinct.index(form)))

    @property
    def external_id(self) -> str | None:
        """The id of the user's pattern that named it."""
        return next((s.id_ for s in self.spans if s.id_), None)


def fold(text: str) -> str:
    """``text`` without accents, case, articles and punctuation, for comparison only."""
    bare = unicodedata.normalize("NFD", _ARTICLE.sub("", text.strip()))
    bare = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w&+]+", " ", bare).strip()


def group_entities(doc: Doc) -> list[Group]:
    """Entities of ``doc.ents`` by kind, in order of first mention."""
    groups: list[Group] = []
    for label in (PERSON, COMPANY, ORGANIZATION, CITY):
        spans = [e for e in doc.ents if e.label_ == label]
        groups.extend(_group_people(spans) if label == PERSON else _group_names(doc, label, spans))
    return groups


def _group_people(spans: Sequence[Span]) -> list[Group]:
    """A full name opens an entity; a bare surname joins the last full name that ends with it."""
    groups: list[Group] = []
    keys: list[set[str]] = []
    full = [s for s in spans if len(fold(s.text).split()) > 1]
    short = [s for s in spans if len(fold(s.text).split()) == 1]
    for span in full:
        key = fold(span.text)
        match = next((i for i, known in enumerate(keys) if _same_person(key, known)), None)
        if match is None:
            groups.append(Group(PERSON, [span]))
            keys.append({key})
        else:
            groups[match].spans.append(span)
            keys[match].add(key)
    for span in short:
        key = fold(span.text)
        owners = [i for i, known in enumerate(keys) if any(key in (k.split()[-1], k) or k.endswith(" " + key) for k in known)]
        before = [i for i in owners if groups[i].spans[0].start < span.start]
        if owners:
            groups[(before or owners)[-1]].spans.append(span)
        else:
            groups.append(Group(PERSON, [span]))
            keys.append({key})
    for group in groups:
        group.spans.sort(key=lambda s: s.start)
    return sorted(groups, key=lambda g: g.spans[0].start)


def _same_person(key: str, known: set[str]) -> bool:
    return key in known or any(key.endswith(" " + k) or k.endswith(" " + key) for k in known)


def _group_names(doc: Doc, label: str, spans: Sequence[Span]) -> list[Group]:
    groups: list[Group] = []
    keys: dict[str, Group] = {}
    for span in spans:
        key = _stem(fold(span.text)) or fold(span.text)
        group = keys.get(key) or (keys.get(_acronym_owner(doc, span, groups)) if label != CITY else None)
        if group is None:
            group = Group(label)
            groups.append(group)
        group.spans.append(span)
        keys[key] = group
    return groups


def _stem(key: str) -> str:
    forms = "|".join(re.escape(f.casefold()) for f in load_terms("organizations")["legal_forms"] if f.isalpha())
    return re.sub(rf" (?:{forms})$", "", key)


def _acronym_owner(doc: Doc, span: Span, groups: list[Group]) -> str:
    """Key of the entity whose long form stands just before ``(ACRONYM)`` or whose initials the acronym is."""
    text = span.text
    if not re.fullmatch(r"[A-ZÀ-Þ][A-ZÀ-Þa-z0-9&-]{1,9}", text):
        return ""
    bracketed = doc.text[max(0, span.start_char - 2) : span.start_char] == " ("
    for group in reversed(groups):
        last = group.spans[-1]
        if bracketed and last.end_char == span.start_char - 2 and text[0].casefold() in fold(last.text):
            return _stem(fold(last.text))
        if text.isupper() and len(text) > 2 and any(initials(form) == text.casefold() for form in group.forms):
            return _stem(fold(group.spans[0].text))
    return ""


def initials(name: str) -> str:
    """First letters of the words of ``name`` that count, folded: ``Banque centrale européenne`` -> ``bce``."""
    words = [w for w in fold(name).split() if w not in {"de", "du", "des", "la", "le", "les", "d", "l", "et", "pour"}]
    return "".join(w[0] for w in words) if len(words) > 1 else ""
