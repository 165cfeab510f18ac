"""The command line: arguments, messages, exit codes.

Exit codes: 0 built; 1 errors in content, templates or data, or in the output folder, and nothing
was published; 2 wrong usage or configuration.
"""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aicareers_site import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from rich.console import Console

    from aicareers_site.build import Built, Request
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.executor import Executor
    from aicareers_site.files import Published

CONTENT_ERROR = 1
USAGE_ERROR = 2


class _Moment(click.ParamType[datetime]):
    name = "ISO 8601"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no date and time, such as 2026-04-22T12:00:00Z", param, ctx)
        return moment


class _BaseUrl(click.ParamType[str]):
    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from aicareers_site.configuration import base_url

        try:
            return base_url(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aicareers")
def main() -> None:
    """Build a static site for a statistics-heavy blog from Markdown articles."""


@main.command("build")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="The project: the folder that holds site.yaml, content/, templates/ and static/.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    show_default="public/ in the project",
    help="Where the site goes.",
)
@click.option("--base-url", type=_BaseUrl(), help="The home page's address, if not site.yaml's.")
@click.option(
    "--now",
    type=_Moment(),
    show_default="the clock",
    help="The moment for which to build: later articles are held back. Without an offset, in the "
    "site's time zone.",
)
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish articles with a future date too.")
@click.option(
    "--jobs", type=click.IntRange(min=1), show_default="all cores", help="How many processes."
)
@click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    show_default=".aicareers-cache/ in the project",
    help="Where results are kept from one build to the next.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json"]),
    default="human",
    show_default=True,
    help="How to report: in words, or as one JSON object on standard output.",
)
@click.pass_context
def build_command(
    context: click.Context,
    *,
    root: Path,
    output: Path | None,
    base_url: str | None,
    now: datetime | None,
    drafts: bool,
    future: bool,
    jobs: int | None,
    cache_dir: Path | None,
    no_cache: bool,
    strict: bool,
    quiet: bool,
    form: str,
) -> None:
    """Build the site.

    All problems are reported together; if there is an error, nothing is published and the output
    folder stays as it was.
    """
    folder = output if output is not None else root / "public"
    _refuse_source_folder(folder, root)
    results = None if no_cache else cache_dir or root / ".aicareers-cache"
    run = _Run(_Options(root, folder, base_url, now, drafts, future, jobs, results, strict))
    report = _JsonReport() if form == "json" else _HumanReport(quiet=quiet)
    run.execute()
    report.show(run)
    context.exit(run.exit_code)


@dataclass(frozen=True, slots=True)
class _Options:
    """What was asked for; ``results`` is the folder of the cache, None to do without."""

    root: Path
    folder: Path
    base_url: str | None
    now: datetime | None
    drafts: bool
    future: bool
    jobs: int | None
    results: Path | None
    strict: bool

    def request(self, zone: tzinfo) -> Request:
        """What to build, with the clock's moment where none was given."""
        from aicareers_site.build import Request

        now = self.now or datetime.now(UTC)
        return Request(now if now.tzinfo else now.replace(tzinfo=zone), self.drafts, self.future)


def _refuse_source_folder(folder: Path, root: Path) -> None:
    """The next build would take a site in there for sources."""
    from aicareers_site.files import FOLDERS

    for name in FOLDERS:
        if folder.resolve().is_relative_to((root / name).resolve()):
            raise click.BadParameter(
                f"{folder} is in the folder {name}/ of sources", param_hint="--output"
            )


