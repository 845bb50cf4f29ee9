"""Train the WordPiece vocabulary of the small encoder (Schuster & Nakajima 2012; the BERT variant)."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.trainers import WordPieceTrainer

from pressextract.encoder.pieces import SPECIAL_TOKENS

VOCABULARY_SIZE = 32_000
MIN_FREQUENCY = 5


def train_vocabulary(lines: Iterable[str], size: int = VOCABULARY_SIZE) -> Tokenizer:
    """A cased WordPiece vocabulary of ``size`` pieces, from lines of words separated by one space."""
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
