"""Fine-tune the reader on gold articles, and on soft labels where there are some."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

import torch
from torch import nn
from torch.utils.data import DataLoader

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import WINDOW_PIECES, Row
from pressextract.errors import UsageError
from pressextract.training.articles import TaggedArticle
from pressextract.training.augmentation import Augmenter
from pressextract.training.fact_batch import FactBatch, batch_facts, drop_rules
from pressextract.training.fact_examples import FactExample
from pressextract.training.fact_loss import fact_loss
from pressextract.training.optimisation import Clock, Optimizer, WeightAverage
from pressextract.training.reader import Reader
from pressextract.training.rows import RowBatch, batch_articles, batch_rows, rows_of

log = logging.getLogger(__name__)
SNAPSHOT_STEPS = 50
"""Between two places of the average, where the clock ends the training; else it takes the ends of epochs."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Epochs over the articles; batches in words, windows in pieces; the rest are shares, rates, weights."""

    epochs: int = 7
    minutes: float = 0.0
    """Where not zero, the training lasts so long, however many epochs that makes; rates go by the clock."""
    workers: int = 0
    """Processes that prepare batches (Linux): on a graphics processor a step takes no longer than that."""
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch of articles as tensors; ``targets`` of the name and of the role head, one a word."""

    rows: RowBatch
    facts: FactBatch
    targets: tuple[torch.Tensor, torch.Tensor]


class ReaderTrainer:
    """Trains one reader.

    Args:
        reader: over a pretrained encoder, on the device of the training.
        pieces: the encoder's tokenizer.
        settings: see there; ``seed`` fixes every choice, given the workers, and unless the clock ends it.

    ``steps`` and ``epochs`` (a part of one counts) say what was done.
    """

    def __init__(self, reader: Reader, pieces: WordPieces, settings: ReaderSettings) -> None:
        torch.manual_seed(settings.seed)
        self._reader, self._pieces, self._settings = reader, pieces, settings
        self._random = random.Random(settings.seed)
        self.steps, self.epochs = 0, 0.0
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
        turn; returns the averaged reader, or the last one with ``hold``.

        Raises:
            UsageError: there is no word to learn from.
        """
        settings = self._settings
        augmenter = Augmenter(gold, settings.seed, settings.swap_share)
        average = WeightAverage(1.0 if settings.hold else settings.average_from)
        clock = Clock(settings.minutes)
        for epoch in count():
            varied = [augmenter.vary(article) for article in gold]
            pools = (varied, soft[epoch % len(soft)] if soft else ())
            batches = [b for pool in pools for b in batch_articles(pool, settings.batch_words, self._random)]
            if not batches:
                raise UsageError("no article to learn from")
            self._random.shuffle(batches)
            progress = self._train_epoch(batches, epoch, clock, average)
            if progress == 1.0:
                break
        return self._reader if settings.hold else average.apply(self._reader)

    def _train_epoch(
        self, batches: list[list[TaggedArticle]], epoch: int, clock: Clock, average: WeightAverage
    ) -> float:
        """Train on the batches until the clock ends it; returns the progress of the whole training."""
        settings = self._settings
        losses: list[float] = []
        self._reader.train()
        for number, prepared in enumerate(self._prefetch(batches)):
            progress = clock.progress((epoch + number / len(batches)) / settings.epochs)
            if progress == 1.0:
                break
            losses.append(self._step(prepared, progress))
            if settings.minutes and number % SNAPSHOT_STEPS == SNAPSHOT_STEPS - 1:
                average.add(self._reader, progress)
        self.steps += len(losses)
        self.epochs += len(losses) / len(batches)
        log.info("epoch %d steps %d loss %.4f", epoch + 1, len(losses), sum(losses) / max(1, len(losses)))
        progress = clock.progress((epoch + 1) / settings.epochs)
        average.add(self._reader, progress)
        return progress

    def _prefetch(self, batches: list[list[TaggedArticle]]) -> Iterable[Prepared]:
        """The batches in their order, prepared here or by the workers."""
        workers = self._settings.workers
        return DataLoader(
            batches,  # type: ignore[arg-type]  # a list is a data set
            batch_size=None,
            collate_fn=self._prepare,
            num_workers=workers,
            worker_init_fn=self._reseed,
            multiprocessing_context="fork" if workers else None,
        )

    def _reseed(self, _: int) -> None:
        """Other choices in each worker."""
        self._random.seed(torch.initial_seed())

    def _prepare(self, articles: Sequence[TaggedArticle]) -> Prepared:
        """What one step reads, on the CPU."""
        settings, pieces = self._settings, self._pieces
        rows = rows_of(articles, pieces, settings.window, has_features=self._reader.has_features)
        facts = batch_facts([self._facts_of(article) for article in articles])
        return Prepared(
            batch_rows(rows, len(articles), pieces.pad),
            replace(facts, pairs=drop_rules(facts.pairs, settings.rule_dropout)),
            (_targets(articles, rows, 0), _targets(articles, rows, 1)),
        )

    def _step(self, prepared: Prepared, progress: float) -> float:
        settings, reader = self._settings, self._reader
        rows, facts = prepared.rows.to(reader.device), prepared.facts.to(reader.device)
        with torch.autocast(reader.device.type, torch.bfloat16):
            states = reader.read(rows, settings.feature_dropout)
            logits = reader.tag(states, rows)
            scores = reader.relate(states, rows, facts)
        loss = settings.fact_weight * fact_loss(scores.float(), facts)
        for head, targets in zip(logits, prepared.targets, strict=True):
            loss = loss + nn.functional.cross_entropy(head.float(), targets.to(reader.device))
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
            parts.append(torch.from_numpy(article.soft[head][row.words]))
        else:
            tags = article.role_tags() if head else article.name_tags()
            parts.append(torch.tensor([tags[word] for word in row.words], dtype=torch.long))
    return torch.cat(parts)
