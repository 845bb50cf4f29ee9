"""Which town a town name means: the places that bear it, weighed by population and by what the article says.

Source of the method: the classic toponym-resolution cues (population prior, containing area in apposition,
nearness to the other towns of the text), e.g. Leidner, Toponym Resolution in Text, 2007. Weights set by hand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressextract.gazetteers import CityGazetteer, Place
from pressextract.gazetteers.apposition import apposed_areas
from pressextract.gazetteers.areas import Area, share
from pressextract.gazetteers.places import kilometres

PRIOR = 1.2
"""Weight of the natural logarithm of the population: ten times the people, three points more."""
HOME = 3.0
"""For France, the country of most of the towns that the French press names."""
FORMER = -2.0
OTHER_NAME = -1.0
"""The place bears the name as an alias only."""
APPOSITION, SENTENCE, ARTICLE, PUBLISHER = 9.0, 4.0, 1.0, 2.5
"""An area right after the name, in its sentence, elsewhere in the article; an area of the newspaper."""
CONTRADICTED = -5.0
"""The area right after the name does not hold the place; as much for nobody when it holds none."""
NEAR = 4.0
"""At most, for the other towns of the article; halved every 40 km."""
NEAR_KM = 40.0
MOST_NEIGHBOURS = 50
"""Towns named before, and after, a town that can speak for it: all of them, but in a list of hundreds."""
NOBODY = 0.5
"""Score of "a place that the gazetteer lacks"."""
SURE = 0.7
"""Probability from which a place is taken; below, the link is NIL."""
_SENTENCE_CHARS = 160
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:[ldLD]|qu|Qu)'")
_MOST_WORDS = 4
"""Of the name of an area."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town name as the article writes it, and where: character spans [start, end)."""

    name: str
    spans: Sequence[tuple[int, int]]
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Link:
    """The place that a town name means, or None (NIL); every candidate and its probability, best first."""

    place: Place | None
    candidates: Sequence[tuple[Place, float]]

    @property
    def probability(self) -> float:
        """Of the best candidate; 0 when there is none."""
        return self.candidates[0][1] if self.candidates else 0.0


def find_hints(text: str, gazetteer: CityGazetteer) -> list[tuple[Area, int]]:
    """Areas named in ``text``, and what its demonyms point at, each with its character offset."""
    words = [(match[0], match.start()) for match in _WORD.finditer(text)]
    found: list[tuple[Area, int]] = []
    after = 0
    for index, (word, start) in enumerate(words):
        if index < after:
            continue
        areas: Sequence[Area] = ()
        if word[0].isupper():
            areas, after = _areas_at(text, words[index : index + _MOST_WORDS], index, gazetteer)
        for area in areas or gazetteer.hints(_bare(word) if "'" in word else word):
            found.append((area, start))
    return found


def _areas_at(
    text: str, words: Sequence[tuple[str, int]], index: int, gazetteer: CityGazetteer
) -> tuple[Sequence[Area], int]:
    """The areas that ``words``, or the first of them, name, and the number of the word after those.

    Each word has its first character; ``index`` is the number of the first one.
    """
    for length in range(len(words), 0, -1):
        last, at = words[length - 1]
        if last[0].isupper():
            name = text[words[0][1] : at + len(last)]
            areas = gazetteer.areas(name) or gazetteer.areas(_bare(name)) if "\n" not in name else ()
            if areas:
                return areas, index + length
    return (), index + 1


def _bare(word: str) -> str:
    """``word`` without the article or conjunction elided before it."""
    elided = _ELIDED.match(word)
    return word[elided.end() :] if elided else word


def link_towns(
    text: str, towns: Sequence[Town], gazetteer: CityGazetteer, publisher: str | None = None
) -> list[Link]:
    """One link for each of ``towns``; ``publisher`` is the newspaper's name, if known."""
    if not towns:
        return []
    inside = {at for town in towns for start, end in town.spans for at in range(start, end)}
    hints = [(area, at) for area, at in find_hints(text, gazetteer) if at not in inside]
    home = gazetteer.publisher_areas(publisher)
    scored = [_own_scores(text, town, hints, home, gazetteer) for town in towns]
    anchors = [_likeliest(town, scores) for town, scores in zip(towns, scored, strict=True)]
    return [_choose(town, scored[i], _near(i, towns, anchors)) for i, town in enumerate(towns)]


def _own_scores(
    text: str,
    town: Town,
    hints: Sequence[tuple[Area, int]],
    home: Sequence[Area],
    gazetteer: CityGazetteer,
) -> list[float]:
    """Score of every place of ``town``, then that of none of them, without the other towns."""
    apposed = [area for _, end in town.spans for area in apposed_areas(text, end, gazetteer)]
    scores = []
    for place in town.places:
        score = PRIOR * math.log((place.population + 200) / 1000)
        score += HOME * (place.country == "FR") + FORMER * (place.kind == "former")
        score += OTHER_NAME * (len(place.name) != len(town.name))
        score += _hint_score(place, town, hints)
        score += PUBLISHER * max((share(area, place) for area in home), default=0.0)
        if apposed:
            best = max(share(area, place) for area in apposed)
            score += APPOSITION * best if best else CONTRADICTED
        scores.append(score)
    held = not apposed or any(share(area, place) for area in apposed for place in town.places)
    return [*scores, NOBODY if held else NOBODY - CONTRADICTED]


def _hint_score(place: Place, town: Town, hints: Sequence[tuple[Area, int]]) -> float:
    """What areas and demonyms say for ``place``: the best of the town's sentence, the best of the rest."""
    near = far = 0.0
    for area, at in hints:
        worth = share(area, place) * (0.9 if area.kind == "country" else 1.0)
        if any(start - _SENTENCE_CHARS <= at < end + _SENTENCE_CHARS for start, end in town.spans):
            near = max(near, worth)
        else:
            far = max(far, worth)
    return SENTENCE * near + ARTICLE * far


def _likeliest(town: Town, scores: Sequence[float]) -> tuple[Place, float] | None:
    """The likeliest place of a town by itself, and its chance; None when the gazetteer has none."""
    if not town.places:
        return None
    chances = _softmax(scores)
    best = max(range(len(town.places)), key=lambda i: chances[i])
    return town.places[best], chances[best]


def _near(index: int, towns: Sequence[Town], anchors: Sequence[tuple[Place, float] | None]) -> list[float]:
    """For every place of a town, how near the likeliest places of the other towns are."""
    town = towns[index]
    weighed: list[tuple[Place, float]] = []
    for number in range(max(0, index - MOST_NEIGHBOURS), min(len(towns), index + MOST_NEIGHBOURS + 1)):
        anchor = anchors[number]
        if number == index or anchor is None:
            continue
        gap = min(abs(a - b) for a, _ in town.spans for b, _ in towns[number].spans)
        weighed.append((anchor[0], anchor[1] * (1.0 if gap < _SENTENCE_CHARS else 0.5)))
    return [
        NEAR * max((weight * _closeness(place, other) for other, weight in weighed), default=0.0)
        for place in town.places
    ]


def _closeness(one: Place, other: Place) -> float:
    distance = kilometres(one, other)
    return 0.0 if distance is None else 0.5 ** (distance / NEAR_KM)


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def _choose(town: Town, scores: Sequence[float], near: Sequence[float]) -> Link:
    chances = _softmax([*(s + n for s, n in zip(scores, near, strict=False)), scores[-1]])
    ranked = sorted(zip(town.places, chances, strict=False), key=lambda item: -item[1])
    sure = bool(ranked) and ranked[0][1] >= SURE
    return Link(ranked[0][0] if sure else None, ranked)
