"""Areas that are no towns: countries, regions, departments; and the words that hint at them or at a town."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pressextract.gazetteers.places import Place

OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
"""ISO country code of a French overseas territory -> its department code."""


class Area(NamedTuple):
    """What a word points at: ``kind`` country, region, department or commune, and its code."""

    kind: str
    code: str


def share(area: Area, place: Place) -> float:
    """1 when ``area`` holds ``place``, 0.5 when only their country is known to be one, 0 otherwise."""
    kind, code = area
    if kind == "commune":
        return float(place.insee == code)
    if kind == "department":
        return float(place.department == code)
    if kind == "country":
        department = OVERSEAS.get(code)
        return float(place.department == department if department else place.country == code)
    country, _, region = code.partition("-")
    if place.country != country:
        return 0.0
    if region == place.region:
        return 1.0
    return 0.5 if not region or not _is_admin1(country, region) else 0.0


def _is_admin1(country: str, region: str) -> bool:
    """Whether the region code is of the kind that places carry: INSEE in France, else GeoNames admin1."""
    return country in ("FR", "CA", "US", "CH") or region in ("VLG", "WAL", "BRU")


_ENDINGS = (
    ("ais", ("ais", "aise", "aises")), ("ois", ("ois", "oise", "oises")),
    ("ien", ("ien", "ienne", "iens", "iennes")),
    ("éen", ("éen", "éenne", "éens", "éennes")), ("on", ("on", "onne", "ons", "onnes")),
    ("eau", ("eau", "elle", "eaux", "elles")), ("f", ("f", "ve", "fs", "ves")),
    ("ec", ("ec", "ecque", "ecs", "ecques")),
    ("c", ("c", "que", "cs", "ques")), ("e", ("e", "es")), ("", ("", "e", "s", "es")),
)  # fmt: skip


def inflect(demonym: str) -> Sequence[str]:
    """The four forms of a demonym given in the masculine singular; a nickname of several words stays."""
    if " " in demonym:
        return (demonym,)
    ending, forms = next(item for item in _ENDINGS if demonym.endswith(item[0]))
    stem = demonym[: len(demonym) - len(ending)]
    return tuple(stem + form for form in forms)
