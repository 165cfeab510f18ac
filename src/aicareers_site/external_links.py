"""Links to other sites: where sources name them, and what to say of the answers to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from aicareers_site import documents, table_files
from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.paths import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.diagnostics import Span

CODES = frozenset(["dead-link", "moved-link", "unanswered-link"])
"""The codes of all that is said."""

_ADDRESS = re.compile(r"https?://(?:[^\s<>\"'()\[\]{}`|\\]|\([^\s<>()]*\))+")
_TRAILING = ".,;:!?*_"
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|localhost|test)$")
"""Hosts that are nobody's (RFC 2606)."""

_SHUT = frozenset([401, 403, 405, 406, 407, 451, 999])
"""What servers say that let people in and programs not."""

_BUSY = frozenset([408, 425, 429])


class Answer(NamedTuple):
    """What the server of an address said: the ``status`` of the page to which it led (RFC 9110),
    or 0 and the ``problem`` in words. ``moved`` is where it is now if it has moved for good.
    """

    status: int
    moved: str = ""
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether readers find something there."""
        return 200 <= self.status < 400 or self.status in _SHUT


def found(files: Mapping[str, bytes], settings: SiteSettings) -> Iterator[tuple[str, Span]]:
    """The addresses on other sites, and where articles, data tables and settings name them.

    Code and comments are left aside, the site's own address, and that of the newsletter's form.
    """
    own = [settings.base_url]
    if settings.newsletter and settings.newsletter.action:
        own.append(settings.newsletter.action)
    for path, content in files.items():
        if not (path.endswith(".md") or path == SETTINGS or table_files.is_table(path)):
            continue
        text = documents.decode(path, content).value
        source = MarkdownSource(path, text)
        for match in _ADDRESS.finditer(source.masked if path.endswith(".md") else text):
            address = match[0].rstrip(_TRAILING)
            if not _is_nobodys(address) and not address.startswith(tuple(own)):
                yield address, source.at(match.start(), match.start() + len(address))


def _is_nobodys(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # the build reports it
        return True
    return not host or _RESERVED.search(host) is not None


def check(links: Iterable[tuple[str, Span]], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """What to say of the ``links``, given the ``answers`` by address.

    Codes: ``dead-link``, a warning; the notes ``moved-link`` and ``unanswered-link``.
    """
    for address, span in links:
        answer = answers[address]
        if 400 <= answer.status < 500 and answer.status not in _SHUT | _BUSY:
            yield Diagnostic(
                "dead-link",
                f"'{address}' is not there any more ({answer.status})",
                span,
                "link to where it is now, to a copy such as web.archive.org's, or take it out",
                Severity.WARNING,
            )
        elif not answer.is_good:
            why = answer.problem or f"the server said {answer.status}"
            yield Diagnostic(
                "unanswered-link",
                f"'{address}' could not be checked: {why}",
                span,
                "open it in a browser; if it fails there too, link to something else",
                Severity.NOTE,
            )
        elif answer.moved:
            yield Diagnostic(
                "moved-link",
                f"'{address}' has moved for good",
                span,
                f"write {answer.moved}",
                Severity.NOTE,
            )
