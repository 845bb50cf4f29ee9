"""What speaks for and against a candidate being a town: features of its name, context and document."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pressextract.components.city_candidates import Candidate, is_function_word
from pressextract.gazetteers import CityGazetteer
from pressextract.gazetteers.apposition import apposed_areas
from pressextract.gazetteers.areas import share
from pressextract.gazetteers.places import kilometres
from pressextract.lang import any_of, load_terms

_SENTENCE_START = re.compile(r"(?:^|[.!?:\n«»\"–—•*|]|^-|\n-)\s*$")
_BRACKET = re.compile(r" ?\(")
_LAST_WORDS = re.compile(r"([^\W\d_][\w.]*'?|[(),;:«»\"/–—-]) ?$")
_NEXT_WORD = re.compile(r" ?([^\W\d_]+'?|\W|\d)")
_CAPITAL_BEFORE = re.compile(r"([A-ZÀ-Þ][\w'.-]*) $")
_WINDOW = 40
_CONTRACTIONS = ("p1=du", "p1=au", "p1=des", "p1=aux")
"""What stands before "Mans" for "Le Mans"; an article before any other town's name speaks against it."""
_NEAR_KM = 60.0
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Labels:
    """What other components say, as character spans: (start, end) -> label."""

    stock: Mapping[tuple[int, int], str]
    """Stock entities: PER, ORG, LOC, MISC."""
    bodies: Sequence[tuple[int, int]]
    """Organizations and companies found by rule."""


@cache
def _terms(name: str) -> frozenset[str]:
    """The terms of one list; those that end in "de" also with "d'"."""
    terms: list[str] = load_terms("cities")[name]
    return frozenset(terms) | {re.sub(r" de$", " d'", term) for term in terms}


def name_features(candidate: Candidate, gazetteer: CityGazetteer) -> Iterator[str]:
    """Features of the name alone: size of its largest town, how a corpus writes it, its other senses."""
    name, places = candidate.name, candidate.places
    yield f"size={_bucket(places[0].population, (1, 300, 1000, 3000, 10000, 40000, 150000, 1000000))}"
    yield f"kind={places[0].kind}"
    usage = gazetteer.usage(name)
    if usage.lower + usage.capitalised == 0:
        yield "unseen"
    else:
        twentieths = round(20 * usage.capitalised / (usage.lower + usage.capitalised))
        yield f"written={_bucket(twentieths, (1, 6, 12, 17, 19, 20))}"
    share = usage.capitalised + 4
    yield f"locative={_bucket(round(100 * (usage.locative + 0.5) / share), (3, 6, 10, 15, 20, 30))}"
    yield f"after_name={_bucket(round(100 * usage.after_name / share), (2, 5, 10, 20, 40))}"
    yield f"before_name={_bucket(round(100 * usage.before_name / share), (2, 5, 10, 20, 40))}"
    yield from (f"sense={sense}" for sense in sorted(gazetteer.senses(name)))
    yield from (f"area={kind}" for kind in sorted({kind for kind, _ in gazetteer.areas(name)}))
    if "-" in name or " " in name:
        yield "compound"
    if name.isupper():
        yield "capitals" if len(name) > 4 else "acronym"
    if len(name) <= 4:
        yield "short"
    yield "known_name" if usage.locative >= 3 else "rare_name"


def _bucket(value: int, bounds: Sequence[int]) -> int:
    return bisect_right(bounds, value)


def context_features(text: str, candidate: Candidate, gazetteer: CityGazetteer) -> Iterator[str]:
    """Features of the words on either side."""
    before = text[max(0, candidate.start - _WINDOW) : candidate.start]
    contracted = candidate.name != text[candidate.start : candidate.end]
    left = [
        "contracted" if contracted and feature in _CONTRACTIONS else feature
        for feature in _left_features(before, candidate.start)
    ]
    yield from left
    if not _is_plain(candidate, gazetteer):
        yield from (f"{f}!" for f in left if f in ("cue=commune_of", "cue=locative"))
    if gazetteer.usage(candidate.name).lower:
        yield from (f"word&{f}" for f in left if f == "opens_sentence" or f[3:] in _terms("articles"))
    yield from _right_features(text, candidate, gazetteer)
    if candidate.run_start < candidate.start and not before.endswith(("l'", "d'")):
        yield "inside_run"


def _left_features(before: str, start: int) -> Iterator[str]:
    if _SENTENCE_START.search(before, max(0, len(before.rstrip()) - 2)) and (
        start <= _WINDOW or before.strip()
    ):
        yield "opens_sentence"
    first = _LAST_WORDS.search(before, _last_word(before))
    if first:
        word = first[1]
        rest = before[: first.start()]
        second = _LAST_WORDS.search(rest, _last_word(rest))
        pair = (
            f"{second[1]} {word}"
            if second and not second[1].endswith("'")
            else (second[1] + word if second else word)
        )
        named = word[0].isupper() and not is_function_word(word)
        yield "p1=Capital" if named else f"p1={word.lower()}"
        yield f"p2={pair}"
        yield from _cue_features(word, pair)
    capital = _CAPITAL_BEFORE.search(before, _last_word(before))
    if capital and not is_function_word(capital[1]):
        yield "after_capital"


def _last_word(before: str) -> int:
    """Where the last word begins: no pattern of one word needs to look at what stands before."""
    return before.rstrip(" \n").rfind(" ") + 1


def _cue_features(word: str, pair: str) -> Iterator[str]:
    for name in ("locative", "town_of", "commune_of", "not_town_of", "street", "product_of"):
        terms = _terms(name)
        if pair in terms or word.lower() in terms or (name == "street" and pair.lower() in terms):
            yield f"cue={name}"
    if word in _terms("civilities") or word.rstrip(".") in _terms("civilities"):
        yield "cue=civility"


