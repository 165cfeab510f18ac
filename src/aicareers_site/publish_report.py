"""What is said of a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from aicareers_site.reports import DocumentReport, Words, count, print_json

if TYPE_CHECKING:
    from aicareers_site.publication import Changes
    from aicareers_site.publishing import Publish


class JsonPublishReport:
    """A publication as one JSON object on standard output."""

    def show(self, run: Publish) -> None:
        changes = run.changes
        print_json({
            "published": changes is not None and not run.dry_run,
            "target": run.name,
            "dry_run": run.dry_run,
            "files": changes.counts._asdict() if changes is not None else None,
            "put": [output.path for output in changes.put] if changes is not None else [],
            "deleted": [*changes.cleared, *changes.removed] if changes is not None else [],
            "seconds": round(run.seconds, 3),
            "diagnostics": [diagnostic.as_json() for diagnostic in run.diagnostics],
        })  # fmt: skip


class HumanPublishReport(Words):
    """Problems on standard error; on standard output what has changed at the target."""

    def show(self, run: Publish) -> None:
        self.show_problems(run)
        if run.changes is None:
            self.show_failure(run, _left(run))
        elif run.dry_run:
            self._plan(run.changes)
            self._summary(run, run.changes, "would be ")
        else:
            self._summary(run, run.changes, "")

    def _plan(self, changes: Changes) -> None:
        for step in changes.steps():
            for output in step.put:
                self.out.print(f"put     {output.path}")
            for path in step.delete:
                self.out.print(f"delete  {path}")

    def _summary(self, run: Publish, changes: Changes, would_be: str) -> None:
        written, unchanged, removed = changes.counts
        self.out.print(
            f"{run.name}: {count(written, 'file')} {would_be}written, {unchanged} unchanged, "
            f"{removed} {would_be}removed."
        )


def _left(run: Publish) -> str:
    if run.begun:
        return f"{run.name} may be half new; publish again, it goes on from there"
    return f"nothing was published; {run.name} is as it was"


PublishReport: TypeAlias = JsonPublishReport | HumanPublishReport | DocumentReport


def publish_report(form: str) -> PublishReport:
    """The report in the format ``form``."""
    match form:
        case "json":
            return JsonPublishReport()
        case "human":
            return HumanPublishReport()
        case _:
            return DocumentReport("publish", form)
