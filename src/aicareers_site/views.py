"""What each page shows, and nothing else: the values that templates receive.

A template is rendered from one view and the :class:`SiteHeader`; it never sees the site. So the
set of pages that change when an article changes follows from these types. All addresses (``href``)
are ready to print: they start with a slash and include the base URL's path; those named ``url``
are complete, with scheme and host. Their pieces are in :mod:`aicareers_site.view_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.picture_parts import KeyFigure, Picture, ShareImage
    from aicareers_site.view_parts import (
        AppearanceEntry,
        AuthorProfile,
        Card,
        ContentsEntry,
        CorrectionEntry,
        CountryFacts,
        CountryRow,
        DataNote,
        DataTableEntry,
        FeedGroup,
        FeedLink,
        FootnoteEntry,
        Group,
        LinkGroup,
        LinkTo,
        MapFigure,
        MarketFacts,
        NewsletterForm,
        Pagination,
        PaySubject,
        QuestionEntry,
        RecordTableView,
        SeriesBox,
        SourceEntry,
        StatisticsTableView,
        TaxonomyEntry,
        TimeText,
        TrendFacts,
    )


class Security(NamedTuple):
    """The Content-Security-Policy of pages, and that of the search page, each safe in an attribute;
    the rules on what browsers may fetch ahead, safe inside a script element.
    """

    policy: Markup = Markup("")
    search_policy: Markup = Markup("")
    speculation_rules: Markup = Markup("")


class SiteHeader(NamedTuple):
    """What every page shows of the site. ``home`` and ``url`` are the home page's address, and
    ``assets`` maps names such as site.css to addresses. ``locale`` is the language as Open Graph
    names it: en_GB. ``card`` stands for pages that have no picture of their own, ``profiles`` are
    the site's pages elsewhere, ``security`` says what browsers are to allow.
    """

    title: str
    tagline: str
    language: str
    locale: str
    home: str
    url: str
    navigation: tuple[LinkTo, ...]
    footer: tuple[LinkTo, ...]
    feeds: tuple[FeedLink, ...]
    assets: Mapping[str, str]
    newsletter: NewsletterForm | None = None
    newsletter_href: str | None = None
    feeds_href: str | None = None
    search_href: str | None = None
    card: ShareImage | None = None
    generator: str = "aicareers-site"
    profiles: tuple[LinkTo, ...] = ()
    security: Security = Security()


@dataclass(frozen=True, slots=True)
class PageMeta:
    """The page's head. ``title`` is unique on the site; ``section`` is the navigation's address
    to mark as current; ``structured_data`` is JSON-LD, safe inside a script element; ``trail``
    leads from the home page to the page above this one.
    """

    title: str
    description: str
    canonical: str
    structured_data: Markup
    type: str = "website"
    section: str = ""
    image: ShareImage | None = None
    published: str | None = None
    modified: str | None = None
    indexed: bool = True
    feeds: tuple[FeedLink, ...] = ()
    newer: str | None = None
    older: str | None = None
    trail: tuple[LinkTo, ...] = ()


class HomeView(NamedTuple):
    """The home page. ``lead`` is the featured article; the groups do not repeat it, nor does
    ``start``, the articles to begin with.
    """

    meta: PageMeta
    tagline: str
    description: str
    lead: Card | None
    latest: tuple[Card, ...]
    groups: tuple[Group, ...]
    countries: tuple[LinkTo, ...]
    topics: tuple[LinkTo, ...]
    start: tuple[Card, ...] = ()
    figures: tuple[Card, ...] = ()


class ListView(NamedTuple):
    """A page of a list of articles: the blog, a category, a topic, an author."""

    meta: PageMeta
    heading: str
    description: str
    cards: tuple[Card, ...]
    pagination: Pagination
    feed: FeedLink | None = None
    author: AuthorProfile | None = None
    directory: tuple[TaxonomyEntry, ...] = ()


class SeriesView(NamedTuple):
    """A series: its articles in the order in which they are read."""

    meta: PageMeta
    heading: str
    description: str
    cards: tuple[Card, ...]
    feed: FeedLink


class DirectoryView(NamedTuple):
    """The overview of all categories, topics, authors or series."""

    meta: PageMeta
    heading: str
    description: str
    entries: tuple[TaxonomyEntry, ...]


class ArticleView(NamedTuple):
    """An article in full. Exactly one of ``country``, ``trend`` and ``market`` is set for an
    article of that kind, none for a post. ``back`` leads to the page of the blog's index where the
    article stands. ``data`` says where its figures come from, ``corrections`` which were wrong;
    ``footnotes`` are those of the body, once more, to be opened in place; ``series`` says what
    comes before and after it.
    """

    meta: PageMeta
    title: str
    description: str
    kind: str
    category: LinkTo
    authors: tuple[LinkTo, ...]
    published: TimeText
    updated: TimeText | None
    reading_minutes: int
    image: Picture | None
    back: str
    body: Markup
    contents: tuple[ContentsEntry, ...]
    sources: tuple[SourceEntry, ...]
    faq: tuple[QuestionEntry, ...]
    tags: tuple[LinkTo, ...]
    related: tuple[Card, ...]
    newer: LinkTo | None
    older: LinkTo | None
    country: CountryFacts | None = None
    trend: TrendFacts | None = None
    market: MarketFacts | None = None
    data: tuple[DataNote, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    footnotes: tuple[FootnoteEntry, ...] = ()
    lead_figure: KeyFigure | None = None
    series: SeriesBox | None = None


class FeedEntryView(NamedTuple):
    """An article's full text for feeds; every address in it is complete."""

    article: ArticleView


