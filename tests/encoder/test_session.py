"""Graphs that are not what they should be are one clear error when the model is loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from pressextract.encoder.session import OnnxModel
from pressextract.errors import ModelError
from pressextract.facts import classifier
from pressextract.facts.candidates import propose_candidates
from pressextract.facts.classifier import MODEL_FILE, FactClassifier
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import Key
from pressextract.facts.table import tabulate
from pressextract.model_folders import DEFAULT_MODEL, find_model

FOLDER = find_model(DEFAULT_MODEL)


def test_graph_of_another_kind_is_refused() -> None:
    assert FOLDER is not None
    with pytest.raises(
        ModelError, match="takes groups, mentions, pairs, states and gives scores; made for another"
    ):
        OnnxModel(FOLDER / MODEL_FILE, ("input_ids",), ("scores",))


def test_broken_or_absent_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / MODEL_FILE).write_bytes(b"no graph")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ModelError, match=r"cannot be loaded by onnxruntime .*; reinstall the model"):
            FactClassifier(folder)


def test_many_pairs_are_judged_by_relation(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FOLDER is not None
    doc = nlp(
        "Jeanne Kervran, directrice de la société Tarvel, et Paul Morvan, PDG de la société Ondine, à Lyon."
    )
    table = tabulate(doc, encode(doc))
    pairs, accepted = propose_candidates(table), set[Key]()
    facts = FactClassifier(FOLDER)
    calls: list[int] = []
    run = OnnxModel.run
    monkeypatch.setattr(
        OnnxModel, "run", lambda self, inputs: calls.append(len(inputs["pairs"])) or run(self, inputs)
    )
    whole = facts.judge(doc, table, pairs, accepted)
    monkeypatch.setattr(classifier, "MAX_TOGETHER", 2)
    # products of 8 bits are scaled by all that is judged together, so that the last digits differ
    np.testing.assert_allclose(facts.judge(doc, table, pairs, accepted), whole, atol=0.02)
    assert calls == [len(pairs), *np.bincount(pairs[:, 0])]
