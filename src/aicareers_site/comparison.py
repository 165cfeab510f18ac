"""The comparison of countries: where they are, what is paid, and their facts side by side.

Pay is compared only where it can be: ranges share an axis if they are for the same role, on the
same basis, in the same currency and as of the same year. See :func:`comparable`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from aicareers_site.chart_data import Chart, ChartData, ChartKind, ChartRow
from aicareers_site.data_book import note
from aicareers_site.data_tables import Amount, ColumnType, Source
from aicareers_site.facts import FactsReader, data_notes
from aicareers_site.listings import list_meta
from aicareers_site.page_parts import Page, last_modified
from aicareers_site.records import Text
from aicareers_site.table_selection import chart_data
from aicareers_site.urls import COUNTRIES
from aicareers_site.view_parts import (
    ComparedPay,
    CountryRow,
    DataOrigin,
    MapFigure,
    PayPanel,
    PaySubject,
)
from aicareers_site.views import CountriesView
from aicareers_site.wording import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicareers_site.content_types import CountryProfile
    from aicareers_site.data_book import Note, Pay
    from aicareers_site.data_tables import Table
    from aicareers_site.links import Answer
    from aicareers_site.page_parts import Parts
    from aicareers_site.results import Body
    from aicareers_site.site import Site
    from aicareers_site.view_parts import CountryFacts
    from aicareers_site.wording import Wording

_HEADING = "Countries compared"
_DESCRIPTION = (
    "Countries for AI work side by side: hubs, employers, pay, visas, language, and what "
    "speaks for and against each."
)
_COORDINATES = {ColumnType.COUNTRY, ColumnType.LATITUDE, ColumnType.LONGITUDE}


class Profile(NamedTuple):
    """What the page shows of a profile: its text, where links in it lead, what is paid there."""

    body: Body
    answers: tuple[Answer, ...]
    pays: tuple[Pay, ...]


class Origin(NamedTuple):
    """A data table that the page takes something from, with what its readers must know."""

    note: Note
    remarks: tuple[str, ...]


class Places(NamedTuple):
    """Places in the countries, such as hubs, from one data table."""

    origin: Origin
    rows: tuple[ChartRow, ...]


class CountryPay(NamedTuple):
    """What a role is paid in a country, with the country's code and name."""

    code: str
    country: str
    pay: Pay


class PayGroup(NamedTuple):
    """Pay that can stand on one axis. ``currency`` is empty for what is not reported, which has
    a group of its own for each role, basis and year.
    """

    role: str
    basis: str
    year: int
    currency: str
    rows: tuple[CountryPay, ...]


def comparable(rows: Iterable[CountryPay]) -> tuple[PayGroup, ...]:
    """The rows in groups within which they can be compared, in their own order.

    The groups are in the order of role and basis, the latest year and the currency's code, and
    what is not reported comes last: they are not ranked.
    """
    groups: dict[tuple[str, str, int, str], list[CountryPay]] = {}
    for row in rows:
        pay = row.pay
        currency = pay.currency if pay.amount else ""
        groups.setdefault((pay.role, pay.basis, pay.as_of.year, currency), []).append(row)
    found = [PayGroup(*key, tuple(members)) for key, members in groups.items()]
    return tuple(
        sorted(
            found,
            key=lambda one: (one.role, one.basis, -one.year, not one.currency, one.currency),
        )
    )


# The page


def countries_page(site: Site) -> Iterator[Page]:
    """The comparison of the countries with a profile, where there are any."""
    posts = tuple(site.profiles.values())
    if not posts:
        return
    profiles = tuple(
        Profile(
            post.text,
            post.answers,
            site.shown(post.record).pays,
        )
        for post in posts
    )
    tables = sorted({pay.table for profile in profiles for pay in profile.pays})
    origins = tuple(_origin(site, site.data.tables[name]) for name in tables)
    yield Page(
        COUNTRIES,
        "list",
        "countries.html",
        countries_view,
        (profiles, origins, tuple(_places(site))),
        modified=last_modified(posts),
    )


def _places(site: Site) -> Iterator[Places]:
    """What data tables with coordinates say of places in the countries with a profile."""
    for name, table in sorted(site.data.tables.items()):
        if _has_coordinates(table):
            found = chart_data(site.data.tables, name).rows
            rows = tuple(row for row in found if row.place and row.country in site.profiles)
            if rows:
                yield Places(_origin(site, table), rows)


def _origin(site: Site, table: Table) -> Origin:
    return Origin(note(table, site.today), table.remarks)


def _has_coordinates(table: Table) -> bool:
    return {column.type for column in table.columns} >= _COORDINATES


def countries_view(
    parts: Parts,
    profiles: tuple[Profile, ...],
    origins: tuple[Origin, ...],
    places: tuple[Places, ...],
) -> CountriesView:
    """What the comparison shows; ``origins`` are the data tables that the pay is from."""
    countries = [(_country(parts, profile), profile.pays) for profile in profiles]
    countries.sort(key=lambda country: country[0].facts.name)
    pays = [
        CountryPay(row.facts.code, row.facts.name, pay) for row, paid in countries for pay in paid
    ]
    rows = tuple(row for row, _ in countries)
    return CountriesView(
        list_meta(parts, _HEADING, _DESCRIPTION, COUNTRIES),
        _HEADING,
        _DESCRIPTION,
        rows,
        _map(parts, [row.facts for row in rows], places),
        tuple(_subjects(parts, comparable(pays), origins)),
    )


