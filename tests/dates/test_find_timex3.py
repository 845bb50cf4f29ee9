"""The TimeML view: ends of ranges by themselves, no prepositions, four types."""

from __future__ import annotations

import pytest

from pressextract.dates import find_dates, find_timex3

PUBLISHED = "2019-12-06"


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("Il est mort le samedi 5 octobre.", "le samedi 5 octobre", "DATE", "2019-10-05"),
        ("Les attentats du 11 septembre 2001.", "11 septembre 2001", "DATE", "2001-09-11"),
        ("Jusqu'au 28 février 2020.", "28 février 2020", "DATE", "2020-02-28"),
        ("D'ici la fin de l'année.", "la fin de l'année", "DATE", "2019"),
        ("L'an dernier, il est parti.", "L'an dernier", "DATE", "2018"),
        ("Il est parti il y a trois ans.", "il y a trois ans", "DATE", "2016"),
        ("Il est parti hier.", "hier", "DATE", "2019-12-05"),
        ("Il est parti hier matin.", "hier matin", "TIME", "2019-12-05TMO"),
        ("Il est parti à 21 h 45.", "21 h 45", "TIME", "2019-12-06T21:45"),
        ("Il est parti à 18:30.", "18:30", "TIME", "2019-12-06T18:30"),
        ("Il dirige depuis vingt ans.", "vingt ans", "DURATION", "P20Y"),
        ("Il a attendu vingt minutes.", "vingt minutes", "DURATION", "PT20M"),
        ("Il a attendu un demi-siècle.", "un demi-siècle", "DURATION", "P50Y"),
        ("Il vient chaque année.", "chaque année", "SET", "P1Y"),
        ("Il vient tous les jeudis.", "tous les jeudis", "SET", "XXXX-WXX-4"),
    ],
)
def test_find_timex3_types_and_resolves(text: str, span: str, kind: str, value: str) -> None:
    (item,) = find_timex3(text, PUBLISHED)
    assert (item.text, item.type, item.value) == (span, kind, value)


def test_each_end_of_a_range_stands_by_itself() -> None:
    items = find_timex3("Du 19 au 23 juillet 2019, puis entre 2014 et 2018.", PUBLISHED)
    assert [(item.text, item.value) for item in items] == [
        ("19", "2019-07-19"),
        ("23 juillet 2019", "2019-07-23"),
        ("2014", "2014"),
        ("2018", "2018"),
    ]


def test_a_clock_time_takes_the_day_mentioned_before() -> None:
    items = find_timex3("Départ dimanche 15 décembre à 9 h.", PUBLISHED)
    assert [(item.type, item.value) for item in items] == [
        ("DATE", "2019-12-15"),
        ("TIME", "2019-12-15T09:00"),
    ]


def test_both_views_come_from_one_grammar() -> None:
    text = "Hier, puis du 9 au 13 décembre, pendant trois mois."
    record, timex = find_dates(text, PUBLISHED), find_timex3(text, PUBLISHED)
    assert [item.text for item in record] == ["Hier", "du 9 au 13 décembre"]
    assert [item.text for item in timex] == ["Hier", "9", "13 décembre", "trois mois"]
    assert record[1].value == f"{timex[1].value}/{timex[2].value}"
