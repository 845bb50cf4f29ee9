"""Keys: one for every spelling."""

from __future__ import annotations

import pytest

from pressextract.gazetteers.normalise import accented_key, normalise


@pytest.mark.parametrize(
    "spelling", ["Saint-Étienne", "St-Étienne", "ST ETIENNE", "Saint Etienne", "saint-etienne", "St. Étienne"]
)
def test_spellings_share_a_key(spelling: str) -> None:
    assert normalise(spelling) == "saint etienne"


def test_apostrophes_and_ligatures_are_levelled() -> None:
    assert normalise("L’Haÿ-les-Roses") == normalise("L'Hay les Roses") == "l hay les roses"
    assert normalise("Vandœuvre-lès-Nancy") == "vandoeuvre les nancy"


def test_accented_key_keeps_accents() -> None:
    assert accented_key("Sète") != accented_key("Sete")
    assert normalise("Sète") == normalise("Sete")


def test_sur_and_sous_abbreviations() -> None:
    assert normalise("Chalon s/ Saône") == normalise("Chalon-sur-Saône")
