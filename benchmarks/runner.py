"""Measure every build of every generator, in turns."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.generators import Folders, Generator, NotInstalledError, write_site
from benchmarks.measure import FailedError, Sample, run
from benchmarks.results import MIB, OURS, Build, Results
from benchmarks.scenarios import Scenario, faults, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WARM_UP = 60
"""Articles in the site that every generator builds once before anything is measured."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Makes the sites in the folder ``work`` and puts what it measures into ``results``."""

    work: Path
    results: Results

    def ready(self, generators: Sequence[Generator]) -> Iterator[Generator]:
        """Those that are on this machine and build a small site without fault."""
        for generator in generators:
            try:
                self.results.versions[generator.name] = generator.version()
                self._write(generator, WARM_UP)
                self._build(generator, WARM_UP, Scenario.COLD, "warm-up")
            except (FailedError, NotInstalledError) as error:
                self._fail(generator, 0, error)
            else:
                yield generator

    def measure(self, generators: Sequence[Generator], size: int, repeat: int) -> None:
        """Measure each build of ``size`` articles ``repeat`` times. What has failed is left out."""
        for generator in generators:
            self._write(generator, size)
        for turn in range(repeat):
            start = turn % max(len(generators), 1)
            for generator in (*generators[start:], *generators[:start]):
                for scenario in Scenario:
                    if (size, generator.name) not in self.results.failures:
                        self._measure(generator, size, scenario, turn)
        for generator in generators:
            if generator.name == OURS and (size, OURS) not in self.results.failures:
                self._profile(generator, size)

    def _profile(self, generator: Generator, size: int) -> None:
        folders = self._folders(generator, size)
        command = [part for part in generator.command(folders) if part != "--quiet"]
        for scenario in (Scenario.COLD, Scenario.NOTHING, Scenario.ARTICLE):
            prepare(scenario, generator, folders, size, f"profile-{scenario.name}")
            done = subprocess.run(
                [*command, "--profile", "--format", "json"],
                capture_output=True,
                check=True,
                cwd=folders.site,
            )
            self.results.profiles[size, scenario] = json.loads(done.stdout)["profile"]

    def _measure(self, generator: Generator, size: int, scenario: Scenario, turn: int) -> None:
        try:
            sample = self._build(generator, size, scenario, f"turn-{turn + 1}-{scenario.name}")
        except FailedError as error:
            self._fail(generator, size, error)
            return
        build = Build(size, scenario, generator.name)
        self.results.samples.setdefault(build, []).append(sample)
        _say(
            f"{size:,} articles, {scenario}, {generator.label}: {sample.seconds:.2f} s, "
            f"{sample.cpu_seconds:.2f} s of CPU time, {sample.memory / MIB:.0f} MiB"
        )

    def _write(self, generator: Generator, size: int) -> None:
        _say(f"{size:,} articles, {generator.label}: writing")
        write_site(generator, self._folders(generator, size), size)

    def _build(self, generator: Generator, size: int, scenario: Scenario, mark: str) -> Sample:
        folders = self._folders(generator, size)
        prepare(scenario, generator, folders, size, mark)
        sample = run(generator.command(folders), folders.site)
        for fault in faults(scenario, generator, folders, size, mark):
            raise FailedError(f"{scenario}: {fault}")
        return sample

    def _folders(self, generator: Generator, size: int) -> Folders:
        return Folders.below(self.work / str(size) / generator.name)

    def _fail(self, generator: Generator, size: int, error: Exception) -> None:
        self.results.failures[size, generator.name] = str(error)
        _say(f"{generator.label} failed: {error}")


def _say(message: str) -> None:
    print(message, flush=True)
