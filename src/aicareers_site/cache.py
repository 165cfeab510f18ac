"""Results of stages, kept from one build to the next.

A result is found by a digest of everything that its stage can see: its argument, the code of this
package, the versions of Python and of the packages it uses. Times of files are no evidence. What is
read is verified; a damaged entry, or a damaged cache, is a miss and never a wrong page.

The cache is one SQLite file, so that two builds can use it at once and CI can restore it at another
path. Its values are pickled: whoever can write it can run code, as with the code itself.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from aicareers_site.outputs import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

FILE = "results.sqlite"
MAX_BYTES = 2 << 30
"""How large the cache may grow; what was not used for longest goes first."""

_KEEP = 0.8
"""How much of that is left when something must go, so that this is seldom."""

_REMEMBERED_BUILDS = 32
"""Of so many builds it is known what they used."""

_MARK = 8
"""Bytes of a key that tell in the list of what a build used; a chance equality does no harm."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS heads (
    key BLOB PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bodies (key BLOB PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS builds (number INTEGER PRIMARY KEY, used BLOB NOT NULL);
"""
_NO_DAMAGE = frozenset([
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
])  # fmt: skip
_BATCH = 400  # every SQLite takes so many parameters


class Cache:
    """The results in ``folder``, which is made if need be; a context manager.

    A result is a head and, under the same key, a body. Several threads may ask for them. Where the
    folder cannot be used, nothing is found and nothing is kept. A cache that turns out to be
    damaged is thrown away.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._file = folder / FILE
        self._max_bytes = max_bytes
        self._database: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        self._open()
        if self._database is None:  # a damaged file is gone now
            self._open()
        return self

    def __exit__(self, *_: object) -> None:
        with self._transaction() as database:
            used = b"".join(sorted(self._used))
            database.execute("INSERT INTO builds (used) VALUES (?)", (used,))
            oldest = "SELECT max(number) FROM builds"
            database.execute(
                f"DELETE FROM builds WHERE number <= ({oldest}) - ?", (_REMEMBERED_BUILDS,)
            )
        if self._size() > self._max_bytes:
            with self._transaction() as database:
                _shrink(database, int(self._max_bytes * _KEEP))
            if self._database is not None:
                with suppress(sqlite3.Error):
                    self._database.execute("VACUUM")
        self._close()

    def heads(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those of the heads for ``keys`` that are here and undamaged."""
        found: dict[bytes, bytes] = {}
        with self._transaction() as database:
            for batch, marks in _batches(keys):
                query = f"SELECT key, digest, value FROM heads WHERE key IN ({marks})"
                rows = database.execute(query, batch)
                found.update((key, value) for key, check, value in rows if digest(value) == check)
        return found

    def body(self, key: bytes, check: bytes) -> bytes | None:
        """The body for ``key`` if it is here and ``check`` is its digest."""
        with self._transaction() as database:
            query = "SELECT value FROM bodies WHERE key = ?"
            for (value,) in database.execute(query, (key,)):
                if digest(value) == check:
                    return bytes(value)
        return None

    def put(
        self, heads: Collection[tuple[bytes, bytes]], bodies: Collection[tuple[bytes, bytes]]
    ) -> None:
        """Keep ``heads`` and ``bodies`` by their keys."""
        with self._transaction() as database:
            rows = ((key, digest(value), value) for key, value in heads)
            database.executemany("INSERT OR REPLACE INTO heads VALUES (?, ?, ?)", rows)
            database.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?)", bodies)

    def used(self, keys: Iterable[bytes]) -> None:
        """Remember that this build had use for what is kept by ``keys``."""
        self._used.update(key[:_MARK] for key in keys)

    def _open(self) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # Another build may be writing: wait for it, since that takes moments.
            self._database = sqlite3.connect(self._file, timeout=30, check_same_thread=False)
        except (OSError, sqlite3.Error):
            return
        with self._transaction() as database:
            # A power failure may damage entries, which is noticed when they are read.
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_SCHEMA)

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
            with self._lock, self._database:
                yield self._database
        except Exception as error:  # damage shows in many ways, as text that is none among them
            self._close()
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code not in _NO_DAMAGE:
                with suppress(OSError):
                    self._file.unlink()

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except OSError:
            return 0


def _shrink(database: sqlite3.Connection, size: int) -> None:
    """Delete what was not used for longest until the values take at most ``size`` bytes."""
    last_use: dict[bytes, int] = {}
    for number, used in database.execute("SELECT number, used FROM builds ORDER BY number"):
        marks = (used[start : start + _MARK] for start in range(0, len(used), _MARK))
        last_use.update(dict.fromkeys(marks, number))
    sizes: dict[bytes, int] = {}
    for table in ("heads", "bodies"):
        for key, length in database.execute(f"SELECT key, length(value) FROM {table}"):
            sizes[key] = sizes.get(key, 0) + length
    total, gone = 0, []
    for key in sorted(sizes, key=lambda key: (-last_use.get(key[:_MARK], 0), key)):
        total += sizes[key]
        if total > size:
            gone.append((key,))
    for table in ("heads", "bodies"):
        database.executemany(f"DELETE FROM {table} WHERE key = ?", gone)


def _batches(keys: Sequence[bytes]) -> Iterator[tuple[Sequence[bytes], str]]:
    """``keys`` in parts, each with as many question marks."""
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        yield batch, ",".join("?" * len(batch))
