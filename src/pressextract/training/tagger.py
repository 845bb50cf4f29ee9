"""The mention tagger as a torch model: an encoder with a head for names and one for roles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoConfig, AutoModel

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.tags import NAME_TAGS, ROLE_TAGS, best_path, decode_spans
from pressextract.training.articles import Span, TaggedArticle
from pressextract.training.rows import at_words, make_batches, make_rows, pad_rows

HEADS_FILE = "heads.safetensors"
_PREDICTED_PIECES = 4096


def load_encoder(folder: Path | str, dropout: float) -> nn.Module:
    """A pretrained encoder of ``transformers`` (a folder or a hub name), without its pooling layer."""
    config = AutoConfig.from_pretrained(folder)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    encoder: nn.Module = AutoModel.from_pretrained(folder, config=config, attn_implementation="eager")
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None
    return encoder.float()  # a shipped encoder is stored in half precision


def save_model(model: nn.Module, folder: Path) -> None:
    """Write the encoder as ``transformers`` does, and the heads beside it (safetensors)."""
    model.encoder.save_pretrained(folder)  # type: ignore[operator, union-attr]
    heads = {key: value for key, value in model.state_dict().items() if not key.startswith("encoder.")}
    save_file(heads, folder / HEADS_FILE)


def load_heads(model: nn.Module, folder: Path | str) -> None:
    """Read the heads that ``save_model`` wrote, when there are any."""
    heads = Path(folder) / HEADS_FILE
    if heads.is_file():
        model.load_state_dict(load_file(heads), strict=False)


class Tagger(nn.Module):
    """Two linear heads over the encoder's states; only those at the first piece of a word count."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        width = encoder.config.hidden_size
        self.names = nn.Linear(width, len(NAME_TAGS))
        self.roles = nn.Linear(width, len(ROLE_TAGS))
        self.has_features = encoder.config.type_vocab_size > 2
        """Whether the encoder has room for the rulers' findings; a public one has not."""

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (rows, pieces, tags) of the two heads."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        states = self.dropout(states)
        return self.names(states), self.roles(states)

    @classmethod
    def load(cls, folder: Path | str, dropout: float = 0.0, seed: int = 0) -> Tagger:
        """Read a saved tagger, or start new heads, from ``seed``, over a pretrained encoder."""
        torch.manual_seed(seed)
        tagger = cls(load_encoder(folder, dropout), dropout)
        load_heads(tagger, folder)
        return tagger


Tables = tuple[torch.Tensor, torch.Tensor]
"""Probabilities (words, tags) of the name and of the role head for one article."""


@torch.no_grad()
def predict(
    tagger: Tagger, articles: Sequence[TaggedArticle], pieces: WordPieces, window: int
) -> list[Tables]:
    """The tables of each article; blanks are outside."""
    tagger.eval()
    tables = [
        tuple(_outside(len(article.words), len(tags)) for tags in (NAME_TAGS, ROLE_TAGS))
        for article in articles
    ]
    rows = make_rows(articles, pieces, window, has_features=tagger.has_features)
    for batch in make_batches(rows, _PREDICTED_PIECES):
        inputs = pad_rows([row.ids for row in batch], [row.types for row in batch], pieces.pad)
        with torch.autocast("cpu", torch.bfloat16):
            logits = tagger(*inputs)
        origin = [(row, word) for row in batch for word in row.words]
        for head in (0, 1):
            probabilities = at_words(logits[head], batch).float().softmax(-1)
            for (row, word), shares in zip(origin, probabilities, strict=True):
                if row.window.kept_start <= word < row.window.kept_end:
                    tables[row.article][head][word] = shares
    return [(names, roles) for names, roles in tables]


def _outside(words: int, tags: int) -> torch.Tensor:
    table = torch.zeros(words, tags)
    table[:, 0] = 1.0
    return table


def spans_from(tables: Tables) -> set[Span]:
    """The best spans of one article."""
    spans: set[Span] = set()
    for table, tags in zip(tables, (NAME_TAGS, ROLE_TAGS), strict=True):
        spans.update(decode_spans(best_path(table.clamp_min(1e-9).log().numpy(), tags), tags))
    return spans
