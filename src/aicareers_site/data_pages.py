"""The pages of data tables: one for each, the overview of them, and the list of corrections."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import structured_data
from aicareers_site.data_book import corrections, label, note, rows_on
from aicareers_site.data_files import FORMATS, file_path, page_path
from aicareers_site.data_tables import MEASURED
from aicareers_site.facts import correction_entries, data_notes, record_table, statistics_table
from aicareers_site.listings import list_meta
from aicareers_site.page_parts import Page
from aicareers_site.urls import CORRECTIONS, DATA
from aicareers_site.view_parts import AppearanceEntry, DataTableEntry, LinkTo
from aicareers_site.views import CorrectionsView, DataIndexView, DataTableView, PageMeta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from aicareers_site.data_book import Corrected, Note
    from aicareers_site.data_tables import Breakdown, Table
    from aicareers_site.page_parts import Parts
    from aicareers_site.records import Record
    from aicareers_site.site import Place, Site
    from aicareers_site.view_parts import RecordTableView, StatisticsTableView

KIND = "data"

_HEADING = "Data"
_CORRECTIONS = "Corrections"


class Summary(NamedTuple):
    """A table in the overview, with the number of ``figures`` that it states."""

    note: Note
    description: str
    figures: int


class Appearance(NamedTuple):
    """An article that shows something of a table: what, by references within it in the table's
    own order, or nothing for the whole table.
    """

    article: Place
    references: tuple[str, ...]


def data_pages(site: Site) -> Iterator[Page]:
    """The pages of the site's data tables, where it has any."""
    tables = sorted(site.data.tables.values(), key=attrgetter("title", "id"))
    if not tables:
        return
    corrected = {table.id: corrections(table, site.data) for table in tables}
    appearances = _appearances(site)
    yield _index_page(site, tables)
    for table in tables:
        shown = table.published()._replace(corrections=())
        found = tuple(appearances.get(table.id, ()))
        yield Page(
            page_path(table.id),
            KIND,
            "data-table.html",
            table_view,
            (shown, note(table, site.today), found, corrected[table.id]),
            table.path,
            "id",
            _modified(table),
        )
    yield _corrections_page([one for several in corrected.values() for one in several])


