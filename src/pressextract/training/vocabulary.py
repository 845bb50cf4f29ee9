"""The vocabulary of the small encoder, and the start of its word embeddings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch
from spacy.vocab import Vocab
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.trainers import WordPieceTrainer

from pressextract.encoder.pieces import NEWLINE, SPECIAL_TOKENS

VOCABULARY_SIZE = 32_000
MIN_FREQUENCY = 5
_SCALE, _RANDOM_SCALE = 0.04, 0.02
"""Standard deviations of the embeddings that start from a vector, and of the others."""


def read_lines(shards: Iterable[Path]) -> Iterator[str]:
    """The words of each line of the shards, without tags and line breaks."""
    for shard in shards:
        for line in shard.read_text(encoding="utf-8").split("\n"):
            yield line.partition("\t")[0].replace(NEWLINE, " ")


def train_vocabulary(lines: Iterable[str], size: int = VOCABULARY_SIZE) -> Tokenizer:
    """A cased WordPiece vocabulary (Schuster & Nakajima 2012) from lines of words separated by one space."""
    tokenizer = Tokenizer(WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))  # noqa: S106
    tokenizer.pre_tokenizer = WhitespaceSplit()
    trainer = WordPieceTrainer(
        vocab_size=size,
        min_frequency=MIN_FREQUENCY,
        special_tokens=list(SPECIAL_TOKENS),
        limit_alphabet=300,
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def start_embeddings(tokenizer: Tokenizer, vocab: Vocab, width: int, seed: int = 1) -> torch.Tensor:
    """(pieces, width): the spaCy vectors of whole words on their main axes (PCA), small random numbers for
    the rest."""
    pieces = tokenizer.get_vocab()
    table = np.random.default_rng(seed).normal(0, _RANDOM_SCALE, (len(pieces), width)).astype(np.float32)
    rows, vectors = [], []
    for piece, number in pieces.items():
        known = next((form for form in (piece, piece.lower()) if vocab.has_vector(form)), None)
        if known and not piece.startswith(("##", "[")):
            vector = np.asarray(vocab.get_vector(known), dtype=np.float32)
            norm = float(np.linalg.norm(vector))
            if norm > 0:
                rows.append(number)
                vectors.append(vector / norm)
    matrix = np.stack(vectors)
    centred = matrix - matrix.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:width]
    start = centred @ axes.T
    table[rows, : start.shape[1]] = start / start.std() * _SCALE  # the vectors may have fewer axes
    return torch.tensor(table)
