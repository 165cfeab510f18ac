"""The page of an article, and its text for feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import structured_data
from aicareers_site.content_types import (
    CountryProfile,
    FrontMatter,
    HiringTrend,
    MarketStatistics,
    PageFrontMatter,
)
from aicareers_site.facts import FactsReader, source_anchor
from aicareers_site.page_parts import Page, Parts
from aicareers_site.typography import smarten
from aicareers_site.urls import BLOG, HOME
from aicareers_site.view_parts import ContentsEntry, LinkTo
from aicareers_site.views import ArticleView, FeedEntryView, PageMeta
from aicareers_site.wording import reading_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from aicareers_site.prose import Heading, Prose
    from aicareers_site.site import Post


def article_pages(parts: Parts) -> Iterator[Page]:
    """The page of every article."""
    for index, post in enumerate(parts.site.posts):
        document = post.article.document
        yield Page(
            post.path,
            post.article.kind.value,
            "article.html",
            article_view(parts, index),
            document.front_matter.span(("slug",)),
            post.modified,
        )


def feed_entry_view(parts: Parts, index: int) -> FeedEntryView:
    """The article at ``index`` for feeds; the addresses of ``parts`` must be absolute."""
    return FeedEntryView(article_view(parts, index))


def own_ids(front: FrontMatter | PageFrontMatter, prose: Prose) -> frozenset[str]:
    """The ids that the theme gives to parts of this article's page, for links to them."""
    if isinstance(front, PageFrontMatter):
        return frozenset({"main"})
    ids = {"main", "contents"} if len(prose.contents) > 1 else {"main"}
    ids |= {source_anchor(source.id) for source in front.sources}
    if front.sources:
        ids.add("sources")
    if front.faq:
        ids.add("faq")
    if isinstance(front, CountryProfile):
        ids.add("facts")
    if isinstance(front, HiringTrend):
        ids.add("key-points")
    if isinstance(front, MarketStatistics):
        ids |= {"figures", *(f"figures:{table.id}" for table in front.tables)}
        ids |= {"tips"} if front.tips else set()
    return frozenset(ids)


def article_view(parts: Parts, index: int) -> ArticleView:
    """What the page of the article at ``index`` (newest first) shows."""
    site, post = parts.site, parts.site.posts[index]
    front, facts = post.front, FactsReader(post.front, post.prose, parts.urls, parts.wording)
    profiles = {profile.country: item.path for item, profile in site.profiles}
    return ArticleView(
        _meta(parts, post),
        post.title,
        post.description,
        post.article.kind.value,
        parts.category(post),
        tuple(_term_links(parts, front.authors, "authors")),
        parts.wording.moment(front.date),
        parts.wording.moment(front.updated) if front.updated else None,
        reading_minutes(post.prose.prose.words),
        parts.picture(post.article.path, front.image),
        f"{parts.urls.href(site.blog_page(index))}#article:{post.slug}",
        post.prose.html(parts.urls),
        _contents(post.prose.prose.contents),
        facts.sources(),
        facts.questions(),
        tuple(_term_links(parts, front.tags, "topics")),
        parts.cards([site.posts[other] for other in site.related[index]]),
        _neighbour(parts, index - 1),
        _neighbour(parts, index + 1),
        facts.country(front) if isinstance(front, CountryProfile) else None,
        facts.trend(front, profiles) if isinstance(front, HiringTrend) else None,
        facts.market(front) if isinstance(front, MarketStatistics) else None,
    )


def _term_links(parts: Parts, terms: tuple[str, ...], taxonomy: str) -> Iterator[LinkTo]:
    found = parts.site.authors if taxonomy == "authors" else parts.site.topics
    for identifier in dict.fromkeys(terms):
        term = found.terms[identifier]
        yield parts.link(term.title, term.path)


def _neighbour(parts: Parts, index: int) -> LinkTo | None:
    if not 0 <= index < len(parts.site.posts):
        return None
    post = parts.site.posts[index]
    return parts.link(post.title, post.path)


def _contents(headings: tuple[Heading, ...]) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(heading.id, heading.text, _contents(heading.children)) for heading in headings
    )


def _meta(parts: Parts, post: Post) -> PageMeta:
    front = post.front
    return PageMeta(
        parts.title(post.title),
        post.description,
        parts.urls.url(post.path),
        _structured_data(parts, post),
        type="article",
        section=parts.urls.href(BLOG),
        image=parts.picture(post.article.path, front.image),
        published=parts.wording.moment(front.date).iso,
        modified=parts.wording.moment(post.modified).iso,
        feeds=tuple(
            parts.term_feed(term) for term in [parts.site.categories.terms[front.category]]
        ),
    )


def _structured_data(parts: Parts, post: Post) -> Markup:
    front, settings, urls = post.front, parts.site.settings, parts.urls
    picture = parts.picture(post.article.path, front.image)
    authors = [parts.site.authors.terms[author] for author in dict.fromkeys(front.authors)]
    category = parts.site.categories.terms[front.category]
    nodes = [
        structured_data.article(
            "Article" if isinstance(front, MarketStatistics) else "BlogPosting",
            home_url=urls.url(HOME),
            url=urls.url(post.path),
            headline=post.title,
            description=post.description,
            published=front.date,
            modified=post.modified,
            authors=[
                structured_data.Byline(
                    author.title,
                    urls.url(author.path),
                    is_person=settings.authors[author.id].kind == "person",
                )
                for author in authors
            ],
            section=category.title,
            keywords=[parts.site.topics.terms[tag].title for tag in front.tags],
            words=post.prose.prose.words,
            language=settings.language,
            image_url=picture.url if picture else None,
            citations=[(smarten(source.name), source.url) for source in front.sources],
        ),
        parts.trail(("Blog", BLOG), (post.title, post.path)),
        *parts.site_nodes(),
    ]
    if front.faq:
        facts = FactsReader(front, post.prose, urls.complete, parts.wording)
        answers = [(item.question, str(item.answer)) for item in facts.questions()]
        nodes.append(structured_data.faq_page(urls.url(post.path), answers))
    return structured_data.script(*nodes)
