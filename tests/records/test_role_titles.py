"""The title of a role that the tokenizer leaves glued to ``ex-``."""

from __future__ import annotations

import pytest

from pressextract.records.roles import title_of_role


@pytest.mark.parametrize(
    ("text", "title"), [("ex-PDG", "PDG"), ("Ex-ministre", "ministre"), ("expert", "expert"), ("PDG", "PDG")]
)
def test_title_is_without_ex(text: str, title: str) -> None:
    assert title_of_role(text) == title
