"""One place of the gazetteer."""

from __future__ import annotations

import math
from dataclasses import dataclass

COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A town: a French commune of today (``commune``),
    a ``former`` one with its successor's code, or ``world``."""

    name: str
    kind: str
    country: str
    """ISO 3166-1 alpha-2; overseas departments are FR."""
    department: str | None
    region: str | None
    insee: str | None
    geonames: int | None
    latitude: float | None
    """Degrees, WGS 84."""
    longitude: float | None
    population: int
    """Inhabitants; 0 when unknown."""


def parse_place(line: str) -> Place:
    """The place of one line of ``places.tsv.gz``."""
    name, kind, country, department, region, insee, geonames, latitude, longitude, population = line.split(
        "\t"
    )[:10]
    return Place(
        name,
        kind,
        country,
        department or None,
        region or None,
        insee or None,
        int(geonames) if geonames else None,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        int(population),
    )


def kilometres(one: Place, other: Place) -> float | None:
    """Great-circle distance (haversine, mean radius 6,371 km); None when a coordinate is unknown."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat1, lon1, lat2, lon2 = (
        math.radians(v or 0.0) for v in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