class PageView(NamedTuple):
    """A page outside the blog. ``data``, ``corrections`` and ``footnotes`` are as in an article."""

    meta: PageMeta
    title: str
    description: str
    updated: TimeText
    body: Markup
    data: tuple[DataNote, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    footnotes: tuple[FootnoteEntry, ...] = ()


class CountriesView(NamedTuple):
    """The comparison of the country profiles: a map, pay, and a table of their facts. Source links
    in the facts lead to the profiles' source lists.
    """

    meta: PageMeta
    heading: str
    description: str
    rows: tuple[CountryRow, ...]
    map: MapFigure | None
    pays: tuple[PaySubject, ...]


class DataIndexView(NamedTuple):
    """The overview of all data tables. ``corrections`` leads to the list of all corrections."""

    meta: PageMeta
    heading: str
    description: str
    tables: tuple[DataTableEntry, ...]
    corrections: LinkTo


class DataTableView(NamedTuple):
    """A data table in full. ``total`` is what its breakdowns divide, with its unit, empty where
    there is none; ``remarks`` hold for the whole table. ``appearances`` are the articles that show
    something of it.
    """

    meta: PageMeta
    title: str
    description: str
    note: DataNote
    published: TimeText | None
    retrieved: TimeText
    review_by: TimeText | None
    total: str
    remarks: tuple[str, ...]
    breakdowns: tuple[StatisticsTableView, ...]
    records: RecordTableView | None
    files: tuple[LinkTo, ...]
    appearances: tuple[AppearanceEntry, ...]
    corrections: tuple[CorrectionEntry, ...]
    all_corrections: LinkTo


class CorrectionsView(NamedTuple):
    """All corrections of published figures, newest first."""

    meta: PageMeta
    heading: str
    description: str
    corrections: tuple[CorrectionEntry, ...]


class NewsletterView(NamedTuple):
    """The sign-up page."""

    meta: PageMeta
    heading: str
    description: str
    thanks: str
    confirmed: str
    privacy: str | None
    """Address of the page on privacy, where the site has one."""


class NoticeView(NamedTuple):
    """A short answer: thanks for signing up, confirmed, not found. ``state`` tells which:
    ``thanks``, ``confirmed`` or ``not-found``.
    """

    meta: PageMeta
    state: str
    heading: str
    description: str
    cards: tuple[Card, ...] = ()


class FeedsView(NamedTuple):
    """What feeds are, and a list of all of them."""

    meta: PageMeta
    heading: str
    description: str
    main: tuple[FeedLink, ...]
    groups: tuple[FeedGroup, ...]


class SearchFilter(NamedTuple):
    """What narrows a search: ``every`` stands for no choice, ``values`` are those of articles."""

    name: str
    label: str
    every: str
    values: tuple[str, ...]


class SearchView(NamedTuple):
    """The search page. ``engine`` is the address of the script that reads the index; ``ways`` are
    lists that lead on without a search.
    """

    meta: PageMeta
    heading: str
    description: str
    engine: str
    filters: tuple[SearchFilter, ...]
    ways: tuple[LinkGroup, ...]


class RedirectView(NamedTuple):
    """A page at an earlier address that leads to the present one."""

    meta: PageMeta
    title: str
    target: str
    url: str


class StyleguideView(NamedTuple):
    """Every element of the theme on one page; the fields are those of other views."""

    meta: PageMeta
    heading: str
    description: str
    body: Markup
    footnotes: tuple[FootnoteEntry, ...]
    country: CountryFacts
    trend: TrendFacts
    market: MarketFacts
    faq: tuple[QuestionEntry, ...]
    data: tuple[DataNote, ...]
    corrections: tuple[CorrectionEntry, ...]
    sources: tuple[SourceEntry, ...]
    cards: tuple[Card, ...]
    pagination: Pagination
    tags: tuple[LinkTo, ...]
    series: SeriesBox
    contents: tuple[ContentsEntry, ...]


class ManifestView(NamedTuple):
    """The web app manifest (W3C Web Application Manifest); ``start`` is the home page's address."""

    start: str


View = (
    HomeView
    | ListView
    | SeriesView
    | DirectoryView
    | ArticleView
    | PageView
    | CountriesView
    | DataIndexView
    | DataTableView
    | CorrectionsView
    | NewsletterView
    | NoticeView
    | FeedsView
    | SearchView
    | RedirectView
    | StyleguideView
    | ManifestView
    | FeedEntryView
)
"""Everything that a template can be rendered from."""
