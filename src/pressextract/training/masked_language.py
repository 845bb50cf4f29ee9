"""Masked-language pretraining of the small encoder on raw French, with silver entity tags beside it.

Whole words are masked (15 %: 80 % [MASK], 10 % another piece, 10 % left; Devlin et al. 2019, whole-word
variant). The softmax runs over the pieces of the batch and a uniform sample of the others (Jean et al.
2015), which halves the cost on a CPU. Where a line carries silver tags (the stock NER's), the encoder
learns to predict them too: what that model knows of names reaches ours at no cost when it runs.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import RoFormerConfig, RoFormerModel

from pressextract.encoder.pieces import WordPieces
from pressextract.training.optimisation import fill

log = logging.getLogger(__name__)
HEADS_FILE = "pretraining_heads.safetensors"
LOGGED_STEPS = 100
PIECES_A_STEP = 8192

SILVER_TAGS = ("O", "BP", "IP", "BL", "IL", "BO", "IO", "BM", "IM")
"""Begin and inside of PER, LOC, ORG, MISC, as the raw shards write them."""
IGNORED = -100
_MASKED_SHARE, _SAMPLED_NEGATIVES = 0.15, 3000


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """Sizes in layers, units, pieces, sequences; the learning rate warms up, stays, then falls to zero."""

    layers: int = 4
    hidden: int = 256
    heads: int = 4
    inner: int = 1024
    max_positions: int = 512
    feature_types: int = 64
    sequence: int = 128
    batch: int = PIECES_A_STEP // 128
    learning_rate: float = 1e-3
    warmup_steps: int = 300
    steps: int = 2500
    decay_steps: int = 750
    silver_weight: float = 0.5
    seed: int = 1


def encoder_config(settings: PretrainingSettings, vocabulary: int) -> RoFormerConfig:
    """A BERT with rotary positions (Su et al. 2021): with absolute ones it had not left the bag of words
    after 10 M pieces.

    The ``token_type`` embeddings carry what the rulers proposed for a word.
    """
    return RoFormerConfig(
        vocab_size=vocabulary,
        embedding_size=settings.hidden,
        hidden_size=settings.hidden,
        num_hidden_layers=settings.layers,
        num_attention_heads=settings.heads,
        intermediate_size=settings.inner,
        max_position_embeddings=settings.max_positions,
        type_vocab_size=settings.feature_types,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )


class PretrainingModel(nn.Module):
    """The encoder with a masked-language head tied to its embeddings and a silver-tag head."""

    def __init__(self, config: RoFormerConfig) -> None:
        super().__init__()
        self.encoder = RoFormerModel(config)
        width = config.hidden_size
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.silver = nn.Linear(width, len(SILVER_TAGS))

    def losses(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """The masked-language and the silver loss of one batch."""
        states = self.encoder(input_ids=batch.inputs).last_hidden_state
        masked = batch.targets != IGNORED
        wanted = batch.targets[masked]
        table = self.encoder.embeddings.word_embeddings
        sampled = torch.randint(len(SILVER_TAGS), table.num_embeddings, (_SAMPLED_NEGATIVES,))
        pieces, index = torch.unique(torch.cat([wanted, sampled]), return_inverse=True)
        scores = self.transform(states[masked]) @ table(pieces).T
        language = nn.functional.cross_entropy(scores.float(), index[: len(wanted)])
        tagged = batch.tags != IGNORED
        if not bool(tagged.any()):
            return language, torch.zeros(())
        silver = nn.functional.cross_entropy(self.silver(states[tagged]).float(), batch.tags[tagged])
        return language, silver


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of (sequences, pieces): masked input, targets and tags (``IGNORED`` where none)."""

    inputs: torch.Tensor
    targets: torch.Tensor
    tags: torch.Tensor


