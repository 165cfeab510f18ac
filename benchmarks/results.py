"""What was measured, what it was meant to reach, and both as a Markdown document."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.generators import GENERATORS
from benchmarks.scenarios import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.machine import Machine
    from benchmarks.measure import Sample

MIB = 1024**2
OURS = "aicareers"


class Build(NamedTuple):
    """Which build is meant: of how many articles, after what, by which generator."""

    size: int
    scenario: Scenario
    generator: str


@dataclass
class Results:
    """Every sample of every build; what failed, with its message; and the circumstances."""

    date: str
    machine: Machine
    counts_instructions: bool
    versions: dict[str, str] = field(default_factory=dict)
    samples: dict[Build, list[Sample]] = field(default_factory=dict)
    failures: dict[tuple[int, str], str] = field(default_factory=dict)
    profiles: dict[tuple[int, Scenario], list[dict[str, Any]]] = field(default_factory=dict)
    """Where our time goes, as ``aicareers build --profile`` tells, by size and scenario."""

    def seconds(self, build: Build) -> float | None:
        """The build's wall time, the median of its samples."""
        return self._median(build, lambda sample: sample.seconds)

    def cpu_seconds(self, build: Build) -> float | None:
        """Its processor time, likewise."""
        return self._median(build, lambda sample: sample.cpu_seconds)

    def memory(self, build: Build) -> float | None:
        """Its peak memory in bytes, likewise."""
        return self._median(build, lambda sample: sample.memory)

    def instructions(self, build: Build) -> float | None:
        """Its instructions, likewise; None where they are not counted."""
        return self._median(build, lambda sample: sample.instructions)

    def _median(self, build: Build, of: Callable[[Sample], float | None]) -> float | None:
        values = [of(sample) for sample in self.samples.get(build, ())]
        counted = [value for value in values if value is not None]
        return median(counted) if counted else None


@dataclass(frozen=True, slots=True)
class Goal:
    """A quantity of ``build`` is to be at most ``limit`` times that of ``beside``.

    With nothing beside, ``limit`` is the quantity's own.
    """

    words: str
    limit: float
    build: Build
    beside: Build | None
    quantity: Callable[[Results, Build], float | None] = Results.seconds

    def reached(self, results: Results) -> float | None:
        """What is compared with the limit; None where a measurement is missing."""
        own = self.quantity(results, self.build)
        if self.beside is None or own is None:
            return own
        other = self.quantity(results, self.beside)
        return own / other if other else None


def _goals_beside(
    generator: str, *goals: tuple[str, float, int, Scenario], memory: bool = False
) -> tuple[Goal, ...]:
    """Goals that compare ours with another generator that has the same to do."""
    quantity = Results.memory if memory else Results.seconds
    return tuple(
        Goal(
            words,
            limit,
            Build(size, scenario, OURS),
            Build(size, scenario, generator),
            quantity,
        )
        for words, limit, size, scenario in goals
    )


GOALS = (
    *_goals_beside(
        "hugo-related",
        ("cold, 1,000 articles: of Hugo with related content", 1, 1000, Scenario.COLD),
        ("cold, 10,000 articles: of Hugo with related content", 0.5, 10000, Scenario.COLD),
    ),
    *_goals_beside(
        "hugo",
        ("cold, 10,000 articles: of Hugo", 1, 10000, Scenario.COLD),
        ("one article changed, 10,000: of Hugo", 0.1, 10000, Scenario.ARTICLE),
        ("nothing changed, 10,000: of Hugo", 0.07, 10000, Scenario.NOTHING),
    ),
    Goal("one article changed, 10,000: seconds", 1.5, Build(10000, Scenario.ARTICLE, OURS), None),
    *_goals_beside("pelican", ("cold, 1,000 articles: of Pelican", 0.2, 1000, Scenario.COLD)),
    *_goals_beside(
        "hugo", ("peak memory, cold, 10,000: of Hugo", 0.3, 10000, Scenario.COLD), memory=True
    ),
    Goal(
        "cold: 10,000 articles of 1,000",
        10.5,
        Build(10000, Scenario.COLD, OURS),
        Build(1000, Scenario.COLD, OURS),
    ),
)
"""What ours means to reach. "Hugo" is Hugo without related content, the quicker and smaller one."""


