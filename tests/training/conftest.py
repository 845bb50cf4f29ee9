"""Tiny models and articles; every test of this folder needs the extra ``train``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spacy.language import Language
from tokenizers import Tokenizer

from pressextract.encoder.features import FEATURE_TYPES

if TYPE_CHECKING:
    from pressextract.training.articles import TaggedArticle
    from pressextract.training.fact_examples import FactExample
    from pressextract.training.fit import ReaderSettings
    from pressextract.training.reader import Reader

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


@pytest.fixture(scope="session")
def tiny() -> ReaderSettings:
    """Enough for a tiny reader to know three articles by heart."""
    from pressextract.training.fit import ReaderSettings

    return ReaderSettings(
        epochs=60, encoder_rate=3e-3, head_rate=1e-2, dropout=0.0, swap_share=0.0, batch_words=700
    )


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline up to the rulers."""
    from pressextract.training.steps import rulers

    return rulers()


@pytest.fixture(scope="session")
def articles(gold_file: Path, nlp: Language) -> list[TaggedArticle]:
    """The articles of ``gold_file`` as training takes them."""
    from pressextract.training.articles import read_articles
    from pressextract.training.steps import gold_dataset

    return list(read_articles(gold_dataset([gold_file]), nlp))


@pytest.fixture(scope="session")
def trained(articles: list[TaggedArticle], encoder_folder: Path, tiny: ReaderSettings) -> Reader:
    """A reader that knows ``articles`` by heart."""
    from pressextract.training.fit import ReaderTrainer
    from pressextract.training.reader import Reader
    from pressextract.training.steps import load_pieces

    reader = Reader.load(encoder_folder, seed=1)
    return ReaderTrainer(reader, load_pieces(encoder_folder), tiny).train(articles)


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[FactExample | None]]:
    """The fact examples of every batch that is trained on from now on."""
    from pressextract.training.fact_batch import batch_facts

    seen: list[list[FactExample | None]] = []
    monkeypatch.setattr(
        "pressextract.training.fit.batch_facts",
        lambda examples: seen.append(examples) or batch_facts(examples),  # type: ignore[func-returns-value]
    )
    return seen
