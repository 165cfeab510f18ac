"""What views are made of: links, dates, cards, and the entries of lists and tables.

Every address named ``href`` is ready to print; those named ``url`` are complete, with scheme and
host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markupsafe import Markup

    from aicareers_site.picture_parts import KeyFigure, Picture


class LinkTo(NamedTuple):
    """A named link."""

    label: str
    href: str


class TimeText(NamedTuple):
    """A date for the ``<time>`` element: ``iso`` for machines, ``words`` for people."""

    iso: str
    words: str


class FeedLink(NamedTuple):
    """A feed: its title, address and media type."""

    title: str
    href: str
    type: str


class NewsletterForm(NamedTuple):
    """A sign-up form as its provider wants it.

    ``hidden`` are names and values of hidden fields, ``attributes`` further attributes of the form
    element, ``honeypot`` the name of the field that people leave empty. An empty ``action`` posts
    to the page itself.
    """

    action: str
    email_field: str
    promise: str
    honeypot: str
    hidden: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    provider: str = ""


class Card(NamedTuple):
    """An article as lists show it. ``kind`` is a :class:`~.kinds.Kind` value."""

    href: str
    title: str
    description: str
    kind: str
    category: LinkTo
    date: TimeText
    slug: str
    image: Picture | None = None
    lead_figure: KeyFigure | None = None


class Group(NamedTuple):
    """Some articles of one sort, and where all of them are."""

    title: str
    href: str
    cards: tuple[Card, ...]


class Pagination(NamedTuple):
    """Where in a list of pages this one is, told so that an archive page stays as it is when an
    article is added.

    ``number`` is the archive page's, counted from the oldest; None on the newest page.
    """

    number: int | None
    newest: str
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """An author on their own page."""

    name: str
    role: str
    bio: str
    links: tuple[LinkTo, ...] = ()


@dataclass(frozen=True, slots=True)  # a tuple has a count of its own
class TaxonomyEntry:
    """A category, topic, author or series in an overview, with its number of articles."""

    label: str
    href: str
    count: int
    description: str = ""


class SeriesBox(NamedTuple):
    """The series that an article is a part of. ``parts`` are all its articles in order, of which
    this is the one with the ``number``, counted from 1, before the ``next``.
    """

    series: LinkTo
    number: int
    parts: tuple[LinkTo, ...]
    next: LinkTo | None


class ContentsEntry(NamedTuple):
    """An entry of the contents list."""

    id: str
    text: str
    children: tuple[ContentsEntry, ...] = ()


class FootnoteEntry(NamedTuple):
    """A footnote that opens in place; ``anchor`` is the id of its popover, ``text`` is HTML."""

    number: str
    anchor: str
    text: Markup


class SourceEntry(NamedTuple):
    """A source at the end of an article. ``anchor`` is its id on the page; ``citations`` are the
    ids of the places that cite it.
    """

    number: int
    anchor: str
    name: str
    url: str | None
    published: TimeText | None
    retrieved: TimeText
    citations: tuple[str, ...]


class QuestionEntry(NamedTuple):
    """A question and its answer."""

    question: str
    answer: Markup


class NamedEntry(NamedTuple):
    """A hub or employer."""

    name: str
    note: str | None


class SalaryEntry(NamedTuple):
    """Pay for a role. ``range`` is the amount in words, empty where pay is not reported.
    ``source`` leads to the note on the figures on the page.
    """

    role: str
    range: str
    place: str
    basis: str
    as_of: TimeText
    note: str | None
    source: LinkTo


class VisaEntry(NamedTuple):
    """A visa; ``how`` is HTML. ``source`` is the anchor of the source on the page."""

    name: str
    how: Markup
    source: LinkTo


class CountryFacts(NamedTuple):
    """The facts box of a country profile. ``aliases`` are other names that people search it by."""

    name: str
    code: str
    as_of: TimeText
    source: LinkTo
    hubs: tuple[NamedEntry, ...]
    employers: tuple[NamedEntry, ...]
    salaries: tuple[SalaryEntry, ...]
    visas: tuple[VisaEntry, ...]
    working_language: str
    in_favour: tuple[Markup, ...]
    against: tuple[Markup, ...]
    aliases: tuple[str, ...] = ()


class TrendFacts(NamedTuple):
    """Key points of a hiring trend."""

    key_points: tuple[Markup, ...]
    regions: tuple[str, ...]
    countries: tuple[LinkTo, ...]
    """Countries by name; ``href`` is empty where there is no profile."""
    dateline: str | None


class StatisticsRow(NamedTuple):
    """A row of a statistics table. ``share`` is computed, in whole per cent of the total;
    ``stated_share`` is the source's own, where it gives one. ``width`` is the share from 0 to 100
    with one decimal, for a bar. ``id`` is the row's on the table's own page.
    """

    label: str
    value: str
    share: str
    stated_share: str | None
    width: str
    id: str = ""


class StatisticsTableView(NamedTuple):
    """A breakdown of a data table; its id on the page is ``figures:<id>``.

    ``unit`` begins with a capital, as a column's heading; ``rest`` is what the rows leave of the
    total, if anything.
    """

    id: str
    caption: str
    property: str
    unit: str
    total: str
    rows: tuple[StatisticsRow, ...]
    rest: StatisticsRow | None
    remarks: tuple[str, ...]


class TipEntry(NamedTuple):
    """A numbered tip."""

    title: str
    text: Markup


class DataNote(NamedTuple):
    """Where figures come from; its id on the page is ``anchor``.

    ``page`` is the data table's own page, ``url`` where the source can be read. ``is_due`` tells
    that the figures may be out of date.
    """

    anchor: str
    page: LinkTo
    as_of: TimeText
    source: str
    url: str | None
    is_due: bool


class CorrectionEntry(NamedTuple):
    """A published figure that was wrong, and what it was and is. ``figure`` says which."""

    date: TimeText
    figure: str
    table: LinkTo
    before: str
    after: str
    why: str


class RecordTableView(NamedTuple):
    """Records of a data table, in words: the column's labels, whether each holds numbers, and the
    rows, of which a cell is empty where nothing is reported. ``ids`` are the cells' on the table's
    own page, row by row; ``remarks`` are what a reader must know.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    ids: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = ()


