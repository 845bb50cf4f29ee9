"""Where the word embeddings of a new encoder start."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from spacy.vocab import Vocab
from tokenizers import Tokenizer

from pressextract.encoder.pieces import SPECIAL_TOKENS
from pressextract.training.vocabulary import start_embeddings

AXES = 6
WORDS = ("de", "la", "le", "et", "les", "des", "du", "en", "est")


@pytest.fixture
def vocab() -> Vocab:
    vocab = Vocab()
    random = np.random.default_rng(3)
    vocab.reset_vectors(width=AXES)
    for word in WORDS:
        vocab.set_vector(word, random.normal(size=AXES).astype(np.float32))
    return vocab


@pytest.mark.parametrize("width", [4, AXES, 16])
def test_words_with_vectors_start_from_them(tokenizer: Tokenizer, vocab: Vocab, width: int) -> None:
    table = start_embeddings(tokenizer, vocab, width)
    assert table.shape == (tokenizer.get_vocab_size(), width)
    known = table[[tokenizer.token_to_id(word) for word in WORDS]]
    others = table[: len(SPECIAL_TOKENS)]
    axes = min(AXES, width)
    assert known[:, :axes].std() > 1.5 * others.std()
    assert width == axes or known[:, axes:].std() < 1.5 * others.std()
    assert torch.isfinite(table).all()
