"""Run an exported model with onnxruntime: one window, or the mentions of one article, a call; one thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pressextract.errors import ModelError

Table = Sequence[Sequence[int]] | npt.NDArray[np.int64] | npt.NDArray[np.float32]
_SLOWER = ["SkipLayerNormFusion"]
"""The fused operator takes several times as long as the addition and the norm that it stands for."""


class OnnxModel:
    """An ONNX graph on the CPU.

    Windows are run one by one: an int8 graph scales its activations over the whole call, so that in a batch
    an article's result would depend on its neighbours. One window is enough work for one thread, and
    nothing is padded.

    Args:
        path: the ``.onnx`` file.
        inputs: names that the graph must take.
        outputs: names that it must give, in order.

    Raises:
        ModelError: it is missing, cannot be loaded, or is that of another kind of model.
    """

    def __init__(self, path: Path, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
        except Exception as err:  # onnxruntime has no public root of its errors
            reason = " ".join(str(err).split())[:200]
            raise ModelError(
                f"{path}: cannot be loaded by onnxruntime ({reason}); reinstall the model"
            ) from err
        taken = {node.name for node in self._session.get_inputs()}
        given = [node.name for node in self._session.get_outputs()]
        if taken != set(inputs) or given != list(outputs):
            raise ModelError(
                f"{path}: takes {', '.join(sorted(taken))} and gives {', '.join(given)}; "
                f"made for another version of pressextract: take the model that comes with this one"
            )

    def run(self, inputs: Mapping[str, Table]) -> list[npt.NDArray[np.float32]]:
        """The outputs, in the order of the graph; inputs are tables of numbers by name."""
        feed = {name: np.asarray(rows) for name, rows in inputs.items()}
        outputs: list[npt.NDArray[np.float32]] = self._session.run(None, feed)
        return outputs
