"""Look names up: the towns that bear one, and whether it is also a region, a country or an ordinary word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from pressextract.gazetteers.areas import Area
from pressextract.gazetteers.normalise import accented_key, fold, normalise
from pressextract.gazetteers.places import COLUMNS, Place, parse_place
from pressextract.gazetteers.tables import data_folder, read_lines


class Usage(NamedTuple):
    """How often a corpus writes a name, and in what company."""

    lower: int
    """In lower case."""
    capitalised: int
    """With a capital, inside a sentence; the next three are parts of it."""
    locative: int
    """After "à" (or "au", "aux")."""
    after_name: int
    """After another capitalised word, as a surname is."""
    before_name: int
    """Before another capitalised word, as a given name is."""

    @property
    def is_word(self) -> bool:
        """Whether the name is an ordinary word too."""
        return self.lower >= 5 and self.lower >= 0.05 * self.capitalised


_UNSEEN = Usage(0, 0, 0, 0, 0)


class CityGazetteer:
    """Every French commune and the larger towns of the world, by normalised name."""

    def __init__(self, folder: Traversable) -> None:
        """Read the files of ``folder``; raises GazetteerError when one is missing or damaged."""
        self._lines = read_lines(folder, "places.tsv.gz", COLUMNS)
        self._index = _index(self._lines)
        self._parsed: dict[str, tuple[Place, ...]] = {}
        self._read_usage: dict[str, Usage] = {}
        self._areas: dict[str, list[Area]] = {}
        for line in read_lines(folder, "areas.tsv.gz", 4):
            kind, code, _, key = line.split("\t")
            self._areas.setdefault(key, []).append(Area(kind, code))
        self._hints: dict[str, list[Area]] = {}
        for line in read_lines(folder, "hints.tsv.gz", 3):
            kind, code, word = line.split("\t")
            self._hints.setdefault(word, []).append(Area(kind, code))
        self._publishers = [line.split("\t") for line in read_lines(folder, "publishers.tsv.gz", 3)]
        self._senses: dict[str, frozenset[str]] = {}
        for line in read_lines(folder, "senses.tsv.gz", 2):
            sense, key = line.split("\t")
            self._senses[key] = self._senses.get(key, frozenset()) | {sense}
        self._usage = dict(line.split("\t", 1) for line in read_lines(folder, "names.tsv.gz", 6))

    def lookup(self, name: str) -> Sequence[Place]:
        """The places that bear ``name`` in any spelling, the most populous first; empty when none does."""
        key = normalise(name)
        found = self._parsed.get(key)
        if found is None:
            rows = self._index.get(key, ())
            places = [parse_place(self._lines[row]) for row in ((rows,) if isinstance(rows, int) else rows)]
            found = tuple(sorted(places, key=lambda place: (place.kind == "former", -place.population)))
            self._parsed[key] = found
        return found

    def is_region_or_country(self, name: str) -> bool:
        """Whether ``name`` is that of a country, a region or a department."""
        return normalise(name) in self._areas

    def areas(self, name: str) -> Sequence[Area]:
        """The countries, regions and departments named ``name``."""
        return self._areas.get(normalise(name), ())

    def hints(self, word: str) -> Sequence[Area]:
        """The areas and towns that a demonym or nickname points at ("lyonnaise", "la cité phocéenne")."""
        return self._hints.get(word.lower(), ())

    def publisher_areas(self, publisher: str | None) -> Sequence[Area]:
        """The areas that a newspaper covers, by its name; empty when unknown."""
        folded = fold((publisher or "").lower())
        return [Area(kind, code) for name, kind, code in self._publishers if name in folded] if folded else []

    def senses(self, name: str) -> frozenset[str]:
        """What else ``name`` is known to be: company, product, given, surname."""
        return self._senses.get(normalise(name), frozenset())

    def usage(self, name: str) -> Usage:
        """How a corpus of French press writes ``name``, accents respected; all zero when it never does."""
        key = accented_key(name)
        found = self._read_usage.get(key)
        if found is None:
            counts = self._usage.get(key)
            found = self._read_usage[key] = Usage(*map(int, counts.split("\t"))) if counts else _UNSEEN
        return found

    def is_common_word(self, name: str) -> bool:
        """Whether ``name`` is also an ordinary word, a surname, a firm or a product."""
        return self.usage(name).is_word or normalise(name) in self._senses

    def department_of(self, name: str) -> str | None:
        """Code of the French department called ``name`` or written as its number; None when there is none."""
        bare = name.strip()
        if bare.upper() in _CODES:
            return bare.upper()
        return next((code for kind, code in self.areas(bare) if kind == "department"), None)


_CODES = frozenset(
    [f"{n:02}" for n in range(1, 96) if n != 20]
    + ["2A", "2B", "971", "972", "973", "974", "975", "976", "987", "988"]
)


def _index(lines: Sequence[str]) -> dict[str, int | tuple[int, ...]]:
    """Key -> number of its line, or of its lines when several places bear the name."""
    index: dict[str, int | tuple[int, ...]] = {}
    for number, line in enumerate(lines):
        for key in line[line.rindex("\t") + 1 :].split("|"):
            known = index.get(key)
            if known is None:
                index[key] = number
            else:
                index[key] = (*((known,) if isinstance(known, int) else known), number)
    return index


@cache
def load_cities() -> CityGazetteer:
    """The shipped gazetteer, read at the first call and kept."""
    return CityGazetteer(data_folder())
