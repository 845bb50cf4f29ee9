"""Seats and sites by rule, with sentences in which nothing may be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pressextract.facts.encoding import encode
from pressextract.facts.rules import find_facts

Marked = Callable[[str], Doc]


def places(doc: Doc) -> set[tuple[str, str, str]]:
    return {(fact.organization.text, fact.city.text, fact.kind) for fact in find_facts(encode(doc))[1]}


STATED = [
    ("[C Acme], une société basée à [V Fréjus], recrute.", {("Acme", "Fréjus", "seat")}),
    ("[C Acme], dont le siège social est à [V Lille], recrute.", {("Acme", "Lille", "seat")}),
    ("[C Acme] ([V Lille]) recrute.", {("Acme", "Lille", "unknown")}),
    ("[C Acme], à [V Lille], recrute.", {("Acme", "Lille", "unknown")}),
    (
        "[C Acme] possède une usine à [V Lens] et un entrepôt à [V Douai].",
        {("Acme", "Lens", "site"), ("Acme", "Douai", "site")},
    ),
    ("L'usine [C Acme] de [V Lens] ferme.", {("Acme", "Lens", "site")}),
    ("L'usine de [V Lens] d'[C Acme] ferme.", {("Acme", "Lens", "site")}),
    (
        "[C Acme], une entreprise de 40 salariés répartis entre [V Lens] et [V Douai] (Nord), recrute.",
        {("Acme", "Lens", "site"), ("Acme", "Douai", "site")},
    ),
    ("[C Acme] recrute. Le siège est à [V Lille].", {("Acme", "Lille", "seat")}),
    ("[C Acme] recrute. Son usine de [V Lens] double.", {("Acme", "Lens", "site")}),
]


@pytest.mark.parametrize(("text", "expected"), STATED, ids=[text for text, _ in STATED])
def test_based_in_stated_is_found(marked: Marked, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert places(marked(text)) == expected


UNSTATED = [
    "[C Acme] n'est pas basée à [V Lille].",
    "[C Acme] pourrait ouvrir une usine à [V Lens].",
    "[P Ann Loy] a présenté les comptes d'[C Acme] puis visité [V Lille].",
    "Le [R maire] de [V Lille] a reçu [C Acme].",
    "La réunion aura lieu à [V Lille].",
]


@pytest.mark.parametrize("text", UNSTATED)
def test_based_in_not_stated_is_not_found(marked: Marked, text: str) -> None:
    assert places(marked(text)) == set()
