"""Fine-tuning a reader, exporting it, and running it without torch: the same spans and facts all the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
import torch
import transformers
from safetensors.torch import load_file, save_file
from spacy.language import Language
from tokenizers import Tokenizer

from pressextract.cleaning import clean_text
from pressextract.components.tagger import Tagger as RuntimeTagger
from pressextract.encoder.pieces import WordPieces
from pressextract.encoder.tags import NAME_TAGS
from pressextract.errors import UsageError
from pressextract.facts.classifier import FactClassifier, to_shares
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import rule_keys
from pressextract.facts.rules import find_facts
from pressextract.facts.table import tabulate
from pressextract.training.articles import entity_spans, read_articles, spans_of
from pressextract.training.augmentation import Augmenter
from pressextract.training.export import export_reader
from pressextract.training.fact_examples import make_example
from pressextract.training.fit import ReaderSettings, ReaderTrainer
from pressextract.training.optimisation import average_models
from pressextract.training.reader import HEADS_FILE, Reader, judge, predict, spans_from
from pressextract.training.soft import label_softly, read_soft, write_soft
from pressextract.training.steps import average_readers, gold_dataset, load_pieces, rulers, train_reader

SETTINGS = ReaderSettings(
    epochs=60, encoder_rate=3e-3, head_rate=1e-2, dropout=0.0, swap_share=0.0, batch_words=700
)
WINDOW = 254


@pytest.fixture(scope="module")
def nlp() -> Language:
    return rulers()


@pytest.fixture(scope="module")
def articles(gold_file: Path, nlp: Language) -> list:
    return list(read_articles(gold_dataset([gold_file]), nlp))


@pytest.fixture(scope="module")
def trained(articles: list, encoder_folder: Path) -> Reader:
    reader = Reader.load(encoder_folder, seed=1)
    return ReaderTrainer(reader, load_pieces(encoder_folder), SETTINGS).train(articles)


@pytest.fixture(scope="module")
def exported(trained: Reader, tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export_reader(trained, folder, int8=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_gold_mentions_become_spans(articles: list) -> None:
    article = articles[0]
    labels = {label for _, _, label in spans_of(article)}
    assert {"PERSON", "COMPANY", "CITY", "ROLE"} <= labels
    assert len(article.words) == len(article.features) == len(article.name_tags())


def test_reader_learns_the_mentions_that_it_is_shown(
    articles: list, trained: Reader, encoder_folder: Path
) -> None:
    tables = predict(trained, articles, load_pieces(encoder_folder), WINDOW)
    gold = [spans_of(article) for article in articles]
    found = [spans_from(table) for table in tables]
    hits = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    assert hits / sum(map(len, gold)) > 0.8


def test_reader_learns_the_facts_that_it_is_shown(
    articles: list, trained: Reader, encoder_folder: Path
) -> None:
    right = total = 0
    for article, scores in zip(
        articles, judge(trained, articles, load_pieces(encoder_folder), WINDOW), strict=True
    ):
        shares = to_shares(scores.numpy(), article.facts.pairs)
        is_fact = article.facts.labels > 0
        right += int((shares[is_fact].argmax(axis=1) == article.facts.labels[is_fact]).sum())
        total += int(is_fact.sum())
    assert total > 20
    assert right / total > 0.7


def test_run_time_gives_the_spans_of_training(
    articles: list, trained: Reader, exported: Path, encoder_folder: Path, gold_file: Path, nlp: Language
) -> None:
    tables = predict(trained, articles, load_pieces(encoder_folder), WINDOW)
    runtime = RuntimeTagger(exported, role_threshold=1.1)  # none of the rulers' stays
    for row, table in zip(gold_dataset([gold_file]), tables, strict=True):
        doc = runtime(nlp(clean_text(row["text"]).text))
        tagged = zip(doc.spans["tagged"], doc.spans["tagged"].attrs["found"], strict=True)
        spans = [span for span, is_own in tagged if is_own] + list(doc.spans["roles"])
        # labels may differ where tags disagree within a span: the run time takes the mean of its words
        expected = {(start, end) for start, end, _ in spans_from(table)}
        assert {(span.start, span.end) for span in spans} == expected


def test_run_time_gives_the_facts_of_training(
    articles: list, trained: Reader, exported: Path, encoder_folder: Path, gold_file: Path, nlp: Language
) -> None:
    scores = judge(trained, articles, load_pieces(encoder_folder), WINDOW)
    runtime, classifier = RuntimeTagger(exported, role_threshold=0.5), FactClassifier(exported)
    for row, article, expected in zip(gold_dataset([gold_file]), articles, scores, strict=True):
        clean = clean_text(row["text"])
        doc = runtime(nlp(clean.text))
        make_example(row, doc, list(entity_spans(row, clean, doc)))  # sets the gold mentions
        table = tabulate(doc, encode(doc))
        found = classifier.judge(doc, table, article.facts.pairs, rule_keys(*find_facts(encode(doc))))
        np.testing.assert_allclose(found, to_shares(expected.numpy(), article.facts.pairs), atol=1e-3)


def test_blanks_beside_a_mention_are_nothing_in_training_and_at_run_time(
    trained: Reader, exported: Path, encoder_folder: Path, nlp: Language
) -> None:
    text = "La société  Tarvel  nomme Jeanne Kervran  directrice  à Lyon."
    marks = [("c1", "COMPANY", "Tarvel"), ("p1", "PERSON", "Jeanne Kervran"), ("r1", "ROLE", "directrice")]
    row = {
        "id": "a1",
        "text": text,
        "entities": [
            {"id": key, "label": label, "mentions": [[text.index(form), text.index(form) + len(form)]]}
            for key, label, form in marks
        ],
        "positions": [{"person": "p1", "role": "r1", "organization": "c1", "status": "incoming"}],
        "based_in": [],
    }
    (article,) = read_articles([row], nlp)
    (expected,) = judge(trained, [article], load_pieces(encoder_folder), WINDOW)
    clean = clean_text(text)
    doc = RuntimeTagger(exported, role_threshold=0.5)(nlp(clean.text))
    make_example(row, doc, list(entity_spans(row, clean, doc)))
    table = tabulate(doc, encode(doc))
    found = FactClassifier(exported).judge(
        doc, table, article.facts.pairs, rule_keys(*find_facts(encode(doc)))
    )
    assert sorted(article.facts.labels) == [1, 3]
    np.testing.assert_allclose(found, to_shares(expected.numpy(), article.facts.pairs), atol=1e-3)


def test_heads_of_another_kind_are_refused(trained: Reader, encoder_folder: Path, tmp_path: Path) -> None:
    trained.save(tmp_path)
    heads = load_file(tmp_path / HEADS_FILE)
    heads.pop("names.bias")
    save_file(heads, tmp_path / HEADS_FILE)
    with pytest.raises(UsageError, match="heads of another kind"):
        Reader.load(tmp_path)
    save_file({**heads, "names.bias": torch.zeros(3)}, tmp_path / HEADS_FILE)
    with pytest.raises(UsageError, match="heads of other sizes"):
        Reader.load(tmp_path)


def test_training_repeats_with_its_seed(articles: list, encoder_folder: Path) -> None:
    def train() -> torch.Tensor:
        reader = Reader.load(encoder_folder, seed=1)
        settings = replace(SETTINGS, epochs=1, swap_share=0.3)
        return ReaderTrainer(reader, load_pieces(encoder_folder), settings).train(articles[:2]).names.weight

    assert torch.equal(train(), train())


def test_soft_labels_survive_the_file(
    articles: list, trained: Reader, encoder_folder: Path, tmp_path: Path
) -> None:
    labelled = label_softly([trained, trained], articles[:2], load_pieces(encoder_folder))
    write_soft(tmp_path / "soft.npz", labelled)
    again = read_soft(tmp_path / "soft.npz")
    assert [a.words for a in again] == [a.words for a in articles[:2]]
    np.testing.assert_allclose(again[0].soft[0], labelled[0].soft[0], atol=1e-3)
    assert again[0].soft[0].shape[1] == len(NAME_TAGS)
    student = ReaderTrainer(
        Reader.load(encoder_folder), load_pieces(encoder_folder), replace(SETTINGS, epochs=3)
    )
    taught = student.train([], again)
    assert not torch.equal(taught.names.weight, Reader.load(encoder_folder).names.weight)


def test_mean_of_readers(trained: Reader, encoder_folder: Path) -> None:
    fresh = Reader.load(encoder_folder, seed=1)
    mean = average_models([trained, fresh])
    expected = (trained.names.weight + fresh.names.weight) / 2
    assert torch.allclose(mean.names.weight, expected)
    assert torch.equal(average_models([trained]).names.weight, trained.names.weight)


def test_renaming_keeps_length_tags_and_facts(articles: list) -> None:
    augmenter = Augmenter(articles, seed=3, swap=1.0)
    varied = augmenter.vary(articles[0])
    assert len(varied.words) == len(articles[0].words)
    assert varied.words != articles[0].words
    assert varied.name_tags() == articles[0].name_tags()
    assert varied.facts is articles[0].facts


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
    train_reader([gold_file], folder, tmp_path / "one", replace(SETTINGS, epochs=1))
    average_readers([tmp_path / "one", tmp_path / "one"], tmp_path / "mean")
    reader = Reader.load(tmp_path / "mean")
    assert reader.has_features is False
    assert isinstance(load_pieces(tmp_path / "mean"), WordPieces)
    export_reader(reader, tmp_path / "mean")
    doc = RuntimeTagger(tmp_path / "mean", role_threshold=0.5)(spacy.blank("fr")("Ann Loy dirige Acme."))
    assert doc.tensor.shape == (len(doc), 16)
