"""Fixtures that every test module may use."""

from __future__ import annotations

import pytest
from spacy.language import Language

import pressextract


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline, loaded once for the whole run."""
    return pressextract.load()
