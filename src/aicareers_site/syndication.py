"""What the feeds hold: the newest articles of the site and of each category, topic and author."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.article_page import company, feed_entry_view
from aicareers_site.fingerprints import Keyed
from aicareers_site.page_parts import Page, feed_path
from aicareers_site.promises import guid
from aicareers_site.results import Made
from aicareers_site.urls import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from aicareers_site.records import Illustration
    from aicareers_site.results import Body
    from aicareers_site.site import Post, Site
    from aicareers_site.urls import Urls

TEMPLATE = "feed-entry.html"

_MAIN_FORMATS = {"/feed.xml": "rss", "/atom.xml": "atom", "/feed.json": "json_feed"}


class Entry(NamedTuple):
    """An article in a feed; ``text`` is its HTML, ``picture`` the path of its lead picture."""

    guid: str
    path: str
    title: str
    summary: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    picture: str | None
    text: Body


class Job(NamedTuple):
    """A feed to be written: ``format`` is the name of a function of :mod:`~.feeds`.

    ``home`` is the path of the page that it follows, ``path`` its own; ``hub`` is an address.
    """

    path: str
    format: str
    guid: str
    title: str
    description: str
    home: str
    language: str
    urls: Urls
    entries: tuple[Keyed[Entry], ...]
    hub: str | None


def contents(site: Site) -> dict[str, Sequence[Post]]:
    """All feeds of the site by their paths, with the articles in each."""
    size = site.settings.feed_size
    terms = (term for taxonomy in site.taxonomies for term in taxonomy.terms.values())
    return {
        **dict.fromkeys(_MAIN_FORMATS, site.posts[:size]),
        **{feed_path(term.path): term.posts[:size] for term in terms},
    }


def feed_paths(site: Site) -> tuple[str, ...]:
    """The paths of all feeds on the site."""
    return tuple(contents(site))


def entry_pages(site: Site) -> tuple[Page, ...]:
    """The texts of all entries of feeds, as pages that are in no folder, by their articles."""
    newest = {post.path for posts in contents(site).values() for post in posts}
    return tuple(
        Page(
            post.path,
            "feed entry",
            TEMPLATE,
            feed_entry_view,
            (post.text, company(site, index)),
            post.record.source,
        )
        for index, post in enumerate(site.posts)
        if post.path in newest
    )


def jobs(site: Site, urls: Urls, texts: Mapping[str, Body]) -> Iterator[Job]:
    """All feeds; ``texts`` are those of their entries, by the path of the article."""
    settings, held = site.settings, contents(site)
    entries = {
        post.path: Keyed(_entry(site, post, texts[post.path]))
        for post in site.posts
        if post.path in texts
    }

    def job(form: str, path: str, title: str, about: str, home: str) -> Job:
        return Job(
            path,
            form,
            f"tag:{settings.feed_authority}:{home}",
            title,
            about,
            home,
            settings.language,
            urls,
            tuple(entries[post.path] for post in held[path]),
            settings.websub,
        )

    for path, form in _MAIN_FORMATS.items():
        yield job(form, path, settings.title, settings.description, HOME)
    for taxonomy in site.taxonomies:
        for term in taxonomy.terms.values():
            title = f"{settings.title}: {term.title}"
            yield job("rss", feed_path(term.path), title, term.description, term.path)


def _entry(site: Site, post: Post, text: Body) -> Entry:
    record = post.record
    topics = [site.topics.terms[tag].title for tag in record.tags]
    return Entry(
        guid(site.settings.feed_authority, record.first_address),
        post.path,
        post.title,
        record.description,
        tuple(site.authors.terms[name].title for name in record.authors),
        (site.categories.terms[record.category].title, *topics),
        post.date,
        post.modified,
        _picture(record.picture) if record.picture else None,
        text,
    )


def _picture(shown: Illustration) -> str:
    shared = shown.files.shared
    return shared.path if shared else shown.files.src


def written(job: Job) -> Made[None]:
    """The feed's bytes."""
    from aicareers_site import feeds

    url = job.urls.url
    feed = feeds.Feed(
        job.guid,
        job.title,
        job.description,
        url(job.home),
        url(job.path),
        job.language,
        tuple(
            feeds.FeedEntry(
                entry.guid,
                url(entry.path),
                entry.title,
                entry.summary,
                entry.text.content().decode(),
                entry.authors,
                entry.categories,
                entry.published,
                entry.updated,
                url(entry.picture) if entry.picture else None,
            )
            for entry in (keyed.value for keyed in job.entries)
        ),
        job.hub,
    )
    write = {"rss": feeds.rss, "atom": feeds.atom, "json_feed": feeds.json_feed}[job.format]
    return Made(None, write(feed))
