"""What a stage makes of one item, in two parts: a head to look at, and a body to keep.

Ten thousand articles' heads fit into memory and are read in a moment. Their bodies are passed on
unread, from the cache to where they are needed, if they are needed at all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from aicareers_site.fingerprints import stands_for
from aicareers_site.outputs import digest

if TYPE_CHECKING:
    from collections.abc import Callable

H = TypeVar("H")
S = TypeVar("S", bound="Callable[..., Made[Any]]")


class Made(NamedTuple, Generic[H]):
    """A result as its stage gives it."""

    head: H
    body: bytes = b""


def slow(stage: S) -> S:
    """Mark a stage that takes so long for one item that two are worth another process."""
    stage.__dict__["is_slow"] = True
    return stage


def is_slow(stage: Callable[..., Made[Any]]) -> bool:
    """Whether the stage is marked so."""
    return getattr(stage, "is_slow", False)


class Body(ABC):
    """Bytes that may have to be fetched. In fingerprints their digest stands for them."""

    __slots__ = ("digest",)

    def __init__(self, digest: bytes) -> None:
        self.digest = digest

    def __init_subclass__(cls) -> None:
        stands_for(cls, lambda body: body.digest)

    @abstractmethod
    def content(self) -> bytes:
        """The bytes."""

    def __reduce__(self) -> tuple[type[Held], tuple[bytes, bytes]]:
        """Another process gets the bytes themselves."""
        return (Held, (self.content(), self.digest))


class Held(Body):
    """A body in memory."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes, known_digest: bytes | None = None) -> None:
        super().__init__(digest(content) if known_digest is None else known_digest)
        self._content = content

    def content(self) -> bytes:
        return self._content


class Result(NamedTuple, Generic[H]):
    """A result as the build has it."""

    head: H
    body: Body
