"""What views are made of: links, dates, cards, and the entries of lists and tables.

Every address named ``href`` is ready to print; those named ``url`` are complete, with scheme and
host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A named link."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class TimeText:
    """A date for the ``<time>`` element: ``iso`` for machines, ``words`` for people."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its alternative text."""

    href: str
    url: str
    alt: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed: its title, address and media type."""

    title: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class NewsletterForm:
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


@dataclass(frozen=True, slots=True)
class Card:
    """An article as lists show it. ``kind`` is a :class:`~.content_types.Kind` value."""

    href: str
    title: str
    description: str
    kind: str
    category: LinkTo
    date: TimeText
    slug: str
    image: Picture | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Some articles of one sort, and where all of them are."""

    title: str
    href: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Pagination:
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


@dataclass(frozen=True, slots=True)
class TaxonomyEntry:
    """A category, topic or author in an overview, with its number of articles."""

    label: str
    href: str
    count: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of the contents list."""

    id: str
    text: str
    children: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
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


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question and its answer."""

    question: str
    answer: Markup


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A hub or employer."""

    name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class SalaryEntry:
    """Pay for a role. ``range`` is its lower and its upper end; one amount where they are the
    same, none where pay is not reported. ``source`` is the anchor of the source on the page.
    """

    role: str
    range: tuple[str, ...]
    place: str
    basis: str
    as_of: TimeText
    note: str | None
    source: LinkTo


@dataclass(frozen=True, slots=True)
class VisaEntry:
    """A visa; ``how`` is HTML. ``source`` is the anchor of the source on the page."""

    name: str
    how: Markup
    source: LinkTo


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """The facts box of a country profile."""

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


@dataclass(frozen=True, slots=True)
class TrendFacts:
    """Key points of a hiring trend."""

    key_points: tuple[Markup, ...]
    regions: tuple[str, ...]
    countries: tuple[LinkTo, ...]
    """Countries by name; ``href`` is empty where there is no profile."""
    dateline: str | None


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """A row of a statistics table. ``share`` is computed, in whole per cent of the total;
    ``stated_share`` is the source's own, where it gives one. ``width`` is the share from 0 to 100
    with one decimal, for a bar.
    """

    label: str
    value: str
    share: str
    stated_share: str | None
    width: str


@dataclass(frozen=True, slots=True)
class StatisticsTableView:
    """Statistics by one property; its id on the page is ``figures:<id>``.

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
    note: str | None


@dataclass(frozen=True, slots=True)
class TipEntry:
    """A numbered tip."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """Statistics and tips of a market article."""

    as_of: TimeText
    source: LinkTo
    tables: tuple[StatisticsTableView, ...]
    tips: tuple[TipEntry, ...]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country in the overview; facts as in its profile."""

    href: str
    facts: CountryFacts


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """The feeds of one sort, such as those of the categories."""

    title: str
    feeds: tuple[FeedLink, ...]
