"""CLASSIFY: a small fine-tuned transformer reads the article with its mentions marked and judges every
pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.session import OnnxModel
from pressextract.encoder.windows import cut_windows
from pressextract.facts.pairs import CLASSES, Pair, marker_types

MODEL_FILE, TOKENIZER_FILE = "facts.onnx", "tokenizer.json"
FACT_WINDOW, FACT_OVERLAP = 510, 160
"""Pieces of a window and of its overlap: a pair is judged in the first window that holds both its
mentions."""


class FactClassifier:
    """Class probabilities of candidate pairs (see ``pairs.CLASSES``).

    Args:
        folder: with ``facts.onnx`` and ``tokenizer.json``.

    Raises:
        ModelError: one of the two cannot be loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder / MODEL_FILE)
        self._pieces = WordPieces.from_file(folder / TOKENIZER_FILE)

    def judge(self, doc: Doc, pairs: Sequence[Pair]) -> list[list[float]]:
        """Probabilities of the classes of each pair, in order; a pair that no window holds is ``none``."""
        judged = [[1.0] + [0.0] * (len(CLASSES[pair.candidate.relation]) - 1) for pair in pairs]
        if not pairs:
            return judged
        encoded = self._pieces.encode_words(token.text for token in doc)
        types = marker_types(doc)
        left = set(range(len(pairs)))
        for window in cut_windows([len(ids) for ids in encoded], FACT_WINDOW, FACT_OVERLAP):
            inside = sorted(n for n in left if _is_in(pairs[n], window.start, window.end))
            left.difference_update(inside)
            if inside:
                scores = self._run(encoded, types, window.start, window.end, [pairs[n] for n in inside])
                for number, row in zip(inside, scores, strict=True):
                    judged[number] = _softmax(row[: len(judged[number])])
        return judged

    def _run(
        self,
        encoded: Sequence[tuple[int, ...]],
        types: Sequence[int],
        start: int,
        end: int,
        pairs: Sequence[Pair],
    ) -> Sequence[Sequence[float]]:
        ids, kinds, place_of = [self._pieces.first], [0], {}
        for word in range(start, end):
            place_of[word] = len(ids)
            ids.extend(encoded[word])
            kinds.extend([types[word]] * len(encoded[word]))
        ids.append(self._pieces.last)
        kinds.append(0)
        rows = [[0, place_of[pair.first], place_of[pair.second], *pair.features] for pair in pairs]
        scores: list[list[float]] = self._model.run(
            {"input_ids": [ids], "token_type_ids": [kinds], "pairs": rows}
        )[0].tolist()
        return scores


def _is_in(pair: Pair, start: int, end: int) -> bool:
    return start <= min(pair.first, pair.second) and max(pair.first, pair.second) < end


def _softmax(scores: Sequence[float]) -> list[float]:
    exponents = np.exp(np.array(scores) - max(scores))
    shares: list[float] = (exponents / exponents.sum()).tolist()
    return shares
