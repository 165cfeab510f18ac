"""Watching a build: where its time goes, and how far it is."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from rich.progress import Progress, TaskID

    from aicareers_site.executor import Executor, Workers
    from aicareers_site.results import Made, Result

A = TypeVar("A")
H = TypeVar("H")

LONG = 100
"""Items from which on a stage is worth a progress bar."""

_REFRESH = 0.1
"""Seconds between two looks of the progress bar."""

INDEXING = "Indexing for search"

_WORDS = {
    "settings": "Reading settings",
    "promises": "Reading what was published",
    "table": "Reading data tables",
    "article": "Reading articles",
    "related": "Finding related articles",
    "theme": "Checking templates",
    "page": "Printing pages",
    "feed": "Writing feeds",
    "chart": "Drawing charts",
    "data_file": "Writing data tables",
    "search_text": "Reading texts for search",
    "search_index": INDEXING,
    "asset": "Preparing styles and scripts",
    "picture": "Reading pictures",
    "picture_file": "Making files of pictures",
    "share_card": "Drawing share cards",
    "compressed": "Compressing texts",
}


@dataclass(slots=True)
class Stage:
    """What a stage took: seconds, and of how many items how many had to be made."""

    name: str
    seconds: float = 0.0
    items: int = 0
    made: int = 0


@dataclass(slots=True)
class Watch:
    """Takes the time of stages, and shows on standard error how far the long ones are.

    Time that a stage spends in another one counts for that one only.
    """

    shows_progress: bool = False
    clock: Callable[[], float] = time.perf_counter
    stages: dict[str, Stage] = field(default_factory=dict)
    _inner: float = 0.0
    _progress: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Take the time of what is done in this context."""
        stage = self.stages.setdefault(name, Stage(name))
        outer, self._inner = self._inner, 0.0
        started = self.clock()
        try:
            yield stage
        finally:
            took = self.clock() - started
            stage.seconds += took - self._inner
            self._inner = outer + took

    def executor(self, executor: Executor) -> Executor:
        """``executor``, watched."""
        return _WatchedExecutor(self, executor)

    def workers(self, workers: Workers) -> Workers:
        """``workers``, watched."""
        return _WatchedWorkers(self, workers)

    def progress(self, name: str, made: Iterator[A], total: int) -> Iterator[A]:
        """``made`` as it comes, with a progress bar where that is worth it."""
        if not self.shows_progress or total < LONG:
            yield from made
            return
        progress, task = self._begun(name, total)
        shown = self.clock()
        for number, item in enumerate(made, start=1):
            yield item
            now = self.clock()
            if now - shown > _REFRESH or number == total:
                shown = now
                progress.update(task, completed=number)
                progress.refresh()
        progress.remove_task(task)

    def _begun(self, name: str, total: int) -> tuple[Progress, TaskID]:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            # Refreshed by hand: a thread for that would keep workers from being forked.
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                auto_refresh=False,
            )
            self._progress.start()
        return self._progress, self._progress.add_task(name, total=total)


@dataclass(frozen=True, slots=True)
class _WatchedExecutor:
    watch: Watch
    watched: Executor

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        with self.watch.stage(_words(stage)) as seen:
            seen.items += len(items)
            return self.watched.map(stage, items)


@dataclass(frozen=True, slots=True)
class _WatchedWorkers:
    watch: Watch
    watched: Workers

    def run(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> Iterator[Made[H]]:
        name = _words(stage)
        self.watch.stages.setdefault(name, Stage(name)).made += len(items)
        return self.watch.progress(name, self.watched.run(stage, items), len(items))


def _words(stage: Callable[..., object]) -> str:
    name = stage.__name__
    return _WORDS.get(name, name)
