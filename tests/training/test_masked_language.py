"""Pretraining: it learns, it is repeatable, and it goes on from where it stopped."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from pressextract.encoder.pieces import WordPieces
from pressextract.errors import UsageError
from pressextract.training import masked_language, optimisation
from pressextract.training.masked_language import (
    HEADS_FILE,
    PretrainingSettings,
    learning_rate,
    pretrain,
)
from pressextract.training.piece_stream import IGNORED, Stream, read_shards

SETTINGS = PretrainingSettings(
    layers=1,
    hidden=32,
    heads=2,
    inner=64,
    sequence=32,
    batch=8,
    steps=40,
    warmup_steps=4,
    decay_steps=10,
    learning_rate=1e-2,
)


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    path = tmp_path / "shard.txt"
    line = "la société Acme recrute à Lens et la société Medix ferme à Lille"
    tags = "O O BO O O BL O O O BO O O BL"
    path.write_text("\n".join([f"{line}\t{tags}", line] * 400), encoding="utf-8")
    return path


def test_loss_falls_and_going_on_starts_low(
    shard: Path, tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masked_language, "LOGGED_STEPS", 10)
    pieces = WordPieces(tokenizer)
    first = pretrain([shard], pieces, tmp_path / "one", SETTINGS)["history"]
    assert first[-1][1] < first[0][1] / 2
    assert 0 < first[-1][2] < first[0][2]
    again = pretrain([shard], pieces, tmp_path / "two", SETTINGS, start=tmp_path / "one")["history"]
    assert again[0][1] < first[0][1] / 2
    assert AutoModel.from_pretrained(tmp_path / "two").config.hidden_size == 32
    assert (tmp_path / "two" / HEADS_FILE).is_file()


def test_time_ends_pretraining(
    shard: Path, tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(0, 5)
    monkeypatch.setattr(optimisation, "time", SimpleNamespace(monotonic=lambda: float(next(seconds))))
    run = pretrain([shard], WordPieces(tokenizer), tmp_path, replace(SETTINGS, minutes=1))
    assert run["steps"] == 11
    assert run["pieces"] == 11 * SETTINGS.batch * SETTINGS.sequence  # a step every five seconds


def test_whole_words_are_masked_and_silver_tags_stay_in_place(shard: Path, tokenizer: Tokenizer) -> None:
    pieces = WordPieces(tokenizer)
    batch = next(iter(Stream(read_shards([shard], pieces), pieces, 32, 8, seed=1)))
    assert batch.inputs.shape == batch.targets.shape == batch.tags.shape == (8, 32)
    masked = batch.targets != IGNORED
    assert 0.05 < masked.float().mean() < 0.4
    unmasked = batch.inputs[~masked]
    assert not torch.any(unmasked == tokenizer.token_to_id("[MASK]"))
    assert torch.any(batch.tags > 0)


def test_rate_rises_stays_and_falls() -> None:
    rates = [learning_rate(step, step / SETTINGS.steps, SETTINGS) for step in range(SETTINGS.steps)]
    assert rates[0] < rates[3] == rates[20] == 1.0 > rates[35] > rates[39] > 0
    assert learning_rate(2, 0.99, SETTINGS) < learning_rate(2, 0.9, SETTINGS) < 1  # time may end the warm-up


def test_cuts_and_masks_differ_from_epoch_to_epoch(shard: Path, tokenizer: Tokenizer) -> None:
    pieces = WordPieces(tokenizer)
    array = read_shards([shard], pieces)
    rows = len(array) // 30
    stream = iter(Stream(array, pieces, 32, rows - 1, seed=1))
    first, second = next(stream), next(stream)
    assert first.inputs.shape == second.inputs.shape == (rows - 1, 32)
    assert not torch.equal(first.inputs, second.inputs)
    again = next(iter(Stream(array, pieces, 32, rows - 1, seed=1)))
    assert torch.equal(first.inputs, again.inputs)


def test_all_pieces_of_a_masked_word_are_targets(shard: Path, tokenizer: Tokenizer) -> None:
    pieces = WordPieces(tokenizer)
    array = read_shards([shard], pieces)
    batch = next(iter(Stream(array, pieces, 64, 16, seed=2)))
    ids = torch.where(batch.targets != IGNORED, batch.targets, batch.inputs)
    words = {word: pieces.encode_word(word) for word in ("société", "recrute", "Medix")}
    several = [word for word in words.values() if len(word) > 1]
    assert several
    met = 0
    for word in several:
        for row, targets in zip(ids.tolist(), batch.targets.tolist(), strict=True):
            for place in range(1, len(row) - len(word)):
                if tuple(row[place : place + len(word)]) == word:
                    met += 1
                    hidden = {target != IGNORED for target in targets[place : place + len(word)]}
                    assert len(hidden) == 1
    assert met > 10


def test_too_few_pieces_are_refused(shard: Path, tokenizer: Tokenizer) -> None:
    pieces = WordPieces(tokenizer)
    array = read_shards([shard], pieces)
    with pytest.raises(UsageError, match="do not fill a batch of 100000 x 32"):
        Stream(array, pieces, 32, 100_000, seed=1)
