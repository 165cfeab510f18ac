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
    from collections.abc import Iterable, Iterator, Sequence

    from aicareers_site.announcements import Announcement

_TIMEOUT = 20.0
"""Seconds that are waited for an answer."""


def told(announcements: Iterable[Announcement]) -> Iterator[Diagnostic]:
    """Send them; a warning, ``not-announced``, for each reason why some were not taken.

    Who cannot be reached is not asked again.
    """
    untold: dict[tuple[str, str], list[Announcement]] = {}
    unreachable: dict[str, str] = {}
    for one in announcements:
        problem = unreachable.get(one.address, "")
        if not problem:
            try:
                problem = _answered(one)
            except (OSError, HTTPException, ValueError) as error:
                problem = unreachable[one.address] = _reason(error)
        if problem:
            untold.setdefault((one.address, problem), []).append(one)
    for (_, problem), found in untold.items():
        yield _not_announced(found, problem)


def _answered(announcement: Announcement) -> str:
    """What speaks against it, in words; empty where it is taken. Raises what keeps it from being
    sent.
    """
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


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__


def _not_announced(untold: Sequence[Announcement], problem: str) -> Diagnostic:
    """That one listener was not told all this."""
    one, *others = untold
    more = f", nor of {len(others)} more change{'' if len(others) == 1 else 's'}" if others else ""
    return Diagnostic(
        "not-announced",
        f"{one.whom} was not told that {one.news}{more}: {problem}",
        Span(SETTINGS),
        "nothing is lost: the site is published, and feed readers and search engines find this "
        f"when they next look; if it happens each time, {one.remedy}",
        Severity.WARNING,
    )
