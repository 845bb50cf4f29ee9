"""Articles as windows of pieces, windows as batches, batches as tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import Window, cut_windows
from pressextract.training.articles import TaggedArticle

_LENGTH_NOISE = 60
"""Pieces: windows of like length go together, but not always the same ones."""


@dataclass(slots=True)
class Row:
    """One window ready for the encoder; ``firsts`` are the places of the first pieces of ``words``."""

    article: int
    window: Window
    ids: list[int]
    types: list[int]
    firsts: list[int]
    words: list[int]


def make_rows(
    articles: Sequence[TaggedArticle], pieces: WordPieces, window: int, *, has_features: bool = True
) -> list[Row]:
    """Cut every article into windows of at most ``window`` pieces; blanks have none and no word number."""
    rows = []
    for number, article in enumerate(articles):
        encoded = pieces.encode_words(article.words)
        for cut in cut_windows([len(ids) for ids in encoded], window):
            row = Row(number, cut, [pieces.first], [0], [], [])
            for word in range(cut.start, cut.end):
                if encoded[word]:
                    row.firsts.append(len(row.ids))
                    row.words.append(word)
                row.ids.extend(encoded[word])
                row.types.extend([article.features[word] if has_features else 0] * len(encoded[word]))
            row.ids.append(pieces.last)
            row.types.append(0)
            rows.append(row)
    return rows


def make_batches(
    rows: Sequence[Row], pieces_a_batch: int, rnd: random.Random | None = None
) -> list[list[Row]]:
    """Rows of like length together, at most ``pieces_a_batch`` with padding; shuffled when ``rnd`` is
    given."""
    ordered = sorted(rows, key=lambda row: len(row.ids) + (rnd.random() * _LENGTH_NOISE if rnd else 0))
    batches: list[list[Row]] = []
    widest = 0
    for row in ordered:
        widest = max(widest, len(row.ids))
        if not batches or (len(batches[-1]) + 1) * widest > pieces_a_batch:
            batches.append([])
            widest = len(row.ids)
        batches[-1].append(row)
    if rnd:
        rnd.shuffle(batches)
    return batches


def pad_rows(
    ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]], pad: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """input_ids, attention_mask and token_type_ids, each (rows, pieces of the longest)."""
    shape = (len(ids), max(len(row) for row in ids))
    out = torch.full(shape, pad), torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for number, (row, kinds) in enumerate(zip(ids, types, strict=True)):
        size = len(row)
        out[0][number, :size] = torch.tensor(row)
        out[1][number, :size] = 1
        out[2][number, :size] = torch.tensor(kinds)
    return out


def at_words(logits: torch.Tensor, batch: Sequence[Row]) -> torch.Tensor:
    """(words, tags) from (rows, pieces, tags): the logits at the words' first pieces, row after row."""
    rows = torch.tensor([number for number, row in enumerate(batch) for _ in row.firsts])
    places = torch.tensor([place for row in batch for place in row.firsts])
    return logits[rows, places]
