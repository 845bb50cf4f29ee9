"""Towns of an article: contracted articles, one town under two names, two towns under one."""

from __future__ import annotations

from tests.records.makers import make_doc

from pressextract.records.towns import group_towns


def towns(marked: str) -> list[tuple[list[str], str | None]]:
    """(forms, INSEE code) of each town."""
    doc = make_doc(marked)
    return [(g.forms, g.place.insee if g.place else None) for g in group_towns(doc, doc.ents)]


def test_a_contracted_article_belongs_to_the_name() -> None:
    assert towns("Il part au [Havre|CITY].") == [(["Le Havre", "Havre"], "76351")]
    assert towns("Le maire des [Herbiers|CITY].") == [(["Les Herbiers", "Herbiers"], "85109")]


def test_with_and_without_the_article_it_is_one_town() -> None:
    assert towns("[Le Havre|CITY] gagne. Il part au [Havre|CITY].") == [(["Le Havre", "Havre"], "76351")]


def test_two_names_of_one_commune_are_one_town() -> None:
    assert towns("De [Évian-les-Bains|CITY] ou d'[Évian|CITY].") == [(["Évian-les-Bains", "Évian"], "74119")]


def test_one_name_put_in_two_areas_is_two_towns() -> None:
    found = towns("[Merville|CITY] (Nord) et [Merville|CITY] (Haute-Garonne) sont jumelées.")
    assert found == [(["Merville"], "59400"), (["Merville"], "31341")]


def test_a_name_without_an_area_joins_the_town_met_before() -> None:
    found = towns("À [Merville|CITY] (Nord), on recrute. [Merville|CITY] s'en réjouit.")
    assert found == [(["Merville"], "59400")]


def test_a_town_unknown_to_the_gazetteer_has_no_place() -> None:
    assert towns("À [Xyzville|CITY], on recrute.") == [(["Xyzville"], None)]


def test_a_short_name_beside_the_long_one_is_the_same_town() -> None:
    found = towns("[Mortagne-au-Perche|CITY] recrute. À [Mortagne|CITY], on s'en réjouit.")
    assert found == [(["Mortagne-au-Perche", "Mortagne"], "61293")]
