"""Which names are one company or organization: spellings, legal forms, acronyms, former names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Span

from pressextract.components.spans import text_between
from pressextract.lang import any_of, load_terms
from pressextract.records.groups import Group
from pressextract.records.names import body_key, fold, initials, is_acronym

_SHORTEST_GLUED = 5


@cache
def _renamed_pattern() -> re.Pattern[str]:
    """What stands between two names of one body: "X (ex-Y)", "Y, rebaptisée X"."""
    terms = load_terms("names")
    in_brackets = any_of(terms["former_in_brackets"])
    verbs = any_of(terms["renamed"]).replace(r"\(e\)", "e?")
    return re.compile(
        rf",? ?(?:\((?:{in_brackets})[ -]|,? (?:{verbs}) ?|, ex-)"
        r"(?:depuis |en \d{4} )?(?:l'|la |le |les |d')?(?:« ?)?"
    )


def group_bodies(label: str, spans: Sequence[Span]) -> list[Group]:
    """One group for each body of ``label``, in order of first mention; ``spans`` in text order."""
    groups: list[Group] = []
    by_key: dict[str, Group] = {}
    for span in spans:
        keys = _keys(span.text)
        group = next((by_key[key] for key in keys if key in by_key), None)
        if group is None:
            group = _by_acronym(span, groups) or _by_former_name(span, groups)
        if group is None:
            group = Group(label)
            groups.append(group)
        group.spans.append(span)
        for key in keys:
            by_key.setdefault(key, group)
    return groups


def _keys(name: str) -> list[str]:
    """The key of ``name``, and without its spaces, so that "Nova Lys" meets "Novalys"."""
    key = body_key(name)
    glued = key.replace(" ", "")
    return [key, "=" + glued] if len(glued) >= _SHORTEST_GLUED else [key]


def _by_acronym(span: Span, groups: Sequence[Group]) -> Group | None:
    """The group whose long form or acronym ``span`` is: one in brackets beside the other, or by initials."""
    text = span.text
    for group in reversed(groups):
        last = group.spans[-1]
        if text_between(last, span, 8) in (" (", ", ou ", " ou ", ", dit ", ", dite "):
            short, long = sorted((text, last.text), key=len)
            if is_acronym(short) and _may_shorten(short, long):
                return group
        if any(_is_initials(text, form) or _is_initials(form, text) for form in group.forms):
            return group
    return None


def _may_shorten(short: str, long: str) -> bool:
    """Whether the letters of an acronym occur in order in the long form, beginning with its first."""
    letters, position = fold(long).replace(" ", ""), 0
    low = fold(short).replace(" ", "")
    if " " not in long.strip() or low[:1] not in {word[0] for word in fold(long).split()}:
        return False
    for letter in low:
        position = letters.find(letter, position) + 1
        if position == 0:
            return False
    return True


def _is_initials(short: str, long: str) -> bool:
    return len(short) > 2 and is_acronym(short) and fold(short).replace(" ", "") in initials(long)


def _by_former_name(span: Span, groups: Sequence[Group]) -> Group | None:
    """The group whose name stands just before, joined by words that say that the name has changed."""
    for group in reversed(groups):
        between = text_between(group.spans[-1], span, 60)
        if between is not None and span.text.startswith("ex-"):
            between += "ex-"  # the tokenizer keeps it on the name
        if between is not None and _renamed_pattern().fullmatch(between):
            return group
    return None
