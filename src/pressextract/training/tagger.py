"""Fine-tune an encoder to tag mentions: names (PERSON, COMPANY, ORGANIZATION, CITY) and roles, word by word."""

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

from pressextract.encoder.features import FEATURE_TYPES
from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.tags import NAME_TAGS, ROLE_TAGS, best_path, decode_spans
from pressextract.encoder.windows import Window, cut_windows
from pressextract.training.articles import Span, TaggedArticle
from pressextract.training.augmentation import Augmenter

IGNORED = -100
HEADS_FILE = "heads.safetensors"


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """Epochs over the articles; windows and batches in pieces; rates as shares."""

    epochs: int = 14
    batch_pieces: int = 4096
    window: int = 254
    learning_rate: float = 5e-4
    head_learning_rate: float = 1e-3
    warmup: float = 0.1
    dropout: float = 0.2
    weight_decay: float = 0.01
    average_from: float = 0.6
    soft_weight: float = 1.0
    use_features: bool = True
    feature_dropout: float = 0.1
    seed: int = 1


class Tagger(nn.Module):
    """An encoder with a name head and a role head over the first piece of each word."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.names = nn.Linear(width, len(NAME_TAGS))
        self.roles = nn.Linear(width, len(ROLE_TAGS))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (sequences, pieces, tags) of the two heads."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        states = self.dropout(states)
        return self.names(states), self.roles(states)

    def save(self, folder: Path) -> None:
        """Write the encoder (safetensors, config) and the heads."""
        self.encoder.save_pretrained(folder)
        heads = {k: v for k, v in self.state_dict().items() if not k.startswith("encoder.")}
        save_file(heads, folder / HEADS_FILE)

    @classmethod
    def load(cls, folder: Path | str, dropout: float = 0.0) -> Tagger:
        """Read what ``save`` wrote, or start new heads over a pretrained encoder (a folder or a hub name)."""
        config = AutoConfig.from_pretrained(folder)
        config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
        encoder = AutoModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
        tagger = cls(encoder, dropout)
        heads = Path(folder) / HEADS_FILE
        if heads.is_file():
            tagger.load_state_dict(load_file(heads), strict=False)
        return tagger


@dataclass(slots=True)
class Row:
    """One window ready for the encoder; ``firsts`` are the places of the words' first pieces."""

    article: int
    window: Window
    ids: list[int]
    types: list[int]
    firsts: list[int]
    words: list[int]


def make_rows(articles: Sequence[TaggedArticle], pieces: WordPieces, settings: TaggerSettings) -> list[Row]:
    """Cut every article into windows of pieces."""
    rows = []
    for number, article in enumerate(articles):
        encoded = pieces.encode_words(article.words)
        for window in cut_windows([len(ids) for ids in encoded], settings.window):
            row = Row(number, window, [pieces.first], [0], [], [])
            for word in range(window.start, window.end):
                if encoded[word]:
                    row.firsts.append(len(row.ids))
                    row.words.append(word)
                row.ids.extend(encoded[word])
                kind = article.features[word] if settings.use_features else 0
                row.types.extend([kind] * len(encoded[word]))
            row.ids.append(pieces.last)
            row.types.append(0)
            rows.append(row)
    return rows


def batches(rows: Sequence[Row], pieces_a_batch: int, rnd: random.Random | None) -> list[list[Row]]:
    """Rows of like length together, at most ``pieces_a_batch`` with padding; shuffled when ``rnd`` is given."""
    noise = (lambda row: len(row.ids) + rnd.random() * 60) if rnd else (lambda row: len(row.ids))
    ordered = sorted(rows, key=noise)
    out: list[list[Row]] = [[]]
    for row in ordered:
        if out[-1] and (len(out[-1]) + 1) * max(len(row.ids), len(out[-1][0].ids)) > pieces_a_batch:
            out.append([])
        out[-1].append(row)
    if rnd:
        rnd.shuffle(out)
    return [batch for batch in out if batch]


