"""Lookups: spellings, homonyms, former communes, foreign names, other senses, damaged files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pressextract.gazetteers import CityGazetteer, GazetteerError, load_cities
from pressextract.gazetteers.tables import data_folder

FILES = (
    "places.tsv.gz",
    "areas.tsv.gz",
    "hints.tsv.gz",
    "publishers.tsv.gz",
    "senses.tsv.gz",
    "names.tsv.gz",
)


@pytest.fixture(scope="module")
def gazetteer() -> CityGazetteer:
    return load_cities()


@pytest.mark.parametrize(
    ("name", "insee"),
    [
        ("Merville", "59400"),
        ("Saint-Étienne", "42218"),
        ("St-Etienne", "42218"),
        ("SAINT-ÉTIENNE", "42218"),
        ("Villeneuve d’Ascq", "59009"),
        ("L'Haÿ-les-Roses", "94038"),
        ("Le Havre", "76351"),
        ("Les Herbiers", "85109"),
        ("Lyon 3e Arrondissement", "69123"),
        ("Brive", "19031"),
        ("Évry", "91228"),
        ("Cherbourg-Octeville", "50129"),
        ("Saint-Denis de La Réunion", "97411"),
    ],
)
def test_lookup_finds_a_commune_in_any_spelling(gazetteer: CityGazetteer, name: str, insee: str) -> None:
    assert gazetteer.lookup(name)[0].insee == insee


@pytest.mark.parametrize(
    ("name", "country"),
    [("Londres", "GB"), ("Pékin", "CN"), ("Gênes", "IT"), ("Anvers", "BE"), ("Le Caire", "EG"), ("Cologne", "DE"),
     ("La Haye", "NL"), ("Bâle", "CH")],
)  # fmt: skip
def test_lookup_knows_french_names_of_foreign_towns(
    gazetteer: CityGazetteer, name: str, country: str
) -> None:
    place = gazetteer.lookup(name)[0]
    assert (place.country, place.insee) == (country, None)
    assert place.geonames is not None


def test_lookup_lists_homonyms_by_population(gazetteer: CityGazetteer) -> None:
    places = gazetteer.lookup("Merville")
    assert [p.department for p in places] == ["59", "31"]
    assert places[0].population > places[1].population > 1000


def test_lookup_of_an_unknown_name_is_empty(gazetteer: CityGazetteer) -> None:
    assert list(gazetteer.lookup("Xyzville-sur-Rien")) == []
    assert list(gazetteer.lookup("")) == []


def test_a_former_commune_has_the_code_of_its_successor(gazetteer: CityGazetteer) -> None:
    former = [p for p in gazetteer.lookup("Arbignieu") if p.kind == "former"]
    assert [p.insee for p in former] == ["01015"]


def test_coordinates_are_those_of_the_town(gazetteer: CityGazetteer) -> None:
    place = gazetteer.lookup("Vitrolles")[0]
    assert place.latitude == pytest.approx(43.46, abs=0.02)
    assert place.longitude == pytest.approx(5.25, abs=0.02)


@pytest.mark.parametrize("name", ["Espagne", "Nord", "Bretagne", "Haute-Garonne", "Belgique", "La Réunion"])
def test_countries_regions_and_departments_are_areas(gazetteer: CityGazetteer, name: str) -> None:
    assert gazetteer.is_region_or_country(name)


@pytest.mark.parametrize("name", ["Paris", "Lyon", "Merville"])
def test_towns_are_no_areas(gazetteer: CityGazetteer, name: str) -> None:
    assert not gazetteer.is_region_or_country(name)


def test_common_words_and_firms_are_told(gazetteer: CityGazetteer) -> None:
    assert all(gazetteer.is_common_word(name) for name in ("Sens", "Rue", "Bar", "Orange", "Martin"))
    assert not any(gazetteer.is_common_word(name) for name in ("Lyon", "Bordeaux-Mérignac", "Merville"))


@pytest.mark.parametrize(
    ("name", "code"), [("Nord", "59"), ("2A", "2A"), ("13", "13"), ("974", "974"), ("20", None)]
)
def test_department_of_takes_names_and_numbers(gazetteer: CityGazetteer, name: str, code: str | None) -> None:
    assert gazetteer.department_of(name) == code


def test_demonyms_and_nicknames_are_hints_and_no_towns(gazetteer: CityGazetteer) -> None:
    assert gazetteer.hints("marseillaises")[0].code == "13055"
    assert gazetteer.hints("la cité phocéenne")[0].code == "13055"
    assert not gazetteer.lookup("Marseillais")


def test_a_newspaper_covers_areas(gazetteer: CityGazetteer) -> None:
    assert ("department", "59") in gazetteer.publisher_areas("La Voix du Nord (site web)")
    assert list(gazetteer.publisher_areas(None)) == []


@pytest.mark.parametrize("broken", FILES)
def test_a_missing_file_names_the_rebuild_command(tmp_path: Path, broken: str) -> None:
    _copy(tmp_path, leave_out=broken)
    with pytest.raises(
        GazetteerError, match=rf"{broken} is missing; build it: python scripts/build_gazetteers.py"
    ):
        CityGazetteer(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"not gzip", gzip.compress(b"# only a comment\n"), gzip.compress(b"a\tb\n")]
)
def test_a_damaged_file_names_the_rebuild_command(tmp_path: Path, content: bytes) -> None:
    _copy(tmp_path, leave_out="places.tsv.gz")
    (tmp_path / "places.tsv.gz").write_bytes(content)
    with pytest.raises(
        GazetteerError, match=r"places\.tsv\.gz .*build it again: python scripts/build_gazetteers.py"
    ):
        CityGazetteer(tmp_path)


def test_a_cut_file_names_the_rebuild_command(tmp_path: Path) -> None:
    _copy(tmp_path, leave_out="places.tsv.gz")
    whole = data_folder().joinpath("places.tsv.gz").read_bytes()
    (tmp_path / "places.tsv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError, match="build it again"):
        CityGazetteer(tmp_path)


def _copy(folder: Path, leave_out: str) -> None:
    for name in FILES:
        if name != leave_out:
            (folder / name).write_bytes(data_folder().joinpath(name).read_bytes())
