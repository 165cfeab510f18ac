"""What the measurements were made on. Linux only."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, and how busy it was with other things (runnable tasks, on average of a minute)."""

    processor: str
    cores: int
    memory: int
    kernel: str
    python: str
    load: float


def this_machine() -> Machine:
    """The machine that this runs on, now."""
    return Machine(
        processor=_first(r"model name\s*: (.+)", Path("/proc/cpuinfo")) or platform.machine(),
        cores=len(os.sched_getaffinity(0)),
        memory=int(_first(r"MemTotal:\s*(\d+) kB", Path("/proc/meminfo")) or 0) * 1024,
        kernel=f"{platform.system()} {platform.release()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        load=os.getloadavg()[0],
    )


def _first(pattern: str, path: Path) -> str:
    found = re.search(pattern, path.read_text(encoding="utf-8"))
    return found[1] if found else ""
