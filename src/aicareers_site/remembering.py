"""An executor that looks results up in the cache before workers make them."""

from __future__ import annotations

import hashlib
import pickle
import sys
from contextlib import suppress
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aicareers_site.fingerprints import fingerprint
from aicareers_site.outputs import digest
from aicareers_site.results import Body, Made, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.cache import Cache
    from aicareers_site.executor import Workers

A = TypeVar("A")
H = TypeVar("H")

_Head = tuple[Any, bytes]
"""What is kept of a result's head: the head itself and the digest of the body."""

_Group = tuple[bytes, list[bytes]]
"""Keys of successive items, with a key of its own for all their heads together."""

_PACKAGES = frozenset([
    "babel", "brotli", "feedgen", "jinja2", "lxml", "markdown", "markupsafe", "nh3",
    "pagefind_bin", "pillow", "pydantic", "pydantic_core", "pygments", "python_dateutil",
    "python_frontmatter", "pyyaml", "tinycss2", "tzdata", "webencodings", "zstandard",
])  # fmt: skip

BOUNDARY = 4
"""A group ends with a key whose first byte is less: one in 64."""

_WRITTEN_AT_ONCE = 64


@cache
def code_digest() -> bytes:
    """A digest of what makes results: this package's files, Python, the packages it uses."""
    found = hashlib.sha256(sys.version.encode())
    found.update("\n".join(f"{name} {is_}" for name, is_ in versions().items()).encode())
    package = Path(__file__).parent
    for source in sorted([*package.glob("*.py"), *package.glob("*.json")]):
        found.update(source.name.encode() + digest(source.read_bytes()))
    return found.digest()


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that results depend on, by name.

    The packages' are read off the names of their folders: importlib.metadata would say the same,
    but takes as long as reading a thousand articles.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):
            for info in Path(place).glob("*-info"):
                name, _, rest = info.name.partition("-")
                if name.lower() in _PACKAGES:
                    found.setdefault(name.lower(), rest.rpartition(".")[0])
    return {"python": ".".join(map(str, sys.version_info[:3])), **dict(sorted(found.items()))}


class _Stored(Body):
    """A body in the cache, made anew where it is there no more."""

    __slots__ = ("_cache", "_key", "_make")

    def __init__(
        self, check: bytes, results: Cache, key: bytes, make: Callable[[], Made[Any]]
    ) -> None:
        super().__init__(check)
        self._cache = results
        self._key = key
        self._make = make

    def content(self) -> bytes:
        found = self._cache.body(self._key, self.digest)
        if found is None:
            found = self._make().body
            self._cache.put([], [(self._key, found)])
        return found


class Remembering:
    """Keeps in ``results`` what ``workers`` make.

    Stages must be functions of a module, and their items must survive pickling; what a stage saw is
    its item's fingerprint. Heads are kept one by one and in groups of some dozens, so that a build
    in which little has changed looks up few of them. Where a group ends depends on the keys in it:
    a new item changes the group that it falls into, and no other.
    """

    def __init__(self, workers: Workers, results: Cache) -> None:
        self._workers = workers
        self._results = results

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        prefix = code_digest() + f"{stage.__module__}.{stage.__qualname__}\0".encode()
        keys = [digest(prefix + fingerprint(item)) for item in items]
        heads: dict[bytes, _Head] = {}
        incomplete = self._find(keys, heads)
        missing = {key: item for key, item in zip(keys, items, strict=True) if key not in heads}
        heads.update(self._make(stage, missing))
        groups = [
            (group, _pickled([heads[key] for key in members])) for group, members in incomplete
        ]
        self._results.put(groups, [])
        self._results.used(keys)
        results = []
        for key, item in zip(keys, items, strict=True):
            head, check = heads[key]
            results.append(Result(head, _Stored(check, self._results, key, partial(stage, item))))
        return results

    def _find(self, keys: Sequence[bytes], heads: dict[bytes, _Head]) -> list[_Group]:
        """Put what is known into ``heads``; return the groups that were not known as such."""
        groups = list(_groups(keys))
        self._results.used(group for group, _ in groups)
        found = self._results.heads([group for group, _ in groups])
        incomplete = []
        for group, members in groups:
            known = _unpickled(found.get(group))
            if isinstance(known, list) and len(known) == len(members):
                heads.update(zip(members, known, strict=True))
            else:
                incomplete.append((group, members))
        singly = [key for _, members in incomplete for key in members]
        for key, value in self._results.heads(singly).items():
            if (head := _unpickled(value)) is not None:
                heads[key] = head
        return incomplete

    def _make(
        self, stage: Callable[[A], Made[H]], missing: Mapping[bytes, A]
    ) -> Iterator[tuple[bytes, _Head]]:
        made = zip(missing, self._workers.run(stage, list(missing.values())), strict=True)
        while batch := list(islice(made, _WRITTEN_AT_ONCE)):
            heads = [(key, (result.head, digest(result.body))) for key, result in batch]
            self._results.put(
                [(key, _pickled(head)) for key, head in heads],
                [(key, result.body) for key, result in batch],
            )
            yield from heads


def _groups(keys: Sequence[bytes]) -> Iterator[_Group]:
    """The keys in groups of successive ones, each with the key of the group itself."""
    members: list[bytes] = []
    for key in keys:
        members.append(key)
        if key[0] < BOUNDARY:
            yield digest(b"".join(members)), members
            members = []
    if members:
        yield digest(b"".join(members)), members


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _unpickled(value: bytes | None) -> Any:
    """The value, or None where it cannot be read, which is as good as missing."""
    if value is not None:
        with suppress(Exception):
            return pickle.loads(value)
    return None
