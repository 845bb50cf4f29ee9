"""Which names are one company or organization."""

from __future__ import annotations

import pytest
from tests.records.makers import make_doc

from pressextract.labels import COMPANY, ORGANIZATION
from pressextract.records.bodies import group_bodies
from pressextract.records.names import body_key, initials, is_acronym


def grouped(marked: str, label: str = COMPANY) -> list[list[str]]:
    """The surface forms of each body, in text order."""
    doc = make_doc(marked)
    return [[span.text for span in group.spans] for group in group_bodies(label, doc.ents)]


def c(name: str) -> str:
    """A company's mention."""
    return f"[{name}|COMPANY]"


def o(name: str) -> str:
    """An organization's mention."""
    return f"[{name}|ORGANIZATION]"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dupont SA", "Dupont"),
        ("Groupe Fournier", "Fournier"),
        ("Dupont et Fils", "Dupont & Fils SAS"),
        ("L'Oréal", "l'Oréal"),
        ("LA REDOUTE", "La Redoute"),
        ("Novalys", "Nova Lys"),
        ("BlaBlaCar", "Blablacar"),
    ],
)
def test_spellings_of_one_company(one: str, other: str) -> None:
    assert grouped(f"{c(one)} recrute. {c(other)} aussi.") == [[one, other]]


@pytest.mark.parametrize(
    ("group", "subsidiary"),
    [("Vinci", "Vinci Autoroutes"), ("Orange", "Orange Bank"), ("Crédit agricole", "Crédit agricole Normandie"),
     ("BNP Paribas", "BNP Paribas Cardif")],
)  # fmt: skip
def test_a_subsidiary_is_not_its_group(group: str, subsidiary: str) -> None:
    assert grouped(f"{c(group)} recrute. {c(subsidiary)} aussi.") == [[group], [subsidiary]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"La {o('Banque centrale européenne')} ({o('BCE')}) agit.", [["Banque centrale européenne", "BCE"]]),
        (f"La {o('BCE')} ({o('Banque centrale européenne')}) agit.", [["BCE", "Banque centrale européenne"]]),
        (
            f"La {o('Banque centrale européenne')} parle. La {o('BCE')} agit.",
            [["Banque centrale européenne", "BCE"]],
        ),
        (f"La {o('Région Sud')} ({o('CGT')}) agit.", [["Région Sud"], ["CGT"]]),
        (f"La {o('Fédération du bâtiment')} et la {o('FCPE')}.", [["Fédération du bâtiment"], ["FCPE"]]),
    ],
)
def test_acronyms(marked: str, expected: list[list[str]]) -> None:
    assert grouped(marked, ORGANIZATION) == expected


@pytest.mark.parametrize(
    "between", [" (ex-", ", anciennement ", ", rebaptisée ", " devient ", ", ex-", " (anciennement "]
)
def test_a_renamed_firm_is_one(between: str) -> None:
    doc = make_doc(f"{c('Novéa')}{between}{c('Tolerie Martin')}.")
    assert [group.forms for group in group_bodies(COMPANY, doc.ents)] == [["Tolerie Martin", "Novéa"]]


@pytest.mark.parametrize("between", [" et ", ", filiale de ", " rachète ", " (", ", concurrent de "])
def test_other_words_join_nothing(between: str) -> None:
    assert grouped(f"{c('Novéa')}{between}{c('Tolerie Martin')}.") == [["Novéa"], ["Tolerie Martin"]]


def test_keys_are_for_comparison_only() -> None:
    assert body_key("La société Dupont SARL") == "dupont"
    assert body_key("SA") == "sa"
    assert body_key("Groupe ADP") == body_key("ADP")


def test_initials_and_acronyms() -> None:
    assert initials("Banque de France") == {"bf", "bdf"}
    assert initials("Danone") == set()
    assert is_acronym("CGT")
    assert is_acronym("BPCE")
    assert not is_acronym("Danone")
    assert not is_acronym("C G T")
