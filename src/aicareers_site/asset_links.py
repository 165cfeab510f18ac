"""What styles and scripts refer to: addresses of other files, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Outcome, Span
    from aicareers_site.fingerprints import Keyed
    from aicareers_site.results import Made

STYLES = (".css",)
SCRIPTS = (".js", ".mjs")

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|[#?]|$", re.IGNORECASE)
"""An address with a scheme or a host, or one within the file itself (RFC 3986, section 4.2)."""


class Job(NamedTuple):
    """A style or script: its source path, and its bytes."""

    path: str
    content: Keyed[bytes]


class Link(NamedTuple):
    """An address of another file, as a style or script means it.

    ``start`` and ``end`` are its place in the bytes that are published, ``span`` is that in the
    source.
    """

    address: str
    start: int
    end: int
    span: Span


Read: TypeAlias = "Made[Outcome[tuple[Link, ...]]]"
"""The links of a style or script in order, and the bytes that are published of it but for them."""


def is_of_a_file(address: str) -> bool:
    """Whether an address is that of another file of the site."""
    return not _ELSEWHERE.match(address)


def decoded(content: bytes) -> str:
    """The text of a file; bytes that are no UTF-8 come back when it is :func:`encoded`."""
    return content.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """The reverse of :func:`decoded`."""
    return text.encode("utf-8", "surrogateescape")
