"""A site's sources from disk to what comes of them, as the command line asks for it."""

from __future__ import annotations

import gc
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aicareers_site import build, files, host_files, indexer, precompression, survey
from aicareers_site.articles import Request
from aicareers_site.build import Built
from aicareers_site.cache import Cache
from aicareers_site.diagnostics import has_errors, has_warnings, in_order
from aicareers_site.executor import InMemory, workers_for
from aicareers_site.hosting import Hosting
from aicareers_site.outputs import Output
from aicareers_site.paths import SETTINGS
from aicareers_site.remembering import Remembering, versions
from aicareers_site.silences import Silences
from aicareers_site.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from aicareers_site.configuration import Configuration, Encoding, SiteSettings
    from aicareers_site.diagnostics import Diagnostic, Outcome
    from aicareers_site.executor import Executor
    from aicareers_site.publication import Counts

CONTENT_ERROR = 1
"""Exit code: errors in content, templates or data, or in the output folder."""

USAGE_ERROR = 2
"""Exit code: wrong usage or configuration."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; ``results`` is the folder of the cache, None to do without."""

    root: Path
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


class Reading(ABC):
    """What every command on a site begins with: its sources and settings are read."""

    def __init__(self, options: Options, *, shows_progress: bool) -> None:
        self.options = options
        self.sources: Mapping[str, bytes] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.exit_code = 0
        self.seconds = 0.0
        self.watch = Watch(shows_progress=shows_progress)

    def execute(self) -> None:
        started = time.perf_counter()
        with self.watch, without_garbage_collection():
            self._steps()
        self.seconds = time.perf_counter() - started

    def _steps(self) -> None:
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
            self._work(configured.value, request, executor)

    @abstractmethod
    def _work(self, configured: Configuration, request: Request, executor: Executor) -> None:
        """Do with the sources what the command is for."""

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
        """Take in what was found; the first that is too bad to go on decides the exit code."""
        found = tuple(diagnostics)
        self.diagnostics = in_order((*self.diagnostics, *found))
        stopped = has_errors(found) or (self.options.strict and has_warnings(found))
        if stopped:
            self.exit_code = self.exit_code or exit_code
        return stopped


class Run(Reading):
    """Makes in memory all that the site is made of.

    ``silences`` are there once the settings have been read, and so is ``made_of``, which makes the
    site of other sources.
    """

    silences: Silences
    made_of: Callable[[Mapping[str, bytes]], Outcome[Built]]

    def __init__(self, options: Options, *, shows_progress: bool) -> None:
        super().__init__(options, shows_progress=shows_progress)
        self.built: Built = Built()

    def _work(self, configured: Configuration, request: Request, executor: Executor) -> None:
        self.made_of = lambda files: build.build(files, configured, request, executor)
        with self.watch.stage("Planning"):
            outcome = self.made_of(self.sources)
        self.silences = Silences(self.sources, configured)
        outcome = replace(outcome, diagnostics=self.silences.heard(outcome.diagnostics))
        self.built = outcome.value
        self._finish(outcome, configured.settings, request, executor)

    @abstractmethod
    def _finish(
        self,
        outcome: Outcome[Built],
        settings: SiteSettings,
        request: Request,
        executor: Executor,
    ) -> None:
        """Do with what was built what the command is for."""


class Complete(Run):
    """Makes every file of the site, the search index, files for hosts and compressed copies
    included, and hands them on if none has an error.

    ``hosting`` is how they are to be served, known once they are made.
    """

    hosting: Hosting | None = None

    def _finish(
        self,
        outcome: Outcome[Built],
        settings: SiteSettings,
        request: Request,
        executor: Executor,
    ) -> None:
        if self._stopped(outcome.diagnostics, CONTENT_ERROR):
            return
        outputs, searched = outcome.value.outputs, outcome.value.searched
        if searched:
            index = indexer.indexed(searched, executor, self.watch.progress)
            if self._stopped(index.diagnostics, USAGE_ERROR):
                return
            outputs += index.value
        if outcome.value.site is not None:
            self.hosting = Hosting.of(outcome.value.site, (output.path for output in outputs))
            told = host_files.added(outputs, self.hosting, settings.hosts)
            if self._stopped(self.silences.heard(told.diagnostics), CONTENT_ERROR):
                return
            outputs = told.value
        if self._stopped(self._doubts(outputs, executor), CONTENT_ERROR):
            return
        copied = precompression.added(outputs, settings.precompress, executor)
        if not self._stopped(copied.diagnostics, USAGE_ERROR):
            self._deliver(copied.value, settings, request)

    def _doubts(self, outputs: tuple[Output, ...], executor: Executor) -> Iterable[Diagnostic]:
        """What speaks against handing on the site's files, of which no copies are made yet."""
        return ()

    @abstractmethod
    def _deliver(
        self, outputs: tuple[Output, ...], settings: SiteSettings, request: Request
    ) -> None:
        """Do with the site's files what the command is for."""


class Description(Complete):
    """Makes the site for what there is to say of how to serve it."""

    precompressed: tuple[Encoding, ...] = ()

    def _deliver(
        self, outputs: tuple[Output, ...], settings: SiteSettings, request: Request
    ) -> None:
        self.precompressed = settings.precompress


def place_in(folder: Path, file: Path) -> str:
    """The path of the file below the folder; empty where it is elsewhere."""
    folder, file = files.true_path(folder), files.true_path(file)
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else ""


class ForFolder(Complete):
    """Makes every file that belongs into ``folder``.

    ``manifest`` is the file for the manifest, None to do without. One that is in the folder is a
    file of the site like others.
    """

    def __init__(
        self, options: Options, folder: Path, manifest: Path | None, *, shows_progress: bool
    ) -> None:
        super().__init__(options, shows_progress=shows_progress)
        self.folder = folder
        self.manifest = manifest

    def _deliver(
        self, outputs: tuple[Output, ...], settings: SiteSettings, request: Request
    ) -> None:
        document = b""
        site, plan = self.built.site, self.built.plan
        if self.manifest is not None and site is not None and plan is not None:
            from aicareers_site import manifest

            with self.watch.stage("Writing the manifest"):
                document = manifest.written(self.sources, outputs, site, plan, request, versions())
            if place := place_in(self.folder, self.manifest):
                outputs = (*outputs, Output.of(place, document))
        self._settle(outputs, document)

    @abstractmethod
    def _settle(self, outputs: tuple[Output, ...], document: bytes) -> None:
        """Do with the folder's files what the command is for; ``document`` is the manifest."""


class Build(ForFolder):
    """A build of the site into its folder, unless there is an error.

    ``begun`` says whether the folder may have changed.
    """

    published: Counts | None = None
    begun: bool = False

    def _steps(self) -> None:
        with survey.begun(self.folder) as look_ahead:
            self._look_ahead = look_ahead
            super()._steps()

    def _settle(self, outputs: tuple[Output, ...], document: bytes) -> None:
        with self.watch.stage("Publishing") as stage:
            published = files.publish(outputs, self.folder, self._look_ahead)
            stage.items = len(outputs)
            stage.made = published.value.counts.written
        self.begun = bool(published.value)
        if self._stopped(published.diagnostics, CONTENT_ERROR):
            return
        self.published = published.value.counts
        if self.manifest is not None and not place_in(self.folder, self.manifest):
            self._stopped(files.write(self.manifest, document), CONTENT_ERROR)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """A build makes many values and few cycles; to look for these takes a tenth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