def anchors(tables: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    """The ids on the tables' own pages, to which articles may link, by the paths of the pages."""
    return {page_path(table.id): tuple(_anchors(table)) for table in tables}


def _anchors(table: Table) -> dict[str, None]:
    places = (_anchor(table, reference) for reference in _places(table))
    return dict.fromkeys(["main", "figures", "appearances", "corrections", *places])


def _modified(table: Table) -> date:
    """The day of the last correction, or else the one for which the figures hold."""
    return max([table.as_of, *(correction.date for correction in table.corrections)])


def _appearances(site: Site) -> dict[str, list[Appearance]]:
    """Where each table appears: articles, newest first, and then pages outside the blog."""
    orders = {
        name: {reference: place for place, reference in enumerate(_places(table))}
        for name, table in site.data.tables.items()
    }
    found: dict[str, list[Appearance]] = {}
    posts = (post.record for post in site.posts)
    for record in (*posts, *(page.record for page in site.pages)):
        for name in record.data_tables:
            shown = _shown(record, site.data.tables[name], orders[name])
            if shown is not None:
                appearance = Appearance((record.title, record.path), shown)
                found.setdefault(name, []).append(appearance)
    return found


def _places(table: Table) -> Iterator[str]:
    """References within the table to all that has a place of its own on its page, in order."""
    if table.total is not None:
        yield "total"
    for breakdown in table.breakdowns:
        yield breakdown.id
        yield from (f"{breakdown.id}.{part.id}" for part in breakdown.parts)
        if breakdown.rest:
            yield f"{breakdown.id}.rest"
    if table.records:
        yield from (column.id for column in table.columns)
    for record in table.records:
        yield record.id
        yield from (f"{record.id}.{column.id}" for column in table.columns)


def _shown(record: Record, table: Table, order: Mapping[str, int]) -> tuple[str, ...] | None:
    """References within the table to what the article shows of it, none for the whole table; None
    where it shows no figure but the table's date.
    """
    listed = [name for _, name in record.tables]
    drawn = [chart.data.reference for chart in record.charts]
    if table.id in drawn or (table.id in listed and not record.profiled):
        return ()
    names = [name for name in (*record.figures, *listed, *drawn) if name != table.id]
    within = {".".join(_parts(name)[1:3]) for name in names if _parts(name)[0] == table.id}
    if record.profiled and table.id in listed:
        within |= {row.id for row in rows_on(record.profiled, table)}
    # What belongs to a breakdown, record or column that is shown need not be said.
    several = {name for name in within if "." not in name}
    single = {name for name in within - several if several.isdisjoint(name.split("."))}
    return tuple(sorted(several | single, key=order.__getitem__)) or None


def _parts(reference: str) -> list[str]:
    return reference.split(".")


def _index_page(site: Site, tables: Iterable[Table]) -> Page:
    summaries = tuple(
        Summary(note(table, site.today), table.description, _count(table)) for table in tables
    )
    modified = max(_modified(table) for table in tables)
    return Page(DATA, KIND, "data-index.html", index_view, (summaries,), modified=modified)


def _count(table: Table) -> int:
    """How many figures the table states."""
    parts = sum(len(breakdown.parts) for breakdown in table.breakdowns)
    measured = [column.id for column in table.columns if column.type in MEASURED]
    cells = sum(name in record.cells for record in table.records for name in measured)
    return parts + cells + (table.total is not None)


def _corrections_page(corrected: Iterable[Corrected]) -> Page:
    newest = tuple(sorted(corrected, key=lambda one: one.correction.date, reverse=True))
    modified = newest[0].correction.date if newest else None
    return Page(
        CORRECTIONS, KIND, "corrections.html", corrections_view, (newest,), modified=modified
    )


def index_view(parts: Parts, summaries: tuple[Summary, ...]) -> DataIndexView:
    """What the overview of the tables shows."""
    description = (
        f"Every table of figures behind the articles on {parts.site_title}, with its source, its "
        "date and its files for spreadsheets and programs."
    )
    notes = data_notes((summary.note for summary in summaries), parts.urls, parts.wording)
    places = ((summary.note.title, page_path(summary.note.id)) for summary in summaries)
    return DataIndexView(
        list_meta(parts, "Data tables", description, DATA, name=_HEADING, items=places),
        _HEADING,
        description,
        tuple(
            DataTableEntry(
                entry, summary.description, summary.figures, _files(parts, summary.note.id)
            )
            for entry, summary in zip(notes, summaries, strict=True)
        ),
        parts.link(_CORRECTIONS, CORRECTIONS),
    )


def table_view(
    parts: Parts,
    table: Table,
    about: Note,
    appearances: tuple[Appearance, ...],
    corrected: tuple[Corrected, ...],
) -> DataTableView:
    """What a table's own page shows; ``about`` is what articles say of it."""
    day, source = parts.wording.day, table.source
    (provenance,) = data_notes([about], parts.urls, parts.wording)
    modified = corrected[0].correction.date if corrected else None
    return DataTableView(
        _meta(
            parts,
            f"{table.title}: data table",
            table.description,
            (table.title, page_path(table.id)),
            [(_HEADING, DATA)],
            parts.dataset(table, modified),
        ),
        table.title,
        table.description,
        provenance,
        day(source.published) if source.published else None,
        day(source.retrieved),
        day(table.review_by) if table.review_by else None,
        "" if table.total is None else f"{parts.wording.number(table.total)} {table.unit}".rstrip(),
        table.remarks,
        tuple(_breakdown(parts, table, breakdown) for breakdown in table.breakdowns),
        _records(parts, table) if table.records else None,
        _files(parts, table.id),
        tuple(_appearance(parts, table, appearance) for appearance in appearances),
        correction_entries(corrected, parts.urls, parts.wording),
        parts.link("All corrections", CORRECTIONS),
    )


def corrections_view(parts: Parts, corrected: tuple[Corrected, ...]) -> CorrectionsView:
    """What the list of corrections shows; ``corrected`` are newest first."""
    description = (
        f"Figures on {parts.site_title} that were published and turned out to be wrong: what they "
        "were, what they are, and why."
    )
    return CorrectionsView(
        _meta(parts, _CORRECTIONS, description, (_CORRECTIONS, CORRECTIONS), [(_HEADING, DATA)]),
        _CORRECTIONS,
        description,
        correction_entries(corrected, parts.urls, parts.wording),
    )


def _meta(
    parts: Parts,
    title: str,
    description: str,
    page: Place,
    above: Sequence[Place],
    *nodes: structured_data.Node,
) -> PageMeta:
    """The head of the ``page``, below the pages ``above``; ``nodes`` are what it is about."""
    trail, crumbs = parts.trail(above, page)
    return PageMeta(
        parts.title(title),
        description,
        parts.urls.url(page[1]),
        structured_data.script(*nodes, *crumbs, *parts.site_nodes()),
        section=parts.urls.href(DATA),
        trail=trail,
    )


def _files(parts: Parts, table: str) -> tuple[LinkTo, ...]:
    return tuple(parts.link(form.upper(), file_path(table, form)) for form in FORMATS)


def _breakdown(parts: Parts, table: Table, breakdown: Breakdown) -> StatisticsTableView:
    """The breakdown; remarks on the table as a whole are told once, elsewhere."""
    view = statistics_table(table._replace(remarks=()), breakdown, parts.wording)
    rows = (
        row._replace(id=f"{breakdown.id}.{part.id}")
        for row, part in zip(view.rows, breakdown.parts, strict=True)
    )
    rest = view.rest and view.rest._replace(id=f"{breakdown.id}.rest")
    return view._replace(rows=tuple(rows), rest=rest)


def _records(parts: Parts, table: Table) -> RecordTableView:
    ids = (
        tuple(f"{record.id}.{column.id}" for column in table.columns) for record in table.records
    )
    return record_table(table._replace(remarks=()), parts.wording)._replace(ids=tuple(ids))


def _appearance(parts: Parts, table: Table, appearance: Appearance) -> AppearanceEntry:
    return AppearanceEntry(
        parts.link(*appearance.article),
        tuple(
            LinkTo(label(table, reference), f"#{_anchor(table, reference)}")
            for reference in appearance.references
        ),
    )


def _anchor(table: Table, reference: str) -> str:
    """Where on the table's page the reader finds what the reference within it means."""
    if "." in reference or reference == "total":
        return reference
    breakdowns = {one.id for one in table.breakdowns}
    if reference in breakdowns:
        return f"figures:{table.id}-{reference}"
    records = {one.id for one in table.records}
    return f"{reference}.{table.columns[0].id}" if reference in records else f"figures:{table.id}"