def _country(parts: Parts, profile: Profile) -> CountryRow:
    text = Text.of(profile.body)
    front: CountryProfile = text.front  # type: ignore[assignment]
    urls = replace(parts.urls, detached=True)
    reader = FactsReader(front, text.linked(profile.answers), urls, parts.wording)
    return CountryRow(parts.urls.href(text.path), reader.country(front, profile.pays))


def _origins(parts: Parts, origins: Iterable[Origin]) -> tuple[DataOrigin, ...]:
    found = tuple(origins)
    notes = data_notes((origin.note for origin in found), parts.urls, parts.wording)
    return tuple(map(DataOrigin, notes, (origin.remarks for origin in found)))


# The map


def _map(
    parts: Parts, countries: Sequence[CountryFacts], places: tuple[Places, ...]
) -> MapFigure | None:
    """The countries and the places in them; without the places, or no map at all, where there are
    more than can be read.
    """
    from aicareers_site import charts  # a build that makes no page draws nothing

    day = date.fromisoformat(max(facts.as_of.iso for facts in countries))
    filled = [ChartRow(facts.name, None, country=facts.code) for facts in countries]
    for shown in (places, ()):
        rows = (*filled, *(row for one in shown for row in one.rows))
        title = "The countries compared, and places in them" if shown else "The countries compared"
        chart = _chart(ChartKind.MAP, title, rows, day, ColumnType.TEXT)
        if charts.problem(chart.kind, chart.data) is None:
            drawing = Markup(charts.drawn(chart, parts.wording))
            return MapFigure(drawing, _origins(parts, (one.origin for one in shown)))
    return None


def _chart(
    kind: ChartKind,
    title: str,
    rows: tuple[ChartRow, ...],
    as_of: date,
    type_: ColumnType,
    unit: str = "",
) -> Chart:
    """A chart of this page, which says itself where its numbers come from."""
    source = Source(_HEADING, None, None, as_of)
    numbers = ChartData("", title, type_, unit, rows, as_of, source)
    return Chart("chart:countries", kind, title, "", numbers)


# Pay


def _subjects(
    parts: Parts, groups: Iterable[PayGroup], origins: tuple[Origin, ...]
) -> Iterator[PaySubject]:
    """What is paid for each role, on each basis and in each year, by currency."""
    by_table = {origin.note.id: origin for origin in origins}
    for (role, basis, year), several in groupby(groups, attrgetter("role", "basis", "year")):
        found = tuple(several)
        reported = [group for group in found if group.currency]
        silent = [row for group in found if not group.currency for row in group.rows]
        tables = dict.fromkeys(row.pay.table for group in found for row in group.rows)
        yield PaySubject(
            role,
            f"{capitalised(basis)}; as of {year}",
            tuple(_panel(parts, group) for group in reported),
            tuple(_row(parts.wording, row) for row in silent),
            _apart([group.currency for group in reported], parts.wording),
            _origins(parts, (by_table[table] for table in tables)),
        )


def _apart(currencies: Sequence[str], wording: Wording) -> str:
    """Why the panels of one subject are several; empty where there is one."""
    if len(currencies) < 2:
        return ""
    names = [f"pay in {wording.currency(code)}" for code in currencies]
    listed = capitalised(f"{', '.join(names[:-1])} and {names[-1]}")
    return f"{listed} stand by themselves: different currencies share no axis."


def _panel(parts: Parts, group: PayGroup) -> PayPanel:
    """The ranges of a group on one axis."""
    from aicareers_site import chart_ranges

    rows = tuple(ChartRow(row.country, row.pay.amount) for row in group.rows)
    heading = f"In {parts.wording.currency(group.currency)}"
    day = max(row.pay.as_of for row in group.rows)
    chart = _chart(ChartKind.RANGES, heading, rows, day, ColumnType.MONEY, group.currency)
    strips = chart_ranges.strips(chart, parts.wording)
    return PayPanel(
        heading,
        tuple(
            _row(parts.wording, row)._replace(drawing=Markup(strip))
            for row, strip in zip(group.rows, strips.rows, strict=True)
        ),
        Markup(strips.axis),
    )


def _row(wording: Wording, row: CountryPay) -> ComparedPay:
    pay = row.pay
    return ComparedPay(
        row.code,
        row.country,
        pay.place if pay.place != row.country else "",
        _in_words(pay.amount, pay.currency, wording),
        pay.note,
    )


def _in_words(amount: Amount | None, currency: str, wording: Wording) -> str:
    """The amount, with its median where that is known; empty where it is not reported."""
    if amount is None:
        return ""
    words = wording.amount(amount, ColumnType.MONEY, currency)
    if amount.median is None or not amount.is_range:
        return words
    return f"{words}, median {wording.money(amount.median, currency)}"
