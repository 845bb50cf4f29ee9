"""Soft labels: made by teachers, kept in a file, learnt by a student."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from pressextract.cleaning import clean_text
from pressextract.errors import UsageError
from pressextract.facts.classifier import to_shares
from pressextract.training.articles import TaggedArticle, spans_of, tag_text
from pressextract.training.fit import ReaderSettings, ReaderTrainer
from pressextract.training.reader import Reader, judge, predict, spans_from
from pressextract.training.soft import label_facts, label_mentions, propose_facts, read_soft, write_soft
from pressextract.training.steps import (
    gold_dataset,
    load_pieces,
)

WINDOW = 254


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


def test_student_learns_what_the_teacher_thinks(
    soft: list, encoder_folder: Path, tiny: ReaderSettings
) -> None:
    pieces = load_pieces(encoder_folder)
    student = ReaderTrainer(Reader.load(encoder_folder, seed=1), pieces, tiny).train([], [soft])
    tables = predict(student, soft, pieces, WINDOW)
    for table, article in zip(tables, soft, strict=True):
        taught = spans_from(article.soft)
        assert len(taught & spans_from(table)) / len(taught) > 0.8
    for article, scores in zip(soft, judge(student, soft, pieces, WINDOW), strict=True):
        shares = to_shares(scores.numpy(), article.facts.pairs)
        assert np.abs(shares - article.facts.soft).mean() < 0.05


def test_soft_sets_are_read_in_turn(
    soft: list, encoder_folder: Path, batches: list, tiny: ReaderSettings
) -> None:
    settings = replace(tiny, epochs=3)
    trainer = ReaderTrainer(Reader.load(encoder_folder, seed=1), load_pieces(encoder_folder), settings)
    trainer.train([], [soft[:1], soft[1:]])
    first, second = soft[0].facts, soft[1].facts
    assert [[example is first, example is second] for (example,) in batches] == [
        [True, False],
        [False, True],
        [True, False],
    ]


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
