"""Positions by rule: for each rule sentences in which it fires, and sentences in which nothing may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.facts.encoding import encode
from pressextract.facts.rules import find_facts

Marked = Callable[[str], Doc]


def positions(doc: Doc) -> set[tuple[str, str, str | None, str]]:
    return {
        (fact.person.text, fact.role.text, fact.organization.text if fact.organization else None, fact.status)
        for fact in find_facts(encode(doc))[0]
        if fact.person
    }


STATED = [
    # appositions, either way round
    ("[P Ann Loy], [R PDG] de [C Acme], a signé.", ("Ann Loy", "PDG", "Acme", "current")),
    ("Le [R PDG] de [C Acme], [P Ann Loy], a signé.", ("Ann Loy", "PDG", "Acme", "current")),
    (
        "La [R directrice générale] d'[C Acme] [P Ann Loy] a signé.",
        ("Ann Loy", "directrice générale", "Acme", "current"),
    ),
    ("[P Ann Loy] ([R PDG] d'[C Acme]) a signé.", ("Ann Loy", "PDG", "Acme", "current")),
    ("[P Ann Loy], 52 ans, [R gérante] de la société [C Acme].", ("Ann Loy", "gérante", "Acme", "current")),
    ("Le [R maire] de [V Lormes], [P Yves Tarn], approuve.", ("Yves Tarn", "maire", "Lormes", "current")),
    ("Le [R président] américain [P Abe Noll] a signé.", ("Abe Noll", "président", None, "current")),
    ("[R Juge-commissaire] : Me [P Ann Loy].", ("Ann Loy", "Juge-commissaire", None, "current")),
    (
        "[C Acme] : [P Ann Loy], [R directrice financière], rejoint le comité.",
        ("Ann Loy", "directrice financière", "Acme", "current"),
    ),
    # copulas and appointments
    ("[P Ann Loy] est la nouvelle [R directrice] de [C Acme].", ("Ann Loy", "directrice", "Acme", "current")),
    ("[P Ann Loy] a été nommée [R directrice] de [C Acme].", ("Ann Loy", "directrice", "Acme", "incoming")),
    ("[P Ann Loy] deviendra [R PDG] d'[C Acme].", ("Ann Loy", "PDG", "Acme", "incoming")),
    (
        "[P Ann Loy] a été élue [R présidente] de l'[O Union du Val].",
        ("Ann Loy", "présidente", "Union du Val", "current"),
    ),
    ("[P Ann Loy] quitte son poste de [R DRH] chez [C Acme].", ("Ann Loy", "DRH", "Acme", "former")),
    (
        "Le conseil a nommé [P Ann Loy] comme [R directrice] d'[C Acme].",
        ("Ann Loy", "directrice", "Acme", "current"),
    ),
    # status from the opener
    ("[P Ann Loy], ancienne [R DRH] de [C Acme], témoigne.", ("Ann Loy", "DRH", "Acme", "former")),
    ("L'[R ex-patron] de [C Acme] [P Abe Noll] témoigne.", ("Abe Noll", "ex-patron", "Acme", "former")),
    ("[P Ann Loy], future [R PDG] de [C Acme], témoigne.", ("Ann Loy", "PDG", "Acme", "incoming")),
    # the one who leaves
    (
        "[P Ann Loy], [R PDG] d'[C Acme], en remplacement de [P Abe Noll].",
        ("Abe Noll", "PDG", "Acme", "former"),
    ),
    (
        "Le nouveau [R PDG] de [C Acme], [P Ann Loy], succède à [P Abe Noll].",
        ("Abe Noll", "PDG", "Acme", "former"),
    ),
    (
        "[P Abe Noll], [R gérant] d'[C Acme], passe la main à [P Ann Loy].",
        ("Ann Loy", "gérant", "Acme", "incoming"),
    ),
    # joint roles and lists
    ("[P Ann Loy], [R fondatrice] et [R PDG] de [C Acme].", ("Ann Loy", "fondatrice", "Acme", "current")),
    (
        "[P Ann Loy], [R PDG] de [C Acme] et [R présidente] de [O Medix].",
        ("Ann Loy", "présidente", "Medix", "current"),
    ),
    (
        "[P Ann Loy] et [P Abe Noll], les deux [R cogérants] de [C Acme].",
        ("Ann Loy", "cogérants", "Acme", "current"),
    ),
    (
        "Le [R directeur] d'[C Acme], [P Abe Noll], la [R trésorière], [P Ann Loy].",
        ("Ann Loy", "trésorière", "Acme", "current"),
    ),
    # an employer that other words mean
    ("[C Acme] recrute. Son [R PDG], [P Ann Loy], s'en réjouit.", ("Ann Loy", "PDG", "Acme", "current")),
    (
        "[C Acme] recrute. Le [R patron] du groupe, [P Abe Noll], s'en réjouit.",
        ("Abe Noll", "patron", "Acme", "current"),
    ),
    # two sentences
    (
        "[P Ann Loy] arrive. Elle sera [R directrice] de [C Acme].",
        ("Ann Loy", "directrice", "Acme", "incoming"),
    ),
    (
        "[P Ann Loy] est nommée [R PDG] d'[C Acme]. Elle succède à [P Abe Noll].",
        ("Abe Noll", "PDG", "Acme", "former"),
    ),
    ("[P Ann Loy] a parlé hier. La [R ministre] a été claire.", ("Ann Loy", "ministre", None, "current")),
    ("[P Ann Loy] a parlé hier. Cette [R ministre] a été claire.", ("Ann Loy", "ministre", None, "current")),
]


@pytest.mark.parametrize(("text", "expected"), STATED, ids=[text for text, _ in STATED])
def test_positions_stated_are_found(
    marked: Marked, text: str, expected: tuple[str, str, str | None, str]
) -> None:
    assert expected in positions(marked(text))


UNSTATED = [
    "[P Ann Loy] n'est pas [R PDG] de [C Acme].",
    "[P Ann Loy] n'est plus [R directrice] de [C Acme].",
    "[P Ann Loy] pourrait devenir [R PDG] de [C Acme].",
    "[P Ann Loy], pressentie comme [R PDG] de [C Acme], se tait.",
    "S'il était [R PDG] de [C Acme], dit-on, tout changerait pour [P Ann Loy].",
    "[P Ann Loy] serait la prochaine [R PDG] de [C Acme].",
    "[P Ann Loy] a rencontré le [R PDG] de [C Acme] pendant une heure à [V Lille].",
    "Un [R analyste] de [C Acme] juge la réforme. [P Ann Loy] aussi.",
]


@pytest.mark.parametrize("text", UNSTATED)
def test_positions_not_stated_are_not_found(marked: Marked, text: str) -> None:
    assert positions(marked(text)) == set()


def test_positions_enumeration_gives_each_its_own(marked: Marked) -> None:
    text = "[P Ann Loy], [R PDG] de [C Acme], [P Abe Noll], [R DRH] de [C Medix], et [P Zoé Ruy], [R DAF] de [C Tekla]."
    assert positions(marked(text)) == {
        ("Ann Loy", "PDG", "Acme", "current"),
        ("Abe Noll", "DRH", "Medix", "current"),
        ("Zoé Ruy", "DAF", "Tekla", "current"),
    }


def test_positions_minister_has_no_employer(marked: Marked) -> None:
    doc = marked("Le [R ministre de l'Économie] du [O gouvernement Tarn], [P Abe Noll], a signé.")
    assert ("Abe Noll", "ministre de l'Économie", None, "current") in positions(doc)


def test_positions_office_without_holder_has_no_person(marked: Marked) -> None:
    doc = marked("L'[R adjoint au maire chargé du commerce] de la [O Ville de Lormes] était absent.")
    facts, _ = find_facts(encode(doc))
    assert [(f.person, f.organization.text if f.organization else None) for f in facts] == [
        (None, "Ville de Lormes")
    ]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Le [R directeur] d'[C Acme] était absent.", ["current"]),
        ("L'ancien [R directeur] d'[C Acme] était absent.", ["former"]),
        ("L'un des [R porte-parole] d'[C Acme] était absent.", []),
        ("Un [R directeur] d'[C Acme] était absent.", []),
        ("Ce [R directeur] d'[C Acme] était absent.", []),
    ],
)
def test_positions_only_a_definite_office_needs_no_holder(
    marked: Marked, text: str, statuses: list[str]
) -> None:
    assert [fact.status for fact in find_facts(encode(marked(text)))[0]] == statuses


def test_positions_evidence_spans_the_arguments(marked: Marked) -> None:
    doc = marked("Hier, [P Ann Loy], [R PDG] de [C Acme], a signé.")
    (fact,) = find_facts(encode(doc))[0]
    assert doc.text[fact.start : fact.end] == "Ann Loy, PDG de Acme"
    assert fact.rule == "apposition/of"
    assert fact.confidence == 0.94
