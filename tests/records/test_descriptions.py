"""The noun phrase by which the text describes a body."""

from __future__ import annotations

import pytest
from tests.records.makers import make_doc

from pressextract.labels import COMPANY
from pressextract.records.bodies import group_bodies
from pressextract.records.descriptions import find_description


@pytest.mark.parametrize(
    ("marked", "description"),
    [
        ("L'entreprise d'insertion [Novéa|COMPANY] recrute.", "entreprise d'insertion"),
        ("La start-up « [Novéa|COMPANY] » recrute.", "start-up"),
        ("Le fabricant de chaudières [Novéa|COMPANY] recrute.", "fabricant de chaudières"),
        ("[Novéa|COMPANY], une PME de mécanique qui emploie dix personnes, recrute.", "PME de mécanique"),
        ("[Novéa|COMPANY], spécialiste du recyclage, recrute.", "spécialiste du recyclage"),
        ("[Novéa|COMPANY] est une coopérative laitière basée à Brest.", "coopérative laitière"),
        ("[Novéa|COMPANY], filiale d'un groupe allemand, recrute.", "filiale d'un groupe allemand"),
        ("[Novéa|COMPANY] recrute. La scierie familiale [Novéa|COMPANY] est née ici.", "scierie familiale"),
        ("La société [Novéa|COMPANY] recrute.", None),
        ("Une filiale de [Novéa|COMPANY] recrute.", None),
        ("[Novéa|COMPANY], dont le siège est à Lyon, recrute.", None),
        ("[Novéa|COMPANY] a vendu une usine.", None),
    ],
)
def test_find_description(marked: str, description: str | None) -> None:
    doc = make_doc(marked)
    assert find_description(group_bodies(COMPANY, doc.ents)[0]) == description
