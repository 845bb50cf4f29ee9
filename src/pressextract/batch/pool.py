"""Worker processes (spawned), each with its own pipeline; one that dies costs one item at most.

The standard pools do not do: ``multiprocessing.Pool`` waits for ever for the task of a killed worker, and
``ProcessPoolExecutor`` fails every task that is under way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from pressextract.archives.items import ScanItem
from pressextract.batch.chunks import Chunk, Inputs, Place, read_chunks
from pressextract.batch.worker import Factory, Outcome, killed
from pressextract.errors import PressextractError

WINDOW = 4
"""Chunks a worker that may be read ahead of the first one that is not done."""
MAX_TRIES = 2
"""How often a worker may die of the same item alone."""
MAX_FAILED_STARTS = 3
RENEW_ITEMS = 20_000
"""Items after which a worker makes room for a new one: what a library may keep of each article is bounded by
this, for 0.5 % of the time."""
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class WorkerError(PressextractError):
    """Workers cannot be started."""


class Done(NamedTuple):
    """Outcomes of consecutive items; how far the inputs are read after them, and how many bytes, about."""

    outcomes: list[Outcome]
    place: Place
    read: float


class Engine(Protocol):
    """Reads inputs and runs their items somewhere."""

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Yield the outcomes of everything in the inputs, one an item, in order."""
        ...


@dataclass(slots=True)
class InProcess:
    """Runs everything in the process that calls: for tests, and where processes cannot be started."""

    factory: Factory

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Yield the outcomes of each chunk."""
        extract = self.factory()
        for chunk in read_chunks(inputs):
            yield Done(extract(chunk.items), chunk.place, chunk.read)


@dataclass(slots=True)
class _Task:
    chunk: int
    start: int
    items: list[ScanItem]
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    task: _Task | None = None
    is_ready: bool = False
    items: int = 0


@dataclass(slots=True)
class _Pending:
    chunk: Chunk
    outcomes: list[Outcome | None] = field(default_factory=list)
    left: int = 0


class ProcessPool:
    """Runs chunks in ``workers`` processes. A context manager: leaving it ends the processes."""

    def __init__(self, workers: int, factory: Factory) -> None:
        self._count, self._factory = workers, factory
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()
        self._pending: dict[int, _Pending] = {}
        self._failed_starts = 0

    def __enter__(self) -> Self:
        self._workers = [self._start() for _ in range(self._count)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def run(self, inputs: Inputs) -> Iterator[Done]:
        """Yield the outcomes of each chunk, in order; reads ahead while the workers work.

        Raises:
            WorkerError: no worker can be started.
        """
        for chunk, outcomes in self.run_chunks(read_chunks(inputs)):
            yield Done(outcomes, chunk.place, chunk.read)

    def run_chunks(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Yield each of ``chunks`` with its outcomes, in order. Raises WorkerError: no worker can start."""
        read = first = 0
        is_open = True
        while is_open or self._pending:
            may_read = is_open and len(self._pending) < WINDOW * self._count
            chunk = next(chunks, None) if may_read else None
            if chunk is not None:
                self._admit(read, chunk)
                read += 1
            is_open = is_open and not (may_read and chunk is None)
            self._dispatch()
            if self._pending:
                self._collect(0.0 if chunk is not None else None)
            while first in self._pending and not self._pending[first].left:
                done = self._pending.pop(first)
                first += 1
                yield done.chunk, [outcome for outcome in done.outcomes if outcome is not None]

    def _admit(self, number: int, chunk: Chunk) -> None:
        count = len(chunk.items)
        self._pending[number] = _Pending(chunk, [None] * count, count)
        self._waiting.append(_Task(number, 0, chunk.items))

    def _dispatch(self) -> None:
        for worker in self._workers:
            if worker.task is None and worker.is_ready and self._waiting:
                worker.task = self._waiting.popleft()
                try:
                    worker.connection.send(worker.task.items)
                except OSError:  # it died while it was idle; _collect sees that too
                    continue

    def _collect(self, timeout: float | None) -> None:
        """Take what workers have sent; wait for the first when ``timeout`` is None."""
        ready: list[Any] = wait([worker.connection for worker in self._workers], timeout)
        for worker in [worker for worker in self._workers if worker.connection in ready]:
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            self._receive(worker, message)

    def _receive(self, worker: _Worker, message: list[Outcome] | str | None) -> None:
        if isinstance(message, str):
            raise WorkerError(message)
        if message is None:
            worker.is_ready, self._failed_starts = True, 0
        elif worker.task is not None:
            self._settle(worker.task, message)
            worker.items += len(message)
            worker.task = None
            if worker.items >= RENEW_ITEMS:
                self._renew(worker)

    def _settle(self, task: _Task, outcomes: list[Outcome]) -> None:
        pending = self._pending[task.chunk]
        pending.outcomes[task.start : task.start + len(outcomes)] = outcomes
        pending.left -= len(outcomes)

    def _replace(self, worker: _Worker) -> None:
        """Start another worker for one that died; its task is tried again item by item, then given up."""
        worker.process.join()
        code = worker.process.exitcode or 0
        reason = f"signal {-code}" if code < 0 else f"exit code {code}"
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise WorkerError(
                    f"workers end before they are ready ({reason}); use fewer workers, or more memory"
                )
        if worker.task is not None:
            self._try_again(worker.task, reason)
        self._workers[self._workers.index(worker)] = self._start()

    def _renew(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.terminate()
        worker.process.join()
        self._workers[self._workers.index(worker)] = self._start()

    def _try_again(self, task: _Task, reason: str) -> None:
        if len(task.items) > 1:
            singles = [_Task(task.chunk, task.start + i, [item]) for i, item in enumerate(task.items)]
            self._waiting.extendleft(reversed(singles))
        elif task.tries + 1 < MAX_TRIES:
            task.tries += 1
            self._waiting.appendleft(task)
        else:
            message = f"the worker was killed by the system ({reason}) on this item; out of memory?"
            self._settle(task, [killed(task.items[0], message)])

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._factory), daemon=True)
        with _interrupts_ignored():
            process.start()
        theirs.close()
        return _Worker(process, ours)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ctrl-C goes to every process of a terminal; what is started here leaves it to this one."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(connection: Connection, factory: Factory) -> None:
    """The life of a worker: make its pipeline, say so, answer tasks until the pool goes away."""
    for name in _THREAD_VARIABLES:
        os.environ.setdefault(name, "1")
    try:
        extract = factory()
    except PressextractError as err:
        connection.send(str(err))
        return
    try:
        connection.send(None)
        while True:
            connection.send(extract(connection.recv()))
    except (EOFError, OSError):
        return
