"""One build from disk to disk, as the command line asks for it."""

from __future__ import annotations

import gc
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aicareers_site import build, files, survey
from aicareers_site.build import Built, Request
from aicareers_site.cache import Cache
from aicareers_site.diagnostics import has_errors, has_warnings, in_order
from aicareers_site.executor import InMemory, workers_for
from aicareers_site.paths import SETTINGS
from aicareers_site.remembering import Remembering
from aicareers_site.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.executor import Executor
    from aicareers_site.files import Published
    from aicareers_site.survey import Survey

CONTENT_ERROR = 1
"""Exit code: errors in content, templates or data, or in the output folder."""

USAGE_ERROR = 2
"""Exit code: wrong usage or configuration."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; ``results`` is the folder of the cache, None to do without."""

    root: Path
    folder: Path
    base_url: str | None
    now: datetime | None
    drafts: bool
    future: bool
    jobs: int | None
    results: Path | None
    strict: bool

    def request(self, zone: tzinfo) -> Request:
        """What to build, with the clock's moment where none was given."""
        now = self.now or datetime.now(UTC)
        return Request(now if now.tzinfo else now.replace(tzinfo=zone), self.drafts, self.future)


class Run:
    """One build from disk to disk, and what came of it."""

    def __init__(self, options: Options, *, shows_progress: bool) -> None:
        self.options = options
        self.sources: Mapping[str, bytes] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.built: Built = Built()
        self.published: Published | None = None
        self.exit_code = 0
        self.seconds = 0.0
        self.watch = Watch(shows_progress=shows_progress)

    def execute(self) -> None:
        started = time.perf_counter()
        with self.watch, _without_garbage_collection():
            self._steps()
        self.seconds = time.perf_counter() - started

    def _steps(self) -> None:
        with survey.begun(self.options.folder) as look_ahead:
            self._build(look_ahead)

    def _build(self, look_ahead: Survey) -> None:
        options, watch = self.options, self.watch
        with watch.stage("Reading files") as stage:
            tree = files.read(options.root)
            stage.items = stage.made = len(tree.value.files)
        self.sources = tree.value.files
        if self._stopped(
            tree.diagnostics, CONTENT_ERROR if SETTINGS in self.sources else USAGE_ERROR
        ):
            return
        with self._executor() as executor:
            configured = build.configure(self.sources, executor, options.base_url)
            if self._stopped(configured.diagnostics, USAGE_ERROR) or configured.value is None:
                return
            request = options.request(configured.value.settings.zone)
            with watch.stage("Planning"):
                outcome = build.build(self.sources, configured.value, request, executor)
            self.built = outcome.value
            if self._stopped(outcome.diagnostics, CONTENT_ERROR):
                return
            with watch.stage("Publishing") as stage:
                published = files.publish(outcome.value.outputs, options.folder, look_ahead)
                stage.items = len(outcome.value.outputs)
                stage.made = published.value.written
        if not self._stopped(published.diagnostics, CONTENT_ERROR):
            self.published = published.value

    @contextmanager
    def _executor(self) -> Iterator[Executor]:
        """Where stages are done, and what they made is kept."""
        with workers_for(self.options.jobs) as workers, ExitStack() as stack:
            watched = self.watch.workers(workers)
            executor: Executor = InMemory(watched)
            if self.options.results is not None:
                cache = stack.enter_context(Cache(self.options.results))
                executor = Remembering(watched, cache)
            yield self.watch.executor(executor)

    def _stopped(self, diagnostics: Iterable[Diagnostic], exit_code: int) -> bool:
        found = tuple(diagnostics)
        self.diagnostics = in_order((*self.diagnostics, *found))
        stopped = has_errors(found) or (self.options.strict and has_warnings(found))
        if stopped:
            self.exit_code = exit_code
        return stopped


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A build makes many values and few cycles; to look for these takes a tenth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
