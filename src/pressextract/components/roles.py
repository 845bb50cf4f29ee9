"""Roles: French job and office titles as a head, its modifiers and its domain, from ``lang/fr/roles.json``.

A word that can begin a role triggers; only there is the text read on, word by word, while the next word is
one that belongs to titles: ``directeur général délégué``, ``adjoint au maire chargé de la culture``. The
employer is left out (``PDG de la SNCF`` -> ``PDG``), so are nationality and party.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import char_span, set_group, text_of
from pressextract.components.typography import fold_accents, lower_same_length
from pressextract.labels import ROLE
from pressextract.lang import load_terms

GROUP = "roles"
_WORD = re.compile(r"[^\W_][\w-]*")
_PREFIX = re.compile(r"(?:vice-|co-|co(?=[fpgdé])|sous-|ex-|néo-)+")
_NEXT = re.compile(
    r"(?P<joint>,? et |, | & |[ ]?/[ ]?| - )?(?P<link>(?(joint)| )(?:de la |de l'|du |des |de |d'|aux |au "
    r"|à la |à l'|à |en |par ))?"
    r"(?(joint)|(?(link)| ))(?P<word>[^\W_](?:[\w&-]*\w)?)"
)
_PREFIXES = ("co", "sous", "néo", "neo")
_CHARGE = re.compile(
    r" (?:chargée?s?|en charge|responsable) (?:de la |de l'|du |des |de |d'|aux |au |à la )"
    r"[^\n,.;:()«»!?\"]{3,100}?"
    r"(?= (?:a|est|et (?:du|l')|ont|sera|qui|résume|explique|dit|était|avait|doit|va)\b|[\n,.;:()«»!?\"]|$)"
)
_ABROAD = re.compile(r" (?:de |d'|du |des |en |au |aux )[A-ZÀ-ÖØ-Þ][\w-]*")
_MAX_WORDS = 14
_NAMED_BEFORE = re.compile(
    r"(?:^|[\s(«\"])(?:le|la|l'|une?|son|sa|notre|mon|ma|votre|leur|ancienne?|ex-|jeune|nouveau|nouvelle|"
    r"actuelle?|future?|comme|cet?|cette|premier|première) ?$|[,(:;|–—•*-] ?$|^$|\n$"
)
_MANY_BEFORE = re.compile(
    r"(?:\b(?:les|ses|leurs|nos|vos|deux|trois|quatre|anciens|nouveaux|anciennes|nouvelles)|,|\() ?$"
)
_DEGREE = re.compile(r"\b(?:très|plus|trop|si|moins|tenu|tenue|jugé|jugée) $")
_NAME_AFTER = re.compile(r",? [A-ZÀ-ÖØ-Þ][a-zà-ÿ]")
_FULL_NAME_AFTER = re.compile(
    r",? (?:M\. |Mme |Me )?[A-ZÀ-ÖØ-Þ][\w'-]+ (?:(?:de|d'|van|von|ben|el|al|di) ?)?[A-ZÀ-ÖØ-Þ]"
)
_FULL_NAME_BEFORE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'-]+ [A-ZÀ-ÖØ-Þ][\w'-]+(?:,? \(|, \d\d ans,|, | est | : )"
    r"(?:(?:un|une|le|la|ancien|ancienne) |l'){0,2}$"
)
_INSIDE_NAME = re.compile(r"(?<![.!?:»] )(?<!^)\b[A-ZÀ-ÖØ-Þ][a-zà-ÿ'-]+ $")
_BEFORE = 14
"""Characters before a role in which its determiner is looked for."""
_NAME_LENGTH = 45
"""The same for the name before it."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The term lists as sets; every word in lower case."""

    starts: dict[str, tuple[str, ...]]
    """First word -> the heads and phrases that begin with it, longest first."""
    modifiers: frozenset[str]
    domains: frozenset[str]
    portfolios: frozenset[str]
    ambiguous: frozenset[str]
    weak: frozenset[str]
    plurals: frozenset[str]
    nationalities: frozenset[str]


@cache
def _grammar(is_folded: bool) -> _Grammar:
    """The grammar, or (``is_folded``) the same for text without accents."""
    terms = load_terms("roles")

    def words(key: str) -> list[str]:
        lowered = [word.lower() for word in terms[key]]
        return [fold_accents(word) for word in lowered] if is_folded else lowered

    starts: dict[str, list[str]] = {}
    for phrase in {*words("heads"), *words("phrases"), *words("plurals"), *words("portfolio_heads")}:
        first = _WORD.match(phrase)
        if first:
            starts.setdefault(first[0], []).append(phrase)
    return _Grammar(
        {first: tuple(sorted(found, key=lambda p: (-len(p), p))) for first, found in starts.items()},
        frozenset(words("modifiers")),
        frozenset(words("domains")),
        frozenset(words("portfolio_heads")),
        frozenset(words("ambiguous_heads")),
        frozenset(words("weak_heads")),
        frozenset(words("plurals")),
        frozenset(words("nationalities")),
    )


@cache
def _firsts() -> frozenset[str]:
    """The words that can begin a role, with their accents or without."""
    return frozenset(_grammar(False).starts) | frozenset(_grammar(True).starts)


