"""Properties: every written form of every day comes back, no text is too strange, nothing is quadratic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pressextract.dates import find_dates, find_timex3
from pressextract.dates.context import _pattern as context_pattern
from pressextract.dates.grammar import alternatives, rules
from pressextract.dates.numbers import parse_number
from pressextract.dates.surroundings import cues
from pressextract.dates.tense import cues as tense_cues
from pressextract.dates.terms import terms

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = [
    *terms()["units"], *terms()["directions"], *terms()["numbers"], *terms()["ordinals"], *terms()["months"],
    *terms()["weekdays"], *terms()["seasons"], *terms()["dayparts"], "le", "la", "l'", "du", "au", "de", "d'", "en", "à",
    "dès", "depuis", "jusqu'", "avant", "après", "entre", "et", "-", ",", "(", "\n", "il y a", "dans", "fin", "début",
    "mi-", "ce", "cette", "veille", "lendemain", "hier", "Noël", "Pâques", "années", "siècle", "XIXe", "1er", "12/03/26",
    "2019", "1999", "9", "31", "99", "18 h", "plus tard", "avant", "chaque", "tous les", "par",
]  # fmt: skip


def in_words(number: int) -> str:
    """A number from 1 to 31 as it is said in French."""
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:
        return f"dix-{UNITS[number - 10]}"
    tens, rest = ("vingt", number - 20) if number < 30 else ("trente", number - 30)
    if rest == 1:
        return f"{tens} et un"
    return tens if rest == 0 else f"{tens}-{UNITS[rest]}"


def written_forms(day: date) -> Iterator[str]:
    """Every way of writing a day in full."""
    number = "1er" if day.day == 1 else str(day.day)
    month, short = MONTHS[day.month - 1], SHORT[day.month - 1]
    weekday = WEEKDAYS[day.weekday()]
    yield f"le {number} {month} {day.year}"
    yield f"{weekday} {number} {month} {day.year}"
    yield f"LE {number.upper()} {month.upper()} {day.year}"
    yield f"le {number} {short} {day.year}"
    yield f"le {number}\u00a0{month}\u00a0{day.year}"
    yield f"le {'premier' if day.day == 1 else in_words(day.day)} {month} {day.year}"
    yield f"le {day:%d/%m/%Y}"
    yield f"le {day.day}/{day.month}/{day.year}"
    yield f"le {day:%d.%m.%Y}"
    yield f"le {day:%d-%m-%Y}"
    yield day.isoformat()


@given(DAYS)
@settings(max_examples=40, deadline=None)
def test_every_written_form_of_a_day_comes_back(day: date) -> None:
    for form in written_forms(day):
        items = find_dates(f"Fait à Lyon, {form}.", None)
        assert [(item.start, item.end) for item in items] == [(day.isoformat(), day.isoformat())], form


@given(DAYS, st.integers(-18, 18))
@settings(max_examples=50, deadline=None)
def test_a_two_digit_year_is_the_one_near_publication(day: date, distance: int) -> None:
    published = f"{min(9999, day.year + distance):04d}-06-15"
    items = find_dates(f"Fait le {day:%d/%m/%y}.", published)
    assert [item.start for item in items] == [day.isoformat()]


@given(DAYS, DAYS)
@settings(max_examples=60, deadline=None)
def test_a_day_without_its_year_is_less_than_a_year_away(day: date, published: date) -> None:
    (item,) = find_dates(f"Fait le {day.day} {MONTHS[day.month - 1]}.", published.isoformat())
    assert item.start is not None
    found = date.fromisoformat(item.start)
    assert (found.month, found.day) == (day.month, day.day)
    assert abs((found - published).days) <= (366 if (day.month, day.day) != (2, 29) else 8 * 366)


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(["", " "]), st.dates())
@example(["prochain", "zero", "heure"], " ", date(2000, 1, 1))
@settings(max_examples=100, deadline=None)
def test_no_chain_of_date_words_raises_or_breaks_an_offset(
    words: list[str], gap: str, published: date
) -> None:
    text = gap.join(words)
    for day in (None, published.isoformat()):
        for item in (*find_dates(text, day), *find_timex3(text, day)):
            assert text[item.start_char : item.end_char] == item.text != ""
            assert item.start is None or item.end is None or item.start <= item.end


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_no_text_raises(text: str) -> None:
    for item in find_timex3(text, "2019-12-06"):
        assert text[item.start_char : item.end_char] == item.text


@given(st.integers(1, 31))
def test_numbers_in_words_come_back(number: int) -> None:
    assert parse_number(in_words(number).replace("é", "e")) == number


# Linear time, by the shape of the patterns

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
ALL_PATTERNS = (
    [pytest.param(rule.pattern.pattern, id=rule.name) for rule in rules()]
    + [pytest.param(pattern.pattern, id=name) for name, pattern in cues().items()]
    + [
        pytest.param(context_pattern(is_month).pattern, id=f"context-{is_month}")
        for is_month in (True, False)
    ]
    + [pytest.param(tense_cues()[0].pattern, id="tense")]
)
MAX_REPEAT = 50


def repeats(parsed: Any, inside: bool = False) -> Iterator[tuple[bool, int]]:
    """(inside an unbounded repeat, upper bound) of every repeat of a parsed pattern."""
    for operation, argument in parsed:
        if operation in REPEATS:
            _, high, body = argument
            unbounded = high == _constants.MAXREPEAT
            yield inside, MAX_REPEAT + 1 if unbounded else int(high)
            yield from repeats(body, inside or unbounded)
        elif operation is _constants.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, inside)
        elif operation is _constants.SUBPATTERN:
            yield from repeats(argument[-1], inside)
        elif operation in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from repeats(argument[1], inside)


@pytest.mark.parametrize("pattern", ALL_PATTERNS)
def test_no_pattern_repeats_without_bound_inside_such_a_repeat(pattern: str) -> None:
    assert [high for inside, high in repeats(_parser.parse(pattern)) if inside] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_no_rule_repeats_without_bound(rule: Any) -> None:
    # Rules are tried at every first word: one that ran on would make a long text quadratic.
    patterns = [rule.pattern.pattern, *([rule.each.pattern] if rule.each else [])]
    unbounded = [high for text in patterns for _, high in repeats(_parser.parse(text)) if high > MAX_REPEAT]
    assert unbounded == [], rule.name


def test_the_alternatives_of_a_list_are_tried_longest_first() -> None:
    assert re.match(alternatives(["an", "annee", "annees"]), "annees")[0] == "annees"  # type: ignore[index]
