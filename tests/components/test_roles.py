"""The role grammar: marked sentences, ``[`` and ``]`` around each role; those without marks must give none."""

from __future__ import annotations

import re

import pytest

from pressextract.components.roles import find_roles

SENTENCES = [
    # head, modifiers, domain; the employer stays out
    "Le [PDG] de la Tekla et son [directeur général délégué].",
    "La [directrice des ressources humaines] d'Astrolys.",
    "Une [directrice administrative et financière], un [DRH], un [DAF].",
    "Le [P-DG], la [P.-D.G.] et le [Pdg].",
    "Il est [responsable des achats et de la logistique] chez Tekla, [vice-président] et [co-gérant].",
    "[directeur commercial France]",
    "Le [président-directeur général], le [président-fondateur] et le [président d'honneur].",
    "L'[adjoint au maire chargé de la culture et des sports] a parlé.",
    "Le [numéro deux] du groupe, son [bras droit] et le [chef d'entreprise].",
    # offices of State
    "Le [ministre de l'Économie et des Finances] Abel Noll a parlé.",
    "La [ministre de la Transition écologique] Ann Loy, le [secrétaire d'État aux Transports].",
    "Le [ministre français de l'Intérieur] et l'[ambassadeur de France].",
    # status and nationality stay out
    "L'ancien [président] américain, l'ex-[ministre], la future [présidente] socialiste.",
    # capitals, missing accents
    "LE [DIRECTEUR GENERAL] DE TEKLA",
    "Le [directeur general delegue] de la societe a parle.",
    # plural heads only beside names
    "Ann et Abel Loy, [cofondateurs] de Tekla.",
    "Les fondateurs ont tout vendu.",
    # words that are roles in some places only
    "Il est très patron dans sa tête.",
    "La source policière et l'équipe dirigeante.",
    "Bruno Le Maire et Jean Prince.",
    "Il a chargé la voiture.",
    "Le distributeur Tekla ferme.",
    "Le [distributeur] Jean Noll ferme.",
    "Le président est absent : le [maire] aussi.".replace("président", "[président]"),
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_roles_are_where_marked(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    assert [text[start:end] for start, end in find_roles(text)] == re.findall(r"\[([^\]]+)\]", marked)


def test_roles_do_not_overlap_and_keep_order() -> None:
    text = "Le directeur général adjoint, directeur des ventes et vice-président, adjoint au maire."
    spans = find_roles(text)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    "text", ["", "directeur de", "chargé de " * 300, "ministre de l'" * 300, "président et " * 300, "İ PDG"]
)
def test_roles_stand_hostile_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_roles(text))
