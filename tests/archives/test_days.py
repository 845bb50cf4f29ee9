"""Days as archives print them."""

from __future__ import annotations

import pytest

from pressextract.archives.days import day_in_france, days_in, find_day


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Économie, mardi 31 décembre 2024 1234 mots, p. 12", "2024-12-31"),
        ("Thursday, December 22, 2022 13887 mots, p. 819(40)", "2022-12-22"),
        ("July 1, 2019 Monday 9:20 AM GMT", "2019-07-01"),
        ("1 juillet 2019 lundi", "2019-07-01"),
        ("1er janvier 2020", "2020-01-01"),
        ("Sat, 04 May 2013 11:00:00 GMT", "2013-05-04"),
        ("31. Dezember 2018", "2018-12-31"),
        ("7 de octubre de 2018", "2018-10-07"),
        ("2018 年 10 月 7 日", "2018-10-07"),
        ("2024-12-31T23:59:00+01:00", "2024-12-31"),
        ("20241231T080000Z", "2024-12-31"),
        ("31/12/2024", "2024-12-31"),
        ("31.12.2024 09:30", "2024-12-31"),
        ("1735603200", "2024-12-31"),
        ("1735603200000", "2024-12-31"),
    ],
)
def test_day_is_found(printed: str, day: str) -> None:
    assert find_day(printed) == day


@pytest.mark.parametrize(
    "printed",
    ["", "hier", "12 mots", "30 février 2020", "décembre 2024", "2024", "13/13/2024", "5 mayonnaise 2020"],
)
def test_no_day_is_made_up(printed: str) -> None:
    assert find_day(printed) is None


def test_every_day_is_found_in_its_order() -> None:
    printed = "May 3, 2016, puis le 1 mai 1968, 31/12/2024, 2023-05-04 et le 30 février 2020"
    assert days_in(printed) == ["2016-05-03", "1968-05-01", "2024-12-31", "2023-05-04"]
    assert find_day(printed) == "2023-05-04"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2023-05-03T22:30:00Z", "2023-05-04"),
        ("2023-05-03T21:59:59.123Z", "2023-05-03"),
        ("2023-01-03T22:30:00+00:00", "2023-01-03"),
        ("2023-01-03 23:00Z", "2023-01-04"),
        ("2023-12-31T23:10:00+0000", "2024-01-01"),
        ("2023-03-26T00:59Z", "2023-03-26"),
        ("2023-03-25T22:59Z", "2023-03-25"),
        ("2023-03-26T22:00Z", "2023-03-27"),
        ("2023-10-29T22:30Z", "2023-10-29"),
        ("2023-05-03T22:30:00+02:00", "2023-05-03"),
        ("2023-05-03T22:30:00", "2023-05-03"),
        ("2023-02-31T22:30:00Z", None),
        ("9999-12-31T23:30:00Z", "9999-12-31"),
        ("3 mai 2023", "2023-05-03"),
    ],
)
def test_a_time_in_utc_is_on_the_day_that_it_is_in_france(printed: str, day: str | None) -> None:
    assert day_in_france(printed) == day
