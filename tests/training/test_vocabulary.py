"""Where the word embeddings of a new encoder start."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from spacy.vocab import Vocab
from tokenizers import Tokenizer

from pressextract.training.vocabulary import start_embeddings

AXES = 6


@pytest.fixture
def vocab() -> Vocab:
    vocab = Vocab()
    random = np.random.default_rng(3)
    vocab.reset_vectors(width=AXES)
    for word in ("de", "la", "le", "et", "les", "des", "du", "en", "est"):
        vocab.set_vector(word, random.normal(size=AXES).astype(np.float32))
    return vocab


@pytest.mark.parametrize("width", [4, AXES, 16])
def test_words_with_vectors_start_from_them(tokenizer: Tokenizer, vocab: Vocab, width: int) -> None:
    table = start_embeddings(tokenizer, vocab, width)
    assert table.shape == (tokenizer.get_vocab_size(), width)
    known, unknown = (table[tokenizer.token_to_id(word)] for word in ("de", "[MASK]"))
    axes = min(AXES, width)
    assert known[:axes].abs().mean() > 2 * unknown.abs().mean()
    assert known[axes:].abs().sum() < known[:axes].abs().sum()
    assert torch.isfinite(table).all()