def document(results: Results) -> str:
    """The results as a Markdown document."""
    sizes = sorted({build.size for build in results.samples})
    parts = ["# Benchmark results", _ABOUT, *_circumstances(results), *_goals(results)]
    for size in sizes:
        parts += [f"## {size:,} articles", "\n".join(_table(results, size))]
        parts += _profiles(results, size)
    parts += _failures(results)
    return "\n\n".join(parts) + "\n"


_ABOUT = """\
Written by `make bench`; [README.md](README.md) says what is built and how it is measured. Values
are medians, the times with their span. *Ratio* is our time divided by this generator's: where it is
below 1, ours is faster."""


def _circumstances(results: Results) -> Iterator[str]:
    machine = results.machine
    yield "\n".join([
        f"- Date: {results.date}",
        f"- Machine: {machine.processor}, {machine.cores} cores, {machine.memory / MIB:,.0f} MiB",
        f"- System: {machine.kernel}, {machine.python}",
        f"- Load of the machine before the first run: {machine.load:.2f}",
        *(f"- {GENERATORS[name].label}: {version}" for name, version in results.versions.items()),
        f"- Runs of each build: {_runs(results)}; the generators take turns",
        "- Instructions: " + (
            "counted by perf" if results.counts_instructions
            else "not counted, since perf cannot do it on this machine"
        ),
    ])  # fmt: skip


def _runs(results: Results) -> str:
    runs: dict[int, int] = {}
    for build, samples in results.samples.items():
        runs[build.size] = max(runs.get(build.size, 0), len(samples))
    return ", ".join(f"{times} with {size:,} articles" for size, times in sorted(runs.items()))


def _goals(results: Results) -> Iterator[str]:
    rows = ["| Goal for ours | At most | Measured | |", "| --- | ---: | ---: | --- |"]
    for goal in GOALS:
        value = goal.reached(results)
        if value is None:
            shown, verdict = "–", "not measured"
        else:
            shown, verdict = f"{value:.3g}", "met" if value <= goal.limit else "**missed**"
        rows.append(f"| {goal.words} | {goal.limit} | {shown} | {verdict} |")
    yield "## Goals"
    yield "\n".join(rows)


def _table(results: Results, size: int) -> Iterator[str]:
    yield "| Build | Generator | Time, s | CPU time, s | Memory, MiB | Instructions, 10⁹ | Ratio |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for scenario in Scenario:
        ours = results.seconds(Build(size, scenario, OURS))
        for name, generator in GENERATORS.items():
            build = Build(size, scenario, name)
            seconds = results.seconds(build)
            if seconds is None:
                continue
            times = [sample.seconds for sample in results.samples[build]]
            cells = [
                scenario,
                generator.label,
                f"{seconds:.2f} ({min(times):.2f}–{max(times):.2f})",
                _shown(results.cpu_seconds(build), 1, 2),
                _shown(results.memory(build), MIB, 0),
                _shown(results.instructions(build), 10**9, 1),
                _shown(ours, seconds, 2),
            ]
            yield f"| {' | '.join(cells)} |"


def _profiles(results: Results, size: int) -> Iterator[str]:
    """Where our time goes, for a site of ``size`` articles."""
    found = {scenario: stages for (of, scenario), stages in results.profiles.items() if of == size}
    if not found:
        return
    yield "Where our time goes (`aicareers build --profile`, one more run; without Python's start):"
    rows = [
        f"| Stage | {' | '.join(f'{scenario}, s | made' for scenario in found)} |",
        f"| --- |{' ---: | ---: |' * len(found)}",
    ]
    for stage in next(iter(found.values())):
        cells = [stage["name"]]
        for stages in found.values():
            same = next((other for other in stages if other["name"] == stage["name"]), None)
            cells += [f"{same['seconds']:.2f}", f"{same['made']:,}"] if same else ["–", "–"]
        rows.append(f"| {' | '.join(cells)} |")
    yield "\n".join(rows)


def _shown(value: float | None, unit: float, digits: int) -> str:
    return "–" if value is None else f"{value / unit:,.{digits}f}"


def _failures(results: Results) -> Iterator[str]:
    if results.failures:
        yield "## What failed"
    for (size, name), message in results.failures.items():
        of = f", {size:,} articles" if size else ""
        yield f"{GENERATORS[name].label}{of}:"
        yield "\n".join(f"    {line}" for line in message.splitlines())
