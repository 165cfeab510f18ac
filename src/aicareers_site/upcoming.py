"""What will change on the site by itself, and when: all that a build makes of its moment.

An article appears when its date comes, and disappears when it expires. A data table is said to be
out of date from the day after its review. What is dated ahead, such as a correction, keeps the site
from being built until its day. Nothing else depends on the moment: between two of these, a build
gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import articles, checks, stages, tables
from aicareers_site.data_book import mentioned
from aicareers_site.data_files import page_path
from aicareers_site.diagnostics import Outcome, has_errors
from aicareers_site.manuscripts import Rules
from aicareers_site.records import Record
from aicareers_site.site import withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.data_book import DataBook
    from aicareers_site.data_tables import Table
    from aicareers_site.executor import Executor


class What(StrEnum):
    """What happens."""

    APPEARS = "appears"
    DISAPPEARS = "disappears"
    DUE = "due"
    """Readers are told that the figures may be out of date."""
    DATED_AHEAD = "dated-ahead"
    """Until then, there is an error: a change is dated in the future."""


class Event(NamedTuple):
    """Something that happens at a moment, which is in the site's zone.

    ``source`` is the path of the file, ``path`` that of its page. ``changes`` tells whether a build
    gives something else from then on.
    """

    moment: datetime
    what: What
    source: str
    title: str
    path: str
    changes: bool = True


class Ahead(NamedTuple):
    """What will happen, in order; and the drafts, which have no moment."""

    events: tuple[Event, ...] = ()
    drafts: tuple[Record, ...] = ()

    @property
    def next_change(self) -> datetime | None:
        """The first moment from which a build gives something else than before."""
        return next((event.moment for event in self.events if event.changes), None)


def ahead(
    files: Mapping[str, bytes], settings: SiteSettings, now: datetime, executor: Executor
) -> Outcome[Ahead]:
    """All that happens after ``now`` to the site of these source ``files`` (bytes by path).

    What cannot be read has an error among the diagnostics, and is left out.
    """
    found = [*tables.read(files, executor).diagnostics]
    data = checks.data_book(files, executor)
    manuscripts = articles.manuscripts_in(files, data, Rules.of(settings, drafts=False))
    records = []
    for result in executor.map(stages.article, manuscripts):
        found += result.head.diagnostics
        records += [result.head.value] if isinstance(result.head.value, Record) else []
    names = {one.path: _mentions(one.content, data) for one in manuscripts}
    listed = events(records, [*data.tables.values()], names, now, settings.zone)
    errors = tuple(one for one in found if has_errors([one]))
    return Outcome(Ahead(listed, tuple(record for record in records if record.draft)), errors)


def _mentions(content: bytes, data: DataBook) -> Collection[str]:
    """The ids of the data tables that an article's file mentions."""
    near = {name: table for name, table in data.tables.items() if name.encode() in content}
    return mentioned([content], data._replace(tables=near))


def events(
    records: Sequence[Record],
    data: Sequence[Table],
    mentions: Mapping[str, Collection[str]],
    now: datetime,
    zone: tzinfo,
) -> tuple[Event, ...]:
    """All that happens after ``now``, in order; nothing of drafts.

    ``records`` are all articles that can be read, ``data`` all tables, ``mentions`` the ids of
    those that each article's file names anywhere, by path. ``zone`` is the site's.
    """
    found = {event for record in records for event in _of_article(record)}
    found.update(event for table in data for event in _of_table(table, zone))
    ids = {table.path: table.id for table in data}
    listed = []
    for event in sorted(found, key=lambda event: (event.moment, event.source, event.what)):
        if event.moment <= now:
            continue
        moment = event.moment.astimezone(UTC).astimezone(zone)
        changes = event.what is not What.DUE or _is_published(
            ids[event.source], moment, records, mentions
        )
        listed.append(event._replace(moment=moment, changes=changes))
    return tuple(listed)


def _of_article(record: Record) -> Iterator[Event]:
    def event(moment: datetime, what: What) -> Event:
        return Event(moment, what, record.source, record.title, record.path)

    start, updated, end = record.date, record.updated, record.expires
    if record.draft or (start and end and end <= start):
        return
    if start is not None:
        yield event(start, What.APPEARS)
    if end is not None:
        yield event(end, What.DISAPPEARS)
    if updated is not None and (start is None or updated > start) and (not end or updated < end):
        yield event(updated, What.DATED_AHEAD)


def _of_table(table: Table, zone: tzinfo) -> Iterator[Event]:
    def event(day: date, what: What) -> Event:
        moment = datetime.combine(day, time(), zone)
        return Event(moment, what, table.path, table.title, page_path(table.id))

    if table.review_by is not None:
        yield event(table.review_by + timedelta(days=1), What.DUE)
    for day in (table.source.retrieved, *(one.date for one in table.corrections)):
        yield event(day, What.DATED_AHEAD)


def _is_published(
    table: str, moment: datetime, records: Iterable[Record], mentions: Mapping[str, Collection[str]]
) -> bool:
    """Whether the site shows the table then: no article hides it that is not published itself."""
    published = {
        record.source: record
        for record in records
        if not withheld(record, moment, drafts=False, future=False)
    }
    if any(table in record.data_tables for record in published.values()):
        return True
    return not any(table in names for path, names in mentions.items() if path not in published)
