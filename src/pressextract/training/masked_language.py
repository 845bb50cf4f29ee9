"""Masked-language pretraining of the small encoder on raw French, with silver entity tags beside it.

The softmax runs over the pieces of the batch and a uniform sample of the others (Jean et al. 2015), which
halves the cost on a CPU. Where a line carries silver tags (the stock NER's), the encoder learns to predict
them too: what that model knows of names reaches ours at no cost when it runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import RoFormerConfig, RoFormerModel

from pressextract.encoder.pieces import SPECIAL_TOKENS, WordPieces
from pressextract.training.attention import fuse_attention
from pressextract.training.optimisation import Clock, fill
from pressextract.training.piece_stream import IGNORED, SILVER_TAGS, Batch, Stream, read_shards

log = logging.getLogger(__name__)
HEADS_FILE = "pretraining_heads.safetensors"
LOGGED_STEPS = 100


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
    batch: int = 64
    learning_rate: float = 1e-3
    warmup_steps: int = 300
    steps: int = 2500
    minutes: float = 0.0
    """Where not zero, pretraining lasts so long, whatever ``steps`` says; the rate falls by the clock."""
    decay_steps: int = 750
    silver_weight: float = 0.5
    negatives: int = 3000
    """Pieces sampled for the softmax beside those of the batch; 0: all pieces of the vocabulary."""
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
        fuse_attention(self.encoder)
        width = config.hidden_size
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.silver = nn.Linear(width, len(SILVER_TAGS))

    def losses(self, batch: Batch, negatives: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The masked-language and the silver loss of one batch."""
        read = self.encoder.embeddings(input_ids=batch.inputs)
        states = self.encoder.encoder(read, attention_mask=None).last_hidden_state  # rows are full: no mask
        masked = batch.targets != IGNORED
        language = self._language(self.transform(states[masked]), batch.targets[masked], negatives)
        tagged = batch.tags != IGNORED
        if not bool(tagged.any()):
            return language, torch.zeros((), device=states.device)
        silver = nn.functional.cross_entropy(self.silver(states[tagged]).float(), batch.tags[tagged])
        return language, silver

    def _language(self, states: torch.Tensor, wanted: torch.Tensor, negatives: int) -> torch.Tensor:
        table = self.encoder.embeddings.word_embeddings
        if not negatives:
            return nn.functional.cross_entropy((states @ table.weight.T).float(), wanted)
        first = len(SPECIAL_TOKENS)
        sampled = torch.randint(first, table.num_embeddings, (negatives,), device=wanted.device)
        pieces, index = torch.unique(torch.cat([wanted, sampled]), return_inverse=True)
        return nn.functional.cross_entropy((states @ table(pieces).T).float(), index[: len(wanted)])


def learning_rate(step: int, progress: float, settings: PretrainingSettings) -> float:
    """Warm-up, plateau, linear fall over the last ``decay_steps`` of ``steps``, as a share of the top rate.

    ``progress`` is that of the whole pretraining, in [0, 1].
    """
    rise = (step + 1) / settings.warmup_steps
    return min(1.0, rise, (1 - progress) * settings.steps / settings.decay_steps)


def pretrain(
    shards: Iterable[Path],
    pieces: WordPieces,
    out: Path,
    settings: PretrainingSettings,
    *,
    embeddings: torch.Tensor | None = None,
    start: Path | None = None,
    device: str = "cpu",
) -> dict[str, Any]:
    """Pretrain and save the encoder to ``out``; returns what was done (settings, pieces seen, losses).

    Args:
        shards: files of lines (see ``read_shards``), all held in memory: five bytes a piece, twice that while
            they are joined.
        embeddings: (vocabulary, hidden) start of the word embeddings; random when None.
        start: an encoder to go on from; ``embeddings`` and the sizes in ``settings`` count for nothing then.
        device: of ``torch``: ``cpu``, ``cuda``.
    """
    torch.manual_seed(settings.seed)
    model = (_load(start) if start else _new(pieces, settings, embeddings)).to(device)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    array = read_shards(shards, pieces).to(torch.device(device))
    log.info("%d pieces to read", len(array))
    stream = iter(Stream(array, pieces, settings.sequence, settings.batch, settings.seed))
    losses = torch.zeros(2, device=device)
    history: list[list[float]] = []
    clock, step = Clock(settings.minutes), 0
    while (progress := clock.progress(step / settings.steps)) < 1.0:
        rate = settings.learning_rate * learning_rate(step, progress, settings)
        losses += _step(model, optimizer, next(stream), settings, rate)
        step += 1
        if step % LOGGED_STEPS == 0:
            history.append([step, *(losses / LOGGED_STEPS).tolist()])
            log.info("step %d language %.3f silver %.4f", *history[-1])
            losses.zero_()
            _save(model, out)
    _save(model, out)
    seen = step * settings.batch * settings.sequence
    done = {"steps": step, "pieces": seen, "history": history}
    return {"settings": asdict(settings), "device": device, **done}


def _step(
    model: PretrainingModel,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    settings: PretrainingSettings,
    rate: float,
) -> torch.Tensor:
    """One step down the gradient; the language and the silver loss."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(batch.inputs.device.type, torch.bfloat16):
        language, silver = model.losses(batch, settings.negatives)
    (language + settings.silver_weight * silver).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return torch.stack([language.detach(), silver.detach()]).float()


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
    fuse_attention(encoder)
    model.encoder = encoder
    if (folder / HEADS_FILE).is_file():
        fill(model, load_file(folder / HEADS_FILE), folder / HEADS_FILE)
    return model
