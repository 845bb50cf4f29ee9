"""Tiny models and articles; every test of this folder needs the extra ``train``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from pressextract.encoder.features import FEATURE_TYPES

EXTRA = ("torch", "transformers", "datasets", "safetensors", "onnx")
collect_ignore_glob = [] if all(find_spec(name) for name in EXTRA) else ["test_*.py"]
"""Nothing here can be imported without the extra."""
GOLD = Path(__file__).parents[2] / "corpora" / "written" / "train.jsonl"
TINY = {"layers": 1, "hidden": 32, "heads": 2, "inner": 64, "feature_types": FEATURE_TYPES, "sequence": 32}


@pytest.fixture(scope="session")
def gold_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first three written articles."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("".join(GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """A vocabulary of the written articles."""
    from pressextract.training.vocabulary import train_vocabulary

    words = [line.replace("\\n", " ") for line in GOLD.read_text(encoding="utf-8").split("\n")[:40]]
    return train_vocabulary(words, 2000)


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Path:
    """A random encoder of the shipped kind."""
    import torch
    import transformers

    from pressextract.training.masked_language import PretrainingSettings, encoder_config

    folder = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(1)
    transformers.RoFormerModel(
        encoder_config(PretrainingSettings(**TINY), tokenizer.get_vocab_size())
    ).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
