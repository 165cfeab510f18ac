"""How old the figures of data tables are, and which are due for review.

A build shows old figures to readers as what they are, and goes on; the editors hear of them here,
some time before.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aicareers_site import table_files
from aicareers_site.data_book import is_due
from aicareers_site.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from aicareers_site.data_tables import Table
    from aicareers_site.diagnostics import Span

AHEAD = timedelta(days=30)
"""How long before the day of review the editors are told."""

_MOST_NAMED = 3


def soon_due(table: Table, today: date) -> bool:
    """Whether the day of review is near or past."""
    return table.review_by is not None and today >= table.review_by - AHEAD


def check(
    tables: Iterable[Table],
    files: Mapping[str, bytes],
    named_by: Mapping[str, Sequence[str]],
    today: date,
) -> Iterator[Diagnostic]:
    """What to say of the age of each of the ``tables`` on the day ``today``.

    ``files`` are the data files by path, ``named_by`` the paths of the articles that name a table,
    by its id. Codes: ``figure-due``, a note, from 30 days before the last day on which the figures
    are good; ``figure-stale``, a warning, once that day is past. A table without one is never due.
    """
    for table in tables:
        if not soon_due(table, today):
            continue
        stale = is_due(table, today)
        what = "have been due for review since" if stale else "are due for review on"
        yield Diagnostic(
            "figure-stale" if stale else "figure-due",
            f"these figures {what} {table.review_by}; {_named(named_by.get(table.id, ()))}",
            _place(table, files[table.path]),
            "read the source again, and correct the figures, 'as_of' and the day of review",
            Severity.WARNING if stale else Severity.NOTE,
        )


def _place(table: Table, content: bytes) -> Span:
    """Where the file says how long its figures are good."""
    ages = [table_files.locate(table.path, content, (key,)) for key in ("max_age", "review_by")]
    nowhere = table_files.locate(table.path, content, ())
    return next(span for span in ages if span != nowhere)


def _named(articles: Sequence[str]) -> str:
    """Which articles name a table, in words."""
    if not articles:
        return "no article names them"
    shown, more = articles[:_MOST_NAMED], len(articles) - _MOST_NAMED
    return f"named by {', '.join(shown)}" + (f" and {more} more" if more > 0 else "")
