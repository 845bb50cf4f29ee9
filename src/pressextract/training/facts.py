"""Fine-tune an encoder to judge candidate pairs: person-role with status, role-organization,
organization-city."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import cut_windows
from pressextract.facts.classifier import FACT_OVERLAP, FACT_WINDOW
from pressextract.facts.pairs import CLASSES, FEATURE_SIZES, RULE_FEATURE, Pair
from pressextract.training.fact_examples import UNJUDGED, FactExample
from pressextract.training.optimisation import Optimizer, WeightAverage
from pressextract.training.rows import pad_rows
from pressextract.training.tagger import load_encoder, load_heads

log = logging.getLogger(__name__)
WIDEST = max(len(classes) for classes in CLASSES.values())
_FEATURE_WIDTH = 16
_IMPOSSIBLE = -1e4


@dataclass(frozen=True, slots=True)
class FactSettings:
    """Epochs over the articles; windows a batch; the rest are shares or rates."""

    epochs: int = 12
    batch_windows: int = 8
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    dropout: float = 0.2
    weight_decay: float = 0.01
    average_from: float = 0.6
    rule_dropout: float = 0.15
    word_dropout: float = 0.05
    seed: int = 1


class FactModel(nn.Module):
    """An encoder over marked words, and a head over the two states of a pair and its features."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        width = encoder.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE_WIDTH) for size in FEATURE_SIZES)
        self.hidden = nn.Sequential(
            nn.Linear(3 * width + _FEATURE_WIDTH * len(FEATURE_SIZES), width), nn.GELU()
        )
        self.output = nn.Linear(width, WIDEST * len(CLASSES))

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        """Logits (pairs, ``WIDEST``); ``pairs`` has the columns row, first piece, second piece, features."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        first, second = states[pairs[:, 0], pairs[:, 1]], states[pairs[:, 0], pairs[:, 2]]
        plain = [table(pairs[:, 3 + number]) for number, table in enumerate(self.features)]
        joint = self.hidden(self.dropout(torch.cat([first, second, first * second, *plain], dim=-1)))
        scores = self.output(self.dropout(joint)).view(-1, len(CLASSES), WIDEST)
        relation = pairs[:, 3].view(-1, 1, 1).expand(-1, 1, WIDEST)
        chosen: torch.Tensor = scores.gather(1, relation).squeeze(1)
        return chosen

    @classmethod
    def load(cls, folder: Path | str, dropout: float = 0.0, seed: int = 0) -> FactModel:
        """Read a saved model, or start a new head, from ``seed``, over a pretrained encoder."""
        torch.manual_seed(seed)
        model = cls(load_encoder(folder, dropout), dropout)
        load_heads(model, folder)
        return model


@dataclass(slots=True)
class FactRow:
    """One window: pieces, markers, its pairs (first piece, second piece, features) and (article, pair) of
    each."""

    ids: list[int]
    types: list[int]
    pairs: list[list[int]]
    origins: list[tuple[int, int]]


def make_fact_rows(examples: Sequence[FactExample], pieces: WordPieces) -> list[FactRow]:
    """Cut the articles; a pair goes to the first window that holds both its mentions, one too far apart to
    none."""
    rows = []
    for number, example in enumerate(examples):
        encoded = pieces.encode_words(example.words)
        left = dict(enumerate(example.pairs))
        for window in cut_windows([len(ids) for ids in encoded], FACT_WINDOW, FACT_OVERLAP):
            words = range(window.start, window.end)
            inside = {k: pair for k, pair in left.items() if pair.first in words and pair.second in words}
            left = {k: pair for k, pair in left.items() if k not in inside}
            if inside:
                row = _row(example, encoded, words, list(inside.values()), pieces)
                row.origins = [(number, index) for index in inside]
                rows.append(row)
    return rows


def _row(
    example: FactExample,
    encoded: Sequence[tuple[int, ...]],
    words: range,
    pairs: Sequence[Pair],
    pieces: WordPieces,
) -> FactRow:
    ids, types = [pieces.first], [0]
    places = {}
    for word in words:
        places[word] = len(ids)
        ids.extend(encoded[word])
        types.extend([example.types[word]] * len(encoded[word]))
    numbers = [[places[pair.first], places[pair.second], *pair.features] for pair in pairs]
    return FactRow([*ids, pieces.last], [*types, 0], numbers, [])


def _numbers(batch: Sequence[FactRow]) -> torch.Tensor:
    return torch.tensor([[number, *pair] for number, row in enumerate(batch) for pair in row.pairs])


class FactTrainer:
    """Trains one fact model; ``settings.seed`` fixes every choice."""

    def __init__(self, model: FactModel, pieces: WordPieces, settings: FactSettings) -> None:
        torch.manual_seed(settings.seed)
        self._model, self._pieces, self._settings = model, pieces, settings
        self._random = random.Random(settings.seed)
        self._optimizer = Optimizer(
            model, settings.encoder_rate, settings.head_rate, settings.warmup, settings.weight_decay
        )
        self._allowed = torch.tensor([[n < len(c) for n in range(WIDEST)] for c in CLASSES.values()])

    def train(self, examples: Sequence[FactExample]) -> FactModel:
        """Train on ``examples``; returns the averaged model."""
        settings = self._settings
        rows = make_fact_rows(examples, self._pieces)
        average = WeightAverage(settings.epochs, settings.average_from)
        for epoch in range(settings.epochs):
            self._random.shuffle(rows)
            self._model.train()
            losses = []
            for start in range(0, len(rows), settings.batch_windows):
                progress = (epoch + start / len(rows)) / settings.epochs
                losses.append(self._step(rows[start : start + settings.batch_windows], examples, progress))
            average.add(self._model, epoch)
            log.info("epoch %d loss %.4f", epoch + 1, sum(losses) / len(losses))
        return average.apply(self._model)

    def _step(self, batch: Sequence[FactRow], examples: Sequence[FactExample], progress: float) -> float:
        ids, mask, types = pad_rows(
            [row.ids for row in batch], [row.types for row in batch], self._pieces.pad
        )
        pairs = _numbers(batch)
        labels = torch.tensor(
            [examples[article].labels[pair] for row in batch for article, pair in row.origins]
        )
        dropped = (torch.rand(ids.shape) < self._settings.word_dropout) & (types == 0) & (mask == 1)
        ids = ids.masked_fill(dropped, self._pieces.unknown)
        rules = 3 + RULE_FEATURE
        pairs[:, rules] *= torch.rand(len(pairs)) >= self._settings.rule_dropout
        with torch.autocast("cpu", torch.bfloat16):
            logits = self._model(ids, mask, types, pairs)
        logits = logits.float().masked_fill(~self._allowed[pairs[:, 3]], _IMPOSSIBLE)
        loss = nn.functional.cross_entropy(logits, labels, ignore_index=UNJUDGED)
        return self._optimizer.step(loss, progress)


@torch.no_grad()
def judge(model: FactModel, examples: Sequence[FactExample], pieces: WordPieces) -> list[list[list[float]]]:
    """Class probabilities of every pair of every article; a pair that no window holds is ``none``."""
    model.eval()
    judged = [[_none(pair) for pair in example.pairs] for example in examples]
    for row in make_fact_rows(examples, pieces):
        inputs = pad_rows([row.ids], [row.types], pieces.pad)
        for (article, index), scores in zip(
            row.origins, model(*inputs, _numbers([row])).float(), strict=True
        ):
            judged[article][index] = scores[: len(judged[article][index])].softmax(-1).tolist()
    return judged


def _none(pair: Pair) -> list[float]:
    return [1.0] + [0.0] * (len(CLASSES[pair.candidate.relation]) - 1)
