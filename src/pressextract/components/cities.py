"""Cities: gazetteer names found in the text, kept when their context or their rarity says that they are towns."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from pressextract.components.spans import char_span, set_group
from pressextract.gazetteers import CityGazetteer, load_cities
from pressextract.labels import CITY

GROUP = "cities"
MIN_POPULATION = 8000
"""Inhabitants from which a name that is no common word counts as a town without any cue."""
_CAP = r"[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ']+(?:-[A-Za-zÀ-ÿ']+)*|[A-ZÀ-ÖØ-ÞŒ]{3,}(?:-[A-ZÀ-Þ]+)*"
_WORD = rf"(?:{_CAP})"
_NAME = re.compile(
    rf"(?<![\w'-])(?:[LlDd]')?(?P<name>(?:L[ae]s? |L'|Saint |Sainte |El |Al )?{_WORD}(?:(?:[ -](?:(?:de|du|des|la|le|les|sur|sous|en|aux|of)[ -])*|-lès-|-l'){_WORD}){{0,4}})"
)
_PREPOSITION = re.compile(r"(?:\b(?:à|vers|depuis|près de|maire de|maire d'|commune de|ville de|habitants de|préfet de|environs de|région de|bassin de|gare de|aéroport de|port de|usine de|site de|entre|et|ou|,|basée? à|située? à) |\()$")
_NOT_TOWN = re.compile(
    r"(?:\b(?:rue|avenue|boulevard|place|quai|allée|cours|pont|stade|M\.|Mme|Mlle|Monsieur|Madame|Me|Dr|département de|département du|région|province de|province du|golfe de|mer de|île de|lac de|fleuve) (?:de |du |d')?)$",
    re.IGNORECASE,
)


def find_cities(text: str, gazetteer: CityGazetteer) -> list[tuple[int, int]]:
    """Character spans [start, end) of names that are towns by gazetteer and context; they do not overlap."""
    found: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        found.extend(_towns_in(text, *match.span("name"), gazetteer))
    return found


def _towns_in(text: str, start: int, end: int, gazetteer: CityGazetteer) -> list[tuple[int, int]]:
    """The longest gazetteer names inside the capitalised sequence [start, end), from the left."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^ ]+", text[start:end])]
    found = []
    index = 0
    while index < len(words):
        stop = next(
            (j for j in range(len(words), index, -1) if _is_town(text, words[index][0], words[j - 1][1], gazetteer, end)),
            0,
        )
        if stop:
            found.append((words[index][0], words[stop - 1][1]))
        index = stop or index + 1
    return found


def _is_town(text: str, start: int, end: int, gazetteer: CityGazetteer, sequence_end: int) -> bool:
    name = text[start:end]
    places = gazetteer.lookup(name)
    if not places or gazetteer.is_region_or_country(name):
        return False
    before = text[max(0, start - 24) : start]
    if _NOT_TOWN.search(before) or _is_given_name(text, start, end, sequence_end):
        return False
    cued = bool(_PREPOSITION.search(before)) or _has_department(text, end, gazetteer)
    if gazetteer.is_common_word(name):
        return cued and not _starts_sentence(text, start)
    return cued or places[0].population >= MIN_POPULATION


def _is_given_name(text: str, start: int, end: int, sequence_end: int) -> bool:
    """A town name with another capitalised word at its side is more often a person's or a firm's."""
    after = text[end : end + 2]
    follows = len(after) == 2 and after[0] == " " and after[1].isupper()
    precedes = bool(re.search(r"[A-ZÀ-Þ][\w'-]+ $", text[max(0, start - 20) : start]))
    return follows or (precedes and not _starts_sentence(text, start))


def _has_department(text: str, end: int, gazetteer: CityGazetteer) -> bool:
    match = re.match(r" \(([^)\n]{2,30})\)", text[end : end + 34])
    return bool(match and (gazetteer.department_of(match[1]) or gazetteer.is_region_or_country(match[1])))


def _starts_sentence(text: str, start: int) -> bool:
    return not text[:start].strip() or bool(re.search(r"[.!?:\n«»–—-]\s*$", text[max(0, start - 4) : start]))


class Cities:
    """Writes ``doc.spans["cities"]``; the gazetteer is loaded at the first document."""

    def __call__(self, doc: Doc) -> Doc:
        set_group(doc, GROUP, (char_span(doc, s, e, CITY) for s, e in find_cities(doc.text, load_cities())))
        return doc


@Language.factory("pressextract_cities", assigns=["doc.spans"])
def make_cities(nlp: Language, name: str) -> Cities:
    """Make the city component; it needs nothing of the pipeline before it."""
    return Cities()
