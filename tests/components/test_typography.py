"""Folding that moves no character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressextract.components.typography import fold_accents, lower_same_length


def test_folding_takes_accents_and_case_off() -> None:
    assert fold_accents(lower_same_length("L'ÉLÈVE Noël, œuvre")) == "l'eleve noel, œuvre"


@given(st.text())
def test_folding_keeps_every_length(text: str) -> None:
    assert len(lower_same_length(text)) == len(text) == len(fold_accents(text))
