"""A site built and published, as the command line asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import (
    announcements,
    announcing,
    files,
    identity,
    leaks,
    pages,
    stand_ins,
)
from aicareers_site.diagnostics import in_order
from aicareers_site.paths import PUBLISHED
from aicareers_site.publish_target import Occasion
from aicareers_site.run import CONTENT_ERROR, Complete
from aicareers_site.urls import SEARCH_INDEX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from aicareers_site.articles import Request
    from aicareers_site.build import Built
    from aicareers_site.configuration import SiteSettings
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.executor import Executor
    from aicareers_site.outputs import Output
    from aicareers_site.publication import Changes
    from aicareers_site.publish_target import Target
    from aicareers_site.run import Options


class Publish(Complete):
    """A build of the site, published to ``target`` unless there is an error.

    ``changes`` are None until something has been, or with ``dry_run`` would be, published whole.
    ``begun`` says whether the target may have changed.
    """

    def __init__(
        self, options: Options, name: str, target: Target, *, dry_run: bool, shows_progress: bool
    ) -> None:
        super().__init__(options, shows_progress=shows_progress)
        self.name = name
        self.dry_run = dry_run
        self.changes: Changes | None = None
        self.begun = False
        self._target = target

    def _doubts(self, outputs: tuple[Output, ...], executor: Executor) -> Iterable[Diagnostic]:
        if self.built.withheld is None:
            return ()
        with self.watch.stage("Looking for leaks"):
            return tuple(
                leaks.check(
                    self.built.withheld,
                    outputs,
                    self.sources,
                    lambda: self._innocent(outputs),
                    executor,
                )
            )

    def _innocent(self, outputs: Iterable[Output]) -> Collection[tuple[str, bytes]]:
        """The files of the site without what is withheld, by paths and digests."""
        if self.built.withheld is None:
            return ()
        made = self.made_of(stand_ins.innocent(self.built.withheld, self.sources))
        if made.failed:
            return ()
        # The index of the same texts is the same one, which need not be made again.
        is_found_alike = _searched(made.value) == _searched(self.built)
        index = (one for one in outputs if is_found_alike and one.path.startswith(SEARCH_INDEX[1:]))
        return {(output.path, output.digest) for output in (*made.value.outputs, *index)}

    def _deliver(
        self, outputs: tuple[Output, ...], settings: SiteSettings, request: Request
    ) -> None:
        occasion = Occasion(settings.base_url, request.now, self.dry_run, self._progress)
        with self.watch.stage("Publishing") as stage:
            published = self._target.publish(outputs, occasion)
            stage.items, stage.made = len(outputs), published.value.counts.written
        self.begun = bool(published.value) and not self.dry_run
        if not self._stopped(published.diagnostics, CONTENT_ERROR):
            self.changes = published.value
            self._remember(settings, request)
            self._announce(published.value, settings)

    def _remember(self, settings: SiteSettings, request: Request) -> None:
        """Write down what readers were promised, unless it was not at the site's own address."""
        site = self.built.site
        if site is None or self.dry_run or self.options.base_url is not None:
            return
        before = self.sources.get(PUBLISHED, b"")
        after = identity.recorded(before, pages.records(site), settings, request.now)
        if after != before:
            self._stopped(files.write(self.options.root / PUBLISHED, after), CONTENT_ERROR)

    def _announce(self, changes: Changes, settings: SiteSettings) -> None:
        """Tell whom the settings name; whoever does not listen is no failure."""
        if self.dry_run or self.options.base_url is not None:
            return
        changed = (*(output.path for output in changes.put), *changes.cleared, *changes.removed)
        warnings = announcing.told(announcements.due(settings, changed))
        self.diagnostics = in_order((*self.diagnostics, *warnings))

    def _progress(self, done: Iterator[str], total: int) -> Iterator[str]:
        return self.watch.progress("Publishing", done, total)


def _searched(built: Built) -> list[tuple[str, bytes]]:
    """The pages that are searched, with the digests of their texts."""
    return [(path, text.digest) for path, text in built.searched.pages] if built.searched else []
