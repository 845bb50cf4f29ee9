"""The steps of training: from files to folders, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
import torch
import transformers

from pressextract.components.tagger import Tagger as RuntimeTagger
from pressextract.encoder.pieces import WordPieces
from pressextract.errors import UsageError
from pressextract.training.export import export_reader
from pressextract.training.fit import ReaderSettings
from pressextract.training.reader import Reader
from pressextract.training.steps import (
    average_readers,
    load_pieces,
    read_run,
    train_reader,
    window_of,
)


def test_more_soft_files_than_epochs_are_refused(
    gold_file: Path, encoder_folder: Path, tmp_path: Path, tiny: ReaderSettings
) -> None:
    soft = [tmp_path / f"{number}.npz" for number in range(tiny.epochs + 1)]
    with pytest.raises(UsageError, match=f"{tiny.epochs + 1} files of soft labels"):
        train_reader([gold_file], encoder_folder, tmp_path, tiny, soft)


def test_reader_goes_on_from_another_with_its_heads(
    gold_file: Path, encoder_folder: Path, tmp_path: Path, tiny: ReaderSettings
) -> None:
    held = replace(tiny, hold=True)
    train_reader([gold_file], encoder_folder, tmp_path / "start", held)
    still = replace(tiny, epochs=1, encoder_rate=0.0, head_rate=0.0)
    train_reader([gold_file], tmp_path / "start", tmp_path / "branch", still)
    start, branch = Reader.load(tmp_path / "start"), Reader.load(tmp_path / "branch")
    assert torch.equal(start.names.weight, branch.names.weight)
    assert torch.equal(start.facts.output.weight, branch.facts.output.weight)
    assert read_run(tmp_path / "branch")["start"]["settings"]["hold"] is True
    assert "start" not in read_run(tmp_path / "start")


def test_finder_that_is_no_model_is_refused(
    gold_file: Path, encoder_folder: Path, tmp_path: Path, tiny: ReaderSettings
) -> None:
    with pytest.raises(UsageError, match=r"finder fr_press-9\.9\.9: no such model"):
        train_reader([gold_file], encoder_folder, tmp_path, tiny, finder="fr_press-9.9.9")


def test_window_of_averages_of_averages(
    gold_file: Path, encoder_folder: Path, tmp_path: Path, tiny: ReaderSettings
) -> None:
    settings = replace(tiny, epochs=1)
    train_reader([gold_file], encoder_folder, tmp_path / "one", settings)
    train_reader([gold_file], encoder_folder, tmp_path / "two", replace(settings, window=300))
    average_readers([tmp_path / "one", tmp_path / "one"], tmp_path / "mean")
    average_readers([tmp_path / "mean", tmp_path / "one"], tmp_path / "mean-2")
    assert window_of(read_run(tmp_path / "mean-2")) == tiny.window
    with pytest.raises(UsageError, match="different windows"):
        average_readers([tmp_path / "one", tmp_path / "two"], tmp_path / "none")


def test_public_encoder_of_the_camembert_class(gold_file: Path, tmp_path: Path, tiny: ReaderSettings) -> None:
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
    train_reader([gold_file], folder, tmp_path / "one", replace(tiny, epochs=1))
    average_readers([tmp_path / "one", tmp_path / "one"], tmp_path / "mean")
    reader = Reader.load(tmp_path / "mean")
    assert reader.has_features is False
    assert isinstance(load_pieces(tmp_path / "mean"), WordPieces)
    export_reader(reader, tmp_path / "mean")
    doc = RuntimeTagger(tmp_path / "mean", role_threshold=0.5)(spacy.blank("fr")("Ann Loy dirige Acme."))
    assert doc.tensor.shape == (len(doc), 16)
