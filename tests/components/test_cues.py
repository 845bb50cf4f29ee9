"""Legal forms before a name."""

from __future__ import annotations

import pytest

from pressextract.components.cues import is_bare_form, skip_form


@pytest.mark.parametrize(
    ("words", "before", "skipped"),
    [
        (["SARL", "Tarvel"], "", 1),
        (["La", "SARL", "Tarvel"], "", 2),
        (["la", "SAS", "Tarvel"], "", 2),
        (["SAS", "Tarvel"], "la", 1),
        (["SAS", "Institute"], "chez", 0),
        (["SA"], "la", 0),
        (["La", "SARL"], "", 0),
        (["La", "Redoute"], "", 0),
        (["SEM", "Tarvel"], "la", 0),
    ],
)
def test_form_before_a_name_is_skipped(words: list[str], before: str, skipped: int) -> None:
    assert skip_form(words, before) == skipped


@pytest.mark.parametrize("words", [["SPRL"], ["La", "SARL"], ["la", "SAS"]])
def test_a_legal_form_alone_is_no_name(words: list[str]) -> None:
    assert is_bare_form(words)


@pytest.mark.parametrize(
    "words", [["SAS"], ["SEM"], ["Tarvel"], ["SARL", "Tarvel"], ["La", "SARL", "Tarvel"]]
)
def test_a_name_with_a_legal_form_is_one(words: list[str]) -> None:
    assert not is_bare_form(words)
