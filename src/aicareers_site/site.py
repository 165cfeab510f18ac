"""The site as a whole: which articles are published, in what order, and what belongs together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from aicareers_site import pagination
from aicareers_site.data_book import shown_data
from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.fingerprints import Keyed
from aicareers_site.typography import smarten
from aicareers_site.urls import BLOG
from aicareers_site.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from aicareers_site.configuration import Author, Section, SiteSettings
    from aicareers_site.data_book import DataBook, ShownData
    from aicareers_site.diagnostics import Locate
    from aicareers_site.links import Answer
    from aicareers_site.records import Illustration, Record
    from aicareers_site.results import Body


Place: TypeAlias = tuple[str, str]
"""What is to be found somewhere on the site, and its path. (Plain tuples are the quickest to take
fingerprints of, and every article has a dozen of these.)"""


class Published(NamedTuple):
    """A published article: what is known of it, its text, and where its references lead."""

    record: Record
    text: Body
    answers: tuple[Answer, ...] = ()


class Mention(NamedTuple):
    """An article as other pages show it, in lists and links.

    ``published`` is a moment of ISO 8601, ``category`` its place.
    """

    path: str
    slug: str
    title: str
    description: str
    kind: str
    published: str
    category: Place
    picture: Illustration | None
    lead_figure: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Post:
    """An article of the blog."""

    record: Record
    date: datetime
    text: Body
    answers: tuple[Answer, ...]
    mention: Keyed[Mention]

    @property
    def path(self) -> str:
        return self.record.path

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def place(self) -> Place:
        return (self.record.title, self.record.path)

    @property
    def modified(self) -> datetime:
        """When the article last changed in substance."""
        return self.record.modified


@dataclass(frozen=True, slots=True)
class Term:
    """A category, topic, author or series with its articles, newest first."""

    id: str
    title: str
    description: str
    path: str
    posts: tuple[Post, ...]
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All terms of one sort; ``name`` and ``base`` tell which: categories at /categories/."""

    name: str
    base: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, in order. ``posts`` are newest first, pages by path.

    ``related`` are, for each post, the indexes of those that belong to it, with one to spare.
    ``profiles`` are the newest of each country, by the country's code. ``parts`` are the places of
    each series' articles, first to last, ``start`` the articles to begin with. ``data`` are the
    data tables, ``today`` the day at the site for which it is built.
    """

    settings: SiteSettings
    posts: tuple[Post, ...]
    pages: tuple[Published, ...]
    categories: Taxonomy
    topics: Taxonomy
    authors: Taxonomy
    series: Taxonomy
    parts: Mapping[str, Keyed[tuple[Place, ...]]]
    start: tuple[Post, ...]
    related: Sequence[tuple[int, ...]]
    profiles: Mapping[str, Post]
    data: DataBook
    today: date

    @property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        return (self.categories, self.topics, self.authors, self.series)

    def shown(self, record: Record) -> ShownData:
        """What the page of this article shows of the data tables."""
        return shown_data(record, self.data, self.today, self.settings.zone)

    def blog_page(self, index: int) -> str:
        """The path of the blog's list page on which the post at ``index`` stands."""
        size = self.settings.page_size
        return pagination.page_path(BLOG, pagination.page_number(index, len(self.posts), size))


def withheld(record: Record, now: datetime, *, drafts: bool, future: bool) -> str:
    """Why the article is not published at ``now``; empty where it is."""
    if record.draft and not drafts:
        return "a draft"
    if record.date is not None and record.date > now and not future:
        return f"dated {record.date:%Y-%m-%d %H:%M}, which is still to come,"
    if record.expires is not None and record.expires <= now:
        return f"expired since {record.expires:%Y-%m-%d %H:%M}"
    return ""


def has_expired(record: Record, now: datetime) -> bool:
    """Whether the article was published and is no more."""
    return not record.draft and record.expires is not None and record.expires <= now


def check_dates(records: Iterable[Record], now: datetime, locate: Locate) -> Iterator[Diagnostic]:
    """Changes that are dated in the future: feeds and the sitemap would announce them."""
    for record in records:
        updated = record.updated
        if updated is None or updated <= now or record.draft or has_expired(record, now):
            continue
        if record.date is None or record.date <= now:
            yield Diagnostic(
                "future-update",
                f"'updated' is {updated:%Y-%m-%d %H:%M}, which is still to come",
                locate(record.source, "updated"),
                "write the day of the last change, or give the article a future 'date'",
            )


def check_likenesses(posts: Sequence[Post], locate: Locate) -> Iterator[Diagnostic]:
    """Published articles that readers cannot tell apart, or of which a list shows but one.

    ``posts`` are newest first.
    """
    records = [post.record for post in reversed(posts)]
    for first, record in repeated(records, lambda record: record.title.casefold()):
        yield Diagnostic(
            "duplicate-title",
            f"'{first.source}' has the same title",
            locate(record.source, "title"),
            "say in the title what is different",
            Severity.WARNING,
            (locate(first.source, "title"),),
        )
    for first, record in repeated(records, lambda record: record.profiled):
        yield Diagnostic(
            "duplicate-country",
            f"'{first.source}' profiles the same country; the newest is compared",
            locate(record.source, "country"),
            "let one of them expire, or make it another kind of article",
            Severity.WARNING,
            (locate(first.source, "country"),),
        )


