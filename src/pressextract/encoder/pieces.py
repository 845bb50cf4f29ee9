"""Words to WordPiece ids: a ``tokenizers`` vocabulary behind a cache of the latest words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from pressextract.errors import ModelError

NEWLINE = "[NL]"
"""Stands for a line break between words: where a paragraph ends is a cue."""
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", NEWLINE)
"""Of the vocabulary that we train."""
_SPELLINGS = (("[PAD]", "[UNK]", "[CLS]", "[SEP]"), ("<pad>", "<unk>", "<s>", "</s>"))
"""BERT's and RoBERTa's (CamemBERT's) names of padding, unknown, first and last piece."""
MAX_PIECES_A_WORD = 8
"""A longer word (a URL, a stutter) is cut to its first pieces, so that a window holds whole words."""
_MOST_KEPT = 16_384
"""Words whose pieces are kept, the latest."""


class WordPieces:
    """Encodes one word at a time, as the model was trained; a word never shares a piece with another.

    Args:
        tokenizer: a ``tokenizers`` model with the special tokens of BERT or of RoBERTa.

    Raises:
        ModelError: a special token is missing.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        found = [[tokenizer.token_to_id(token) for token in spelling] for spelling in _SPELLINGS]
        special = next((row for row in found if None not in row), None)
        if special is None:
            raise ModelError(
                "tokenizer: no [PAD], [UNK], [CLS], [SEP] among its pieces; take the model's own"
            )
        self.pad, self.unknown, self.first, self.last = (int(number or 0) for number in special)
        self.vocabulary_size: int = tokenizer.get_vocab_size()
        self._newline: int | None = tokenizer.token_to_id(NEWLINE)
        self._tokenizer = tokenizer
        self.encode_word = lru_cache(_MOST_KEPT)(self._encode)
        """Piece ids of one word; none for a blank, ``NEWLINE`` for a line break."""

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        """Read a ``tokenizer.json``. Raises ModelError when it cannot be read."""
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as err:  # tokenizers raises bare Exception
            raise ModelError(f"{path}: cannot be read as a tokenizer ({err}); reinstall the model") from err
        return cls(tokenizer)

    def piece_id(self, piece: str) -> int:
        """The id of one piece. Raises ModelError when the vocabulary lacks it."""
        number: int | None = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ModelError(f"tokenizer: no {piece} in its vocabulary; take the one saved with the model")
        return number

    def encode_words(self, words: Iterable[str]) -> list[tuple[int, ...]]:
        """Piece ids word by word."""
        return [self.encode_word(word) for word in words]

    def _encode(self, word: str) -> tuple[int, ...]:
        if not word.strip():
            return (self._newline,) if "\n" in word and self._newline is not None else ()
        ids: Sequence[int] = self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(ids[:MAX_PIECES_A_WORD]) or (self.unknown,)
