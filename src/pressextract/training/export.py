"""Export a fine-tuned reader to two ONNX graphs, with int8 weights: words to tags and states, states to
facts."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import RoFormerModel

from pressextract.components.tagger import MODEL_FILE as MENTIONS_FILE
from pressextract.facts.classifier import MODEL_FILE as FACTS_FILE
from pressextract.facts.pairs import MENTION_SIZES, PAIR_SIZES
from pressextract.training.fact_batch import STATES_A_MENTION
from pressextract.training.fused import FusedEncoder
from pressextract.training.reader import Reader

_OPSET = 17
_Axes = dict[int, str]


class _Words(nn.Module):
    """The encoder and the tag heads over one window: no padding, so no mask."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        is_ours = isinstance(reader.encoder, RoFormerModel)
        self.fused = FusedEncoder(reader.encoder) if is_ours else None  # type: ignore[arg-type]
        self.reader = reader

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        if self.fused is not None:
            states = self.fused(input_ids, token_type_ids)
        else:
            mask = torch.ones_like(input_ids)
            states = self.reader.encoder(input_ids, mask, token_type_ids).last_hidden_state
        return self.reader.names(states), self.reader.roles(states), states


class _Facts(nn.Module):
    """The fact head over the mentions of one article."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.head = reader.facts

    def forward(
        self, states: torch.Tensor, mentions: torch.Tensor, groups: torch.Tensor, pairs: torch.Tensor
    ) -> torch.Tensor:
        present = torch.ones_like(groups[None], dtype=torch.bool)
        numbered = torch.cat([torch.zeros_like(pairs[:, :1]), pairs], dim=1)
        scores: torch.Tensor = self.head(states[None], mentions[None], groups[None], present, numbered)
        return scores


def export_reader(reader: Reader, folder: Path, *, int8: bool = True) -> None:
    """Write ``mentions.onnx`` and ``facts.onnx`` to ``folder``.

    The first takes ``input_ids`` and ``token_type_ids`` (1, pieces) and gives ``names``, ``roles`` and
    ``states`` (1, pieces, ...). The second takes ``states`` (mentions, units), ``mentions`` (mentions,
    features), ``groups`` (mentions) and ``pairs`` (pairs, 2 + features), and gives ``scores`` (pairs,
    classes). With ``int8`` matrices and embeddings are stored, and products computed, in 8 bits.
    """
    reader.eval()
    pieces = torch.ones(1, 16, dtype=torch.long)
    window = {"input_ids": pieces, "token_type_ids": torch.zeros_like(pieces)}
    _export(_Words(reader), folder / MENTIONS_FILE, window, ("names", "roles", "states"), {1: "pieces"}, int8)
    width = reader.names.in_features
    article = {
        "states": torch.zeros(5, STATES_A_MENTION * width),
        "mentions": torch.zeros(5, len(MENTION_SIZES), dtype=torch.long),
        "groups": torch.zeros(5, dtype=torch.long),
        "pairs": torch.zeros(3, 2 + len(PAIR_SIZES), dtype=torch.long),
    }
    _export(_Facts(reader), folder / FACTS_FILE, article, ("scores",), {0: "number"}, int8)


def _export(
    model: nn.Module,
    path: Path,
    inputs: Mapping[str, torch.Tensor],
    outputs: Sequence[str],
    axes: _Axes,
    int8: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the newer exporter needs one package more; tracing warns a lot
        plain = Path(folder) / "float.onnx" if int8 else path
        torch.onnx.export(
            model.eval(),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {axis: f"{name}_{text}" for axis, text in axes.items()} for name in inputs},
            opset_version=_OPSET,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        if int8:
            # seven bits of weight: with eight, sums overflow on processors without VNNI
            quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
