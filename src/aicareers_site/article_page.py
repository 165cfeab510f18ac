"""The page of an article, and its text for feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from markupsafe import Markup

from aicareers_site import notes, structured_data
from aicareers_site.facts import FactsReader, correction_entries
from aicareers_site.fingerprints import series
from aicareers_site.kinds import Kind
from aicareers_site.page_parts import Page, Parts, place
from aicareers_site.picture_parts import KeyFigure
from aicareers_site.records import Text
from aicareers_site.series_pages import membership, part_of, series_box
from aicareers_site.typography import smarten
from aicareers_site.urls import BLOG, HOME
from aicareers_site.view_parts import ContentsEntry
from aicareers_site.views import ArticleView, FeedEntryView, PageMeta
from aicareers_site.wording import reading_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from aicareers_site.content_types import FrontMatter
    from aicareers_site.data_book import ShownData
    from aicareers_site.data_tables import Table
    from aicareers_site.fingerprints import Keyed
    from aicareers_site.links import Answer, LinkedProse
    from aicareers_site.picture_parts import ShareImage
    from aicareers_site.prose import Heading
    from aicareers_site.records import Illustration
    from aicareers_site.results import Body
    from aicareers_site.series_pages import Membership
    from aicareers_site.site import Mention, Place, Site
    from aicareers_site.structured_data import Node


_DRAWING = re.compile(r'<svg class="chart.*?</svg>\s*', re.DOTALL)

Signature: TypeAlias = tuple[str, str, bool]
"""An author under an article: name, path, and whether it is a person, or else a desk."""


class Company(NamedTuple):
    """What an article's page shows of the rest of the site.

    ``back`` is the place of the article in the blog's list, ``answers`` say where its references
    lead, ``profiles`` at which path a country that it is about has its profile. ``modified`` is
    when it last changed, ``data`` what it shows of the data tables, ``series`` which part it is of
    which series.
    """

    category: Place
    authors: tuple[Signature, ...]
    topics: tuple[Place, ...]
    back: str
    related: Keyed[tuple[Mention, ...]]
    newer: Place | None
    older: Place | None
    picture: Illustration | None
    lead_figure: tuple[str, str] | None
    profiles: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    modified: datetime
    data: ShownData
    series: Membership | None


def article_pages(site: Site) -> Iterator[Page]:
    """The page of every article."""
    for index, post in enumerate(site.posts):
        yield Page(
            post.path,
            post.record.kind,
            "article.html",
            article_view,
            (post.text, company(site, index)),
            post.record.source,
            "slug",
            post.modified,
        )


def company(site: Site, index: int) -> Company:
    """What the page of the article at ``index`` (newest first) shows of the others."""
    posts, post = site.posts, site.posts[index]
    record, topics, authors = post.record, site.topics.terms, site.authors.terms
    part = membership(site, record)
    following = part.next if part else None
    related = [posts[other] for other in site.related[index] if posts[other].place != following]
    return Company(
        place(site.categories.terms[record.category]),
        tuple([
            (authors[name].title, authors[name].path, site.settings.authors[name].kind == "person")
            for name in record.authors
        ]),
        tuple([place(topics[tag]) for tag in record.tags]),
        f"{site.blog_page(index)}#article:{record.slug}",
        series([other.mention for other in related[: site.settings.related]]),
        posts[index - 1].place if index else None,
        posts[index + 1].place if index + 1 < len(posts) else None,
        record.picture,
        record.lead_figure,
        tuple([
            (code, site.profiles[code].path) for code in record.countries if code in site.profiles
        ]),
        post.answers,
        record.modified,
        site.shown(record),
        part,
    )  # fmt: skip


def feed_entry_view(parts: Parts, body: Body, shown: Company) -> FeedEntryView:
    """The article for feeds; the addresses of ``parts`` must be complete."""
    view = article_view(parts, body, shown)
    # Feed readers show no drawings in the text; each has its numbers in a table below it.
    return FeedEntryView(view._replace(body=Markup(_DRAWING.sub("", view.body))))


def article_view(parts: Parts, body: Body, shown: Company) -> ArticleView:
    """What the page of the article shows whose text is in ``body``."""
    # Loaded by the text itself, if not before; planning pages needs none of it.
    from aicareers_site.content_types import (
        CountryProfile,
        HiringTrend,
        MarketStatistics,
        PageFrontMatter,
    )

    text = Text.of(body)
    prose, front = text.linked(shown.answers), text.front
    if isinstance(front, PageFrontMatter):
        raise TypeError(f"{text.source} is no article of the blog")
    facts = FactsReader(front, prose, parts.urls, parts.wording)
    html = prose.html(parts.urls)
    return ArticleView(
        _meta(parts, text.kind, front, prose, shown),
        smarten(front.title),
        smarten(front.description),
        text.kind,
        parts.link(*shown.category),
        parts.links((name, path) for name, path, _ in shown.authors),
        parts.wording.moment(front.date),
        parts.wording.moment(shown.modified) if shown.modified > front.date else None,
        reading_minutes(prose.prose.words),
        parts.picture(shown.picture),
        parts.urls.href(shown.back),
        html,
        _contents(prose.prose.contents),
        facts.sources(),
        facts.questions(),
        parts.links(shown.topics),
        parts.cards(shown.related),
        parts.link(*shown.newer) if shown.newer else None,
        parts.link(*shown.older) if shown.older else None,
        facts.country(front, shown.data.pays) if isinstance(front, CountryProfile) else None,
        facts.trend(front, dict(shown.profiles)) if isinstance(front, HiringTrend) else None,
        facts.market(front, shown.data) if isinstance(front, MarketStatistics) else None,
        facts.notes(shown.data),
        correction_entries(shown.data.corrections, parts.urls, parts.wording),
        notes.footnotes(html),
        KeyFigure(*shown.lead_figure) if shown.lead_figure else None,
        series_box(parts, shown.series) if shown.series else None,
    )


def _contents(headings: tuple[Heading, ...]) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(heading.id, heading.text, _contents(heading.children)) for heading in headings
    )


def _meta(
    parts: Parts, kind: str, front: FrontMatter, prose: LinkedProse, shown: Company
) -> PageMeta:
    title = smarten(front.title)
    image = parts.share_image(prose.path, title, shown.lead_figure, shown.picture)
    trail, nodes = parts.trail([("Blog", BLOG), shown.category], (title, prose.path))
    nodes = (
        _article_node(parts, kind, front, prose, shown, image),
        *nodes,
        *parts.site_nodes(),
        *map(parts.dataset, _datasets(shown.data.tables)),
        *_faq_nodes(parts, front, prose),
    )
    return PageMeta(
        parts.title(title),
        smarten(front.description),
        parts.urls.url(prose.path),
        structured_data.script(*nodes),
        type="article",
        section=parts.urls.href(BLOG),
        image=image,
        published=parts.wording.moment(front.date).iso,
        modified=parts.wording.moment(shown.modified).iso,
        feeds=(parts.term_feed(shown.category),),
        trail=trail,
    )


def _article_node(
    parts: Parts,
    kind: str,
    front: FrontMatter,
    prose: LinkedProse,
    shown: Company,
    image: ShareImage | None,
) -> Node:
    urls = parts.urls
    return structured_data.article(
        "Article" if kind == Kind.MARKET_STATISTICS else "BlogPosting",
        home_url=urls.url(HOME),
        url=urls.url(prose.path),
        headline=smarten(front.title),
        description=smarten(front.description),
        published=front.date,
        modified=shown.modified,
        authors=[
            structured_data.Byline(name, urls.url(path), is_person)
            for name, path, is_person in shown.authors
        ],
        section=shown.category[0],
        keywords=[title for title, _ in shown.topics],
        words=prose.prose.words,
        language=parts.language,
        image_url=image.url if image else None,
        citations=[(smarten(source.name), source.url) for source in front.sources],
        part=part_of(parts, shown.series) if shown.series else None,
    )


def _faq_nodes(parts: Parts, front: FrontMatter, prose: LinkedProse) -> Iterator[Node]:
    if front.faq:
        facts = FactsReader(front, prose, parts.urls.complete, parts.wording)
        answers = [(item.question, str(item.answer)) for item in facts.questions()]
        yield structured_data.faq_page(parts.urls.url(prose.path), answers)


def _datasets(listed: Iterable[Table]) -> Iterable[Table]:
    """The tables that the article lists; one of which it lists several parts stands once."""
    found: dict[str, Table] = {}
    for table in listed:
        first = found.setdefault(table.id, table)
        if first is not table:
            breakdowns = (*first.breakdowns, *table.breakdowns)
            found[table.id] = first._replace(breakdowns=breakdowns)
    return found.values()
