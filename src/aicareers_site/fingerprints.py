"""Fingerprints of values: what tells whether a stage would see the same again.

A fingerprint is a digest of a value's canonical form. That form is the value pickled without the
notes of pickle on what stands twice, for these depend on how a value came about: two equal strings
may be one object or two. Equal values of the types that stages use have equal fingerprints, except
sets, whose order differs from run to run, and dicts that were filled in another order: there, work
is done twice but never left undone.
"""

from __future__ import annotations

import copyreg
import pickle
from hashlib import sha256
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

_PROTOCOL = 5
_stand_ins: dict[type, Callable[[Any], Any]] = dict(copyreg.dispatch_table)


class Keyed(Generic[T]):
    """A value with the ``key`` that stands for it in the fingerprint of whatever contains it.

    The key is the value's own fingerprint, taken once, however often the value is used. Whoever
    gives another one says with it what of the value matters.
    """

    __slots__ = ("key", "value")

    def __init__(self, value: T, key: bytes | None = None) -> None:
        self.value = value
        self.key = fingerprint(value) if key is None else key

    def __reduce__(self) -> tuple[type[Keyed[T]], tuple[T, bytes]]:
        return (Keyed, (self.value, self.key))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.key == other.key

    def __hash__(self) -> int:
        return int.from_bytes(self.key[:8], "big")


def series(values: Iterable[Keyed[T]]) -> Keyed[tuple[T, ...]]:
    """Several values as one, for which their keys stand together."""
    several = tuple(values)
    return Keyed(tuple(one.value for one in several), b"".join(one.key for one in several))


def fingerprint(value: object) -> bytes:
    """The fingerprint of ``value``, which must be picklable."""
    form = sha256()
    pickler = pickle.Pickler(SimpleNamespace(write=form.update), _PROTOCOL)
    pickler.fast = True  # no notes on what stands twice
    pickler.dispatch_table = _stand_ins
    pickler.dump(value)
    return form.digest()


def stands_for(kind: type[T], key: Callable[[T], bytes]) -> None:
    """Let ``key`` stand for values of ``kind`` in fingerprints."""
    _stand_ins[kind] = lambda value: (bytes, (key(value),))


stands_for(Keyed, lambda keyed: keyed.key)
