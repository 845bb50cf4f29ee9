"""Export a fine-tuned model to ONNX, with int8 weights, and measure how far the two are apart."""

from __future__ import annotations

import tempfile
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

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        outputs: tuple[torch.Tensor, ...] = self.model(input_ids, torch.ones_like(input_ids), token_type_ids)
        return outputs


def export_onnx(model: nn.Module, path: Path, outputs: Sequence[str], *, int8: bool = True) -> None:
    """Write ``model`` to ``path``: inputs ``input_ids`` and ``token_type_ids`` of (1, pieces), the named
    outputs.

    With ``int8`` the matrices and the embeddings are stored in 8 bits, and the products are computed in them.
    """
    model.eval()
    sample = torch.ones(1, 16, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        plain = path if not int8 else Path(folder) / "float.onnx"
        torch.onnx.export(
            _OneWindow(model),
            (sample, torch.zeros_like(sample)),
            str(plain),
            input_names=["input_ids", "token_type_ids"],
            output_names=list(outputs),
            dynamic_axes={name: {1: "pieces"} for name in ("input_ids", "token_type_ids")},
            opset_version=17,
            dynamo=False,
        )
        if int8:
            quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True)