class MarketFacts(NamedTuple):
    """Statistics and tips of a market article."""

    notes: tuple[DataNote, ...]
    tables: tuple[StatisticsTableView, ...]
    records: tuple[RecordTableView, ...]
    tips: tuple[TipEntry, ...]


class CountryRow(NamedTuple):
    """A country in the comparison; facts as in its profile."""

    href: str
    facts: CountryFacts


class DataOrigin(NamedTuple):
    """A data table that something is taken from, with what its readers must know."""

    note: DataNote
    remarks: tuple[str, ...]


class MapFigure(NamedTuple):
    """A map; ``origins`` are the data tables that the places on it come from."""

    drawing: Markup
    origins: tuple[DataOrigin, ...]


class ComparedPay(NamedTuple):
    """What is paid in a country. ``place`` is empty where it is the country, ``amount`` where
    pay is not reported. The ``drawing`` is the amount on the axis of its panel.
    """

    code: str
    country: str
    place: str
    amount: str
    note: str
    drawing: Markup | None = None


class PayPanel(NamedTuple):
    """Pay that can be compared, in one currency: rows above their axis."""

    heading: str
    rows: tuple[ComparedPay, ...]
    axis: Markup


class PaySubject(NamedTuple):
    """What is paid for a role; ``basis`` says on which basis and of which year.

    ``silent`` are the rows for which pay is not reported; ``apart`` says why there are several
    panels; ``origins`` are the data tables that the figures come from.
    """

    role: str
    basis: str
    panels: tuple[PayPanel, ...]
    silent: tuple[ComparedPay, ...]
    apart: str
    origins: tuple[DataOrigin, ...]


class FeedGroup(NamedTuple):
    """The feeds of one sort, such as those of the categories, with the categories' own titles."""

    title: str
    feeds: tuple[FeedLink, ...]


class DataTableEntry(NamedTuple):
    """A data table in the overview of all. ``figures`` counts the numbers that it states, and
    ``files`` are its forms for spreadsheets and programs.
    """

    note: DataNote
    description: str
    figures: int
    files: tuple[LinkTo, ...]


class AppearanceEntry(NamedTuple):
    """An article that shows something of a data table: which figures, with their places in the
    table; none are named where it shows the whole.
    """

    page: LinkTo
    figures: tuple[LinkTo, ...]


class LinkGroup(NamedTuple):
    """Links of one sort, such as those to the topics."""

    title: str
    links: tuple[LinkTo, ...]
