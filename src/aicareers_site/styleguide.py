"""The style guide: one page that shows every element, for designers and for visual tests.

It is made with drafts only and is indexed by nobody. Its text goes the way of every article's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from aicareers_site import links, notes, styleguide_sample
from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.facts import record_table, source_anchor, statistics_table, table_anchor
from aicareers_site.links import LinkedProse
from aicareers_site.page_parts import Page, Parts
from aicareers_site.picture_parts import KeyFigure
from aicareers_site.urls import BLOG, HOME, STYLEGUIDE
from aicareers_site.view_parts import (
    Card,
    ContentsEntry,
    CorrectionEntry,
    CountryFacts,
    DataNote,
    LinkTo,
    MarketFacts,
    NamedEntry,
    Pagination,
    QuestionEntry,
    SalaryEntry,
    SeriesBox,
    SourceEntry,
    TipEntry,
    TrendFacts,
    VisaEntry,
)
from aicareers_site.views import StyleguideView

if TYPE_CHECKING:
    from aicareers_site.data_tables import Table
    from aicareers_site.prose import Prose

DAY = date(2026, 4, 22)
NAME = "styleguide"
TITLE = "Style guide"


def styleguide_page() -> Page:
    """The page, which depends on nothing but the theme and the site's settings."""
    return Page(STYLEGUIDE, "page", "styleguide.html", styleguide_view, indexed=False)


def styleguide_view(parts: Parts) -> StyleguideView:
    """What the style guide shows."""
    tables = _tables()
    prose = _prose(parts, tables)
    ids = {*prose.ids, *map(source_anchor, styleguide_sample.SOURCES), *map(table_anchor, tables)}
    addresses, _ = links.read(NAME, prose.links, ids).value
    html = LinkedProse(prose, STYLEGUIDE, addresses).html(parts.urls)
    description = "Every element of the theme, with made-up words and figures."
    day = parts.wording.day(DAY)
    anchor = f"#{source_anchor('exchange')}"
    return StyleguideView(
        parts.simple_meta(TITLE, description, STYLEGUIDE, indexed=False),
        TITLE,
        description,
        html,
        notes.footnotes(html),
        _country(parts, LinkTo("The exchange", anchor)),
        TrendFacts(
            (
                Markup("A key point is one sentence that a reader can take along."),
                Markup("There are three to six of them."),
            ),
            ("Europe",),
            (LinkTo("Canada", ""), LinkTo("Germany", parts.urls.href(BLOG))),
            "San Francisco, 22 April 2026",
        ),
        _market(parts, tables),
        (
            QuestionEntry("How is a question set?", Markup("As a heading, with its answer below.")),
            QuestionEntry("And a second one?", Markup("Likewise.")),
        ),
        _notes(parts, tables),
        (
            CorrectionEntry(
                day,
                "Sample openings, level: senior",
                LinkTo("Sample openings", parts.urls.href(STYLEGUIDE)),
                "402",
                "412",
                "Two rows had been swapped.",
            ),
        ),
        _sources(parts, prose),
        _cards(parts),
        Pagination(3, parts.urls.href(BLOG), parts.urls.href(BLOG), parts.urls.href(BLOG)),
        _links(parts, "Salaries", "Visas", "Remote work"),
        SeriesBox(
            LinkTo("A series", parts.urls.href(BLOG)),
            2,
            _links(parts, "The first part", "The second part", "The third part"),
            None,
        ),
        tuple(ContentsEntry(heading.id, heading.text) for heading in prose.contents),
    )


def _links(parts: Parts, *labels: str) -> tuple[LinkTo, ...]:
    return tuple(LinkTo(label, parts.urls.href(BLOG)) for label in labels)


def _tables() -> dict[str, Table]:
    from aicareers_site import table_reader

    read = (
        table_reader.read(f"{name}.yaml", text.encode()).value
        for name, text in styleguide_sample.TABLES.items()
    )
    return {table.id: table for table in read if table}


