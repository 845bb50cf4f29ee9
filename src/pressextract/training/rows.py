"""Articles in batches, cut into windows of pieces, as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import Row, make_rows
from pressextract.training.articles import TaggedArticle


def rows_of(
    articles: Sequence[TaggedArticle], pieces: WordPieces, window: int, *, has_features: bool = True
) -> list[Row]:
    """Cut every article into windows of at most ``window`` pieces."""
    return [
        row
        for number, article in enumerate(articles)
        for row in make_rows(
            article.words,
            article.features if has_features else [0] * len(article.words),
            pieces,
            window,
            number,
        )
    ]


def batch_articles(
    articles: Sequence[TaggedArticle], words_a_batch: int, rnd: random.Random
) -> list[list[TaggedArticle]]:
    """Articles in random order, see ``cut_batches``; those without a word teach nothing."""
    order = [article for article in articles if any(word.strip() for word in article.words)]
    rnd.shuffle(order)
    return cut_batches(order, words_a_batch)


def cut_batches(articles: Iterable[TaggedArticle], words_a_batch: int) -> list[list[TaggedArticle]]:
    """Articles in their order, at most ``words_a_batch`` together (a longer one alone)."""
    batches: list[list[TaggedArticle]] = []
    words = words_a_batch + 1
    for article in articles:
        words += len(article.words)
        if words > words_a_batch:
            batches.append([])
            words = len(article.words)
        batches[-1].append(article)
    return batches


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Windows of several articles as tensors.

    ``ids``, ``mask``, ``types``: (rows, pieces of the longest), what the encoder takes. ``word_rows``,
    ``word_pieces``: (words,) row and first piece of each word, row after row, words of two windows twice.
    ``judged_rows``, ``judged_pieces``: (articles, 1 + words of the longest) the same where each word is
    judged, words counted from 1; 0 for a blank and for none.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    word_rows: torch.Tensor
    word_pieces: torch.Tensor
    judged_rows: torch.Tensor
    judged_pieces: torch.Tensor

    def to(self, device: torch.device) -> RowBatch:
        """The same on another device."""
        return RowBatch(*(getattr(self, name).to(device) for name in self.__slots__))


def batch_rows(rows: Sequence[Row], articles: int, pad: int) -> RowBatch:
    """The windows of so many articles as one batch, shorter ones filled with the piece ``pad``.

    Where there is no window, nothing but blanks having been read, one of a single ``pad`` stands in.
    """
    shape = max(1, len(rows)), max((len(row.ids) for row in rows), default=1)
    ids, mask, types = np.full(shape, pad), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    mask[:, 0] = 1
    judged = np.zeros((2, articles, 1 + max((row.window.end for row in rows), default=0)), np.int64)
    word_rows, word_pieces = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number, row in enumerate(rows):
        size = len(row.ids)
        ids[number, :size], mask[number, :size], types[number, :size] = row.ids, 1, row.types
        words, firsts = np.array(row.words, np.int64), np.array(row.firsts, np.int64)
        kept = (row.window.kept_start <= words) & (words < row.window.kept_end)
        judged[0, row.article, words[kept] + 1] = number
        judged[1, row.article, words[kept] + 1] = firsts[kept]
        word_rows.append(np.full(len(firsts), number))
        word_pieces.append(firsts)
    arrays = (ids, mask, types, np.concatenate(word_rows), np.concatenate(word_pieces), *judged)
    return RowBatch(*(torch.from_numpy(array) for array in arrays))
