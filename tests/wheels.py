"""The project as it is given away: its wheel, and environments that hold nothing but that."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from tests.samples import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = "aicareers-site"


@dataclass(frozen=True)
class Environment:
    """A virtual environment; commands run in it as in a shell of a user who has just logged in."""

    folder: Path

    @property
    def variables(self) -> Mapping[str, str]:
        path = f"{self.folder / 'bin'}:/usr/local/bin:/usr/bin:/bin"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8"}

    @property
    def program(self) -> str:
        """The path of the command ``aicareers``."""
        return str(self.folder / "bin" / "aicareers")

    def run(self, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run ``aicareers`` with these arguments in ``folder``."""
        return subprocess.run(
            [self.program, *arguments],
            cwd=folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def packed(sort: str, target: Path, source: Path = PROJECT) -> Path:
    """Make the ``wheel`` or ``sdist`` of the project at ``source``, as pip would; its path."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", sort, "--directory"]
    subprocess.run([*command, str(target)], cwd=source, check=True, capture_output=True)
    (made,) = target.iterdir()
    return made


def environment(folder: Path, wheel: Path, extras: Iterable[str] = ()) -> Environment:
    """A virtual environment with the wheel, and what it says that it needs; no network is used.

    What it needs is lent by the environment of these tests: links lead there.
    """
    venv.create(folder, with_pip=False)
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    command += ["install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    alone = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
    subprocess.run(command, check=True, capture_output=True, env=alone)
    (packages,) = folder.glob("lib/python*/site-packages")
    for lent in _needed(Distribution.at(next(packages.glob("aicareers_site-*.dist-info"))), extras):
        for place in _places(lent):
            link = packages / place.name
            if not link.exists():
                link.symlink_to(place)
    return Environment(folder)


def _needed(root: Distribution, extras: Iterable[str]) -> Iterator[Distribution]:
    """All distributions that ``root`` requires on this machine, and those that these require."""
    waiting = [(root, frozenset(extras))]
    seen = {(root.name, frozenset(extras))}
    while waiting:
        one, wanted = waiting.pop()
        for requirement in map(Requirement, one.requires or ()):
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in {*wanted, ""}):
                continue
            named = (requirement.name, frozenset(requirement.extras))
            if named not in seen:
                seen.add(named)
                waiting.append((distribution(requirement.name), named[1]))
                yield waiting[-1][0]


def _places(lent: Distribution) -> set[Path]:
    """The files and folders of a distribution that lie in ``site-packages`` themselves."""
    tops = {file.parts[0] for file in lent.files or ()} - {"..", "__pycache__"}
    return {Path(str(lent.locate_file(top))) for top in tops}
