"""How a training goes on and ends: by epochs or by the clock, with workers or without."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from pressextract.errors import UsageError
from pressextract.training import optimisation
from pressextract.training.articles import TaggedArticle
from pressextract.training.fit import Prepared, ReaderSettings, ReaderTrainer
from pressextract.training.reader import Reader
from pressextract.training.steps import load_pieces


class Recorder(ReaderTrainer):
    """Keeps the progress of every step."""

    def _step(self, prepared: Prepared, progress: float) -> float:
        self.progress = [*getattr(self, "progress", []), progress]
        return super()._step(prepared, progress)


def trainer_of(encoder: Path, settings: ReaderSettings) -> Recorder:
    return Recorder(Reader.load(encoder, seed=1), load_pieces(encoder), settings)


def test_epochs_end_a_training(
    articles: list[TaggedArticle], encoder_folder: Path, tiny: ReaderSettings
) -> None:
    trainer = trainer_of(encoder_folder, replace(tiny, epochs=2, batch_words=1))
    trainer.train(articles)
    assert (trainer.steps, trainer.epochs) == (2 * len(articles), 2.0)
    assert trainer.progress == pytest.approx([n / (2 * len(articles)) for n in range(2 * len(articles))])


def test_time_ends_a_training(
    articles: list[TaggedArticle],
    encoder_folder: Path,
    tiny: ReaderSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = count()
    monkeypatch.setattr(optimisation, "time", SimpleNamespace(monotonic=lambda: float(next(seconds))))
    trainer = trainer_of(encoder_folder, replace(tiny, minutes=0.2, epochs=1, batch_words=1))
    trainer.train(articles)
    assert trainer.steps == len(trainer.progress) > len(articles)
    assert 1 < trainer.epochs < trainer.steps
    assert trainer.progress == sorted(trainer.progress)
    assert 0 < trainer.progress[0] < 0.2 < 0.7 < trainer.progress[-1] < 1


@pytest.mark.parametrize("minutes", [0.0, 1.0])
def test_nothing_to_learn_from_is_told(encoder_folder: Path, tiny: ReaderSettings, minutes: float) -> None:
    blank = TaggedArticle("a1", [" "], [0])
    with pytest.raises(UsageError, match="no article"):
        trainer_of(encoder_folder, replace(tiny, minutes=minutes)).train([blank])


def test_a_held_reader_is_the_last_one_and_no_mean(
    articles: list[TaggedArticle], encoder_folder: Path, tiny: ReaderSettings
) -> None:
    settings = replace(tiny, epochs=3, average_from=0.0)
    reader = Reader.load(encoder_folder, seed=1)
    pieces = load_pieces(encoder_folder)
    assert ReaderTrainer(reader, pieces, replace(settings, hold=True)).train(articles) is reader
    assert ReaderTrainer(reader, pieces, settings).train(articles) is not reader


def test_workers_prepare_the_same_batches(
    articles: list[TaggedArticle], encoder_folder: Path, tiny: ReaderSettings
) -> None:
    here, there = (
        list(
            trainer_of(encoder_folder, replace(tiny, workers=workers, rule_dropout=0.0))._prefetch(
                [[article] for article in articles]
            )
        )
        for workers in (0, 2)
    )
    assert [batch.rows.ids.tolist() for batch in here] == [batch.rows.ids.tolist() for batch in there]
    assert [batch.facts.pairs.tolist() for batch in here] == [batch.facts.pairs.tolist() for batch in there]
    assert [batch.targets[0].tolist() for batch in here] == [batch.targets[0].tolist() for batch in there]


def test_each_worker_makes_choices_of_its_own(
    articles: list[TaggedArticle],
    encoder_folder: Path,
    tiny: ReaderSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer = trainer_of(encoder_folder, replace(tiny, workers=2))
    monkeypatch.setattr(trainer, "_prepare", lambda _: (os.getpid(), trainer._random.random()))
    made = list(trainer._prefetch([articles] * 6))
    processes, choices = ({one[place] for one in made} for place in (0, 1))
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert len(choices) == len(made)
