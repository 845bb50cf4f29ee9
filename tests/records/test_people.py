"""Which names are one person."""

from __future__ import annotations

import pytest
from tests.records.makers import make_doc

from pressextract.records.people import group_people, name_gender


def grouped(marked: str) -> list[list[str]]:
    """The surface forms of each person, in text order."""
    return [[span.text for span in group.spans] for group in group_people(make_doc(marked).ents)]


def p(name: str) -> str:
    """A person's mention."""
    return f"[{name}|PERSON]"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{p('Paul Durand')} part. {p('Durand')} reste.", [["Paul Durand", "Durand"]]),
        (f"M. {p('Durand')} part. {p('Paul Durand')} reste.", [["Durand", "Paul Durand"]]),
        (f"{p('Paul Durand')} part. {p('P. Durand')} reste.", [["Paul Durand", "P. Durand"]]),
        (f"{p('Anne Le Goff')} part. {p('Le Goff')} reste.", [["Anne Le Goff", "Le Goff"]]),
        (f"{p('Paul Durand')} et {p('Marie Durand')}.", [["Paul Durand"], ["Marie Durand"]]),
        (f"{p('Paul Durand')} part. {p('Paul Martin')} reste.", [["Paul Durand"], ["Paul Martin"]]),
        (f"{p('Paul Durand')} part. {p('Paul')} reste.", [["Paul Durand", "Paul"]]),
        (
            f"{p('Paul Durand')}, {p('Paul Martin')}, {p('Paul')}.",
            [["Paul Durand"], ["Paul Martin"], ["Paul"]],
        ),
        (f"{p('PAUL DURAND')} part. {p('Durand')}", [["PAUL DURAND", "Durand"]]),
    ],
)
def test_names_of_one_person(marked: str, expected: list[list[str]]) -> None:
    assert grouped(marked) == expected


def test_civility_keeps_two_people_with_one_surname_apart() -> None:
    marked = f"{p('Paul Durand')} et {p('Marie Durand')}. Mme {p('Durand')} a dit oui, M. {p('Durand')} non."
    assert grouped(marked) == [["Paul Durand", "Durand"], ["Marie Durand", "Durand"]]
    doc = make_doc(marked)
    women = group_people(doc.ents)[1]
    assert doc.text[: women.spans[1].start_char].endswith("Mme ")


def test_a_civility_of_the_other_gender_is_another_person() -> None:
    assert grouped(f"{p('Paul Durand')} part. Mme {p('Durand')} reste.") == [["Paul Durand"], ["Durand"]]


def test_a_feminine_role_tells_the_gender() -> None:
    marked = f"{p('Paul Durand')} et {p('Marie Durand')}. La directrice {p('Durand')} signe."
    assert grouped(marked)[1] == ["Marie Durand", "Durand"]


def test_without_a_sign_the_last_mentioned_answers() -> None:
    marked = f"{p('Paul Durand')} part. {p('Marie Durand')} reste. {p('Durand')} signe."
    assert grouped(marked) == [["Paul Durand"], ["Marie Durand", "Durand"]]


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Marie Durand", "f"), ("Paul Durand", "m"), ("Claude Durand", None), ("Durand", None)],
)
def test_name_gender(name: str, gender: str | None) -> None:
    assert name_gender(name) == gender
