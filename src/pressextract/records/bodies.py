"""Which names are one company or organization: spellings, legal forms, acronyms, former names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    bodies = _Bodies(label)
    for span in spans:
        bodies.add(span)
    return bodies.groups


class _Bodies:
    """The bodies met so far; each is found by a look-up, so that time grows with the number of mentions.

    Where several fit, the one met last is meant: numbers of ``groups`` are kept, the highest one counts.
    """

    def __init__(self, label: str) -> None:
        self.groups: list[Group] = []
        self._label = label
        self._by_key: dict[str, int] = {}
        self._by_acronym: dict[str, int] = {}
        self._by_initials: dict[str, int] = {}
        self._mentions: list[tuple[Span, int]] = []

    def add(self, span: Span) -> None:
        """Put a mention into the group it belongs to; it stands after all that were added before."""
        keys = _keys(span.text)
        number = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if number is None:
            found = max(self._beside(span), self._shortened(span.text))
            number = found if found >= 0 else self._renamed(span)
        if number < 0:
            number = len(self.groups)
            self.groups.append(Group(self._label))
        self.groups[number].spans.append(span)
        self._mentions.append((span, number))
        for key in keys:
            self._by_key.setdefault(key, number)
        self._note_forms(span.text.removeprefix("ex-"), number)

    def _note_forms(self, form: str, number: int) -> None:
        if short := _acronym(form):
            self._by_acronym[short] = max(number, self._by_acronym.get(short, -1))
        for letters in initials(form):
            self._by_initials[letters] = max(number, self._by_initials.get(letters, -1))

    def _shortened(self, name: str) -> int:
        """The body whose name has ``name`` for its initials, or is the initials of ``name``; else -1."""
        found = [self._by_acronym.get(letters, -1) for letters in initials(name)]
        return max([*found, self._by_initials.get(_acronym(name), -1)])

    def _beside(self, span: Span) -> int:
        """The body named right before, where one of the two is an acronym of the other; else -1."""
        found = -1
        for last, number in self._last_before(span, 8):
            if text_between(last, span, 8) in (" (", ", ou ", " ou ", ", dit ", ", dite "):
                short, long = sorted((span.text, last.text), key=len)
                if is_acronym(short) and _may_shorten(short, long):
                    found = max(found, number)
        return found

    def _renamed(self, span: Span) -> int:
        """The body named just before, joined by words that say that the name has changed; else -1."""
        found = -1
        for last, number in self._last_before(span, 60):
            between = text_between(last, span, 60)
            if between is not None and span.text.startswith("ex-"):
                between += "ex-"  # the tokenizer keeps it on the name
            if between is not None and _renamed_pattern().fullmatch(between):
                found = max(found, number)
        return found

    def _last_before(self, span: Span, characters: int) -> Iterator[tuple[Span, int]]:
        """Last mentions of bodies that end at most so many characters before ``span``."""
        for mention, number in reversed(self._mentions):
            if span.start_char - mention.end_char > characters:
                return
            if self.groups[number].spans[-1] is mention:
                yield mention, number


def _keys(name: str) -> list[str]:
    """The key of ``name``, and without its spaces, so that "Nova Lys" meets "Novalys"."""
    key = body_key(name)
    glued = key.replace(" ", "")
    return [key, "=" + glued] if len(glued) >= _SHORTEST_GLUED else [key]


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


def _acronym(name: str) -> str:
    """``name`` folded, where it is an acronym of three letters or more; else empty."""
    return fold(name).replace(" ", "") if len(name) > 2 and is_acronym(name) else ""
