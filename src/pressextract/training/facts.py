"""Fine-tune an encoder to judge candidate pairs: person-role with status, role-organization, organization-city."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoConfig, AutoModel

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.windows import cut_windows
from pressextract.facts.classifier import FACT_OVERLAP, FACT_WINDOW
from pressextract.facts.pairs import CLASSES, FEATURE_SIZES, Pair
from pressextract.training.fact_examples import UNJUDGED, FactExample
from pressextract.training.tagger import HEADS_FILE, learning_rate_share

WIDEST = max(len(classes) for classes in CLASSES.values())


@dataclass(frozen=True, slots=True)
class FactSettings:
    """Epochs over the articles; windows a batch; rates as shares."""

    epochs: int = 12
    batch_windows: int = 8
    learning_rate: float = 3e-4
    head_learning_rate: float = 1e-3
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
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.features = nn.ModuleList(nn.Embedding(size, 16) for size in FEATURE_SIZES)
        inner = 3 * width + 16 * len(FEATURE_SIZES)
        self.hidden = nn.Sequential(nn.Linear(inner, width), nn.GELU())
        self.output = nn.Linear(width, WIDEST * len(CLASSES))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor, pairs: torch.Tensor
    ) -> torch.Tensor:
        """Logits (pairs, ``WIDEST``): ``pairs`` has columns row, first piece, second piece, then the features."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        first, second = states[pairs[:, 0], pairs[:, 1]], states[pairs[:, 0], pairs[:, 2]]
        plain = [table(pairs[:, 3 + number]) for number, table in enumerate(self.features)]
        joint = self.dropout(torch.cat([first, second, first * second, *plain], dim=-1))
        scores = self.output(self.dropout(self.hidden(joint))).view(-1, len(CLASSES), WIDEST)
        chosen: torch.Tensor = scores.gather(1, pairs[:, 3].view(-1, 1, 1).expand(-1, 1, WIDEST)).squeeze(1)
        return chosen

    def save(self, folder: Path) -> None:
        """Write the encoder (safetensors, config) and the head."""
        self.encoder.save_pretrained(folder)
        heads = {k: v for k, v in self.state_dict().items() if not k.startswith("encoder.")}
        save_file(heads, folder / HEADS_FILE)

    @classmethod
    def load(cls, folder: Path | str, dropout: float = 0.0) -> FactModel:
        """Read what ``save`` wrote, or start a new head over a pretrained encoder (a folder or a hub name)."""
        config = AutoConfig.from_pretrained(folder)
        config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
        encoder = AutoModel.from_pretrained(
            folder, config=config, add_pooling_layer=False, attn_implementation="eager"
        )
        model = cls(encoder, dropout)
        heads = Path(folder) / HEADS_FILE
        if heads.is_file():
            model.load_state_dict(load_file(heads), strict=False)
        return model


@dataclass(slots=True)
class FactRow:
    """One window: pieces, markers, its pairs as (first piece, second piece, features) and where they come from."""

    ids: list[int]
    types: list[int]
    pairs: list[list[int]]
    origins: list[tuple[int, int]]


def make_fact_rows(examples: Sequence[FactExample], pieces: WordPieces) -> list[FactRow]:
    """Cut the articles; each pair goes to the first window that holds both its mentions, farther ones to none."""
    rows = []
    for number, example in enumerate(examples):
        encoded = pieces.encode_words(example.words)
        left = dict(enumerate(example.pairs))
        for window in cut_windows([len(ids) for ids in encoded], FACT_WINDOW, FACT_OVERLAP):
            inside = {k: p for k, p in left.items() if window.start <= min(p.first, p.second) and max(p.first, p.second) < window.end}
            if inside:
                rows.append(_row(example, encoded, window.start, window.end, inside, number, pieces))
            left = {k: p for k, p in left.items() if k not in inside}
    return rows


def _row(
    example: FactExample,
    encoded: Sequence[tuple[int, ...]],
    start: int,
    end: int,
    inside: dict[int, Pair],
    number: int,
    pieces: WordPieces,
) -> FactRow:
    ids, types = [pieces.first], [0]
    place_of = {}
    for word in range(start, end):
        place_of[word] = len(ids)
        ids.extend(encoded[word])
        types.extend([example.types[word]] * len(encoded[word]))
    ids.append(pieces.last)
    types.append(0)
    return FactRow(
        ids,
        types,
        [[place_of[pair.first], place_of[pair.second], *pair.features] for pair in inside.values()],
        [(number, index) for index in inside],
    )


