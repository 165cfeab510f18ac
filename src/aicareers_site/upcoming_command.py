"""``aicareers upcoming``."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from aicareers_site.command_options import now_option, root_option, show_problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aicareers_site.forecasting import Forecast
    from aicareers_site.upcoming import Event

_WORDS = {
    "appears": "appears",
    "disappears": "disappears",
    "due": "due for review",
    "dated-ahead": "can be built again",
}


class _Day(click.DateTime):
    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            found: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is no day, such as 2026-12-31", param, ctx)
        return found


@click.command("upcoming")
@root_option
@now_option
@click.option(
    "--until",
    type=_Day(),
    metavar="DATE",
    help="Leave out what happens after this day, such as 2026-12-31.",
)
@click.option(
    "--days",
    type=click.IntRange(0),
    metavar="N",
    help="Leave out what happens more than this many days from today.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json"]),
    default="human",
    show_default=True,
    help="How to report: in words, or as one JSON object on standard output.",
)
@click.pass_context
def upcoming_command(
    context: click.Context,
    root: Path,
    now: datetime | None,
    until: datetime | None,
    days: int | None,
    form: str,
) -> None:
    """Tell what will appear or disappear, and when.

    Articles with a future date and those that expire, data tables whose figures are then said to
    be out of date, and what is dated ahead. Tells also when the next build gives something new, so
    that CI can be scheduled. Times are in the site's time zone.
    """
    from aicareers_site.forecasting import Forecast
    from aicareers_site.run import Options

    if until is not None and days is not None:
        raise click.UsageError("give --until or --days, not both")
    results = root / ".aicareers-cache"
    forecast = Forecast(Options(root, None, now, False, False, None, results, False))
    forecast.execute()
    if forecast.now is None:
        show_problems(forecast.diagnostics, forecast.sources)
    else:
        end = _end(forecast.now, until, days)
        shown = [one for one in forecast.ahead.events if end is None or one.moment < end]
        (_show_json if form == "json" else _show)(forecast, str(forecast.now.tzinfo), shown)
    context.exit(forecast.exit_code)


def _end(now: datetime, until: datetime | None, days: int | None) -> datetime | None:
    """The first moment that is not looked at any more."""
    if until is None and days is None:
        return None
    last = until.date() if until is not None else now.date() + timedelta(days=days or 0)
    return datetime.combine(last + timedelta(days=1), time(), now.tzinfo)


def _show_json(forecast: Forecast, zone: str, shown: Sequence[Event]) -> None:
    change = forecast.ahead.next_change
    report = {
        "time_zone": zone,
        "next_change": change.isoformat() if change else None,
        "events": [
            {
                "at": event.moment.isoformat(),
                "event": event.what.value,
                "source": event.source,
                "title": event.title,
                "path": event.path,
                "changes": event.changes,
            }
            for event in shown
        ],
        "drafts": [{"source": one.source, "title": one.title} for one in forecast.ahead.drafts],
        "diagnostics": [diagnostic.as_json() for diagnostic in forecast.diagnostics],
    }
    click.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _show(forecast: Forecast, zone: str, shown: Sequence[Event]) -> None:
    show_problems(forecast.diagnostics, forecast.sources)
    width = max((len(_WORDS[event.what]) for event in shown), default=0)
    for event in shown:
        words = _WORDS[event.what].ljust(width)
        click.echo(f"{event.moment:%Y-%m-%d %H:%M}  {words}  {event.source}: {event.title}")
    if not shown:
        click.echo("Nothing until then." if forecast.ahead.events else "Nothing changes by itself.")
    if change := forecast.ahead.next_change:
        click.echo(f"\nThe next build that changes anything: {change:%Y-%m-%d %H:%M} ({zone}).")
    if forecast.ahead.drafts:
        click.echo("\nDrafts, which appear only once somebody takes 'draft' out:")
    for draft in forecast.ahead.drafts:
        click.echo(f"  {draft.source}: {draft.title}")
    if forecast.exit_code:
        click.echo("\nWhat has errors is not in this list: mend it first.", err=True)