def repeated(
    records: Iterable[Record], said: Callable[[Record], str | None]
) -> Iterator[tuple[Record, Record]]:
    """Pairs of records that say the same, of which the first is the first that says it.

    Those that say nothing are left out.
    """
    seen: dict[str, Record] = {}
    for record in records:
        if words := said(record):
            first = seen.setdefault(words, record)
            if first is not record:
                yield first, record


def posts_of(settings: SiteSettings, published: Collection[Published]) -> tuple[Post, ...]:
    """The articles of the blog among ``published``, newest first. References must be checked."""
    names = {
        name: (_title(name, settings.categories.get(name)), f"/categories/{name}/")
        for name in {article.record.category for article in published}
    }
    posts = [
        Post(
            record,
            record.date,
            text,
            answers,
            Keyed(
                Mention(
                    record.path,
                    record.slug,
                    record.title,
                    record.description,
                    record.kind,
                    record.date.isoformat(),
                    names[record.category],
                    record.picture,
                    record.lead_figure,
                )
            ),
        )
        for record, text, answers in published
        if record.date is not None
    ]
    # By path first: equal dates keep one order whatever the input's.
    posts.sort(key=attrgetter("record.path"))
    posts.sort(key=attrgetter("date"), reverse=True)
    return tuple(posts)


def in_order(parts: Iterable[Post]) -> list[Post]:
    """The parts of a series, first to last: by date, and by path where dates are equal."""
    return sorted(parts, key=attrgetter("date", "path"))


def traits(posts: Iterable[Post]) -> tuple[tuple[str, ...], ...]:
    """What each post has that makes others related to it: category, topics and countries."""
    return tuple(
        (
            f"category {post.record.category}",
            *(f"topic {tag}" for tag in post.record.tags),
            *(f"country {code}" for code in post.record.countries),
        )
        for post in posts
    )


def assemble(
    settings: SiteSettings,
    posts: tuple[Post, ...],
    pages: Iterable[Published],
    related: Sequence[tuple[int, ...]],
    data: DataBook,
    now: datetime,
) -> Site:
    """Put the ``posts``, newest first, and the pages, in any order, into one site."""
    series = _series(settings, posts)
    return Site(
        settings,
        posts,
        tuple(sorted(pages, key=attrgetter("record.path"))),
        _sections("categories", settings.categories, posts, lambda post: (post.record.category,)),
        _sections("topics", settings.topics, posts, lambda post: post.record.tags),
        _authors(settings, posts),
        series,
        {name: _parts(term) for name, term in series.terms.items()},
        _start(settings, posts),
        related,
        _profiles(posts),
        data,
        now.astimezone(settings.zone).date(),
    )


def _start(settings: SiteSettings, posts: Iterable[Post]) -> tuple[Post, ...]:
    named = dict.fromkeys(settings.start_here)
    found = {post.record.source: post for post in posts if post.record.source in named}
    return tuple(found[path] for path in named if path in found)


def _profiles(posts: Iterable[Post]) -> dict[str, Post]:
    newest: dict[str, Post] = {}
    for post in posts:
        if post.record.profiled:
            newest.setdefault(post.record.profiled, post)
    return dict(sorted(newest.items()))


def _grouped(
    posts: Iterable[Post], terms_of: Callable[[Post], Sequence[str]], known: Iterable[str]
) -> Iterator[tuple[str, tuple[Post, ...]]]:
    """Terms with their posts: the known ones in their order, then others by name."""
    by_term: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for term in terms_of(post):
            by_term[term].append(post)
    order = [*(term for term in known if term in by_term)]
    order += sorted(by_term.keys() - set(order))
    for term in order:
        yield term, tuple(by_term[term])


def _sections(
    name: str,
    sections: Mapping[str, Section],
    posts: Iterable[Post],
    terms_of: Callable[[Post], Sequence[str]],
) -> Taxonomy:
    terms = {}
    for term, found in _grouped(posts, terms_of, sections):
        section = sections.get(term)
        title = _title(term, section)
        description = section.description if section else f"All articles on {title.lower()}."
        terms[term] = Term(term, title, smarten(description), f"/{name}/{term}/", found)
    return Taxonomy(name, f"/{name}/", terms)


def _series(settings: SiteSettings, posts: Iterable[Post]) -> Taxonomy:
    members = (post for post in posts if post.record.series)
    return _sections("series", settings.series, members, lambda post: (post.record.series,))


def _parts(series: Term) -> Keyed[tuple[Place, ...]]:
    return Keyed(tuple(post.place for post in in_order(series.posts)))


def _title(term: str, section: Section | None) -> str:
    return smarten(section.title if section else in_words(term))


def _authors(settings: SiteSettings, posts: Iterable[Post]) -> Taxonomy:
    grouped = _grouped(posts, lambda post: post.record.authors, settings.authors)
    terms = {
        identifier: Term(
            identifier,
            smarten(settings.authors[identifier].name),
            smarten(settings.authors[identifier].bio),
            f"/authors/{identifier}/",
            found,
            settings.authors[identifier],
        )
        for identifier, found in grouped
    }
    return Taxonomy("authors", "/authors/", terms)
