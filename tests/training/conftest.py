"""Tiny models and articles; every test of this folder needs the extra ``train``."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("datasets")

from tokenizers import Tokenizer  # noqa: E402

from pressextract.encoder.features import FEATURE_TYPES  # noqa: E402
from pressextract.training.masked_language import PretrainingSettings, encoder_config  # noqa: E402
from pressextract.training.vocabulary import train_vocabulary  # noqa: E402

GOLD = Path(__file__).parents[2] / "corpora" / "written" / "train.jsonl"
TINY = PretrainingSettings(
    layers=1,
    hidden=32,
    heads=2,
    inner=64,
    feature_types=FEATURE_TYPES,
    sequence=32,
    batch=4,
    steps=4,
    warmup_steps=2,
)


@pytest.fixture(scope="session")
def gold_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first three written articles."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("".join(GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """A vocabulary of the written articles."""
    words = [line.replace("\\n", " ") for line in GOLD.read_text(encoding="utf-8").split("\n")[:40]]
    return train_vocabulary(words, 2000)


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Path:
    """A random encoder of the shipped kind."""
    folder = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(1)
    transformers.RoFormerModel(encoder_config(TINY, tokenizer.get_vocab_size())).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
