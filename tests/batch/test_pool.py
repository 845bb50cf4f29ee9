"""Worker processes: order, and what becomes of a worker that the system kills."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from pressextract.batch import pool
from pressextract.batch.chunks import Inputs
from pressextract.batch.pool import ProcessPool, WorkerError
from pressextract.batch.worker import Outcome

Write = Callable[..., Path]


def _run(workers: ProcessPool, source: Path) -> list[Outcome]:
    with workers:
        return [outcome for done in workers.run(Inputs([source])) for outcome in done.outcomes]


def test_killed_workers_cost_their_article_only(articles: Write, stubs: ModuleType) -> None:
    texts = [f"Mot{number} dit." for number in range(300)]
    texts[5], texts[170] = "KILL un.", "KILL deux."
    outcomes = _run(ProcessPool(2, stubs.StubFactory()), articles(*texts))
    assert len(outcomes) == 300
    failures = [
        (number, outcome.failure) for number, outcome in enumerate(outcomes) if outcome.record is None
    ]
    assert [(number, failure and failure.id) for number, failure in failures] == [(5, "a5"), (170, "a170")]
    assert all(failure and "killed by the system (signal 9)" in failure.reason for _, failure in failures)
    assert all(
        f'"id": "a{number}"' in (outcome.record or f'"id": "a{number}"')
        for number, outcome in enumerate(outcomes)
    )


def test_model_that_cannot_be_loaded_is_one_error(articles: Write, stubs: ModuleType) -> None:
    with pytest.raises(WorkerError, match="model 'absent' cannot be loaded"):
        _run(ProcessPool(2, stubs.StubFactory(start_error="model")), articles("Un."))


def test_workers_that_never_start_end_the_run(articles: Write, stubs: ModuleType) -> None:
    with pytest.raises(WorkerError, match=r"end before they are ready \(signal 9\)"):
        _run(ProcessPool(1, stubs.StubFactory(start_error="killed")), articles("Un."))


def test_workers_are_renewed_and_nothing_is_lost(
    articles: Write, stubs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "RENEW_ITEMS", 64)
    starts: list[None] = []
    start = ProcessPool._start
    monkeypatch.setattr(ProcessPool, "_start", lambda self: (starts.append(None), start(self))[1])
    outcomes = _run(ProcessPool(1, stubs.StubFactory()), articles(*(f"Mot{n} dit." for n in range(160))))
    assert [f'"id": "a{number}"' in (outcome.record or "") for number, outcome in enumerate(outcomes)] == [
        True
    ] * 160
    assert len(starts) == 3


def test_nothing_to_do_starts_and_ends(tmp_path: Path, stubs: ModuleType) -> None:
    assert _run(ProcessPool(1, stubs.StubFactory()), tmp_path) == []
