"""People: names that the stock NER finds, names after a civility or a given name, names beside a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pressextract.components.roles import GROUP as ROLES
from pressextract.components.spans import char_span, text_of
from pressextract.labels import PERSON
from pressextract.lang import any_of, load_terms

GROUP = "people"
WEIGHTS = "weights"
"""Key of ``doc.spans["people"].attrs``: the weight of each span, in the order of the spans."""
SURE, STOCK = 2.0, 1.2
"""Weights of one pattern of ours and of the stock NER; they add up."""
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_LOWER = "a-zà-öø-ÿœ"
_WORD = (
    rf"(?:(?:Mac|Mc|O'|D'|L'|N'"
    rf"|M')?[{_UPPER}][{_LOWER}']*[{_LOWER}](?:-[{_UPPER}]?[{_LOWER}']+)*(?:[{_UPPER}][{_LOWER}]+)?"
    rf"|[{_UPPER}]\.(?:-?[{_UPPER}]\.)*|[{_UPPER}]['{_UPPER}-]+)"
)
_PARTICLE = (
    r"(?:de la |de |du |des |d'|van der |van den |van |von |Van der |Van den |Van |Von |De |Du |Des |Le "
    r"|La |El |Al |"
    r"ben |Ben |ibn |bin |Bin |al-|Al-|el-|El-|da |Da |dos |Dos |di |Di |der |den |ould |Ould |st\. )"
)
_NAME = rf"(?:{_PARTICLE})?{_WORD}(?:[ -](?:{_PARTICLE})?{_WORD}){{0,3}}"
FULL_NAME = rf"{_WORD}(?:[ -](?:{_PARTICLE})?{_WORD}){{1,3}}"
_FULL = re.compile(FULL_NAME)
_BEFORE_ROLE = re.compile(
    rf"({FULL_NAME})(?: \([^()\n]{{1,30}}\))?(?:, \d\d ans)?, "
    r"(?:l'|le |la |l'actuel |son |notre |ancien |ancienne )?$"
)
_CAPITALISED = re.compile(rf"(?<![\w'-])[{_UPPER}][\w.'-]*")
_TRIM_LEFT = re.compile(r"(?:[\W_]|(?:[ldLD]'))+")
_PARTICLES = re.compile(r"(?:(?:de la|de l'|de|du|des|la|les|le|à|au|aux|en) |d')+(?![a-z])")
_TRIM_RIGHT = re.compile(r"[\W_]+$")
_BREAK = re.compile(r"\n|[©\"«»(),;:|/•→]| [-–—] ")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…»«\"“”•|\n-] ?)$")
_SIGLE_FIRST = re.compile(rf"(?:[{_UPPER}]{{2,7}} )+(?=([{_UPPER}][{_LOWER}-]+) )")
_OF_PLACE = re.compile(r"(?:de |d')[^ ]+$")
_MAX_WORDS = 6


@cache
def _civility_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{_civilities()}) (?P<name>{_NAME})(?! d'[A-Z])")


@cache
def _civilities() -> str:
    return any_of(load_terms("people")["civilities"])


@cache
def _opener_pattern() -> re.Pattern[str]:
    """What the stock NER takes into a name at its beginning: prepositions, titles, lower-case words."""
    words, particle = any_of(load_terms("people")["openers"]), any_of(load_terms("people")["particles"])
    return re.compile(rf"(?:(?:{words}|{_civilities()})\s+|(?!(?:{particle})\b)[{_LOWER}][\w'-]*\s+)+")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(load_terms("given_names")["given_names"])


@cache
def _not_people() -> frozenset[str]:
    return frozenset(load_terms("people")["not_people"])


def is_given_name(word: str) -> bool:
    """Whether ``word``, or its first part (``Jean-Aymar``), is a known given name."""
    return word in _given_names() or word.split("-")[0] in _given_names()


def find_civility_names(text: str) -> Iterator[tuple[int, int]]:
    """Names after a civility, as [start, end) in characters; the civility is not part of them."""
    return (match.span("name") for match in _civility_pattern().finditer(text))


def find_given_names(text: str) -> Iterator[tuple[int, int]]:
    """Full names whose first word is a known given name, as [start, end) in characters."""
    for word in _CAPITALISED.finditer(text):
        if is_given_name(word[0]):
            match = _FULL.match(text, word.start())
            if match:
                yield match.span()


def names_beside_roles(text: str, roles: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Full names in apposition to a role: ``le PDG Jean Dupont``, ``Jean Dupont, directeur``."""
    starts = {start for start, _ in roles}
    for start, end in roles:
        after = _FULL.match(text, end + 1) if text[end : end + 1] == " " else None
        if after and after.start() not in starts:
            yield after.span()
        offset = max(0, start - 80)
        before = _BEFORE_ROLE.search(text[offset:start])
        if before and offset + before.start(1) not in starts:
            yield offset + before.start(1), offset + before.end(1)


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut what is no part of a name off a stock entity: openers, civilities, punctuation, a second line."""
    while True:
        cuts = (pattern.match(text, start, end) for pattern in (_PARTICLES, _TRIM_LEFT, _opener_pattern()))
        left = max((cut.end() for cut in cuts if cut), default=start)
        if left == start:
            break
        start = left
    broken = _BREAK.search(text, start, end)
    end = broken.start() if broken else end
    sigle = _SIGLE_FIRST.match(text, start, end)
    if sigle and is_given_name(sigle[1]):
        start = sigle.start(1)
    right = _TRIM_RIGHT.search(text[start:end])
    return start, end - (len(right[0]) if right else 0)


def _is_plausible(name: str) -> bool:
    words = name.split()
    if not 0 < len(words) <= _MAX_WORDS or any(c.isdigit() for c in name) or name in _not_people():
        return False
    return words[0][0].isupper() or (len(words) > 1 and words[-1][0].isupper())


def is_common_word(vocab: Vocab, word: str) -> bool:
    """Whether the base model knows ``word`` in lower case: an ordinary word with a capital, not a name."""
    if not word[1:].islower() and (len(word) < 5 or not word.isupper()):
        return False
    return bool(vocab.has_vector(word.lower()))


def starts_sentence(text: str, start: int) -> bool:
    """Whether a word at ``start`` would have a capital anyway: it opens a sentence, a line or a quotation."""
    return start == 0 or bool(_SENTENCE_START.search(text[max(0, start - 3) : start]))


class People:
    """Writes ``doc.spans["people"]`` and their weights, from its own patterns and the stock entities."""

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        roles = [(s.start_char, s.end_char) for s in doc.spans.get(ROLES, [])]
        beside = [trim_name(text, *span) for span in names_beside_roles(text, roles)]
        sure = [*find_civility_names(text), *find_given_names(text), *beside]
        entities = [e for e in doc.ents if e.label_ == "PER" and not _OF_PLACE.match(e.text)]
        stock = [trim_name(text, e.start_char, e.end_char) for e in entities]
        known = {word for start, end in sure for word in text[start:end].split()}
        weights: dict[tuple[int, int], float] = {}
        weighed = [(span, SURE) for span in sure]
        weighed += [(span, STOCK) for span in stock if _is_name(doc.vocab, text, *span, known)]
        for (start, end), weight in weighed:
            span = char_span(doc, start, end, PERSON) if _is_plausible(text[start:end]) else None
            if span is not None:
                weights[span.start, span.end] = weights.get((span.start, span.end), 0.0) + weight
        doc.spans[GROUP] = [Span(doc, start, end, label=PERSON) for start, end in sorted(weights)]
        doc.spans[GROUP].attrs[WEIGHTS] = [weights[key] for key in sorted(weights)]
        return doc


def _is_name(vocab: Vocab, text: str, start: int, end: int, known: set[str]) -> bool:
    """A stock entity of one word is a name unless it is an ordinary word where any word has a capital."""
    name = text[start:end]
    if " " in name or name in known:
        return True
    return not (is_common_word(vocab, name) and starts_sentence(text, start))


@Language.factory("pressextract_people", requires=["doc.ents"], assigns=["doc.spans"])
def make_people(nlp: Language, name: str) -> People:
    """Make the people component; it needs the stock ``ner`` and ``pressextract_roles`` before it."""
    return People()