def fact_tensors(batch: Sequence[FactRow], pad: int) -> tuple[torch.Tensor, ...]:
    """input_ids, attention_mask, token_type_ids of (rows, pieces), and pairs."""
    width = max(len(row.ids) for row in batch)
    ids = torch.full((len(batch), width), pad)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for number, row in enumerate(batch):
        size = len(row.ids)
        ids[number, :size] = torch.tensor(row.ids)
        types[number, :size] = torch.tensor(row.types)
        mask[number, :size] = 1
    pairs = torch.tensor([[number, *pair] for number, row in enumerate(batch) for pair in row.pairs])
    return ids, mask, types, pairs


class FactTrainer:
    """Trains one fact model; weights are averaged over the last epochs (Izmailov et al. 2018)."""

    def __init__(self, model: FactModel, pieces: WordPieces, settings: FactSettings) -> None:
        self.model, self._pieces, self._settings = model, pieces, settings
        torch.manual_seed(settings.seed)
        self._random = random.Random(settings.seed)
        heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": list(model.encoder.parameters()), "top": settings.learning_rate},
                {"params": heads, "top": settings.head_learning_rate},
            ],
            lr=settings.learning_rate,
            weight_decay=settings.weight_decay,
            fused=True,
        )
        self._allowed = torch.tensor(
            [[n < len(classes) for n in range(WIDEST)] for classes in CLASSES.values()]
        )

    def train(self, examples: Sequence[FactExample]) -> FactModel:
        """Train on ``examples``; returns the averaged model."""
        settings = self._settings
        rows = make_fact_rows(examples, self._pieces)
        average: dict[str, torch.Tensor] = {}
        taken = 0
        for epoch in range(settings.epochs):
            started, losses = time.monotonic(), []
            self._random.shuffle(rows)
            self.model.train()
            for start in range(0, len(rows), settings.batch_windows):
                share = learning_rate_share((epoch + start / len(rows)) / settings.epochs, settings.warmup)
                for group in self._optimizer.param_groups:
                    group["lr"] = group["top"] * share
                losses.append(self._step(rows[start : start + settings.batch_windows], examples))
            if epoch + 1 > settings.average_from * settings.epochs:
                taken += 1
                for key, value in self.model.state_dict().items():
                    average[key] = average[key] + value if key in average else value.clone()
            print(f"epoch {epoch + 1} loss {sum(losses) / len(losses):.4f} {time.monotonic() - started:.0f} s", flush=True)
        final = copy.deepcopy(self.model)
        final.load_state_dict({k: (v / taken if v.is_floating_point() else v) for k, v in average.items()})
        return final

    def _step(self, batch: Sequence[FactRow], examples: Sequence[FactExample]) -> float:
        settings = self._settings
        ids, mask, types, pairs = fact_tensors(batch, self._pieces.pad)
        labels = torch.tensor([examples[a].labels[p] for row in batch for a, p in row.origins])
        if settings.word_dropout:
            dropped = (torch.rand(ids.shape) < settings.word_dropout) & (types == 0) & (mask == 1)
            ids = ids.masked_fill(dropped, self._pieces.unknown)
        pairs[:, 7] = pairs[:, 7] * (torch.rand(len(pairs)) >= settings.rule_dropout)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model(ids, mask, types, pairs)
        logits = logits.float().masked_fill(~self._allowed[pairs[:, 3]], -1e4)
        loss = nn.functional.cross_entropy(logits, labels, ignore_index=UNJUDGED)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return float(loss.item())


@torch.no_grad()
def judge(model: FactModel, examples: Sequence[FactExample], pieces: WordPieces) -> list[list[list[float]]]:
    """Class probabilities of every pair of every article; a pair that no window holds is ``none``."""
    model.eval()
    out = [[[1.0] + [0.0] * (len(CLASSES[p.candidate.relation]) - 1) for p in e.pairs] for e in examples]
    for row in make_fact_rows(examples, pieces):
        logits = model(*fact_tensors([row], pieces.pad)).float()
        for (article, index), scores in zip(row.origins, logits, strict=True):
            size = len(out[article][index])
            out[article][index] = scores[:size].softmax(-1).tolist()
    return out
