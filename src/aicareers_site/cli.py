"""The command line: arguments, messages, exit codes.

Exit codes: 0 built; 1 errors in content, templates or data, or in the output folder, and nothing
was published; 2 wrong usage or configuration.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aicareers_site import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicareers_site.build import Built, Request
    from aicareers_site.diagnostics import Diagnostic
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
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
    help="The moment for which to build: later articles are held back. In UTC without an offset.",
)
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish articles with a future date too.")
@click.option(
    "--jobs", type=click.IntRange(min=1), show_default="all cores", help="How many processes."
)
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
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
    no_cache: bool,
    strict: bool,
    quiet: bool,
    form: str,
) -> None:
    """Build the site.

    All problems are reported together; if there is an error, nothing is published and the output
    folder stays as it was.
    """
    from aicareers_site.build import Request

    request = Request(now or datetime.now(UTC), base_url, drafts, future)
    folder = output if output is not None else root / "public"
    _refuse_source_folder(folder, root)
    run = _Run(root, folder, request, jobs, strict=strict)
    report = _JsonReport() if form == "json" else _HumanReport(quiet=quiet)
    run.execute()
    report.show(run)
    context.exit(run.exit_code)


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

    def __init__(
        self, root: Path, folder: Path, request: Request, jobs: int | None, *, strict: bool
    ) -> None:
        from aicareers_site.build import Built

        self.root = root
        self.folder = folder
        self.request = request
        self.jobs = jobs
        self.strict = strict
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
        from aicareers_site.configuration import PATH as SETTINGS_PATH
        from aicareers_site.executor import executor_for

        tree = files.read(self.root)
        self.sources = tree.value.files
        if self._stopped(
            tree.diagnostics, CONTENT_ERROR if SETTINGS_PATH in self.sources else USAGE_ERROR
        ):
            return
        configured = build.configure(self.sources, self.request)
        if self._stopped(configured.diagnostics, USAGE_ERROR) or configured.value is None:
            return
        with executor_for(self.jobs) as executor:
            outcome = build.build(self.sources, configured.value, self.request, executor)
        self.built = outcome.value
        if self._stopped(outcome.diagnostics, CONTENT_ERROR):
            return
        published = files.publish(outcome.value.outputs, self.folder)
        if not self._stopped(published.diagnostics, CONTENT_ERROR):
            self.published = published.value

    def _stopped(self, diagnostics: Iterable[Diagnostic], exit_code: int) -> bool:
        from aicareers_site.diagnostics import has_errors, in_order

        found = tuple(diagnostics)
        self.diagnostics = in_order((*self.diagnostics, *found))
        stopped = bool(found) if self.strict else has_errors(found)
        if stopped:
            self.exit_code = exit_code
        return stopped


class _JsonReport:
    """One JSON object on standard output."""

    def show(self, run: _Run) -> None:
        built, published = run.built, run.published
        report = {
            "published": published is not None,
            "output": str(run.folder),
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
        from rich.console import Console

        self.quiet = quiet
        self.out = Console(highlight=False, soft_wrap=True)
        self.problems = Console(stderr=True, highlight=False, soft_wrap=True)

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

        errors = sum(found.severity is Severity.ERROR for found in run.diagnostics)
        warnings = len(run.diagnostics) - errors
        counts = [_count(errors, "error")] if errors or not warnings else []
        counts += [_count(warnings, "warning")] if warnings else []
        self.problems.print(
            f"\n{' and '.join(counts)}{' (--strict)' if not errors else ''}: nothing was "
            f"published; {run.folder} is as it was."
        )

    def _summary(self, run: _Run, published: Published) -> None:
        built = run.built
        pages = ", ".join(f"{number} {kind}" for kind, number in built.pages.items())
        self.out.print(
            f"Built {_count(sum(built.pages.values()), 'page')} ({pages}), "
            f"{_count(built.articles, 'article')} and {_count(built.feeds, 'feed')} "
            f"in {run.seconds:.1f} s."
        )
        for path, reason in built.skipped.items():
            self.out.print(f"Left out: {path}, {reason}.", markup=False)
        self.out.print(
            f"{run.folder}: {_count(published.written, 'file')} written, "
            f"{published.unchanged} unchanged, {published.removed} removed.",
            markup=False,
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
