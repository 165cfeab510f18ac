"""Results of stages, kept from one build to the next.

A result is found by a digest of everything that its stage can see: its argument, the code of this
package, the versions of Python and of the packages it uses. Times of files are no evidence. What is
read is verified; a damaged entry, or a damaged cache, is a miss and never a wrong page.

The cache is one SQLite file, so that two builds can use it at once and CI can restore it at another
path. Its values are pickled: whoever can write it can run code, as with the code itself.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import pickle
import sqlite3
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Self

    from aicareers_site.executor import Executor

A = TypeVar("A")
B = TypeVar("B")

FILE = "results.sqlite"
MAX_BYTES = 2 << 30
"""How much the values in the cache may take; what was not used for longest goes first."""

_PACKAGES = (
    "babel",
    "jinja2",
    "markdown",
    "markupsafe",
    "pydantic",
    "pygments",
    "pyyaml",
    "tzdata",
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    key BLOB PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL, build INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS builds (number INTEGER PRIMARY KEY);
"""
_NO_DAMAGE = frozenset([
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
])  # fmt: skip
_BATCH = 400  # every SQLite takes so many parameters


def digest(content: bytes) -> bytes:
    """A digest that tells any two contents apart (BLAKE2b, RFC 7693)."""
    return hashlib.blake2b(content, digest_size=20).digest()


@cache
def code_digest() -> bytes:
    """A digest of what makes results: this package's source, Python, the packages it uses."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=20)
    for package in _PACKAGES:
        found.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        found.update(source.name.encode() + digest(source.read_bytes()))
    return found.digest()


class Cache:
    """The results in ``folder``, which is made if need be; a context manager.

    Where the folder cannot be used, nothing is found and nothing is kept. A cache that turns out
    to be damaged is thrown away.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._file = folder / FILE
        self._max_bytes = max_bytes
        self._database: sqlite3.Connection | None = None
        self._build = 0

    def __enter__(self) -> Self:
        self._open()
        if self._database is None:  # a damaged file is gone now
            self._open()
        return self

    def __exit__(self, *_: object) -> None:
        gone: list[tuple[bytes]] = []
        with self._transaction() as database:
            gone = self._too_much(database)
            database.executemany("DELETE FROM results WHERE key = ?", gone)
        if gone and self._database is not None:
            with suppress(sqlite3.Error):
                self._database.execute("VACUUM")
        self._close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those of the values for ``keys`` that are here and undamaged."""
        found: dict[bytes, bytes] = {}
        with self._transaction() as database:
            for batch, marks in _batches(keys):
                query = f"SELECT key, digest, value FROM results WHERE key IN ({marks})"
                rows = database.execute(query, batch)
                found.update((key, value) for key, check, value in rows if digest(value) == check)
            for batch, marks in _batches(list(found)):
                used = f"UPDATE results SET build = ? WHERE key IN ({marks})"
                database.execute(used, (self._build, *batch))
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values`` by their keys."""
        rows = ((key, digest(value), value, self._build) for key, value in values.items())
        with self._transaction() as database:
            database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)

    def _open(self) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # Another build may be writing: wait for it, since that takes moments.
            self._database = sqlite3.connect(self._file, timeout=30)
        except (OSError, sqlite3.Error):
            return
        with self._transaction() as database:
            # A power failure may damage entries, which is noticed when they are read.
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_SCHEMA)
            (last,) = database.execute("SELECT max(number) FROM builds").fetchone()
            self._build = (last or 0) + 1
            database.execute("DELETE FROM builds")
            database.execute("INSERT INTO builds VALUES (?)", (self._build,))

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """The database, in a transaction; without one, an empty one that forgets.

        What goes wrong ends the use of the cache, not the build.
        """
        if self._database is None:
            with sqlite3.connect(":memory:") as nothing:
                nothing.executescript(_SCHEMA)
                yield nothing
            nothing.close()
            return
        try:
            with self._database:
                yield self._database
        except Exception as error:  # damage shows in many ways, as text that is none among them
            self._close()
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code not in _NO_DAMAGE:
                with suppress(OSError):
                    self._file.unlink()

    def _too_much(self, database: sqlite3.Connection) -> list[tuple[bytes]]:
        """The keys that must go so that the rest takes no more than is allowed."""
        query = "SELECT key, length(value) FROM results ORDER BY build DESC, key"
        total, gone = 0, []
        for key, length in database.execute(query):
            total += length
            if total > self._max_bytes:
                gone.append((key,))
        return gone


def _batches(keys: Sequence[bytes]) -> Iterator[tuple[Sequence[bytes], str]]:
    """``keys`` in parts, each with as many question marks."""
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        yield batch, ",".join("?" * len(batch))


class Remembering:
    """An executor that looks results up in a cache before another one computes them.

    A function whose results are kept must be a module's own, and its arguments and results must
    survive pickling. Equal arguments that pickle differently are merely computed anew.
    """

    def __init__(self, executor: Executor, results: Cache) -> None:
        self._executor = executor
        self._results = results

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> list[B]:
        prefix = code_digest() + f"{function.__module__}.{function.__qualname__}\0".encode()
        keys = [digest(prefix + _pickled(item)) for item in items]
        done: dict[bytes, B] = {}
        for key, value in self._results.get(keys).items():
            with suppress(Exception):  # what cannot be read is as good as missing
                done[key] = pickle.loads(value)
        missing = {key: item for key, item in zip(keys, items, strict=True) if key not in done}
        computed = self._executor.map(function, list(missing.values()))
        new = dict(zip(missing, computed, strict=True))
        self._results.put({key: _pickled(result) for key, result in new.items()})
        done.update(new)
        return [done[key] for key in keys]


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)
