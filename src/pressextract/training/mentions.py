"""Fine-tune the mention tagger on gold articles, and on soft labels where there are some."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import WINDOW_PIECES
from pressextract.training.articles import TaggedArticle
from pressextract.training.augmentation import Augmenter
from pressextract.training.optimisation import Optimizer, WeightAverage
from pressextract.training.rows import Row, at_words, make_batches, make_rows, pad_rows
from pressextract.training.tagger import Tagger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """Epochs over the articles; windows and batches in pieces; the rest are shares or rates."""

    epochs: int = 14
    batch_pieces: int = 4096
    window: int = WINDOW_PIECES
    encoder_rate: float = 5e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    dropout: float = 0.2
    weight_decay: float = 0.01
    average_from: float = 0.6
    swap_share: float = 0.25
    feature_dropout: float = 0.1
    seed: int = 1


class MentionTrainer:
    """Trains one tagger.

    Args:
        tagger: over a pretrained encoder.
        pieces: the encoder's tokenizer.
        settings: see there; ``seed`` fixes every choice.
    """

    def __init__(self, tagger: Tagger, pieces: WordPieces, settings: TaggerSettings) -> None:
        torch.manual_seed(settings.seed)
        self._tagger, self._pieces, self._settings = tagger, pieces, settings
        self._random = random.Random(settings.seed)
        self._optimizer = Optimizer(
            tagger, settings.encoder_rate, settings.head_rate, settings.warmup, settings.weight_decay
        )

    def train(self, gold: Sequence[TaggedArticle], soft: Sequence[TaggedArticle] = ()) -> Tagger:
        """Train on ``gold`` articles, varied anew each epoch, and on ``soft`` ones; returns the averaged
        tagger."""
        settings = self._settings
        augmenter = Augmenter(gold, settings.seed, settings.swap_share)
        average = WeightAverage(settings.epochs, settings.average_from)
        for epoch in range(settings.epochs):
            varied = [augmenter.vary(article) for article in gold]
            pools: tuple[Sequence[TaggedArticle], ...] = (varied, soft)
            batches = [(pool, batch) for pool in pools for batch in self._batches(pool)]
            self._random.shuffle(batches)
            self._tagger.train()
            losses = [
                self._step(articles, batch, (epoch + number / len(batches)) / settings.epochs)
                for number, (articles, batch) in enumerate(batches)
            ]
            average.add(self._tagger, epoch)
            log.info("epoch %d loss %.4f", epoch + 1, sum(losses) / len(losses))
        return average.apply(self._tagger)

    def _batches(self, articles: Sequence[TaggedArticle]) -> list[list[Row]]:
        settings = self._settings
        rows = make_rows(articles, self._pieces, settings.window, has_features=self._tagger.has_features)
        return make_batches(rows, settings.batch_pieces, self._random)

    def _step(self, articles: Sequence[TaggedArticle], batch: Sequence[Row], progress: float) -> float:
        ids, mask, types = pad_rows(
            [row.ids for row in batch], [row.types for row in batch], self._pieces.pad
        )
        kept = torch.rand(len(batch), 1) >= self._settings.feature_dropout
        with torch.autocast("cpu", torch.bfloat16):
            logits = self._tagger(ids, mask, types * kept)
        losses = [
            nn.functional.cross_entropy(
                at_words(logits[head], batch).float(), _targets(articles, batch, head)
            )
            for head in (0, 1)
        ]
        return self._optimizer.step(losses[0] + losses[1], progress)


def _targets(articles: Sequence[TaggedArticle], batch: Sequence[Row], head: int) -> torch.Tensor:
    """Tag numbers (words), or a teacher's probabilities (words, tags), row after row."""
    parts = []
    for row in batch:
        article = articles[row.article]
        if article.soft is not None:
            parts.append(torch.tensor(article.soft[head][row.words]))
        else:
            tags = article.role_tags() if head else article.name_tags()
            parts.append(torch.tensor([tags[word] for word in row.words], dtype=torch.long))
    return torch.cat(parts)
