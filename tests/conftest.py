"""Fixtures that every test module may use."""

from __future__ import annotations

import pytest
from spacy.language import Language

import pressextract
from pressextract.model_folders import STOCK_MODEL


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline, loaded once for the whole run."""
    return pressextract.load()


@pytest.fixture(scope="session")
def rules() -> Language:
    """The rules over the stock NER: what the rulers find does not hang on the model that is shipped."""
    return pressextract.load(STOCK_MODEL)
