"""Fine-tuning a reader, exporting it, and running it without torch: the same spans and facts all the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

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
from pressextract.errors import UsageError
from pressextract.facts.classifier import FactClassifier, to_shares
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import rule_keys
from pressextract.facts.rules import find_facts
from pressextract.facts.table import tabulate
from pressextract.training.articles import TaggedArticle, entity_spans, read_articles, spans_of, tag_text
from pressextract.training.augmentation import Augmenter
from pressextract.training.export import export_reader
from pressextract.training.fact_batch import batch_facts as batch
from pressextract.training.fact_examples import make_example, make_found_example, propose_example
from pressextract.training.fit import ReaderSettings, ReaderTrainer
from pressextract.training.optimisation import Optimizer, average_models, rate_share
from pressextract.training.reader import HEADS_FILE, Reader, judge, predict, spans_from
from pressextract.training.soft import label_facts, label_mentions, propose_facts, read_soft, write_soft
from pressextract.training.steps import (
    average_readers,
    gold_dataset,
    load_pieces,
    read_run,
    rulers,
    train_reader,
    window_of,
)

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


def gold_row(
    text: str, marks: list[tuple[str, str, str]], positions: list[tuple[str, str, str, str]]
) -> dict[str, Any]:
    """A gold article; ``marks`` are id, label and the text of the only mention of each entity."""
    keys = ("person", "role", "organization", "status")
    return {
        "id": "a1",
        "text": text,
        "entities": [
            {"id": key, "label": label, "mentions": [[text.index(form), text.index(form) + len(form)]]}
            for key, label, form in marks
        ],
        "positions": [dict(zip(keys, position, strict=True)) for position in positions],
        "based_in": [],
    }


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
    row = gold_row(text, marks, [("p1", "r1", "c1", "incoming")])
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


@pytest.fixture
def soft(trained: Reader, encoder_folder: Path, gold_file: Path, nlp: Language) -> list[TaggedArticle]:
    """Two articles as a teacher labels them that saw nothing but their text."""
    pieces = load_pieces(encoder_folder)
    docs = [nlp(clean_text(row["text"]).text) for row in gold_dataset([gold_file]).select(range(2))]
    labelled = [tag_text(str(number), doc) for number, doc in enumerate(docs)]
    label_mentions([trained, trained], labelled, pieces, WINDOW)
    for article, doc in zip(labelled, docs, strict=True):
        article.facts = propose_facts(article, doc)
    label_facts([trained, trained], labelled, pieces, WINDOW)
    return labelled


def test_teacher_proposes_and_judges_facts_over_its_own_mentions(soft: list, articles: list) -> None:
    for labelled, gold in zip(soft, articles, strict=False):
        assert labelled.facts.soft.shape == (len(labelled.facts.pairs), 5)
        np.testing.assert_allclose(labelled.facts.soft.sum(axis=1), 1, atol=1e-2)
        found = spans_from(labelled.soft)
        assert len(found & spans_of(gold)) / len(spans_of(gold)) > 0.8


def test_facts_over_found_mentions_know_what_is_wrong_and_what_is_missing(nlp: Language) -> None:
    text = "Jeanne Kervran est directrice de Tarvel. Luc Aubin est trésorier d'Ardelor."
    marks = [
        ("p1", "PERSON", "Jeanne Kervran"),
        ("r1", "ROLE", "directrice"),
        ("c1", "COMPANY", "Tarvel"),
        ("p2", "PERSON", "Luc Aubin"),
        ("r2", "ROLE", "trésorier"),
        ("c2", "COMPANY", "Ardelor"),
    ]
    row = gold_row(text, marks, [("p1", "r1", "c1", "current"), ("p2", "r2", "c2", "current")])
    doc = nlp(text)
    kept = [("PERSON", "Kervran"), ("ORGANIZATION", "Tarvel"), ("COMPANY", "Luc Aubin")]
    spans = [
        doc.char_span(text.index(form), text.index(form) + len(form), label=label) for label, form in kept
    ]
    doc.set_ents(spans)
    roles = [
        doc.char_span(text.index(form), text.index(form) + len(form), "ROLE")
        for form in ("directrice", "est")
    ]
    doc.spans["roles"] = roles
    example = make_found_example(row, doc, list(entity_spans(row, clean_text(text), doc)))
    assert len(example.places) == 5  # three names, two roles
    right = example.pairs[example.labels > 0].tolist()
    # Kervran, half of the name, holds; the body is right whatever its label; nothing holds at Ardelor
    assert right == [[0, 0, 2], [1, 2, 3]]
    assert example.labels[(example.pairs == [0, 0, 1]).all(axis=1)] == [0]  # "est" is no role


def test_found_mentions_are_read_in_place_of_the_gold_ones(
    articles: list, encoder_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list = []
    monkeypatch.setattr(
        "pressextract.training.fit.batch_facts", lambda examples: seen.extend(examples) or batch(examples)
    )
    both = [replace(article, found_facts=replace(article.facts)) for article in articles]
    settings = replace(SETTINGS, epochs=10)
    ReaderTrainer(Reader.load(encoder_folder, seed=1), load_pieces(encoder_folder), settings).train(both)
    found = sum(example is article.found_facts for example in seen for article in both)
    assert 0 < found < len(seen)


def test_soft_labels_survive_the_file(soft: list, tmp_path: Path) -> None:
    write_soft(tmp_path / "soft.npz", soft)
    again = read_soft(tmp_path / "soft.npz")
    for before, after in zip(soft, again, strict=True):
        assert (after.id, after.words, after.features) == (before.id, before.words, before.features)
        for one, two in zip(before.soft, after.soft, strict=True):
            np.testing.assert_allclose(two, one, atol=1e-3)
        np.testing.assert_allclose(after.facts.soft, before.facts.soft, atol=1e-3)
        for name in ("places", "mentions", "groups", "pairs", "features"):
            np.testing.assert_array_equal(getattr(after.facts, name), getattr(before.facts, name))


def test_soft_labels_without_facts_survive_the_file(soft: list, tmp_path: Path) -> None:
    write_soft(tmp_path / "soft.npz", [replace(article, facts=None) for article in soft])
    assert [article.facts for article in read_soft(tmp_path / "soft.npz")] == [None, None]


def test_student_learns_what_the_teacher_thinks(soft: list, encoder_folder: Path) -> None:
    pieces = load_pieces(encoder_folder)
    student = ReaderTrainer(Reader.load(encoder_folder, seed=1), pieces, SETTINGS).train([], [soft])
    tables = predict(student, soft, pieces, WINDOW)
    for table, article in zip(tables, soft, strict=True):
        taught = spans_from(article.soft)
        assert len(taught & spans_from(table)) / len(taught) > 0.8
    for article, scores in zip(soft, judge(student, soft, pieces, WINDOW), strict=True):
        shares = to_shares(scores.numpy(), article.facts.pairs)
        assert np.abs(shares - article.facts.soft).mean() < 0.05


def test_soft_sets_are_read_in_turn(
    soft: list, encoder_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list = []
    monkeypatch.setattr(
        "pressextract.training.fit.batch_facts", lambda examples: seen.append(examples) or batch(examples)
    )
    settings = replace(SETTINGS, epochs=3)
    trainer = ReaderTrainer(Reader.load(encoder_folder, seed=1), load_pieces(encoder_folder), settings)
    trainer.train([], [soft[:1], soft[1:]])
    first, second = soft[0].facts, soft[1].facts
    assert [[example is first, example is second] for (example,) in seen] == [
        [True, False],
        [False, True],
        [True, False],
    ]


def test_rate_falls_to_zero_unless_held() -> None:
    falling = [rate_share(progress, 0.1) for progress in (0.0, 0.05, 0.1, 0.55, 1.0)]
    assert falling == pytest.approx([0, 0.5, 1, 0.5, 0])
    assert [rate_share(progress, 0.1, hold=True) for progress in (0.0, 0.05, 0.1, 1.0)] == [0, 0.5, 1, 1]


@pytest.mark.parametrize("hold", [False, True])
def test_optimizer_stands_still_at_the_end_unless_held(hold: bool) -> None:
    layer = torch.nn.Linear(2, 1)
    before = layer.weight.clone()
    optimizer = Optimizer(layer, 0.1, 0.1, 0.1, 0.0, hold=hold)
    optimizer.step(layer(torch.ones(1, 2)).sum(), 1.0)
    assert torch.equal(layer.weight, before) is not hold


def test_more_soft_files_than_epochs_are_refused(
    gold_file: Path, encoder_folder: Path, tmp_path: Path
) -> None:
    soft = [tmp_path / f"{number}.npz" for number in range(SETTINGS.epochs + 1)]
    with pytest.raises(UsageError, match=f"{SETTINGS.epochs + 1} files of soft labels"):
        train_reader([gold_file], encoder_folder, tmp_path, SETTINGS, soft)


def test_reader_goes_on_from_another_with_its_heads(
    gold_file: Path, encoder_folder: Path, tmp_path: Path
) -> None:
    held = replace(SETTINGS, hold=True)
    train_reader([gold_file], encoder_folder, tmp_path / "start", held)
    still = replace(SETTINGS, epochs=1, encoder_rate=0.0, head_rate=0.0)
    train_reader([gold_file], tmp_path / "start", tmp_path / "branch", still)
    start, branch = Reader.load(tmp_path / "start"), Reader.load(tmp_path / "branch")
    assert torch.equal(start.names.weight, branch.names.weight)
    assert torch.equal(start.facts.output.weight, branch.facts.output.weight)
    assert read_run(tmp_path / "branch")["start"]["settings"]["hold"] is True
    assert "start" not in read_run(tmp_path / "start")


def test_articles_of_blanks_have_no_mention_and_no_fact(
    trained: Reader, encoder_folder: Path, nlp: Language
) -> None:
    pieces = load_pieces(encoder_folder)
    blanks = [tag_text(str(number), nlp(text)) for number, text in enumerate(("", "  "))]
    for article in blanks:
        article.facts = propose_example(nlp(""))
    assert [len(names) for names, _ in predict(trained, blanks, pieces, WINDOW)] == [0, len(blanks[1].words)]
    assert [len(scores) for scores in judge(trained, blanks, pieces, WINDOW)] == [0, 0]


def test_soft_labels_of_another_kind_are_refused(soft: list, tmp_path: Path) -> None:
    path = tmp_path / "soft.npz"
    with path.open("wb") as sink:
        np.savez(sink, articles=np.frombuffer(b"[]", dtype=np.uint8), names_0=np.zeros(1))
    with pytest.raises(UsageError, match="no soft labels of this version"):
        read_soft(path)
    with pytest.raises(UsageError, match="no article to label"):
        write_soft(path, [])
    with pytest.raises(ValueError, match="without soft labels"):
        write_soft(path, [*soft, TaggedArticle("x", ["Un"], [0])])


def test_finder_that_is_no_model_is_refused(gold_file: Path, encoder_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"finder fr_press-9\.9\.9: no such model"):
        train_reader([gold_file], encoder_folder, tmp_path, SETTINGS, finder="fr_press-9.9.9")


def test_window_of_averages_of_averages(gold_file: Path, encoder_folder: Path, tmp_path: Path) -> None:
    settings = replace(SETTINGS, epochs=1)
    train_reader([gold_file], encoder_folder, tmp_path / "one", settings)
    train_reader([gold_file], encoder_folder, tmp_path / "two", replace(settings, window=300))
    average_readers([tmp_path / "one", tmp_path / "one"], tmp_path / "mean")
    average_readers([tmp_path / "mean", tmp_path / "one"], tmp_path / "mean-2")
    assert window_of(read_run(tmp_path / "mean-2")) == SETTINGS.window
    with pytest.raises(UsageError, match="different windows"):
        average_readers([tmp_path / "one", tmp_path / "two"], tmp_path / "none")


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