class Stream:
    """Batches from shards of lines (words, then optionally a tab and one silver tag a word).

    Shards are read in the order given (an endless iterator for many epochs); their lines are expected to be
    shuffled.
    """

    def __init__(self, shards: Iterable[Path], pieces: WordPieces, settings: PretrainingSettings) -> None:
        self._shards, self._pieces, self._settings = shards, pieces, settings
        self._random = random.Random(settings.seed)
        self._vocabulary = pieces.vocabulary_size
        self._mask = pieces.piece_id("[MASK]")

    def __iter__(self) -> Iterator[Batch]:
        rows: list[tuple[list[int], list[int], list[int]]] = []
        for row in self._rows():
            rows.append(row)
            if len(rows) == self._settings.batch:
                yield self._tensors(rows)
                rows = []

    def _rows(self) -> Iterator[tuple[list[int], list[int], list[int]]]:
        width = self._settings.sequence - 2
        ids: list[int] = []
        words: list[int] = []
        tags: list[int] = []
        for number, (word_ids, tag) in enumerate(self._words()):
            ids.extend(word_ids)
            words.extend([number] * len(word_ids))
            tags.extend([tag] + [IGNORED] * (len(word_ids) - 1))
            if len(ids) >= width:
                yield self._masked(ids[:width], words[:width], tags[:width])
                ids, words, tags = [], [], []

    def _words(self) -> Iterator[tuple[tuple[int, ...], int]]:
        silver = {tag: number for number, tag in enumerate(SILVER_TAGS)}
        separator = (self._pieces.last,)
        for shard in self._shards:
            for line in shard.read_text(encoding="utf-8").split("\n"):
                text, _, tagged = line.partition("\t")
                words = text.split(" ")
                marks = [silver.get(t, IGNORED) for t in tagged.split(" ")] if tagged else []
                marks = marks if len(marks) == len(words) else [IGNORED] * len(words)
                yield from zip(self._pieces.encode_words(words), marks, strict=True)
                yield separator, IGNORED

    def _masked(
        self, ids: list[int], words: list[int], tags: list[int]
    ) -> tuple[list[int], list[int], list[int]]:
        rnd, inputs, targets = self._random, list(ids), [IGNORED] * len(ids)
        chosen = {word for word in set(words) if rnd.random() < _MASKED_SHARE}
        for place, word in enumerate(words):
            if word in chosen:
                targets[place] = ids[place]
                dice = rnd.random()
                if dice < 0.9:
                    inputs[place] = self._mask if dice < 0.8 else rnd.randrange(6, self._vocabulary)
        edge = self._pieces
        return (
            [edge.first, *inputs, edge.last],
            [IGNORED, *targets, IGNORED],
            [IGNORED, *tags, IGNORED],
        )

    def _tensors(self, rows: list[tuple[list[int], list[int], list[int]]]) -> Batch:
        inputs, targets, tags = (torch.tensor([row[part] for row in rows]) for part in range(3))
        return Batch(inputs, targets, tags)


def learning_rate(step: int, settings: PretrainingSettings) -> float:
    """Warm-up, plateau, linear fall over the last ``decay_steps``, as a share of the top rate."""
    if step < settings.warmup_steps:
        return (step + 1) / settings.warmup_steps
    return min(1.0, max(0.0, (settings.steps - step) / settings.decay_steps))


def pretrain(
    shards: Iterable[Path],
    pieces: WordPieces,
    out: Path,
    settings: PretrainingSettings,
    *,
    embeddings: torch.Tensor | None = None,
    start: Path | None = None,
) -> dict[str, Any]:
    """Pretrain and save the encoder to ``out``; returns what was done (settings, pieces seen, losses).

    Args:
        shards: files of lines, in order; at least as many as ``steps`` need (see ``Stream``).
        embeddings: (vocabulary, hidden) start of the word embeddings; random when None.
        start: an encoder to go on from; ``embeddings`` and the sizes in ``settings`` count for nothing then.
    """
    torch.manual_seed(settings.seed)
    model = _load(start) if start else _new(pieces, settings, embeddings)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    stream = iter(Stream(shards, pieces, settings))
    losses = torch.zeros(2)
    history: list[list[float]] = []
    for step in range(settings.steps):
        losses += _step(model, optimizer, next(stream), settings, step)
        if (step + 1) % LOGGED_STEPS == 0:
            history.append([step + 1, *(losses / LOGGED_STEPS).tolist()])
            log.info("step %d language %.3f silver %.4f", *history[-1])
            losses.zero_()
            _save(model, out)
    _save(model, out)
    seen = settings.steps * settings.batch * settings.sequence
    return {"settings": asdict(settings), "pieces": seen, "history": history}


def _step(
    model: PretrainingModel,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    settings: PretrainingSettings,
    step: int,
) -> torch.Tensor:
    """One step down the gradient; the language and the silver loss."""
    for group in optimizer.param_groups:
        group["lr"] = settings.learning_rate * learning_rate(step, settings)
    with torch.autocast("cpu", torch.bfloat16):
        language, silver = model.losses(batch)
    (language + settings.silver_weight * silver).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return torch.tensor([language.item(), silver.item()])


def _new(
    pieces: WordPieces, settings: PretrainingSettings, embeddings: torch.Tensor | None
) -> PretrainingModel:
    model = PretrainingModel(encoder_config(settings, pieces.vocabulary_size))
    if embeddings is not None:
        with torch.no_grad():
            model.encoder.embeddings.word_embeddings.weight.copy_(embeddings)
    return model


def _save(model: PretrainingModel, out: Path) -> None:
    """Write the encoder as ``transformers`` does, and the heads beside it, so that pretraining can go on."""
    model.encoder.save_pretrained(out)
    heads = {key: value for key, value in model.state_dict().items() if not key.startswith("encoder.")}
    save_file(heads, out / HEADS_FILE)


def _load(folder: Path) -> PretrainingModel:
    """What ``_save`` wrote; new heads where there are none."""
    encoder = RoFormerModel.from_pretrained(folder, attn_implementation="eager").float()
    encoder.pooler = None
    model = PretrainingModel(encoder.config)
    model.encoder = encoder
    if (folder / HEADS_FILE).is_file():
        fill(model, load_file(folder / HEADS_FILE), folder / HEADS_FILE)
    return model
