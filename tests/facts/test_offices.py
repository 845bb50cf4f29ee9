"""One office under several names: where the rule fires, and where it must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.facts.encoding import encode
from pressextract.facts.items import PositionFact
from pressextract.facts.offices import under_other_names
from pressextract.facts.rules import find_facts

Marked = Callable[[str], Doc]

FIRES = [
    (
        "[P Ann Loy], [R présidente de la République], a parlé. Le Sénat écoute la [R cheffe de l’Etat].",
        ("Ann Loy", "cheffe de l’Etat", None),
    ),
    (
        "Le [R Premier ministre] [P Yves Tarn] a parlé. [P Tarn] sourit. Le [R chef du gouvernement] part.",
        ("Tarn", "chef du gouvernement", None),
    ),
    (
        "Le [R chef de l'État], [P Abe Noll], a parlé hier. Le [R président] rentre ce soir.",
        ("Abe Noll", "président", None),
    ),
    (
        "Le [R maire] de [V Lormes], [P Yves Tarn], approuve. Pour l'[R édile], tout va bien.",
        ("Yves Tarn", "édile", "Lormes"),
    ),
]
SILENT = [
    "[P Ann Loy], [R présidente] de l'[O Union du Val], a parlé. Le [R chef de l'État] est attendu.",
    "Le [R chef de l'État], [P Abe Noll], a parlé. [P Ann Loy], [R présidente] de l'[O Union du Val], aussi. La [R présidente] part.",
    "Le [R président] malien [P Abe Noll] et le [R président] togolais [P Yves Tarn] voient le [R chef de l'Etat]. Ils dînent.",
    "Le [R président de la République] [P Abe Noll] parle. Le [R président] malien [P Yves Tarn] voit le [R chef de l'État]. Oui.",
    "Le [R président de la République] a parlé. Le [R chef de l'État] rentre ce soir.",
    "[P Ann Loy], [R ministre], a parlé. Le [R chef du gouvernement] rentre ce soir.",
]


def other_names(doc: Doc) -> list[PositionFact]:
    """What is added to the facts of all sentences but the last, of which no rule knows whose office it names."""
    sentences = encode(doc)
    return list(under_other_names(find_facts(sentences[:-1])[0], sentences))


@pytest.mark.parametrize(("text", "expected"), FIRES)
def test_an_office_nobody_holds_is_that_of_its_holder(
    marked: Marked, text: str, expected: tuple[str, str, str | None]
) -> None:
    (fact,) = other_names(marked(text))
    assert fact.person is not None
    assert (fact.person.text, fact.role.text, fact.organization and fact.organization.text) == expected
    assert 0.5 < fact.confidence < 1
    assert {fact.start, fact.end} == {fact.person.start, fact.role.end}


@pytest.mark.parametrize("text", SILENT)
def test_several_holders_a_body_or_nobody_say_nothing(marked: Marked, text: str) -> None:
    assert other_names(marked(text)) == []


def test_an_office_is_told_once(marked: Marked) -> None:
    text = "Le [R chef de l'État], [P Abe Noll], a parlé. Le [R président] rentre et le [R président] dort."
    (fact,) = other_names(marked(text))
    assert fact.rule == "other name"
