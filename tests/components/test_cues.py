"""Legal forms before a name."""

from __future__ import annotations

import pytest

from pressextract.components.cues import skip_form


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