def _right_features(text: str, candidate: Candidate, gazetteer: CityGazetteer) -> Iterator[str]:
    after = text[candidate.end : candidate.end + _WINDOW]
    areas = apposed_areas(text, candidate.end, gazetteer)
    if areas:
        holds = any(share(area, place) == 1.0 for area in areas for place in candidate.places)
        yield "apposed=holds" if holds else "apposed=elsewhere"
        if holds and not _is_plain(candidate, gazetteer):
            yield "apposed=holds!"
    elif _BRACKET.match(after):
        yield "bracket"
    if after[:1] == "-":
        yield "n1=hyphen"
    elif after[:1] == " " and after[1:2].isupper():
        yield "n1=Capital"
    else:
        word = _NEXT_WORD.match(after)
        yield f"n1={word[1].lower() if word else 'end'}"


@cache
def _links(name: str) -> re.Pattern[str]:
    """What may stand between two towns: of a list (``between_listed``), or of a row, which a sentence goes
    through one after the other (``between_in_row``, narrower)."""
    return re.compile(any_of(load_terms("cities")[name]))


def _joined(text: str, candidates: Sequence[Candidate], links: str) -> list[bool]:
    """Whether each candidate is joined to the next one; the last, or none at all, is not."""
    pattern = _links(links)
    pairs = zip(candidates, candidates[1:], strict=False)
    return [*(bool(pattern.fullmatch(text, left.end, right.start)) for left, right in pairs), False]


def list_features(
    text: str, candidates: Sequence[Candidate], gazetteer: CityGazetteer
) -> Iterator[list[str]]:
    """For each candidate, whether a list puts it beside a town's name, and beside a near town's."""
    joined = _joined(text, candidates, "between_listed")
    for i, candidate in enumerate(candidates):
        others = [candidates[i - 1]] if i and joined[i - 1] else []
        others += [candidates[i + 1]] if joined[i] else []
        features = []
        if any(_is_plain(other, gazetteer) for other in others):
            features.append("beside_town")
        if any(_is_near(candidate, other) for other in others):
            features.append("beside_near" if _is_plain(candidate, gazetteer) else "beside_near!")
        yield features


def rows_of_three(text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int, int]]:
    """The places of three candidates that stand in one row: ``à Lyon, Brest puis Nantes``."""
    joined = _joined(text, candidates, "between_in_row")
    for first in range(len(candidates) - 2):
        if joined[first] and joined[first + 1]:
            yield first, first + 1, first + 2


def _is_plain(candidate: Candidate, gazetteer: CityGazetteer) -> bool:
    """Whether the name is that of a town above all."""
    return gazetteer.usage(candidate.name).locative >= 3 and not gazetteer.is_common_word(candidate.name)


def _is_near(one: Candidate, other: Candidate) -> bool:
    """Whether towns of the two names lie within an hour's drive."""
    distances = (kilometres(a, b) for a in one.places[:_MOST_PLACES] for b in other.places[:_MOST_PLACES])
    return one.name != other.name and any(d is not None and 0 < d <= _NEAR_KM for d in distances)


def label_features(candidate: Candidate, labels: Labels, plain: bool) -> Iterator[str]:
    """Features of what the stock model and the organization rules say of the same characters."""
    start, end = candidate.start, candidate.end
    stock = "none"
    for (other_start, other_end), label in labels.stock.items():
        if other_start < end and start < other_end:
            exact = abs(other_start - start) <= 3 and other_end == end
            stock = (
                label
                if exact
                else f"in_{label}"
                if other_start <= start and end <= other_end
                else f"part_{label}"
            )
            break
    yield f"stock={stock}"
    for other_start, other_end in labels.bodies:
        if other_start <= start and end <= other_end:
            same = (other_start, other_end) == (start, end)
            yield ("body=same_town" if plain else "body=same") if same else "body=inside"
            break


def document_features(
    all_features: Sequence[Sequence[str]], candidates: Sequence[Candidate]
) -> Iterator[list[str]]:
    """For each candidate, what the other mentions of the same name in the document show."""
    seen: dict[str, Counter[str]] = {}
    for candidate, features in zip(candidates, all_features, strict=True):
        seen.setdefault(candidate.name.casefold(), Counter()).update(
            f for f in set(features) if f in _TELLING
        )
    for candidate, features in zip(candidates, all_features, strict=True):
        counts = seen[candidate.name.casefold()]
        own = set(features)
        yield [f"doc:{f}" for f in _TELLING if counts[f] - (f in own) > 0]


_TELLING = (
    *("p1=à", "p1=en", "cue=commune_of", "cue=town_of", "cue=not_town_of", "cue=civility", "apposed=holds"),
    *("after_capital", "n1=Capital", "stock=LOC", "stock=PER", "stock=ORG", "stock=MISC", "stock=in_PER"),
    *("stock=in_ORG", "body=same", "body=inside"),
)


def all_features(
    text: str, candidates: Sequence[Candidate], gazetteer: CityGazetteer, labels: Labels
) -> list[list[str]]:
    """The features of every candidate of one document."""
    own = [
        [
            *name_features(candidate, gazetteer),
            *context_features(text, candidate, gazetteer),
            *label_features(candidate, labels, _is_plain(candidate, gazetteer)),
            *beside,
        ]
        for candidate, beside in zip(candidates, list_features(text, candidates, gazetteer), strict=True)
    ]
    return [[*mine, *theirs] for mine, theirs in zip(own, document_features(own, candidates), strict=True)]


def probability(features: Sequence[str], weights: Mapping[str, float]) -> float:
    """Of a logistic model: that the candidate with these features is a town."""
    total = weights["bias"] + sum(weights.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
