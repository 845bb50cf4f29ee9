"""Fine-tuning a reader, exporting it, and running it without torch: the same spans and facts all the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from spacy.language import Language
from tokenizers import Tokenizer

from pressextract.cleaning import clean_text
from pressextract.components.tagger import Tagger as RuntimeTagger
from pressextract.errors import UsageError
from pressextract.facts.classifier import FactClassifier, to_shares
from pressextract.facts.encoding import encode
from pressextract.facts.pairs import rule_keys
from pressextract.facts.rules import find_facts
from pressextract.facts.table import tabulate
from pressextract.training.articles import (
    entity_spans,
    read_articles,
    spans_of,
    tag_text,
)
from pressextract.training.augmentation import Augmenter
from pressextract.training.export import export_reader
from pressextract.training.fact_examples import make_example, make_found_example, propose_example
from pressextract.training.fit import ReaderSettings, ReaderTrainer
from pressextract.training.reader import HEADS_FILE, Reader, judge, predict, spans_from
from pressextract.training.steps import (
    gold_dataset,
    load_pieces,
)

WINDOW = 254


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


def test_training_repeats_with_its_seed(articles: list, encoder_folder: Path, tiny: ReaderSettings) -> None:
    def train() -> torch.Tensor:
        reader = Reader.load(encoder_folder, seed=1)
        settings = replace(tiny, epochs=1, swap_share=0.3)
        return ReaderTrainer(reader, load_pieces(encoder_folder), settings).train(articles[:2]).names.weight

    assert torch.equal(train(), train())


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
    articles: list, encoder_folder: Path, batches: list, tiny: ReaderSettings
) -> None:
    both = [replace(article, found_facts=replace(article.facts)) for article in articles]
    settings = replace(tiny, epochs=10)
    ReaderTrainer(Reader.load(encoder_folder, seed=1), load_pieces(encoder_folder), settings).train(both)
    seen = [example for batch in batches for example in batch]
    found = sum(example is article.found_facts for example in seen for article in both)
    assert 0 < found < len(seen)


def test_articles_of_blanks_have_no_mention_and_no_fact(
    trained: Reader, encoder_folder: Path, nlp: Language
) -> None:
    pieces = load_pieces(encoder_folder)
    blanks = [tag_text(str(number), nlp(text)) for number, text in enumerate(("", "  "))]
    for article in blanks:
        article.facts = propose_example(nlp(""))
    assert [len(names) for names, _ in predict(trained, blanks, pieces, WINDOW)] == [0, len(blanks[1].words)]
    assert [len(scores) for scores in judge(trained, blanks, pieces, WINDOW)] == [0, 0]


def test_renaming_keeps_length_tags_and_facts(articles: list) -> None:
    augmenter = Augmenter(articles, seed=3, swap=1.0)
    varied = augmenter.vary(articles[0])
    assert len(varied.words) == len(articles[0].words)
    assert varied.words != articles[0].words
    assert varied.name_tags() == articles[0].name_tags()
    assert varied.facts is articles[0].facts
