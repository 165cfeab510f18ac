"""An executor for the preview: it keeps in memory what the last build made, and puts work off.

Of ten thousand pages a reader of the preview opens a few. What nobody has asked for is not printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from aicareers_site import stages
from aicareers_site.fingerprints import Keyed, fingerprint, stands_for
from aicareers_site.results import Body, Held, Result

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.executor import Executor
    from aicareers_site.results import Made

A = TypeVar("A")
H = TypeVar("H")

Kept: TypeAlias = "dict[tuple[str, int], dict[object, tuple[Any, Result[Any]]]]"
"""Items with their results by path or place, for each stage and each time it was asked for."""

_HEADS: Mapping[str, Any] = {
    stages.page.__name__: (),
    stages.feed.__name__: None,
    stages.chart.__name__: None,
    stages.data_file.__name__: None,
    stages.picture_file.__name__: None,
    stages.share_card.__name__: "",
    stages.search_text.__name__: True,
}
"""The stages that are put off, and the head that each of their results has until it is made."""


class Guarded:
    """An executor that several threads may ask: stages themselves are for one at a time."""

    def __init__(self, executor: Executor, lock: threading.RLock) -> None:
        self._executor = executor
        self._lock = lock

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        with self._lock:
            return self._executor.map(stage, items)


class Deferred(Body):
    """A body that is made when it is asked for, once.

    Its bytes have no digest until then. In fingerprints, what it is made of stands for it.
    """

    __slots__ = ("_executor", "_key", "_made", "item", "stage")

    def __init__(self, stage: Callable[[Any], Made[Any]], item: Any, executor: Executor) -> None:
        super().__init__(b"")
        self.stage = stage
        self.item = item
        self._executor = executor
        self._key = b""
        self._made: Result[Any] | None = None

    @property
    def key(self) -> bytes:
        """What stands for it."""
        self._key = self._key or fingerprint((self.stage.__name__, self.item))
        return self._key

    def made(self) -> Result[Any]:
        """The result itself, head and body."""
        if self._made is None:
            (self._made,) = self._executor.map(self.stage, [self.item])
        return self._made

    def content(self) -> bytes:
        return self.made().body.content()

    def __reduce__(self) -> tuple[type[Held], tuple[bytes, bytes]]:
        body = self.made().body
        return (Held, (body.content(), body.digest))


stands_for(Deferred, lambda body: body.key)


class Recalling:
    """An executor for one build, which recalls the results of an earlier one.

    What must be known at once ``now`` makes; the rest is put off, and made by ``later`` if at all.
    ``before`` is what that one ``kept``. A result is recalled where its item is the same as that of
    the same path, or at the same place.
    """

    def __init__(self, now: Executor, later: Executor, before: Kept | None = None) -> None:
        self._now = now
        self._later = later
        self._before = before or {}
        self.kept: Kept = {}

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        name = stage.__name__
        times = sum(other == name for other, _ in self.kept)
        before = self._before.get((name, times), {})
        kept = self.kept[name, times] = {}
        missing: list[tuple[object, A]] = []
        for place, item in enumerate(items):
            called = getattr(item, "path", place)
            called = place if called in kept else called
            known = before.get(called)
            if known is None or not same(known[0], item):
                missing.append((called, item))
                kept[called] = (item, _NOTHING)
            else:
                kept[called] = known
        made = self._made(stage, [item for _, item in missing])
        for (called, item), result in zip(missing, made, strict=True):
            kept[called] = (item, result)
        return [result for _, result in kept.values()]

    def _made(self, stage: Callable[[A], Made[H]], items: list[A]) -> list[Result[H]]:
        if stage.__name__ in _HEADS:
            head = _HEADS[stage.__name__]
            return [Result(head, Deferred(stage, item, self._later)) for item in items]
        return self._now.map(stage, items)

    def forget(self) -> None:
        """Let go of what only the earlier build has made: this one is over."""
        self._before = {}

    def results(
        self, stage: Callable[..., Made[Any]], times: int = 0
    ) -> Mapping[object, tuple[Any, Result[Any]]]:
        """Items and results by name, of the first time that the build asked for the stage."""
        return self.kept.get((stage.__name__, times), {})

    def pages(self) -> Iterator[Deferred]:
        """All pages of the site."""
        for _, result in self.results(stages.page).values():
            if isinstance(result.body, Deferred):
                yield result.body


_NOTHING: Result[Any] = Result(None, Held(b""))


def same(one: object, other: object) -> bool:
    """Whether a stage sees no difference: 1.0 is not 1.00 here, as in fingerprints."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind in _PLAIN:
        return one == other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return fingerprint(one) == fingerprint(other)


_PLAIN = frozenset([str, bytes, int, bool, Keyed])
