"""Organizations and companies: cues, legal forms, institutional heads and known names.

Each span has a first guess of its type; ``mentions`` settles one type per name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.components.cues import CUED, Cue, cue_after, cue_before, is_legal_form
from pressextract.components.institutions import find_institutions
from pressextract.components.people import is_common_word, is_given_name, starts_sentence
from pressextract.components.spans import char_span, text_of
from pressextract.components.typography import lower_same_length
from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

GROUP = "organizations"
UPPER = "A-ZÀ-ÖØ-ÞŒ"
CAP = rf"(?:[{UPPER}](?:[\w&+.-]|'(?=[{UPPER}]|s\b))*[\w+]|[{UPPER}])"
_CLOSE = rf"{CAP}(?:(?: & |[ -]){CAP}| \d+(?![\w%]))*"
_FIRM = r"(?: et (?:Fils|Frères|Cie|Compagnie|Associés|Filles|Sœurs))?"
_LINK = r"(?:de la |de l'|de |du |des |d'|en |aux |à la |of |the |sur )"
_SEQUENCE = re.compile(
    rf"(?<![\w'&-])(?:[LlDd]'|[Qq]u')?"
    rf"(?P<name>(?P<close>{_CLOSE}{_FIRM})(?: {_LINK}{_CLOSE}{_FIRM}){{0,2}})"
)
KNOWN = 2.5
"""Weight of a name of the lists; for those of cues see ``cues``."""
WEIGHTS = "weights"
"""Key of ``doc.spans["organizations"].attrs``: the weight of each span, in the order of the spans."""
Candidate = tuple[int, int, str, float]
"""Characters [start, end), the likelier label and its weight."""


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
    known = _known()
    for word in _FIRST_WORD.finditer(text):
        for name, label in known.get(word[0], ()):
            start, end = word.start(), word.start() + len(name)
            if text.startswith(name, start) and not _is_inside_word(text, start, end):
                yield start, _whole(text, end), label, KNOWN
                break


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 2]
    is_joined = after[:1] == "-" and after[1:].isalnum()
    return before.isalnum() or before in ("-", "&") or after[:1].isalnum() or is_joined


_NEXT_CAPITAL = re.compile(rf" (?P<word>[{UPPER}][\w-]+)")


def _whole(text: str, end: int) -> int:
    """The end of a known name with the capitalised words that go on from it (``Cambridge Analytica``)."""
    while (after := _NEXT_CAPITAL.match(text, end)) and not is_given_name(after["word"]):
        end = after.end()
    return end


def find_cued(text: str, is_common: Callable[[str], bool]) -> Iterator[Candidate]:
    """Capitalised names with a cue on either side; ``is_common`` tells an ordinary word with a capital."""
    position = 0
    while match := _SEQUENCE.search(text, position):
        start, end = match.span("name")
        first = match["close"].split(" ")[0]
        if not is_common(first):
            end = match.end("close")
        position = end
        is_ordinary = " " not in text[start:end] and is_common(first)
        if is_ordinary and starts_sentence(text, start):
            continue
        cue = _cue(text, start, end)
        is_doubtful = is_ordinary or (is_given_name(first) and " " in text[start:end])
        if cue is None or (cue.weight < CUED and is_doubtful):
            continue
        yield start, end + cue.form, cue.label, cue.weight


def _cue(text: str, start: int, end: int) -> Cue | None:
    """What the name [start, end) itself, the words before it, or those after it tell of its kind."""
    words = text[start:end].split(" ")
    if is_legal_form(words[-1]):
        return Cue(COMPANY, CUED) if len(words) > 1 else None
    before, after = cue_before(text, start), cue_after(text, end)
    if before and after and after.form:
        return Cue(before.label, before.weight, after.form)
    return before or after


def find_organizations(text: str, is_common: Callable[[str], bool]) -> list[Candidate]:
    """Candidates in characters, half-open; they may overlap."""
    institutions = ((start, end, label, CUED) for start, end, label in find_institutions(text))
    return sorted({*find_known(text), *find_cued(text, is_common), *institutions})


class Organizations:
    """Writes ``doc.spans["organizations"]`` and their weights."""

    def __call__(self, doc: Doc) -> Doc:
        def is_common(word: str) -> bool:
            return is_common_word(doc.vocab, word)

        weights: dict[tuple[int, int, str], float] = {}
        for start, end, label, weight in find_organizations(_without_roles(doc), is_common):
            span = char_span(doc, start, end, label)
            if span is not None:
                key = span.start, span.end, label
                weights[key] = max(weight, weights.get(key, 0.0))
        doc.spans[GROUP] = [Span(doc, start, end, label=label) for start, end, label in sorted(weights)]
        doc.spans[GROUP].attrs[WEIGHTS] = [weights[key] for key in sorted(weights)]
        return doc


def _without_roles(doc: Doc) -> str:
    """The text with its roles in lower case: a title with a capital opens no name (``Pdg de Tekla``)."""
    text = text_of(doc)
    pieces, position = [], 0
    for role in doc.spans.get("roles", []):
        pieces += [text[position : role.start_char], lower_same_length(role.text)]
        position = role.end_char
    return "".join([*pieces, text[position:]])


@Language.factory("pressextract_organizations", assigns=["doc.spans"])
def make_organizations(nlp: Language, name: str) -> Organizations:
    """Make the organization component; the vectors of the base model tell it ordinary words."""
    return Organizations()
