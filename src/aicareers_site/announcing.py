"""Tells others over the network that something has changed."""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from aicareers_site import __version__
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.paths import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.announcements import Announcement

_TIMEOUT = 20.0
"""Seconds that are waited for an answer."""


def told(announcements: Iterable[Announcement]) -> Iterator[Diagnostic]:
    """Send them; a warning, ``not-announced``, for each that was not taken."""
    for one in announcements:
        problem = _problem(one)
        if problem:
            yield Diagnostic(
                "not-announced",
                f"{one.tells}: {problem}",
                Span(SETTINGS),
                "the site is published; who follows it will see that by and by",
                Severity.WARNING,
            )


def _problem(announcement: Announcement) -> str:
    """What went wrong, in words; empty where all is well."""
    headers = {
        "Content-Type": announcement.media_type,
        "User-Agent": f"aicareers-site/{__version__}",
    }
    request = Request(announcement.address, announcement.body, headers)
    try:
        with urlopen(request, timeout=_TIMEOUT):
            return ""
    except HTTPError as error:
        error.close()
        return f"the answer was {error.code} {error.reason}".rstrip()
    except (OSError, HTTPException, ValueError) as error:
        return f"could not be told: {getattr(error, 'reason', error)}"
