"""Export a fine-tuned model to ONNX, with int8 weights, and measure how far the two are apart."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn


class _OneWindow(nn.Module):
    """A tagger as the run time calls it: pieces and types of whole windows, no padding, so no mask."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, *pairs: torch.Tensor
    ) -> torch.Tensor | tuple[torch.Tensor, ...]:
        outputs: torch.Tensor | tuple[torch.Tensor, ...] = self.model(
            input_ids, torch.ones_like(input_ids), token_type_ids, *pairs
        )
        return outputs


def export_onnx(
    model: nn.Module, path: Path, outputs: Sequence[str], *, pairs: int = 0, int8: bool = True
) -> None:
    """Write ``model`` to ``path``, with the named outputs.

    Inputs are ``input_ids`` and ``token_type_ids`` of (1, pieces), and ``pairs`` of (pairs, columns) when
    the model takes ``pairs`` columns of them. With ``int8`` matrices and embeddings are stored, and
    products computed, in 8 bits.
    """
    model.eval()
    sample = torch.ones(1, 16, dtype=torch.long)
    inputs: dict[str, torch.Tensor] = {"input_ids": sample, "token_type_ids": torch.zeros_like(sample)}
    axes = {name: {1: "pieces"} for name in inputs}
    if pairs:
        inputs["pairs"] = torch.zeros(3, pairs, dtype=torch.long)
        axes["pairs"] = {0: "candidates"}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the newer exporter needs one package more
        plain = Path(folder) / "float.onnx" if int8 else path
        torch.onnx.export(
            _OneWindow(model),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        if int8:
            # seven bits of weight: with eight, sums overflow on processors without VNNI
            quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