def _prose(parts: Parts, tables: dict[str, Table]) -> Prose:
    # Loaded here, since this page is seldom made.
    from aicareers_site import figures, prose
    from aicareers_site.figure_filling import Supply
    from aicareers_site.figure_marks import named

    text = styleguide_sample.TEXT
    known = named(text, figures.book(tables.values()), tables)
    supply = Supply(known, parts.wording, STYLEGUIDE)
    return prose.render(NAME, text, source_ids=styleguide_sample.SOURCES, supply=supply).value


def _country(parts: Parts, source: LinkTo) -> CountryFacts:
    day, money = parts.wording.day(DAY), ColumnType.MONEY
    pay = Amount(Decimal(120_000), Decimal(220_000))
    return CountryFacts(
        parts.wording.country("GB"),
        "GB",
        day,
        source,
        (NamedEntry("London", "in the global top five"), NamedEntry("Edinburgh", None)),
        (NamedEntry("A laboratory", "headquarters"), NamedEntry("A company", None)),
        (
            SalaryEntry(
                "Senior engineer",
                parts.wording.amount(pay, money, "GBP"),
                "London",
                "total compensation a year",
                day,
                "a remark",
                source,
            ),
            SalaryEntry("Junior engineer", "", "London", "base pay a year", day, None, source),
        ),
        (VisaEntry("A visa", Markup("Has no quota."), source),),
        "English",
        (Markup("A visa without a quota"), Markup("The research community")),
        (Markup("Pay below that of others"),),
    )


def _market(parts: Parts, tables: dict[str, Table]) -> MarketFacts:
    openings = tables["sample-openings"]
    return MarketFacts(
        _notes(parts, tables),
        tuple(statistics_table(openings, one, parts.wording) for one in openings.breakdowns),
        (record_table(tables["sample-pay"], parts.wording),),
        (
            TipEntry("Do one thing", Markup("<p>A tip says what to do with the figures.</p>")),
            TipEntry("Then another", Markup("<p>Two or three are enough.</p>")),
        ),
    )


def _notes(parts: Parts, tables: dict[str, Table]) -> tuple[DataNote, ...]:
    return tuple(
        DataNote(
            table_anchor(table.id),
            LinkTo(table.title, parts.urls.href(STYLEGUIDE)),
            parts.wording.day(table.as_of),
            table.source.name,
            "https://example.com/" if is_due else None,
            is_due,
        )
        for table, is_due in zip(tables.values(), (False, True), strict=False)
    )


def _sources(parts: Parts, prose: Prose) -> tuple[SourceEntry, ...]:
    day = parts.wording.day(DAY)
    exchange, handbook = styleguide_sample.SOURCES
    return (
        SourceEntry(
            1,
            source_anchor(exchange),
            "The Exchange, Overview of the market",
            "https://example.com/",
            day,
            day,
            prose.citations[exchange],
        ),
        SourceEntry(
            2,
            source_anchor(handbook),
            "A handbook without an address",
            None,
            None,
            day,
            prose.citations[handbook],
        ),
    )


def _cards(parts: Parts) -> tuple[Card, ...]:
    published = parts.wording.moment(datetime(2026, 4, 22, 12, tzinfo=UTC))
    kinds = (
        ("country-profile", "Country profiles", "A country, with its pay and its visas"),
        ("hiring-trend", "Hiring trends", "A trend, in a title that needs a second line"),
        ("market-statistics", "Market figures", "A market in figures"),
        ("post", "Career advice", "A piece of advice"),
    )
    return tuple(
        Card(
            parts.urls.href(HOME),
            title,
            "One or two sentences say what the article is about, and for whom.",
            kind,
            LinkTo(category, parts.urls.href(BLOG)),
            published,
            kind,
            lead_figure=KeyFigure("72%", "of the made-up openings are remote or hybrid"),
        )
        for kind, category, title in kinds
    )
