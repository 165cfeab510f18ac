"""Watching a site's sources on disk, until the session ends."""

from __future__ import annotations

import os
import threading
import time
import unicodedata
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from watchfiles import watch

from aicareers_site.files import FOLDERS, is_left_over
from aicareers_site.paths import SETTINGS
from aicareers_site.settling import remaining

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from aicareers_site.preview_session import Session

_STEP = 10
"""Milliseconds without a change after which those before are told."""


class Watcher:
    """Tells ``session`` what has changed below ``root``; a context manager.

    One watch is on the root itself, where folders and settings come and go, another one on all that
    is below the folders of sources.
    """

    def __init__(self, root: Path, session: Session) -> None:
        self._root = Path(os.path.realpath(root))
        self._session = session
        self._seen: SimpleQueue[frozenset[str]] = SimpleQueue()
        self._ended = threading.Event()
        self._again = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=f"preview {work.__name__}")
            for work in (self._watch_root, self._watch_folders, self._settle)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._again.set()
        self._seen.put(frozenset())
        for thread in self._threads:
            thread.join()

    def _watch_root(self) -> None:
        for found in self._changes([self._root], self._ended, recursive=False):
            changed = frozenset(path for path in found if path in {SETTINGS, *FOLDERS})
            if changed:
                self._seen.put(changed)
            if changed & set(FOLDERS):
                self._again.set()

    def _watch_folders(self) -> None:
        while not self._ended.is_set():
            self._again.clear()
            folders = [self._root / name for name in FOLDERS if (self._root / name).is_dir()]
            self._seen.put(frozenset(FOLDERS))  # What has changed before is to be read, too.
            if not folders:
                self._again.wait()
                continue
            with suppress(FileNotFoundError):  # One has gone in this moment.
                for found in self._changes(folders, self._again, recursive=True):
                    self._seen.put(found)

    def _changes(
        self, places: list[Path], end: threading.Event, *, recursive: bool
    ) -> Iterable[frozenset[str]]:
        """Paths of sources below the root that have changed, as often as there are some."""
        for changes in watch(
            *places, watch_filter=None, debounce=50, step=_STEP, stop_event=end,
            recursive=recursive, raise_interrupt=False, ignore_permission_denied=True,
        ):  # fmt: skip
            paths = (os.path.relpath(path, self._root).replace(os.sep, "/") for _, path in changes)
            found = frozenset(unicodedata.normalize("NFC", path) for path in paths)
            yield frozenset(path for path in found if not any(map(is_left_over, path.split("/"))))

    def _settle(self) -> None:
        """Wait until a change is over, then tell of it."""
        while not self._ended.is_set():
            changed = set(self._seen.get())
            first = last = time.monotonic()
            while changed and not self._ended.is_set():
                incomplete = any(map(self._is_incomplete, changed))
                wait = remaining(first, last, time.monotonic(), len(changed), incomplete=incomplete)
                if wait <= 0:
                    self._session.save(changed)
                    break
                try:
                    changed |= self._seen.get(timeout=wait)
                    last = time.monotonic()
                except Empty:
                    continue

    def _is_incomplete(self, path: str) -> bool:
        """Whether a file that had contents is empty or gone, or a folder has changed."""
        try:
            place = self._root / path
            return place.is_dir() or (place.stat().st_size == 0 and self._session.holds(path))
        except OSError:
            return self._session.holds(path)
