"""Articles in batches, cut into windows of pieces, as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

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


def at_words(states: torch.Tensor, rows: Sequence[Row]) -> torch.Tensor:
    """(words, units) from (rows, pieces, units): the states at the words' first pieces, row after row."""
    numbers = torch.tensor([n for n, row in enumerate(rows) for _ in row.firsts], dtype=torch.long)
    places = torch.tensor([place for row in rows for place in row.firsts], dtype=torch.long)
    return states[numbers.to(states.device), places.to(states.device)]


def word_places(rows: Sequence[Row], articles: int, longest: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Row and first piece of each word, each (articles, 1 + longest), words counted from 1: where the word
    is judged; 0 for a blank."""
    row_of = torch.zeros(articles, longest + 1, dtype=torch.long)
    piece_of = torch.zeros(articles, longest + 1, dtype=torch.long)
    for number, row in enumerate(rows):
        for word, place in zip(row.words, row.firsts, strict=True):
            if row.window.kept_start <= word < row.window.kept_end and word < longest:
                row_of[row.article, word + 1] = number
                piece_of[row.article, word + 1] = place
    return row_of, piece_of
