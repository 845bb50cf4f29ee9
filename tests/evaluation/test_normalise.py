"""When two names are the same."""

from __future__ import annotations

import pytest

from pressextract.evaluation.normalise import contains_either_way, fold_name, fold_typography


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("L’Œuvre", "oeuvre"),
        ("la société Novalys SAS", "novalys"),
        ("Groupe Alba", "alba"),
        ("M. Le Goff", "goff"),
        ("Saint-Étienne", "saint etienne"),
        ("P.-D.G.", "p d g"),
        ("H&M", "h&m"),
        ("", ""),
    ],
)
def test_folding(name, folded):
    assert fold_name(name) == folded


def test_typography_alone():
    assert fold_typography("« L’Alba »") == fold_typography('" L\'Alba "')
    assert contains_either_way("mardi 3 mars", "3 mars")
    assert not contains_either_way("3 mars", "3 mai")