class _Run:
    """One build from disk to disk, and what came of it."""

    def __init__(self, options: _Options) -> None:
        from aicareers_site.build import Built

        self.options = options
        self.sources: Mapping[str, bytes] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.built: Built = Built()
        self.published: Published | None = None
        self.exit_code = 0
        self.seconds = 0.0

    def execute(self) -> None:
        started = time.perf_counter()
        self._steps()
        self.seconds = time.perf_counter() - started

    def _steps(self) -> None:
        from aicareers_site import build, files
        from aicareers_site.cache import Cache, Remembering
        from aicareers_site.configuration import PATH as SETTINGS_PATH
        from aicareers_site.executor import executor_for

        options = self.options
        tree = files.read(options.root)
        self.sources = tree.value.files
        if self._stopped(
            tree.diagnostics, CONTENT_ERROR if SETTINGS_PATH in self.sources else USAGE_ERROR
        ):
            return
        configured = build.configure(self.sources, options.base_url)
        if self._stopped(configured.diagnostics, USAGE_ERROR) or configured.value is None:
            return
        request = options.request(configured.value.settings.zone)
        with executor_for(options.jobs) as processes, ExitStack() as stack:
            executor: Executor = processes
            if options.results is not None:
                executor = Remembering(executor, stack.enter_context(Cache(options.results)))
            outcome = build.build(self.sources, configured.value, request, executor)
        self.built = outcome.value
        if self._stopped(outcome.diagnostics, CONTENT_ERROR):
            return
        published = files.publish(outcome.value.outputs, options.folder)
        if not self._stopped(published.diagnostics, CONTENT_ERROR):
            self.published = published.value

    def _stopped(self, diagnostics: Iterable[Diagnostic], exit_code: int) -> bool:
        from aicareers_site.diagnostics import has_errors, has_warnings, in_order

        found = tuple(diagnostics)
        self.diagnostics = in_order((*self.diagnostics, *found))
        stopped = has_errors(found) or (self.options.strict and has_warnings(found))
        if stopped:
            self.exit_code = exit_code
        return stopped


class _JsonReport:
    """One JSON object on standard output."""

    def show(self, run: _Run) -> None:
        built, published = run.built, run.published
        report = {
            "published": published is not None,
            "output": str(run.options.folder),
            "pages": dict(built.pages),
            "articles": built.articles,
            "feeds": built.feeds,
            "skipped": [{"path": path, "reason": why} for path, why in built.skipped.items()],
            "files": {
                "written": published.written,
                "unchanged": published.unchanged,
                "removed": published.removed,
            }
            if published
            else None,
            "seconds": round(run.seconds, 3),
            "diagnostics": [diagnostic.as_json() for diagnostic in run.diagnostics],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))


class _HumanReport:
    """Problems on standard error, a short summary on standard output."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.out = _plain_console()
        self.problems = _plain_console(stderr=True)

    def show(self, run: _Run) -> None:
        for diagnostic in run.diagnostics:
            self._problem(diagnostic, run.sources)
        if run.published is None:
            self._failure(run)
        elif not self.quiet:
            self._summary(run, run.published)

    def _problem(self, diagnostic: Diagnostic, sources: Mapping[str, bytes]) -> None:
        from rich.text import Text

        from aicareers_site.diagnostics import Severity, as_text

        head, *rest = as_text(diagnostic, sources).split("\n")
        label = f"{diagnostic.severity.value}[{diagnostic.code}]"
        text = Text(head)
        colour = "bold red" if diagnostic.severity is Severity.ERROR else "bold yellow"
        text.highlight_words([label], colour)
        self.problems.print(text)
        for line in rest:
            self.problems.print(Text(line, style="dim" if "= hint" in line else ""))

    def _failure(self, run: _Run) -> None:
        from aicareers_site.diagnostics import Severity

        errors, warnings = (
            sum(found.severity is severity for found in run.diagnostics)
            for severity in (Severity.ERROR, Severity.WARNING)
        )
        counts = [_count(errors, "error")] if errors or not warnings else []
        counts += [_count(warnings, "warning")] if warnings else []
        self.problems.print(
            f"\n{' and '.join(counts)}{' (--strict)' if not errors else ''}: {self._left(run)}."
        )

    def _left(self, run: _Run) -> str:
        folder = run.options.folder
        if any(found.code == "output-unwritable" for found in run.diagnostics) and folder.exists():
            return f"{folder} may be half new; the next build that can write puts it right"
        return f"nothing was published{f'; {folder} is as it was' if folder.exists() else ''}"

    def _summary(self, run: _Run, published: Published) -> None:
        built = run.built
        pages = ", ".join(f"{number} {kind}" for kind, number in built.pages.items())
        self.out.print(
            f"Built {_count(sum(built.pages.values()), 'page')} ({pages}), "
            f"{_count(built.articles, 'article')} and {_count(built.feeds, 'feed')} "
            f"in {run.seconds:.1f} s."
        )
        for path, reason in built.skipped.items():
            self.out.print(f"Left out: {path}, {reason}.")
        self.out.print(
            f"{run.options.folder}: {_count(published.written, 'file')} written, "
            f"{published.unchanged} unchanged, {published.removed} removed."
        )


def _plain_console(*, stderr: bool = False) -> Console:
    """A console that takes no text for markup: paths and titles may hold anything."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