def find_roles(text: str) -> list[tuple[int, int]]:
    """Character spans [start, end) of the role phrases in ``text``, in order, not overlapping."""
    lowered = lower_same_length(text)
    folded = fold_accents(lowered)
    exact, lenient = _Reader(text, lowered, _grammar(False)), _Reader(text, folded, _grammar(True))
    is_bare = folded == lowered
    firsts = _firsts()
    found: list[tuple[int, int]] = []
    end = 0
    for word in _WORD.finditer(lowered):
        first = word[0]
        if not (first in firsts or "-" in first or first.startswith(_PREFIXES)) or word.start() < end:
            continue
        start, stop = word.span()
        reader = lenient if is_bare or text[start:stop].isupper() else exact
        span = reader.read(start, stop)
        if span:
            found.append(span)
            end = span[1]
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads roles off one text; ``view`` is the text in lower case, character for character."""

    text: str
    view: str
    grammar: _Grammar

    def read(self, start: int, stop: int) -> tuple[int, int] | None:
        """The role that begins with the word [start, stop), if any."""
        word = self.view[start:stop]
        if word.startswith("ex-"):
            start += 3
            word = word[3:]
        head = self._head(start) or self._head_within(start, word)
        if not head:
            return None
        read_on = self._portfolio if self.view[start:head] in self.grammar.portfolios else self._tail
        end = read_on(head)
        if word.startswith("ambassad") and (abroad := _ABROAD.match(self.text, end)):
            end = abroad.end()
        return (start, end) if self._is_role(start, head, end) else None

    def _head(self, start: int) -> int:
        """The end of the longest head or phrase that begins at ``start``; 0 when there is none."""
        first = _WORD.match(self.view, start)
        for phrase in self.grammar.starts.get(first[0], ()) if first else ():
            end = start + len(phrase)
            if self.view.startswith(phrase, start) and not _goes_on(self.view, end):
                return end
        return 0

    def _head_within(self, start: int, word: str) -> int:
        """The end of a prefixed head (``vice-président``) or of a compound one (``président-fondateur``)."""
        prefix = _PREFIX.match(word)
        if prefix and prefix.end() < len(word):
            return self._head(start + prefix.end())
        left, dash, right = word.partition("-")
        known = self.grammar.starts.keys() | self.grammar.modifiers if dash else frozenset[str]()
        return start + len(word) if left in self.grammar.starts.get(left, ()) and right in known else 0

    def _tail(self, end: int) -> int:
        """Read on while the words belong to the title."""
        last = ""
        for _ in range(_MAX_WORDS):
            charge = _CHARGE.match(self.view, end)
            if charge:
                return charge.end()
            match = _NEXT.match(self.view, end)
            if not match or not self._belongs(match, last):
                break
            end = match.end()
            last = "domain" if match["link"] or last == "domain" and match["joint"] else "modifier"
        return end

    def _belongs(self, match: re.Match[str], last: str) -> bool:
        word, joint = match["word"], match["joint"]
        if match["link"]:
            return word in self.grammar.domains and (not joint or last == "domain")
        if joint and last == "domain":
            return word in self.grammar.domains and joint in (" et ", " & ")
        if joint:
            return last == "modifier" and word in self.grammar.modifiers and joint == " et "
        return word in self.grammar.modifiers

    def _portfolio(self, end: int) -> int:
        """A minister's domain: capitalised or known words, joined by ``et``, ``de``; a name ends it."""
        is_open = False
        for _ in range(_MAX_WORDS):
            match = _NEXT.match(self.view, end)
            if match and not is_open and match["word"] in self.grammar.nationalities and not match["link"]:
                foreign = _NEXT.match(self.view, match.end())
                match = foreign if foreign and foreign["link"] else match
            if not match or not self._is_of_portfolio(match, is_open):
                break
            is_open = is_open or bool(match["link"])
            end = match.end()
        return end

    def _is_of_portfolio(self, match: re.Match[str], is_open: bool) -> bool:
        word = match["word"]
        is_upper = self.text[match.start("word")].isupper()
        is_domain = word in self.grammar.domains
        if match["link"]:
            return is_upper or is_domain
        if match["joint"]:
            return word in self.grammar.modifiers or (is_open and is_domain)
        return word in self.grammar.modifiers and (is_domain or not is_upper)

    def _is_role(self, start: int, head: int, end: int) -> bool:
        """Whether the words before and after leave the phrase a title: no plural of a kind, no adjective."""
        before = self.view[max(0, start - _BEFORE) : start]
        phrase = self.view[start:head]
        if _DEGREE.search(before) or self._is_inside_name(start, head):
            return False
        named_after = bool(_NAME_AFTER.match(self.text, end))
        if phrase in self.grammar.plurals:
            return bool(_MANY_BEFORE.search(before)) and (named_after or before.endswith(", "))
        if end == head and phrase in self.grammar.weak:
            left = self.text[max(0, start - _NAME_LENGTH) : start]
            return bool(_FULL_NAME_AFTER.match(self.text, end) or _FULL_NAME_BEFORE.search(left))
        if end == head and phrase in self.grammar.ambiguous:
            return bool(_NAMED_BEFORE.search(before)) or named_after
        return True

    def _is_inside_name(self, start: int, head: int) -> bool:
        """A head with a capital after a word with one is part of a name (``Bruno Le Maire``)."""
        has_capital = self.text[start].isupper() and not self.text[start:head].isupper()
        return has_capital and bool(_INSIDE_NAME.search(self.text[max(0, start - _NAME_LENGTH) : start]))


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] in "-_")


class Roles:
    """Writes ``doc.spans["roles"]``."""

    def __call__(self, doc: Doc) -> Doc:
        set_group(doc, GROUP, (char_span(doc, start, end, ROLE) for start, end in find_roles(text_of(doc))))
        return doc


@Language.factory("pressextract_roles", assigns=["doc.spans"])
def make_roles(nlp: Language, name: str) -> Roles:
    """Make the role component; it needs nothing of the pipeline before it."""
    return Roles()
