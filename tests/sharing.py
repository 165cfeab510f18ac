"""What takes long to make is made once in a run of the tests, whichever worker needs it first."""

from __future__ import annotations

import fcntl
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Shared:
    """What all workers have in common: folders below ``place``, which tests leave as they are."""

    place: Path

    def folder(self, name: str, fill: Callable[[Path], object]) -> Path:
        """The folder of this name, once ``fill`` has filled it; meanwhile other workers wait."""
        folder = self.place / name
        complete = self.place / f"{name}.complete"
        with (self.place / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not complete.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                complete.touch()
        return folder
