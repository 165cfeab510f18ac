"""Workers that tell what they were given to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from aicareers_site.executor import Serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aicareers_site.results import Made

A = TypeVar("A")
H = TypeVar("H")


class Given(NamedTuple):
    """One item, and the name of the stage that it was for."""

    stage: str
    item: Any


class Recording(Serial):
    """Do everything in this process, and remember what that was."""

    def __init__(self) -> None:
        self.given: list[Given] = []

    def run(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> Iterator[Made[H]]:
        self.given += (Given(stage.__name__, item) for item in items)
        return super().run(stage, items)
