"""Where the work of a stage is done: in this process, or in several.

Stages are pure, so that where they run cannot change what they give. A function and its items must
be picklable for :class:`Processes`; a script that uses it needs the usual guard
``if __name__ == "__main__"``, since some systems start workers by importing it again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.context import BaseContext
    from types import TracebackType

A = TypeVar("A")
B = TypeVar("B")

_CHUNKS_PER_JOB = 4
"""Few enough to pickle the function seldom, enough to even out items of unequal size."""

_THRESHOLD = 48
"""Measured: two workers cost about 15 ms to start, what they save with 48 items of 0.5 ms."""


class Executor(Protocol):
    """Applies a function to many items."""

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> list[B]:
        """The results in the items' order; raises what ``function`` raises for the first item."""
        ...


class Serial:
    """One item after the other, in this process."""

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> list[B]:
        return [function(item) for item in items]

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
    """``jobs`` worker processes, started with the first map that is worth it.

    Fewer than ``threshold`` items are done in this process. Leave the context to end the workers.
    """

    def __init__(self, jobs: int, threshold: int = _THRESHOLD) -> None:
        if jobs < 1:
            raise ValueError(f"at least one job is needed, not {jobs}")
        self._jobs = jobs
        self._threshold = threshold
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> list[B]:
        if len(items) < self._threshold:
            return [function(item) for item in items]
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, _context(), _ignore_interrupt)
        size = -(-len(items) // (self._jobs * _CHUNKS_PER_JOB))
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        futures = [self._pool.submit(_work, function, chunk) for chunk in chunks]
        results: list[B] = []
        for chunk, future in zip(chunks, futures, strict=True):
            done = future.result()
            results += done
            if len(done) < len(chunk):
                # An exception may not survive the way between processes: it is raised anew, here,
                # as itself. What follows in the chunk was not tried.
                results += [function(item) for item in chunk[len(done) :]]
        return results

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


def executor_for(jobs: int | None) -> Serial | Processes:
    """An executor with ``jobs`` processes, by default as many as this process may use cores."""
    jobs = _usable_cores() if jobs is None else jobs
    return Serial() if jobs == 1 else Processes(jobs)


def _usable_cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> BaseContext:
    """How workers start: forking is quick, but safe only on Linux and without other threads."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def _ignore_interrupt() -> None:
    """Ctrl-C reaches the whole process group; the parent alone answers, by ending its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(function: Callable[[A], B], items: Sequence[A]) -> list[B]:
    """The results of ``items`` up to the first that fails."""
    results: list[B] = []
    for item in items:
        try:
            results.append(function(item))
        except Exception:
            break
    return results
