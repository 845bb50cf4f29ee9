"""Words to pieces: special tokens of both families, blanks, line breaks, endless words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from pressextract.encoder.pieces import MAX_PIECES_A_WORD, NEWLINE, SPECIAL_TOKENS, WordPieces
from pressextract.errors import ModelError


def _tokenizer(special: tuple[str, ...] = SPECIAL_TOKENS, unknown: str = "[UNK]") -> Tokenizer:
    vocabulary = {token: number for number, token in enumerate((*special, "Paris", "a", "##a", "##b"))}
    return Tokenizer(WordPiece(vocabulary, unk_token=unknown))


def test_words_blanks_and_line_breaks() -> None:
    pieces = WordPieces(_tokenizer())
    paris, newline = pieces.piece_id("Paris"), pieces.piece_id(NEWLINE)
    assert pieces.encode_words(["Paris", "aab", "\n\n", " ", "zzz"]) == [
        (paris,),
        (paris + 1, paris + 2, paris + 3),
        (newline,),
        (),
        (pieces.unknown,),
    ]


def test_long_words_are_cut() -> None:
    assert len(WordPieces(_tokenizer()).encode_word("a" * 50)) == MAX_PIECES_A_WORD


def test_roberta_spelling_of_special_tokens() -> None:
    pieces = WordPieces(_tokenizer(("<s>", "<pad>", "</s>", "<unk>"), "<unk>"))
    assert (pieces.first, pieces.pad, pieces.last, pieces.unknown) == (0, 1, 2, 3)
    assert pieces.encode_word("\n") == ()


def test_missing_special_token_is_named() -> None:
    with pytest.raises(ModelError, match="CLS"):
        WordPieces(_tokenizer(("[PAD]", "[UNK]"), "[UNK]"))


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="tokenizer.json"):
        WordPieces.from_file(path)
