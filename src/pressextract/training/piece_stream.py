"""Shards of words as one long array of pieces, and batches drawn from it with whole words masked.

Whole words are masked (15 %: 80 % [MASK], 10 % another piece, 10 % left; Devlin et al. 2019, whole-word
variant).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import pad

from pressextract.encoder.pieces import SPECIAL_TOKENS, WordPieces
from pressextract.errors import UsageError

SILVER_TAGS = ("O", "BP", "IP", "BL", "IL", "BO", "IO", "BM", "IM")
"""Begin and inside of PER, LOC, ORG, MISC, as the shards write them."""
IGNORED = -100
_MASKED_SHARE, _HIDDEN, _CHANGED = 0.15, 0.8, 0.9
"""Share of the words that are masked; of their pieces, up to which draw one is hidden, or changed."""
_INSIDE = -1
"""Mark of a piece that does not begin a word."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of (sequences, pieces): masked input, targets and tags (``IGNORED`` where none)."""

    inputs: torch.Tensor
    targets: torch.Tensor
    tags: torch.Tensor


@dataclass(frozen=True, slots=True)
class PieceArray:
    """The pieces of a text one after the other: ``ids`` (int32), and ``marks`` (int8), which have for a piece
    that begins a word its silver tag, or the number of silver tags where there is none."""

    ids: torch.Tensor
    marks: torch.Tensor

    def __len__(self) -> int:
        return len(self.ids)

    def to(self, device: torch.device) -> PieceArray:
        """The same on another device."""
        return PieceArray(self.ids.to(device), self.marks.to(device))


def read_shards(shards: Iterable[Path], pieces: WordPieces) -> PieceArray:
    """Encode shards of lines: words, then optionally a tab and one silver tag a word."""
    parts = [read_shard(shard, pieces) for shard in shards]
    return join_arrays(parts)


def join_arrays(parts: Sequence[PieceArray]) -> PieceArray:
    """One array of several, in their order."""
    return PieceArray(torch.cat([part.ids for part in parts]), torch.cat([part.marks for part in parts]))


def read_shard(shard: Path, pieces: WordPieces) -> PieceArray:
    """Encode one shard; lines are parted by the piece that ends a text."""
    known = {tag: number for number, tag in enumerate(SILVER_TAGS)}
    untagged = len(SILVER_TAGS)
    ids: list[int] = []
    marks: list[int] = []
    for line in shard.read_text(encoding="utf-8").split("\n"):
        text, _, tagged = line.partition("\t")
        words, tags = text.split(" "), tagged.split(" ")
        is_tagged = len(tags) == len(words)
        for number, word_ids in enumerate(pieces.encode_words(words)):
            if word_ids:
                ids.extend(word_ids)
                marks.append(known.get(tags[number], untagged) if is_tagged else untagged)
                marks.extend([_INSIDE] * (len(word_ids) - 1))
        ids.append(pieces.last)
        marks.append(untagged)
    return PieceArray(
        torch.from_numpy(np.array(ids, dtype=np.int32)), torch.from_numpy(np.array(marks, dtype=np.int8))
    )


class Stream:
    """Endless batches: the array is cut anew each epoch, and the cuts are drawn in random order.

    Args:
        array: what ``read_shards`` read, on the device of the training.
        pieces: the tokenizer that encoded it.
        sequence: pieces of a row, with its first and its last special piece.
        batch: rows of a batch.
        seed: of the order and of the masks.

    Raises:
        UsageError: the array does not fill a batch wherever it is cut.
    """

    def __init__(self, array: PieceArray, pieces: WordPieces, sequence: int, batch: int, seed: int) -> None:
        self._array, self._pieces = array, pieces
        self._width, self._batch = sequence - 2, batch
        if len(array) < (batch + 1) * self._width:
            raise UsageError(f"shards: {len(array)} pieces do not fill a batch of {batch} x {sequence}")
        self._device = array.ids.device
        self._generator = torch.Generator(self._device).manual_seed(seed)
        self._mask = pieces.piece_id("[MASK]")

    def __iter__(self) -> Iterator[Batch]:
        steps = torch.arange(self._width, device=self._device)
        while True:
            start = int(self._random_ids((1,), 0, self._width))
            rows = (len(self._array) - start) // self._width
            order = torch.randperm(rows, generator=self._generator, device=self._device)
            for chosen in order.split(self._batch):
                if len(chosen) == self._batch:
                    places = start + chosen[:, None] * self._width + steps
                    yield self._masked(self._array.ids[places].long(), self._array.marks[places].long())

    def _masked(self, ids: torch.Tensor, marks: torch.Tensor) -> Batch:
        begins = marks != _INSIDE
        words = begins.cumsum(1)  # 0: what is left of a word that the cut has halved
        chosen = self._draw(len(ids), self._width + 1).gather(1, words) < _MASKED_SHARE
        dice = self._draw(*ids.shape)
        other = self._random_ids(ids.shape, len(SPECIAL_TOKENS), self._pieces.vocabulary_size)
        inputs = torch.where(chosen & (dice < _CHANGED), other, ids)
        inputs = inputs.masked_fill(chosen & (dice < _HIDDEN), self._mask)
        tags = marks.masked_fill((marks == _INSIDE) | (marks == len(SILVER_TAGS)), IGNORED)
        edges = (self._pieces.first, self._pieces.last)
        return Batch(
            _between(inputs, *edges),
            _between(ids.masked_fill(~chosen, IGNORED), IGNORED, IGNORED),
            _between(tags, IGNORED, IGNORED),
        )

    def _draw(self, *shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=self._generator, device=self._device)

    def _random_ids(self, shape: Sequence[int], low: int, high: int) -> torch.Tensor:
        return torch.randint(low, high, tuple(shape), generator=self._generator, device=self._device)


def _between(rows: torch.Tensor, first: int, last: int) -> torch.Tensor:
    """The rows with one number before and one after each."""
    return pad(pad(rows, (1, 0), value=first), (0, 1), value=last)
