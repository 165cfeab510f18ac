"""What the configurations of nginx and Caddy write alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def quoted(text: str) -> str:
    """``text`` as one word."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def expression(pattern: str) -> str:
    """A pattern of files (see :class:`~.hosting.Hosting`) as a regular expression."""
    return ".*".join(map(re.escape, pattern.split("*")))


def indented(lines: Iterable[str]) -> Iterator[str]:
    """The lines inside a block."""
    return (f"    {line}" for line in lines)
