"""The words around a name that tell what it names, found by dictionary: no pattern grows with the lists.

Before a name: a noun that names the kind (``la société de transport X``), a noun that has such a body for its
complement (``PDG de X``), ``chez``, a nationality (``l'américain X``). After it: a legal form, ``, une PME``,
a verb of undertakings (``emploie``), a headcount in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.lang import load_terms

CUED, HINTED = 2.0, 1.0
"""Weights: a noun or a legal form names the kind; the clause lets one think of it."""
_BEFORE, _AFTER = 70, 45
"""Characters before and after a name in which its cue may stand."""
_CLAUSE = re.compile(r"[.;:!?\n()|•/][^.;:!?\n()|•/]*$")
_LINK = re.compile(
    r"(?:(?<![\w'-])(?P<of>de la |de l'|de |d'|du |des |à |au |par |avec )|(?<![\w'-])(?:le |la |les |l'))?"
    r"(?:« ?|\" ?|“)?$",
    re.IGNORECASE,
)
_LONGEST_LINK = 8
"""Characters of the longest link: ``de la « ``."""
_WORD = re.compile(r"[\w-]+(?:'(?=\w))?")
_NEXT = re.compile(r"(?P<comma>,)? (?:(?:une? |la |le )|l')?(?P<one>[\w'-]+)(?: (?P<two>[\w-]+))?")
_HEADCOUNT = re.compile(r" \((?:[^()\n]{0,30}, )?\d[^()\n]{0,20}(?:salariés|employés|personnes|M€|millions)")
_TOWN_LIST = re.compile(r" \([A-ZÀ-ÖØ-Þ][a-zà-ÿ]+[^()\n\d]{0,30}\)(?: :|,| \(|$)")
_PHRASE_LINKS = frozenset(("de", "d'", "en", "du", "des"))
_MAX_CUE_WORDS, _MAX_BETWEEN = 3, 4


@dataclass(frozen=True, slots=True)
class Cue:
    """What the surroundings say: a label, its weight, and the length of a legal form that ends the name."""

    label: str
    weight: float
    form: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    nouns: dict[str, str]
    relations: dict[str, str]
    after: frozenset[str]
    forms: frozenset[str]
    nationalities: frozenset[str]
    stop: frozenset[str]


@cache
def _table() -> _Table:
    terms = load_terms("organizations")
    nouns = {word.lower(): COMPANY for word in (*terms["company_cues"], *terms["site_nouns"])}
    nouns |= {word.lower(): ORGANIZATION for word in terms["organization_cues"]}
    relations = {word.lower(): ORGANIZATION for word in terms["organization_before"]}
    relations |= {word.lower(): COMPANY for word in terms["company_before"]}
    return _Table(
        {_spaced(word): label for word, label in nouns.items()},
        {_spaced(word): label for word, label in relations.items()},
        frozenset(terms["company_after"]),
        frozenset(terms["legal_forms"]),
        frozenset(load_terms("roles")["nationalities"]),
        frozenset(terms["clause_words"]),
    )


def _spaced(phrase: str) -> str:
    return " ".join(_WORD.findall(phrase))


def is_legal_form(word: str) -> bool:
    """Whether ``word`` is a legal form (``SA``, ``SARL``)."""
    return word in _table().forms


@cache
def _leading_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    terms = load_terms("organizations")
    keys = ("forms_before_names", "forms_after_articles", "articles")
    plain, articled, articles = (frozenset(terms[key]) for key in keys)
    return plain, articled, articles


def is_bare_form(words: Sequence[str]) -> bool:
    """Whether the ``words`` are a legal form and no name: ``SPRL``, ``la SARL``; ``SAS`` may be a firm's."""
    return skip_form([*words, "X"], "") == len(words)


def skip_form(words: Sequence[str], before: str) -> int:
    """How many of the ``words`` of a name are a legal form before it, with its article: 1 of ``SARL Tarvel``,
    2 of ``La SAS Tarvel``.

    ``SA``, ``SAS`` and ``SNC`` begin names too (``SAS Institute``): they are forms after an article alone.
    ``SEM``, ``SPL`` and ``GIE`` are parts of the name.

    Args:
        words: of the name.
        before: the word before it, empty at the beginning of a text.
    """
    plain, articled, articles = _leading_forms()
    first = int(words[0].lower() in articles)
    is_articled = bool(first) or before.lower() in articles
    if len(words) <= first + 1:
        return 0
    return first + 1 if words[first] in plain or (is_articled and words[first] in articled) else 0


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(load_terms("organizations")["sentence_prepositions"])


def skip_preposition(words: Sequence[str]) -> int:
    """1 where the ``words`` of a name begin with what opens the sentence before it (``Pour Tarvel``), else 0.

    ``Sans façon``, with no capital after it, is a name.
    """
    return int(len(words) > 1 and words[0].lower() in _prepositions() and words[1][:1].isupper())


def cue_before(text: str, start: int) -> Cue | None:
    """What the clause before the name at ``start`` says of it."""
    before = text[max(0, start - _BEFORE) : start]
    clause = _CLAUSE.search(before)
    if clause:
        before = before[clause.start() + 1 :]
    if before.endswith((",", ", ")):
        return None
    link = _LINK.search(before, max(0, len(before) - _LONGEST_LINK))
    has_of = bool(link and link["of"])
    words = _WORD.findall(before[: link.start()].lower() if link else before.lower())
    if not words:
        return None
    if words[-1] == "chez" and not has_of:
        return Cue(COMPANY, CUED)
    if has_of:
        label = _ending(words, _table().relations)
        return Cue(label, HINTED) if label else None
    label = _noun(words)
    if label:
        return Cue(label, CUED)
    if len(words) > 1 and words[-1] in _table().nationalities and words[-2] in ("l'", "le", "du", "au", "un"):
        return Cue(COMPANY, HINTED)
    return None


def _ending(words: list[str], table: dict[str, str]) -> str:
    """The label of the longest phrase of ``table`` that ``words`` end with."""
    for length in range(min(_MAX_CUE_WORDS, len(words)), 0, -1):
        label = table.get(" ".join(words[-length:]))
        if label:
            return label
    return table.get(words[-1].removesuffix("s"), "")


def _noun(words: list[str]) -> str:
    """The label of the kind noun, which adjectives or one complement may part from the name."""
    stop = _table().stop
    for between in range(min(_MAX_BETWEEN, len(words))):
        rest = words[len(words) - between :]
        links = [word for word in rest if word in _PHRASE_LINKS]
        if len(links) < 2 and all(w in links or (w not in stop and len(w) > 2) for w in rest):
            label = _ending(words[: len(words) - between], _table().nouns)
            if label and not (rest and rest[-1] in _PHRASE_LINKS):
                return label
    return ""


def cue_after(text: str, end: int) -> Cue | None:
    """What stands right after the name that ends at ``end``: it speaks for a company or not at all."""
    window = text[end : end + _AFTER]
    match = _NEXT.match(window)
    if match:
        if not match["comma"] and match["one"] in _table().forms:
            return Cue(COMPANY, CUED, match.end("one"))
        two = f"{match['one']} {match['two']}"
        if match["one"] in _table().after or two in _table().after:
            return Cue(COMPANY, HINTED)
        return None
    if window.startswith(" (") and (_HEADCOUNT.match(window) or _TOWN_LIST.match(window)):
        return Cue(COMPANY, HINTED)
    return None
