"""Which town names are one town, and which place that is."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pressextract.components.city_candidates import name_at
from pressextract.components.spans import text_of
from pressextract.gazetteers import load_cities
from pressextract.gazetteers.apposition import apposed_areas
from pressextract.gazetteers.areas import share
from pressextract.gazetteers.normalise import normalise
from pressextract.labels import CITY
from pressextract.records.groups import Group
from pressextract.records.linking import Town, link_towns


def group_towns(doc: Doc, spans: Sequence[Span], publisher: str | None = None) -> list[Group]:
    """One group for each town, linked to its place, in order of first mention."""
    gazetteer, text = load_cities(), text_of(doc)
    named: dict[tuple[str, str], tuple[Group, Town]] = {}
    for span in spans:
        name, places = name_at(text, span.start_char, span.end_char, gazetteer)
        areas = apposed_areas(text, span.end_char, gazetteer)
        held = [p for p in places if any(share(area, p) == 1.0 for area in areas)]
        key = (normalise(name), held[0].department or held[0].country if held else "")
        key = key if held or key in named else _same_name(key, named)
        if key not in named:
            named[key] = (Group(CITY, name=name if name != span.text else None), Town(name, [], places))
        group, town = named[key]
        group.spans.append(span)
        named[key] = (group, Town(town.name, [*town.spans, (span.start_char, span.end_char)], town.places))
    links = link_towns(text, [town for _, town in named.values()], gazetteer, publisher)
    for (group, _), link in zip(named.values(), links, strict=True):
        group.place = link.place
    groups = [group for group, _ in named.values()]
    _take_longer_names(groups, [bool(area) for _, area in named])
    return _merge_same_place(groups)


def _same_name(key: tuple[str, str], named: dict[tuple[str, str], tuple[Group, Town]]) -> tuple[str, str]:
    """The key of the last town of that name met so far, whatever area it was put in; else ``key``."""
    return next((known for known in reversed(named) if known[0] == key[0]), key)


def _take_longer_names(groups: Sequence[Group], apposed: Sequence[bool]) -> None:
    """ "Mortagne" beside "Mortagne-au-Perche" is that town, unless its own is larger."""
    names = [normalise(group.forms[0]) for group in groups]
    for group, name, has_area in zip(groups, names, apposed, strict=True):
        if has_area:
            continue
        for other, longer in zip(groups, names, strict=True):
            if other.place is None or not longer.startswith(name + " "):
                continue
            own = group.place
            if own is None or normalise(own.name) != name or own.population < other.place.population:
                group.place = other.place


def _merge_same_place(groups: Sequence[Group]) -> list[Group]:
    """Two names of one commune are one town: "Évian" and "Évian-les-Bains"."""
    merged: dict[str, Group] = {}
    for number, group in enumerate(groups):
        place = group.place
        key = f"{place.insee}" if place and place.insee and place.kind == "commune" else f"#{number}"
        if key in merged:
            merged[key].add(group.spans)
            merged[key].name = merged[key].name or group.name
        else:
            merged[key] = group
    return list(merged.values())
