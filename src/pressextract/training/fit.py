"""Fine-tune the reader on gold articles, and on soft labels where there are some."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import nn

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import WINDOW_PIECES, Row
from pressextract.training.articles import TaggedArticle
from pressextract.training.augmentation import Augmenter
from pressextract.training.fact_batch import batch_facts, drop_rules
from pressextract.training.fact_examples import FactExample
from pressextract.training.fact_loss import fact_loss
from pressextract.training.optimisation import Optimizer, WeightAverage
from pressextract.training.reader import Reader
from pressextract.training.rows import batch_articles, rows_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Epochs over the articles; batches in words, windows in pieces; the rest are shares, rates, weights."""

    epochs: int = 7
    batch_words: int = 3200
    window: int = WINDOW_PIECES
    encoder_rate: float = 4e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    hold: bool = False
    """Stay at the top rates: for what several readers begin with, not for a reader that is used."""
    dropout: float = 0.15
    weight_decay: float = 0.01
    average_from: float = 0.6
    swap_share: float = 0.4
    feature_dropout: float = 0.1
    rule_dropout: float = 0.15
    fact_weight: float = 0.5
    found_share: float = 0.5
    """Of the articles that have facts over found mentions too, those that are read with them."""
    seed: int = 1


class ReaderTrainer:
    """Trains one reader.

    Args:
        reader: over a pretrained encoder, on the device of the training.
        pieces: the encoder's tokenizer.
        settings: see there; ``seed`` fixes every choice.
    """

    def __init__(self, reader: Reader, pieces: WordPieces, settings: ReaderSettings) -> None:
        torch.manual_seed(settings.seed)
        self._reader, self._pieces, self._settings = reader, pieces, settings
        self._random = random.Random(settings.seed)
        self._optimizer = Optimizer(
            reader,
            settings.encoder_rate,
            settings.head_rate,
            settings.warmup,
            settings.weight_decay,
            hold=settings.hold,
        )

    def train(self, gold: Sequence[TaggedArticle], soft: Sequence[Sequence[TaggedArticle]] = ()) -> Reader:
        """Train on ``gold`` articles, varied anew each epoch, and on one of the sets of ``soft`` ones, in
        turn; returns the averaged reader."""
        settings = self._settings
        augmenter = Augmenter(gold, settings.seed, settings.swap_share)
        average = WeightAverage(settings.epochs, settings.average_from)
        for epoch in range(settings.epochs):
            varied = [augmenter.vary(article) for article in gold]
            pools = (varied, soft[epoch % len(soft)] if soft else ())
            batches = [b for pool in pools for b in batch_articles(pool, settings.batch_words, self._random)]
            self._random.shuffle(batches)
            self._reader.train()
            losses = [
                self._step(batch, (epoch + number / len(batches)) / settings.epochs)
                for number, batch in enumerate(batches)
            ]
            average.add(self._reader, epoch)
            log.info("epoch %d loss %.4f", epoch + 1, sum(losses) / len(losses))
        return average.apply(self._reader)

    def _step(self, articles: Sequence[TaggedArticle], progress: float) -> float:
        settings, reader = self._settings, self._reader
        rows = rows_of(articles, self._pieces, settings.window, has_features=reader.has_features)
        facts = batch_facts([self._facts_of(article) for article in articles])
        facts = replace(facts, pairs=drop_rules(facts.pairs, settings.rule_dropout))
        with torch.autocast(reader.device.type, torch.bfloat16):
            states = reader.read(rows, self._pieces.pad, settings.feature_dropout)
            logits = reader.tag(states, rows)
            scores = reader.relate(states, rows, facts)
        loss = sum(
            (
                nn.functional.cross_entropy(
                    logits[head].float(), _targets(articles, rows, head).to(reader.device)
                )
                for head in (0, 1)
            ),
            start=settings.fact_weight * fact_loss(scores.float(), facts.to(reader.device)),
        )
        return self._optimizer.step(loss, progress)

    def _facts_of(self, article: TaggedArticle) -> FactExample | None:
        is_found = article.found_facts is not None and self._random.random() < self._settings.found_share
        return article.found_facts if is_found else article.facts


def _targets(articles: Sequence[TaggedArticle], rows: Sequence[Row], head: int) -> torch.Tensor:
    """Tag numbers (words), or a teacher's probabilities (words, tags), row after row."""
    parts = []
    for row in rows:
        article = articles[row.article]
        if article.soft is not None:
            parts.append(torch.tensor(article.soft[head][row.words]))
        else:
            tags = article.role_tags() if head else article.name_tags()
            parts.append(torch.tensor([tags[word] for word in row.words], dtype=torch.long))
    return torch.cat(parts)
