"""A look ahead at the output folder: what the last build left there is read while this one works.

Of a publication that changes little, most is taking the digests of the files that are there. That
needs nothing of the new site, so that another process can do it in the meantime. A survey only
saves time: without one, or if its process dies, ``files.publish`` looks for itself.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NoReturn

from aicareers_site import output_folder
from aicareers_site.publication import LIST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_THRESHOLD = 150_000
"""Bytes of the list of files from which a process is worth its start: some 3,000 files."""

_Stamp = tuple[int, int, int, int, int]


class Survey:
    """What another process finds in ``folder`` and writes to ``findings``; nothing without one."""

    def __init__(self, folder: Path, findings: IO[bytes] | None = None) -> None:
        self._folder = folder
        self._findings = findings

    def digests(self) -> dict[str, bytes]:
        """The digests of files by path; waits for the process, and may be asked once.

        A file that has changed since its digest was taken is left out. Links on the way to a file
        are followed: whether it is one of ours is not known here.
        """
        digests = {}
        for path, (stamp, digest) in self._found().items():
            try:
                unchanged = _stamp(os.lstat(f"{self._folder}/{path}")) == stamp
            except OSError:
                continue
            if unchanged:
                digests[path] = digest
        return digests

    def _found(self) -> dict[str, tuple[_Stamp, bytes]]:
        if self._findings is None:
            return {}
        try:
            found: dict[str, tuple[_Stamp, bytes]] = pickle.load(self._findings)
        except (EOFError, pickle.UnpicklingError):  # The process has died.
            return {}
        return found


@contextmanager
def begun(folder: Path, threshold: int = _THRESHOLD) -> Iterator[Survey]:
    """Begin a survey of ``folder``, if its list has ``threshold`` bytes and a core may be free."""
    if not _is_worth_a_process(folder, threshold):
        yield Survey(folder)
        return
    readable, writable = os.pipe()
    process = os.fork()
    if process == 0:
        _report(folder, writable)
    os.close(writable)
    try:
        with os.fdopen(readable, "rb") as findings:
            yield Survey(folder, findings)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _is_worth_a_process(folder: Path, threshold: int) -> bool:
    # Forking is quick, but safe only on Linux and without other threads.
    if sys.platform != "linux" or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return False
    try:
        return (folder / LIST).stat().st_size >= threshold
    except OSError:
        return False


def _report(folder: Path, descriptor: int) -> NoReturn:
    """Write what is found to ``descriptor`` and end this process."""
    try:
        found = {}
        for path in sorted(output_folder.read_list(folder).value):
            if seen := output_folder.examine(f"{folder}/{path}"):
                found[path] = (_stamp(seen[0]), seen[1])
        with os.fdopen(descriptor, "wb") as findings:
            pickle.dump(found, findings, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)  # All cleaning up, and every message, is the other process's.


def _stamp(state: os.stat_result) -> _Stamp:
    """What cannot stay the same when the bytes of a file change."""
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
