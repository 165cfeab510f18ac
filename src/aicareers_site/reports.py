"""What is said of a build or a check: in words for people, or in formats for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from aicareers_site import explanations, invocation, report_formats
from aicareers_site.diagnostics import Severity, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from aicareers_site.checking import Check
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.publication import Counts
    from aicareers_site.run import Build, Run
    from aicareers_site.verifying import Verification


class JsonReport:
    """A build as one JSON object on standard output."""

    def __init__(self, *, profile: bool) -> None:
        self.profile = profile

    def show(self, run: Build) -> None:
        built, published = run.built, run.published
        print_json({
            "published": published is not None,
            "output": str(run.folder),
            "pages": dict(built.pages),
            "articles": built.articles,
            "feeds": built.feeds,
            "skipped": [{"path": path, "reason": why} for path, why in built.skipped.items()],
            "files": published._asdict() if published is not None else None,
            "seconds": round(run.seconds, 3),
            **({"profile": _profile(run)} if self.profile else {}),
            "diagnostics": [diagnostic.as_json() for diagnostic in run.diagnostics],
        })  # fmt: skip


class JsonCheckReport:
    """A check as one JSON object on standard output."""

    def show(self, run: Check) -> None:
        print_json({
            "passed": run.exit_code == 0,
            "articles": run.articles,
            "tables": run.tables,
            **{f"{severity}s": number(run, severity) for severity in Severity},
            "seconds": round(run.seconds, 3),
            "diagnostics": [diagnostic.as_json() for diagnostic in run.diagnostics],
        })  # fmt: skip


class JsonVerdict:
    """A comparison of the output folder with its source as one JSON object on standard output."""

    def show(self, run: Verification) -> None:
        print_json({
            "verified": run.exit_code == 0,
            "output": str(run.folder),
            "files": run.compared,
            "seconds": round(run.seconds, 3),
            "diagnostics": [diagnostic.as_json() for diagnostic in run.diagnostics],
        })  # fmt: skip


class DocumentReport:
    """What the ``command`` found, on standard output in the format ``form``: github, sarif, junit.

    Files are named as they are seen from the folder in which the command was run, which in CI is
    that of the repository.
    """

    def __init__(self, command: str, form: str) -> None:
        self._command = command
        self._form = form

    def show(self, run: Run) -> None:
        folder = _seen_from_here(run.options.root)
        strict = run.options.strict
        report = report_formats.Report(
            self._command, run.diagnostics, run.sources, folder, strict=strict
        )
        match self._form:
            case "github":
                document = report_formats.github(report)
            case "sarif":
                document = report_formats.sarif(report, explanations.shipped())
            case _:
                document = report_formats.junit(report)
        if document:
            click.echo(document)


def _seen_from_here(folder: Path) -> str:
    """The path from the folder in which the command was run; empty for that one."""
    absolute, here = folder.resolve(), Path.cwd()
    if absolute == here:
        return ""
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else folder).as_posix()


class Words:
    """Where words for people go."""

    @cached_property
    def out(self) -> Console:
        return _plain_console()

    @cached_property
    def problems(self) -> Console:
        return _plain_console(stderr=True)

    def show_problems(self, run: Run) -> None:
        """All that was found, each with its place, and where more is said of it."""
        for diagnostic in run.diagnostics:
            self._problem(diagnostic, run.sources)
        if run.diagnostics:
            worst = min(run.diagnostics, key=lambda one: [*Severity].index(one.severity))
            self.problems.print(f"\nMore on a code: {invocation.command()} explain {worst.code}")

    def show_failure(self, run: Run, left: str) -> None:
        """How many problems there are, and what that has ``left`` behind."""
        errors, warnings = number(run, Severity.ERROR), number(run, Severity.WARNING)
        counts = [count(errors, "error")] if errors or not warnings else []
        counts += [count(warnings, "warning")] if warnings else []
        self.problems.print(f"{' and '.join(counts)}{' (--strict)' if not errors else ''}: {left}.")

    def _problem(self, diagnostic: Diagnostic, sources: Mapping[str, bytes]) -> None:
        from rich.text import Text

        head, *rest = as_text(diagnostic, sources).split("\n")
        label = f"{diagnostic.severity.value}[{diagnostic.code}]"
        text = Text(head)
        colour = "bold red" if diagnostic.severity is Severity.ERROR else "bold yellow"
        text.highlight_words([label], colour)
        self.problems.print(text)
        for line in rest:
            self.problems.print(Text(line, style="dim" if "= hint" in line else ""))


class HumanReport(Words):
    """Problems on standard error, a short summary on standard output."""

    def __init__(self, *, quiet: bool, profile: bool) -> None:
        self.quiet = quiet
        self.profile = profile

    def show(self, run: Build) -> None:
        self.show_problems(run)
        if run.published is None:
            self.show_failure(run, self._left(run))
        elif not self.quiet:
            self._summary(run, run.published)
        if self.profile:
            self._table(run)

    def _left(self, run: Build) -> str:
        folder = run.folder
        if run.begun:
            return f"{folder} may be half new; the next build that can write puts it right"
        return f"nothing was published{f'; {folder} is as it was' if folder.exists() else ''}"

    def _summary(self, run: Build, published: Counts) -> None:
        built = run.built
        pages = ", ".join(f"{number} {kind}" for kind, number in built.pages.items())
        self.out.print(
            f"Built {count(sum(built.pages.values()), 'page')} ({pages}), "
            f"{count(built.articles, 'article')} and {count(built.feeds, 'feed')} "
            f"in {run.seconds:.1f} s."
        )
        for path, reason in built.skipped.items():
            self.out.print(f"Left out: {path}, {reason}.")
        self.out.print(
            f"{run.folder}: {count(published.written, 'file')} written, "
            f"{published.unchanged} unchanged, {published.removed} removed."
        )

    def _table(self, run: Run) -> None:
        self.out.print(f"\n{'':26}{'seconds':>9}{'share':>7}{'items':>9}{'made':>9}")
        for stage in _profile(run):
            name, seconds, items, made = stage.values()
            share = f"{seconds / run.seconds:.0%}" if run.seconds else ""
            counts = f"{items:>9,}{made:>9,}" if items else ""
            self.out.print(f"{name:26}{seconds:>9.3f}{share:>7}{counts}".rstrip())


class HumanCheckReport(Words):
    """Problems on standard error, and on standard output how many there are."""

    def show(self, run: Check) -> None:
        self.show_problems(run)
        kinds = [(number(run, severity), severity.value) for severity in Severity]
        counts = [count(number, noun) for number, noun in kinds if number]
        strictly = run.exit_code and not number(run, Severity.ERROR)
        self.out.print(
            f"{count(run.articles, 'article')}, {count(run.tables, 'data table')}: "
            f"{', '.join(counts) or 'no problems'}{' (--strict)' if strictly else ''}"
        )


class HumanVerdict(Words):
    """Problems on standard error, and on standard output whether there are any."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet

    def show(self, run: Verification) -> None:
        self.show_problems(run)
        codes = Counter(found.code for found in run.diagnostics)
        kinds = {
            "output-differs": "other",
            "output-missing": "missing",
            "output-foreign": "foreign",
        }
        counts = [f"{codes[code]} {word}" for code, word in kinds.items() if codes[code]]
        if run.exit_code:
            said = "not compared"
            if counts:
                said = f"not what the sources give: {', '.join(counts)}"
            elif run.compared:
                said = "what the sources give, but the manifest is not"
            self.problems.print(f"{run.folder} is {said}.")
        elif not self.quiet:
            files = count(run.compared, "file")
            self.out.print(f"{run.folder} is what the sources give, byte for byte: {files}.")


BuildReport: TypeAlias = JsonReport | HumanReport | DocumentReport
VerdictReport: TypeAlias = JsonVerdict | HumanVerdict | DocumentReport
CheckReport: TypeAlias = JsonCheckReport | HumanCheckReport | DocumentReport


def _profile(run: Run) -> list[dict[str, Any]]:
    """What each stage took."""
    stages = [asdict(stage) for stage in run.watch.stages.values()]
    for stage in stages:
        stage["seconds"] = round(stage["seconds"], 3)
    return stages


def number(run: Run, severity: Severity) -> int:
    """How many problems of this severity there are."""
    return sum(found.severity is severity for found in run.diagnostics)


def print_json(report: dict[str, Any]) -> None:
    click.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _plain_console(*, stderr: bool = False) -> Console:
    """A console that takes no text for markup: paths and titles may hold anything."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
