"""A look at a site's sources for what will change by itself: see :mod:`.upcoming`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import upcoming
from aicareers_site.run import CONTENT_ERROR, Options, Reading

if TYPE_CHECKING:
    from datetime import datetime

    from aicareers_site.articles import Request
    from aicareers_site.configuration import Configuration
    from aicareers_site.executor import Executor


class Forecast(Reading):
    """What will change after ``now``, which is in the site's zone; None without settings.

    An article or a table that cannot be read is told of, and what it would change is not known.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(options, shows_progress=False)
        self.now: datetime | None = None
        self.ahead = upcoming.Ahead()

    def _work(self, configured: Configuration, request: Request, executor: Executor) -> None:
        settings = configured.settings
        found = upcoming.ahead(self.sources, settings, request.now, executor)
        self.now, self.ahead = request.now.astimezone(settings.zone), found.value
        self._stopped(found.diagnostics, CONTENT_ERROR)
