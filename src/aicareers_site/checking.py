"""A check of a site's sources: a build that is published nowhere, and what editors need to know."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aicareers_site import (
    build,
    checks,
    explanations,
    external_links,
    figure_lint,
    host_files,
    precompression,
    search_index,
    table_files,
)
from aicareers_site.diagnostics import has_errors
from aicareers_site.hosting import Hosting
from aicareers_site.run import CONTENT_ERROR, USAGE_ERROR, Options, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.articles import Request
    from aicareers_site.build import Built
    from aicareers_site.configuration import SiteSettings
    from aicareers_site.diagnostics import Diagnostic, Outcome
    from aicareers_site.executor import Executor


class Check(Run):
    """A check; ``figures`` is to look for numbers that are written by hand, ``external`` to ask
    other sites whether links to them lead somewhere.
    """

    def __init__(
        self, options: Options, *, figures: bool, external: bool, shows_progress: bool
    ) -> None:
        super().__init__(options, shows_progress=shows_progress)
        self._figures = figures
        self._external = external

    @property
    def articles(self) -> int:
        """How many articles there are, published or not."""
        return len(checks.articles(self.sources))

    @property
    def tables(self) -> int:
        """How many data tables there are."""
        return len([path for path in self.sources if table_files.is_table(path)])

    def _stopped(self, diagnostics: Iterable[Diagnostic], exit_code: int) -> bool:
        found = tuple(diagnostics)
        super()._stopped(found, exit_code)
        return has_errors(found)  # A warning keeps nothing else from being checked.

    def _finish(
        self,
        outcome: Outcome[Built],
        settings: SiteSettings,
        request: Request,
        executor: Executor,
    ) -> None:
        today = request.now.astimezone(settings.zone).date()
        found: list[Diagnostic] = []
        with self.watch.stage("Checking figures"):
            data = checks.data_book(self.sources, executor)
            found += checks.ages(self.sources, data, today)
            if self._figures:
                found += checks.hand_written(
                    self.sources, data, settings.language, drafts=request.drafts
                )
        with self.watch.stage("Reading as an editor"):
            found += checks.editorial(
                self.sources,
                outcome.value.site,
                data,
                settings.language,
                executor,
                build.locator(self.sources),
                drafts=request.drafts,
            )
        found += _limits(outcome.value, settings)
        if self._external:
            with self.watch.stage("Asking other sites"):
                found += self._answered(settings)
        heard = (*outcome.diagnostics, *self.silences.heard(found))
        self._stopped((*heard, *self._unheard(heard)), CONTENT_ERROR)
        self._stopped(precompression.missing(settings.precompress), USAGE_ERROR)

    def _answered(self, settings: SiteSettings) -> Iterator[Diagnostic]:
        """What other sites say of the links to them; the answers' age goes by the clock."""
        from aicareers_site.external_asking import Asking, Memory

        links = [*external_links.found(self.sources, settings)]
        memory = Memory(self.options.results, datetime.now(UTC))
        answers = memory.answers((address for address, _ in links), Asking())
        return external_links.check(links, answers)

    def _unheard(self, heard: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """What is wrong with silences; an error may keep what they silence from being found."""
        if has_errors(heard):
            return ()
        unsought: set[str] = set()
        unsought |= set() if self._figures else figure_lint.CODES
        unsought |= set() if self._external else external_links.CODES
        return self.silences.problems(explanations.shipped(), unsought, self.built.skipped)


def _limits(built: Built, settings: SiteSettings) -> Iterator[Diagnostic]:
    """What a host would not read of what it is told; a search index is none the less part of it."""
    if built.site is None or not settings.hosts:
        return
    paths = [output.path for output in built.outputs]
    paths += search_index.KINDS if built.searched else ()
    yield from host_files.limits(Hosting.of(built.site, paths), settings.hosts)
