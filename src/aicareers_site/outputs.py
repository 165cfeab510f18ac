"""The files of a site as values: where each one belongs, and its bytes for those who need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site, known by the digest of its bytes; ``content`` makes or fetches them.

    ``path`` starts at the output folder and has forward slashes. Most files of a build are those
    of the one before it: for them the digest is enough, and nobody asks for the bytes.
    """

    path: str
    digest: bytes
    content: Callable[[], bytes] = field(compare=False)

    @classmethod
    def of(cls, path: str, content: bytes) -> Output:
        """The file at ``path`` whose bytes are at hand."""
        return cls(path, digest(content), lambda: content)


def digest(content: bytes) -> bytes:
    """What stands for ``content`` in comparisons: its SHA-256 (FIPS 180-4), 32 bytes."""
    # Of hashlib's functions that nobody can forge the quickest where processors know it.
    return sha256(content).digest()
