"""The reader as a torch module: one encoder under three heads, for names, for roles and for facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoConfig, AutoModel, RoFormerModel

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.probabilities import Floats, best_spans, outside
from pressextract.encoder.tags import NAME_TAGS, ROLE_TAGS
from pressextract.encoder.windows import Row
from pressextract.training.articles import Span, TaggedArticle
from pressextract.training.attention import fuse_attention
from pressextract.training.fact_batch import FactBatch, batch_facts
from pressextract.training.fact_head import FactHead
from pressextract.training.optimisation import fill
from pressextract.training.rows import RowBatch, batch_rows, cut_batches, rows_of

HEADS_FILE = "heads.safetensors"
READ_TOGETHER = 8000
"""Words in one pass through the encoder, where no weights change."""
Logits = tuple[torch.Tensor, torch.Tensor]
"""Of the name and of the role head."""


def load_encoder(folder: Path | str, dropout: float) -> nn.Module:
    """A pretrained encoder of ``transformers`` (a folder or a hub name), without its pooling layer."""
    config = AutoConfig.from_pretrained(folder)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    encoder: nn.Module = AutoModel.from_pretrained(folder, config=config, attn_implementation="eager")
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None
    if isinstance(encoder, RoFormerModel):
        fuse_attention(encoder)
    return encoder.float()  # a shipped encoder is stored in half precision


class Reader(nn.Module):
    """An encoder; two linear heads over the states of words (that of their first piece); a fact head."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        width = int(encoder.config.hidden_size)  # type: ignore[arg-type, union-attr]
        self.names = nn.Linear(width, len(NAME_TAGS))
        self.roles = nn.Linear(width, len(ROLE_TAGS))
        self.facts = FactHead(width, dropout)
        self.has_features = bool(encoder.config.type_vocab_size > 2)  # type: ignore[operator, union-attr]
        """Whether the encoder has room for the rulers' findings; a public one has not."""

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.names.weight.device

    def read(self, rows: RowBatch, feature_dropout: float = 0.0) -> torch.Tensor:
        """States (rows, pieces, units); a share of the rows goes without the rulers' findings."""
        kept = torch.rand(len(rows.ids), 1, device=rows.ids.device) >= feature_dropout
        states: torch.Tensor = self.encoder(
            input_ids=rows.ids, attention_mask=rows.mask, token_type_ids=rows.types * kept
        ).last_hidden_state
        return states

    def tag(self, states: torch.Tensor, rows: RowBatch) -> Logits:
        """Logits (words, tags) of the two heads, row after row."""
        words = self.dropout(states[rows.word_rows, rows.word_pieces])
        return self.names(words), self.roles(words)

    def relate(self, states: torch.Tensor, rows: RowBatch, batch: FactBatch) -> torch.Tensor:
        """Logits (pairs, classes) of the fact head; rows are those of the articles of ``batch``."""
        article = torch.arange(len(batch.places), device=batch.places.device)[:, None, None]
        pieces = rows.judged_pieces[article, batch.places]
        borders = states[rows.judged_rows[article, batch.places], pieces]
        borders = borders * (pieces > 0)[..., None]  # none, or a blank
        scores: torch.Tensor = self.facts(
            borders.flatten(2), batch.mentions, batch.groups, batch.present, batch.pairs
        )
        return scores

    def save(self, folder: Path) -> None:
        """Write the encoder as ``transformers`` does, and the heads beside it (safetensors)."""
        self.encoder.save_pretrained(folder)  # type: ignore[operator]
        heads = {key: value for key, value in self.state_dict().items() if not key.startswith("encoder.")}
        save_file(heads, folder / HEADS_FILE)

    @classmethod
    def load(cls, folder: Path | str, dropout: float = 0.0, seed: int = 0) -> Reader:
        """Read a saved reader, or start new heads, from ``seed``, over a pretrained encoder."""
        torch.manual_seed(seed)
        reader = cls(load_encoder(folder, dropout), dropout)
        heads = Path(folder) / HEADS_FILE
        if heads.is_file():
            fill(reader, load_file(heads), heads)
        return reader


@torch.no_grad()
def predict(
    reader: Reader, articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> list[tuple[Floats, Floats]]:
    """Probabilities (words, tags) of the name and of the role head for each article; blanks are outside."""
    predicted = [
        (outside(len(article.words), len(NAME_TAGS)), outside(len(article.words), len(ROLE_TAGS)))
        for article in articles
    ]
    start = 0
    for some, rows, batch, states in _read(reader, articles, pieces, window):
        names, roles = (scores.float().softmax(-1).cpu().numpy() for scores in reader.tag(states, batch))
        place = 0
        for row in rows:
            words = np.array(row.words, dtype=int)
            kept = (row.window.kept_start <= words) & (words < row.window.kept_end)
            for table, found in zip(predicted[start + row.article], (names, roles), strict=True):
                table[words[kept]] = found[place : place + len(words)][kept]
            place += len(words)
        start += len(some)
    return predicted


@torch.no_grad()
def judge(
    reader: Reader, articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> list[torch.Tensor]:
    """Logits (pairs, classes) of the fact head for each article."""
    judged: list[torch.Tensor] = []
    for some, _, batch, states in _read(reader, articles, pieces, window):
        examples = [article.facts for article in some]
        scores = reader.relate(states, batch, batch_facts(examples).to(reader.device)).float().cpu()
        judged.extend(scores.split([len(example.pairs) if example else 0 for example in examples]))
    return judged


def _read(
    reader: Reader, articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> Iterator[tuple[list[TaggedArticle], list[Row], RowBatch, torch.Tensor]]:
    """Some articles at a time, their windows, these as tensors, and their states."""
    reader.eval()
    for some in cut_batches(articles, READ_TOGETHER):
        rows = rows_of(some, pieces, window, has_features=reader.has_features)
        batch = batch_rows(rows, len(some), pieces.pad).to(reader.device)
        with torch.autocast(reader.device.type, torch.bfloat16, enabled=reader.device.type != "cpu"):
            yield some, rows, batch, reader.read(batch)


def spans_from(tables: tuple[Floats, Floats]) -> set[Span]:
    """The spans of the likeliest allowed tags of both heads."""
    spans: set[Span] = set()
    for table, tags in zip(tables, (NAME_TAGS, ROLE_TAGS), strict=True):
        spans.update(best_spans(table, tags))
    return spans