def tensors(batch: Sequence[Row], pad: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """input_ids, attention_mask, token_type_ids of (rows, pieces)."""
    width = max(len(row.ids) for row in batch)
    ids = torch.full((len(batch), width), pad)
    types = torch.zeros((len(batch), width), dtype=torch.long)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    for number, row in enumerate(batch):
        size = len(row.ids)
        ids[number, :size] = torch.tensor(row.ids)
        types[number, :size] = torch.tensor(row.types)
        mask[number, :size] = 1
    return ids, mask, types


def _targets(batch: Sequence[Row], tags: Sequence[Sequence[int]]) -> torch.Tensor:
    """Tag numbers of the words of ``batch``, row after row."""
    return torch.tensor([tags[row.article][word] for row in batch for word in row.words])


def _states(logits: torch.Tensor, batch: Sequence[Row]) -> torch.Tensor:
    """Logits at the first pieces of the words, row after row: (words, tags)."""
    rows = torch.tensor([n for n, row in enumerate(batch) for _ in row.firsts])
    places = torch.tensor([place for row in batch for place in row.firsts])
    return logits[rows, places]


def _loss(logits: torch.Tensor, targets: torch.Tensor, soft: torch.Tensor | None) -> torch.Tensor:
    if soft is None:
        return nn.functional.cross_entropy(logits.float(), targets)
    return nn.functional.cross_entropy(logits.float(), soft)


def learning_rate_share(progress: float, warmup: float) -> float:
    """Share of the top rate at ``progress`` in [0, 1]: linear rise over ``warmup``, then linear fall to zero."""
    return progress / warmup if progress < warmup else max(0.0, (1 - progress) / (1 - warmup))


class Trainer:
    """Trains one tagger; weights are averaged over the last epochs (Izmailov et al. 2018)."""

    def __init__(self, tagger: Tagger, pieces: WordPieces, settings: TaggerSettings) -> None:
        self.tagger, self._pieces, self._settings = tagger, pieces, settings
        torch.manual_seed(settings.seed)
        self._random = random.Random(settings.seed)
        heads = [p for n, p in tagger.named_parameters() if not n.startswith("encoder.")]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": list(tagger.encoder.parameters()), "top": settings.learning_rate},
                {"params": heads, "top": settings.head_learning_rate},
            ],
            lr=settings.learning_rate,
            weight_decay=settings.weight_decay,
            fused=True,
        )

    def train(self, articles: Sequence[TaggedArticle], augmenter: Augmenter | None, soft: Sequence[TaggedArticle] = ()) -> Tagger:
        """Train on gold ``articles`` and on ``soft`` ones, which carry a teacher's probabilities."""
        settings = self._settings
        average: dict[str, torch.Tensor] = {}
        taken = 0
        for epoch in range(settings.epochs):
            started, total, steps = time.monotonic(), 0.0, 0
            gold = [augmenter.vary(a) for a in articles] if augmenter else list(articles)
            pool = [*gold, *soft]
            names, roles = [a.name_tags() if a.soft is None else [] for a in pool], [a.role_tags() if a.soft is None else [] for a in pool]
            rows = make_rows(pool, self._pieces, settings)
            hard_rows = [row for row in rows if pool[row.article].soft is None]
            soft_rows = [row for row in rows if pool[row.article].soft is not None]
            todo = batches(hard_rows, settings.batch_pieces, self._random) + batches(soft_rows, settings.batch_pieces, self._random)
            self._random.shuffle(todo)
            self.tagger.train()
            for number, batch in enumerate(todo):
                progress = (epoch + number / len(todo)) / settings.epochs
                for group in self._optimizer.param_groups:
                    group["lr"] = group["top"] * learning_rate_share(progress, settings.warmup)
                total += self._step(batch, pool, names, roles)
                steps += 1
            if epoch + 1 > settings.average_from * settings.epochs:
                taken += 1
                for key, value in self.tagger.state_dict().items():
                    average[key] = average[key] + value if key in average else value.clone()
            print(f"epoch {epoch + 1} loss {total / steps:.4f} {time.monotonic() - started:.0f} s", flush=True)
        final = copy.deepcopy(self.tagger)
        final.load_state_dict({k: (v / taken if v.is_floating_point() else v) for k, v in average.items()})
        return final

    def _step(self, batch: Sequence[Row], pool: Sequence[TaggedArticle], names: Sequence[Sequence[int]], roles: Sequence[Sequence[int]]) -> float:
        ids, mask, types = tensors(batch, self._pieces.pad)
        if self._settings.feature_dropout:
            keep = torch.rand(types.shape[0], 1) >= self._settings.feature_dropout
            types = types * keep
        with torch.autocast("cpu", torch.bfloat16):
            name_logits, role_logits = self.tagger(ids, mask, types)
        name_logits, role_logits = _states(name_logits, batch), _states(role_logits, batch)
        if pool[batch[0].article].soft is None:
            loss = _loss(name_logits, _targets(batch, names), None) + _loss(role_logits, _targets(batch, roles), None)
        else:
            name_soft = torch.stack([pool[row.article].soft[0][word] for row in batch for word in row.words]).float()
            role_soft = torch.stack([pool[row.article].soft[1][word] for row in batch for word in row.words]).float()
            loss = self._settings.soft_weight * (_loss(name_logits, name_soft, name_soft) + _loss(role_logits, role_soft, role_soft))
        loss.backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return loss.item()


@torch.no_grad()
def predict(
    tagger: Tagger, articles: Sequence[TaggedArticle], pieces: WordPieces, settings: TaggerSettings
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Probabilities (words, tags) of the two heads for each article; blanks are outside."""
    tagger.eval()
    out = []
    for article in articles:
        pair = []
        for tags in (NAME_TAGS, ROLE_TAGS):
            empty = torch.zeros(len(article.words), len(tags))
            empty[:, 0] = 1.0
            pair.append(empty)
        out.append((pair[0], pair[1]))
    for batch in batches(make_rows(articles, pieces, settings), settings.batch_pieces, None):
        ids, mask, types = tensors(batch, pieces.pad)
        with torch.autocast("cpu", torch.bfloat16):
            heads = tagger(ids, mask, types)
        for head in (0, 1):
            probabilities = heads[head].float().softmax(-1)
            for number, row in enumerate(batch):
                for place, word in zip(row.firsts, row.words, strict=True):
                    if row.window.kept_start <= word < row.window.kept_end:
                        out[row.article][head][word] = probabilities[number, place]
    return out


def spans_from(probabilities: tuple[torch.Tensor, torch.Tensor]) -> list[Span]:
    """Best spans of one article from its two probability tables."""
    spans: list[Span] = []
    for table, tags in zip(probabilities, (NAME_TAGS, ROLE_TAGS), strict=True):
        scores = table.clamp_min(1e-9).log().numpy()
        spans.extend(decode_spans(best_path(scores, tags), tags))
    return spans


def feature_types(encoder: nn.Module) -> int:
    """How many feature types an encoder takes; a public one (one type) takes none."""
    return FEATURE_TYPES if encoder.config.type_vocab_size >= FEATURE_TYPES else 0
