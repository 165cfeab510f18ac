"""Small data tables, for tests that need some."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aicareers_site.data_checks import bind
from aicareers_site.diagnostics import Span
from aicareers_site.records import Record
from aicareers_site.table_reader import read

if TYPE_CHECKING:
    from aicareers_site.data_book import DataBook
    from aicareers_site.data_tables import Table

JOBS_TEXT = """\
title: Open positions
description: Open positions in the exchange's overview.
as_of: 2026-04-22
review_by: 2027-04-22
source:
  name: The exchange's overview
  retrieved: 2026-04-23
unit: openings
total: 100
breakdowns:
  level:
    title: Level
    complete: false
    rest: Other levels
    acknowledged: The source does not say what the others are.
    parts:
      senior: {value: 60, share: 60}
      mid-level: {value: 25}
  place:
    title: Place
    parts:
      remote: {value: 41, share: 41}
      on-site: {label: On site, value: 59, share: 59}
"""

PAY_TEXT = """\
title: Pay of engineers
description: What engineers are paid.
as_of: 2026-04-22
source: {name: A book of facts, retrieved: 2026-04-22}
columns:
  country: {type: country}
  role: {type: text}
  place: {type: text}
  basis: {type: text}
  currency: {type: currency}
  pay: {type: money, currency: currency, label: Pay a year}
records:
  us:
    label: Bay Area
    country: US
    role: Engineer
    place: Bay Area
    basis: a year
    currency: USD
    pay: {low: 350000, median: 500000, high: 700000}
  gb:
    label: London
    country: GB
    role: Engineer
    place: London
    basis: a year
    currency: GBP
    pay: 120000
  de:
    label: Berlin
    country: DE
    role: Engineer
    place: Berlin
    basis: a year
    currency: EUR
"""

SERIES_TEXT = """\
title: Openings by year
description: Openings, counted each January.
as_of: 2026-01-31
source: {name: The exchange's yearbook, retrieved: 2026-02-01}
columns:
  year: {type: year}
  openings: {type: number, unit: openings}
  growth: {type: change}
  remote: {type: percent}
records:
  y2024: {label: "2024", year: 2024, openings: 80, remote: 30}
  y2025: {label: "2025", year: 2025, openings: 90, growth: 12.5, remote: 35.5}
  y2026: {label: "2026", year: 2026, openings: 100, growth: {low: 10, high: 12}, remote: 41}
"""


def table(text: str, path: str = "content/data/jobs.yaml") -> Table:
    """The table of a data file, which must be right."""
    outcome = read(path, text.encode())
    assert outcome.value is not None, outcome.diagnostics
    assert outcome.diagnostics == ()
    return outcome.value


JOBS = table(JOBS_TEXT)
PAY = table(PAY_TEXT, "content/data/pay.yaml")
SERIES = table(SERIES_TEXT, "content/data/series.yaml")


CORRECTED = table(
    f"""{JOBS_TEXT}
corrections:
  - {{date: 2026-05-01, figure: level.senior, before: 61, after: 59, why: It was miscounted.}}
  - {{date: 2026-05-03, figure: level.senior, before: 59, after: 60, why: One was forgotten.}}
  - {{date: 2026-05-02, figure: place.remote, before: 40, after: 41, why: One was remote.}}
""".replace("2026-05-02", "2026-05-04"),
    "content/data/jobs.yaml",
)


def locate(path: str, field: str) -> Span:
    """A place that tells which field was asked for."""
    return Span(f"{path}#{field}")


def data(*tables: Table) -> DataBook:
    """The tables together, which must agree."""
    outcome = bind(tables, (), locate)
    assert outcome.diagnostics == ()
    return outcome.value


def record(**fields: object) -> Record:
    """An article of the first of May, with what it shows."""
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    return Record(
        "content/articles/a.md", "post", "a", "/blog/a/", "A", "About A.", moment, draft=False,
        aliases=(), ids=(), references=(), date=moment,
    )._replace(**fields)  # type: ignore[arg-type]  # fmt: skip


ALL = data(JOBS, PAY, SERIES)
