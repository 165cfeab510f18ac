"""Where the work of a stage is done: in this process, or in several.

Stages are pure, so that where they run cannot change what they give. A stage and its items must
be picklable for :class:`Processes`; a script that uses it needs the usual guard
``if __name__ == "__main__"``, since some systems start workers by importing it again.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from aicareers_site.results import Held, Made, Result, is_slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext
    from types import TracebackType

A = TypeVar("A")
H = TypeVar("H")

_MAX_CHUNK = 50
"""Enough to send what items share seldom, few enough to hold little in memory at a time."""

_CHUNKS_PER_JOB = 8
"""Enough to even out items of unequal size."""

_WAITING = 2
"""Chunks that wait for each worker, so that none is idle while its results are looked at."""

THRESHOLD = 48
"""Measured: two workers cost about 15 ms to start, what they save with 48 items of 0.5 ms."""


class Executor(Protocol):
    """Applies stages to items."""

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        """The results in the items' order; raises what ``stage`` raises for the first item."""
        ...


class Workers(Protocol):
    """Do the work for an executor."""

    def run(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> Iterator[Made[H]]:
        """The results in the items' order, as they come."""
        ...


class InMemory:
    """An executor that has ``workers`` do everything, and keeps all results in memory."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        return [Result(made.head, Held(made.body)) for made in self._workers.run(stage, items)]


class Serial:
    """One item after the other, in this process."""

    def run(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> Iterator[Made[H]]:
        return map(stage, items)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing is held open."""


class Processes:
    """``jobs`` worker processes, started with the first work that is worth it.

    Fewer than ``threshold`` items are done in this process, if their stage is not slow. Leave the
    context to end the workers.
    """

    def __init__(self, jobs: int, threshold: int | None = None) -> None:
        if jobs < 1:
            raise ValueError(f"at least one job is needed, not {jobs}")
        self._jobs = jobs
        self._threshold = THRESHOLD if threshold is None else threshold
        self._pool: ProcessPoolExecutor | None = None

    def run(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> Iterator[Made[H]]:
        enough = min(2, self._threshold) if is_slow(stage) else self._threshold
        if len(items) < enough:
            yield from map(stage, items)
            return
        # The first is done here: forked workers inherit what it has imported and prepared.
        yield stage(items[0])
        size = max(1, min(_MAX_CHUNK, len(items) // (self._jobs * _CHUNKS_PER_JOB)))
        starts = iter(range(1, len(items), size))
        pool = self._started()
        waiting: deque[tuple[int, Future[bytes]]] = deque()
        while True:
            for start in islice(starts, self._jobs * _WAITING - len(waiting)):
                work = pickle.dumps((stage, items[start : start + size]), pickle.HIGHEST_PROTOCOL)
                waiting.append((start, pool.submit(_work, work)))
            if not waiting:
                return
            start, future = waiting.popleft()
            done: list[Made[H]] = pickle.loads(future.result())
            yield from done
            # An exception may not survive the way between processes: it is raised anew, here, as
            # itself. What follows in the chunk was not tried.
            yield from map(stage, items[start : start + size][len(done) :])

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(self._jobs, _context(), _prepare_worker)
        return self._pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def workers_for(jobs: int | None) -> Serial | Processes:
    """Workers in ``jobs`` processes, by default as many as this process may use cores."""
    jobs = _usable_cores() if jobs is None else jobs
    return Serial() if jobs == 1 else Processes(jobs)


def _usable_cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> BaseContext:
    """How workers start: forking is quick, but safe only on Linux and without other threads."""
    import multiprocessing

    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def _prepare_worker() -> None:
    # Ctrl-C reaches every process of a terminal; the first one alone says what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the worker has inherited is no garbage; looking through it would also copy it.
    gc.freeze()
    gc.enable()


def _work(work: bytes) -> bytes:
    """Results for the items in ``work``, up to the first that raises."""
    stage, items = pickle.loads(work)
    done = []
    for item in items:
        try:
            done.append(stage(item))
        except Exception:
            break
    return pickle.dumps(done, pickle.HIGHEST_PROTOCOL)
