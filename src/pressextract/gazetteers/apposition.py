"""The area that a text puts a town in, right after its name: "(Nord)", ", dans l'Isère", ", au Québec"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressextract.gazetteers.areas import Area
from pressextract.gazetteers.cities import CityGazetteer

_NOUN = (
    r"(?:(?:la |le |l')?(?P<noun>province|région|département|[ÉE]tat|canton|comté|district|île|archipel|"
    r"grand-duché|principauté|royaume)"
    r" (?:de la |de l'|du |des |de |d'))?"
)
_NAME = r"(?P<area>[A-ZÀ-Þ0-9][\w'-]*(?: (?:de la |de l'|de |d'|du |la |les |et )?[A-ZÀ-Þ][\w'-]*){0,4})"
_SIDE = (
    r"(?:, (?:au|à l'|tout) ?(?:nord|sud|est|ouest|près|large|pied|cœur|bord)(?:-(?:est|ouest))? "
    r"(?:de |d'|du |des )[^,.;()\n]{2,30})?"
)
_APPOSED = re.compile(
    rf"{_SIDE},? (?P<in>en|dans|à|au|aux|sur|du|de|des)(?: (?:le|la|les))? ?(?:l')?{_NOUN}{_NAME}"
)
_COMMA = re.compile(rf", {_NAME}(?=[,.;)])")
_BRACKETED = re.compile(r" ?\((?P<inside>[^()\n]{2,40})\)")
_PARTS = re.compile(r"[,;/]| - ")
_LONGEST = 110
_LOOSE = frozenset({"du", "de", "des", "à"})
"""Words that tie an area to a town only after a comma or with a noun."""


def apposed_areas(text: str, end: int, gazetteer: CityGazetteer) -> Sequence[Area]:
    """The areas that the words after character ``end`` (where the town's name ends) put it in; often none."""
    bracket = _BRACKETED.match(text, end, end + _LONGEST)
    if bracket:
        return [area for part in _PARTS.split(bracket["inside"]) for area in _areas(part.strip(), gazetteer)]
    match = _APPOSED.match(text, end, end + _LONGEST)
    if match and (match["in"] not in _LOOSE or match["noun"] or text[end] == ","):
        return _longest(match, gazetteer)
    match = _COMMA.match(text, end, end + _LONGEST)
    return _areas(match["area"], gazetteer) if match else ()


def _areas(name: str, gazetteer: CityGazetteer) -> Sequence[Area]:
    department = gazetteer.department_of(name)
    return [Area("department", department)] if department else gazetteer.areas(name)


def _longest(match: re.Match[str], gazetteer: CityGazetteer) -> Sequence[Area]:
    """The areas of the longest beginning of the name that has some, with its noun or article first."""
    words = match["area"].split(" ")
    article = {"au": "le ", "du": "le ", "aux": "les "}.get(match["in"], "")
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        full = f"{match['noun']} de {name}" if match["noun"] else article + name
        areas = gazetteer.areas(full) or gazetteer.areas(name)
        if areas:
            return areas
    return ()
