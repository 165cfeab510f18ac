"""Run a command and measure it with all processes that it starts. Linux only.

*Time*: the wall clock from start to end of the command. *CPU time*: user and system time of the
command and everything that it started, as the kernel accounts it when they end (``wait4``); this
process adopts what outlives its parent, so that no worker is missed. *Memory*: the highest sum of
resident memory over these processes that was seen, looking every 20 ms, or less often where that
would take more than a thirtieth of one core. Where there are several processes, a page that they
share is counted once ("proportional set size"). *Instructions*: those executed
outside the kernel, as ``perf stat`` counts them, where the machine lets it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERVAL = 0.02
"""Seconds between two looks at the memory."""

RESPITE = 30
"""How many times longer than the look before they are at least."""

TIMEOUT = 1800.0
"""Seconds after which a command has failed."""

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")
_COUNTING = ("perf", "stat", "--field-separator=,", "--event=instructions:u")


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds of time and CPU time, bytes of memory, instructions if they are counted."""

    seconds: float
    cpu_seconds: float
    memory: int
    instructions: int | None = None


class FailedError(Exception):
    """A command failed; the message is what it said."""


def run(command: list[str], folder: Path) -> Sample:
    """Run ``command`` in ``folder``; :class:`FailedError` if it does not end well."""
    os.sync()  # What the run before has written is not for this one to wait for.
    with tempfile.TemporaryDirectory() as scratch:
        counted = Path(scratch) / "instructions"
        wrapped = [*_COUNTING, f"--output={counted}", "--", *command] if can_count() else command
        with (Path(scratch) / "said").open("w+b") as said, _adopting_orphans():
            sample, exit_code = _watch(wrapped, folder, said.fileno())
            said.seek(0)
            message = said.read().decode(errors="replace")
        if exit_code:
            raise FailedError(_last_lines(message) or f"exit code {exit_code}, without a word")
        instructions = _instructions(counted)
    return Sample(sample.seconds, sample.cpu_seconds, sample.memory, instructions)


@cache
def can_count() -> bool:
    """Whether this machine lets ``perf stat`` count instructions."""
    if shutil.which("perf") is None:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        counted = Path(scratch) / "instructions"
        command = [*_COUNTING, f"--output={counted}", "--", "true"]
        subprocess.run(command, capture_output=True, check=False)
        return _instructions(counted) is not None


def _instructions(path: Path) -> int | None:
    """What perf has counted; None where it says that it cannot."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            number, *rest = line.split(",")
            if number.isdigit() and any(field.startswith("instructions") for field in rest):
                return int(number)
    return None


@contextmanager
def _adopting_orphans() -> Iterator[None]:
    """Meanwhile, what outlives its parent becomes a child of this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot adopt orphaned processes")
    try:
        yield
    finally:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _watch(command: list[str], folder: Path, output: int) -> tuple[Sample, int]:
    """Run it in a session of its own, by which its processes are known."""
    # Python keeps what it has compiled, unless this very machine forbids it: not ours to measure.
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    memory = _Memory(process.pid, counts_leader=command[0] != _COUNTING[0])
    late = threading.Timer(TIMEOUT, _end, [process.pid])
    memory.start()
    late.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        late.cancel()
        late.join()
        memory.stop()
        _end(process.pid)
    cpu = usage.ru_utime + usage.ru_stime
    with suppress(ChildProcessError):  # No child is left in its group.
        while True:
            _, _, usage = os.wait4(-process.pid, 0)
            cpu += usage.ru_utime + usage.ru_stime
    if seconds >= TIMEOUT:
        raise FailedError(f"not done after {TIMEOUT:.0f} seconds")
    return Sample(seconds, cpu, memory.peak), process.returncode


def _end(session: int) -> None:
    """Kill what is left of a session that this process has begun."""
    with suppress(ProcessLookupError):
        os.killpg(session, 9)


class _Memory(threading.Thread):
    """Watches the memory of a session's processes; ``counts_leader`` is false if it is perf."""

    def __init__(self, session: int, *, counts_leader: bool) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._session = session
        self._counts_leader = counts_leader
        self._strangers: set[str] = set()
        self._stopped = threading.Event()

    def run(self) -> None:
        pause = INTERVAL
        while not self._stopped.wait(pause):
            started = time.perf_counter()
            self.peak = max(self.peak, self._sum())
            pause = max(INTERVAL, RESPITE * (time.perf_counter() - started))

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def _sum(self) -> int:
        members = [path for path in _PROC.iterdir() if self._is_member(path.name)]
        look = _resident if len(members) == 1 else _proportional
        total = 0
        for path in members:
            with suppress(OSError):  # It has ended since.
                total += look(path)
        return total

    def _is_member(self, name: str) -> bool:
        if not name.isdigit() or name in self._strangers:
            return False
        with suppress(OSError):
            # Behind the name, which is in brackets: state, parent, group, session (proc(5)).
            fields = (_PROC / name / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == self._session:
                return self._counts_leader or int(name) != self._session
            if name != str(self._session):  # which is not yet in its session as it starts
                self._strangers.add(name)
        return False


def _resident(process: Path) -> int:
    return int((process / "statm").read_text().split()[1]) * _PAGE


def _proportional(process: Path) -> int:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _last_lines(message: str) -> str:
    return "\n".join(message.strip().splitlines()[-8:])
