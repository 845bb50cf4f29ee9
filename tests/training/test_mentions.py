"""Fine-tuning a tagger, exporting it, and running it without torch: the same spans all the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
import torch
import transformers
from tokenizers import Tokenizer

from pressextract.cleaning import clean_text
from pressextract.components.tagger import Tagger as RuntimeTagger
from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.tags import NAME_TAGS
from pressextract.training.articles import read_articles, spans_of
from pressextract.training.augmentation import Augmenter
from pressextract.training.export import export_onnx
from pressextract.training.mentions import MentionTrainer, TaggerSettings
from pressextract.training.soft import label_softly, read_soft, write_soft
from pressextract.training.steps import gold_dataset, load_pieces, train_mentions
from pressextract.training.tagger import Tagger, predict, spans_from

SETTINGS = TaggerSettings(
    epochs=60, encoder_rate=3e-3, head_rate=1e-2, dropout=0.0, swap_share=0.0, batch_pieces=1024
)


@pytest.fixture(scope="module")
def articles(gold_file: Path) -> list:
    return list(read_articles(gold_dataset([gold_file]), spacy.blank("fr")))


@pytest.fixture(scope="module")
def trained(articles: list, encoder_folder: Path) -> Tagger:
    tagger = Tagger.load(encoder_folder, seed=1)
    return MentionTrainer(tagger, load_pieces(encoder_folder), SETTINGS).train(articles)


def test_gold_mentions_become_spans(articles: list) -> None:
    article = articles[0]
    labels = {label for _, _, label in spans_of(article)}
    assert {"PERSON", "COMPANY", "CITY", "ROLE"} <= labels
    assert len(article.words) == len(article.features) == len(article.name_tags())


def test_tagger_learns_what_it_is_shown(articles: list, trained: Tagger, encoder_folder: Path) -> None:
    tables = predict(trained, articles, load_pieces(encoder_folder), 254)
    gold = [spans_of(article) for article in articles]
    found = [spans_from(table) for table in tables]
    hits = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    assert hits / sum(map(len, gold)) > 0.8


def test_run_time_gives_the_spans_of_training(
    trained: Tagger, encoder_folder: Path, gold_file: Path, tmp_path: Path, tokenizer: Tokenizer
) -> None:
    export_onnx(trained, tmp_path / "mentions.onnx", ("names", "roles"), int8=False)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    nlp = spacy.blank("fr")
    rows = gold_dataset([gold_file])
    tables = predict(trained, list(read_articles(rows, nlp)), load_pieces(encoder_folder), 254)
    runtime = RuntimeTagger(tmp_path, role_threshold=0.5)
    same = total = 0
    for row, table in zip(rows, tables, strict=True):
        doc = runtime(nlp(clean_text(row["text"]).text))
        found = {(s.start, s.end, s.label_) for group in ("tagged", "roles") for s in doc.spans[group]}
        expected = spans_from(table)
        same, total = same + len(found & expected), total + len(found | expected)
    assert same / total > 0.95  # predict() computes in bfloat16


def test_training_repeats_with_its_seed(articles: list, encoder_folder: Path) -> None:
    def train() -> torch.Tensor:
        tagger = Tagger.load(encoder_folder, seed=1)
        settings = replace(SETTINGS, epochs=1, swap_share=0.3)
        return MentionTrainer(tagger, load_pieces(encoder_folder), settings).train(articles[:2]).names.weight

    assert torch.equal(train(), train())


def test_soft_labels_survive_the_file(
    articles: list, trained: Tagger, encoder_folder: Path, tmp_path: Path
) -> None:
    labelled = label_softly([trained, trained], articles[:2], load_pieces(encoder_folder))
    write_soft(tmp_path / "soft.npz", labelled)
    again = read_soft(tmp_path / "soft.npz")
    assert [a.words for a in again] == [a.words for a in articles[:2]]
    np.testing.assert_allclose(again[0].soft[0], labelled[0].soft[0], atol=1e-3)
    assert again[0].soft[0].shape[1] == len(NAME_TAGS)
    student = MentionTrainer(
        Tagger.load(encoder_folder), load_pieces(encoder_folder), replace(SETTINGS, epochs=1)
    )
    assert student.train(articles[2:3], again).training is True


def test_renaming_keeps_length_and_tags(articles: list) -> None:
    augmenter = Augmenter(articles, seed=3, swap=1.0)
    varied = augmenter.vary(articles[0])
    assert len(varied.words) == len(articles[0].words)
    assert varied.words != articles[0].words
    assert varied.name_tags() == articles[0].name_tags()


def test_public_encoder_of_the_camembert_class(gold_file: Path, tmp_path: Path) -> None:
    """What ``--encoder almanach/camembert-base`` does, on a tiny random model of the same class."""
    vocabulary = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0)]
    vocabulary += [(letter, -2.0) for letter in "abcdefghijklmnopqrstuvwxyzéèàçABCDEFGHIJKLMNOPQRSTUVWXYZ'-"]
    public = transformers.CamembertTokenizer(vocab=vocabulary)
    config = transformers.CamembertConfig(
        vocab_size=len(public),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    folder = tmp_path / "public"
    transformers.CamembertModel(config).save_pretrained(folder)
    public.save_pretrained(folder)
    train_mentions([gold_file], folder, tmp_path / "out", replace(SETTINGS, epochs=1))
    assert Tagger.load(tmp_path / "out").has_features is False
    assert isinstance(load_pieces(tmp_path / "out"), WordPieces)
