"""Find the town names of the gazetteer in a text: capitalised runs, looked up longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.gazetteers import CityGazetteer, Place
from pressextract.lang import load_terms

_CAP = r"[A-ZÀ-ÖØ-ÞŒ][\wÀ-ÿ]*(?:[-'][\wÀ-ÿ]+)*"
_LINK = r"(?:de la |de l'|de |du |des |d'|sur |sous |en |aux |les |le |la |lès |lez |of )"
RUN = re.compile(rf"(?<![\w-]){_CAP}(?: {_LINK}?{_CAP}){{0,4}}")
"""A capitalised word and those joined to it by spaces and small words."""
_ELIDED = re.compile(r"^(?:D|L|N|S|J|C|Qu|Jusqu|Lorsqu|Puisqu|Quoiqu)'(?=[A-ZÀ-ÞŒ])")
_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][^ ]*")
_BREAK = re.compile(r"[\s'(«\"]")
_CONTRACTED = {"au ": "Le ", "du ": "Le ", "aux ": "Les ", "des ": "Les "}
_ARTICLES = {"la ": "La ", "le ": "Le ", "les ": "Les "}
_MOST_WORDS = 6
_MOST_STOPS = 4
_STOP_POPULATION = 3000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a town bears, at characters [start, end) of the text, not yet judged."""

    start: int
    end: int
    name: str
    """The town's name in full: "Le Havre" where the text has "au Havre"."""
    places: Sequence[Place]
    run_start: int
    run_end: int


def find_candidates(text: str, gazetteer: CityGazetteer) -> Iterator[Candidate]:
    """Yield the candidates in text order; they do not overlap."""
    for run in RUN.finditer(text):
        start, end = run.span()
        elided = _ELIDED.match(run[0])
        if elided and run[0][0] != "L":
            start += elided.end()
        words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
        index = 0
        while (
            index < len(words)
            and is_function_word(text[slice(*words[index])])
            and not _opens_name(text, words, index, gazetteer)
        ):
            index += 1
        words, index = words[index:], 0
        while index < len(words):
            found, after = _longest(text, words, index, gazetteer)
            if found:
                yield found
            elif "-" in text[slice(*words[index])]:
                yield from _route(text, *words[index], gazetteer)
            index = after


def _longest(
    text: str, words: list[tuple[int, int]], index: int, gazetteer: CityGazetteer
) -> tuple[Candidate | None, int]:
    """The longest name that begins at word ``index``, and the word to go on from."""
    start = words[index][0]
    for stop in range(min(len(words), index + _MOST_WORDS), index, -1):
        end = words[stop - 1][1]
        found = _look_up(text, start, end, gazetteer)
        if found:
            begin, name, places = found
            return Candidate(begin, end, name, places, words[0][0], words[-1][1]), stop
    return None, index + 1


def name_at(text: str, start: int, end: int, gazetteer: CityGazetteer) -> tuple[str, Sequence[Place]]:
    """The full name of the town written at [start, end) ("Le Havre" of "au Havre") and its places."""
    found = _look_up(text, start, end, gazetteer)
    return (found[1], found[2]) if found else (text[start:end], ())


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_terms("cities")["function_words"])


def is_function_word(word: str) -> bool:
    """Whether ``word`` is an article, a preposition or the like, whatever its case."""
    return word.lower() in _function_words()


def _opens_name(text: str, words: list[tuple[int, int]], index: int, gazetteer: CityGazetteer) -> bool:
    """Whether the function word at ``index`` begins a town's name ("Le Havre", "La Rochelle")."""
    found, _ = _longest(text, words, index, gazetteer)
    return found is not None and found.end > words[index][1]


def _route(text: str, start: int, end: int, gazetteer: CityGazetteer) -> Iterator[Candidate]:
    """The towns of "Paris-Marseille", where every part is one."""
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^-]+", text[start:end])]
    found = [Candidate(s, e, text[s:e], gazetteer.lookup(text[s:e]), start, end) for s, e in parts]
    if len(found) <= _MOST_STOPS and all(
        c.places and c.places[0].population >= _STOP_POPULATION for c in found
    ):
        yield from found


def _look_up(
    text: str, start: int, end: int, gazetteer: CityGazetteer
) -> tuple[int, str, Sequence[Place]] | None:
    """(start, full name, places) of the name at [start, end), with the article before it if need be."""
    surface = text[start:end]
    bare = gazetteer.lookup(surface)
    before = text[max(0, start - 4) : start]
    word = _BREAK.split(before[:-1])[-1].lower() + " " if before.endswith(" ") else ""
    article = _CONTRACTED.get(word) or _ARTICLES.get(word)
    if article:
        full = gazetteer.lookup(article + surface)
        if full and (not bare or full[0].population > bare[0].population):
            return (start - len(word) if word in _ARTICLES else start), article + surface, full
    elif before.endswith("l'"):
        full = gazetteer.lookup("L'" + surface)
        if full and (not bare or full[0].population > bare[0].population):
            return start - 2, "L'" + surface, full
    if not bare and surface.startswith("L'"):
        bare, start, surface = gazetteer.lookup(surface[2:]), start + 2, surface[2:]
    return (start, surface, bare) if bare else None
