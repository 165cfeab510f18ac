"""The parts that many kinds of page share: cards, times, feed links, the page's head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aicareers_site import links, structured_data
from aicareers_site.typography import smarten
from aicareers_site.urls import HOME, Urls, published_path
from aicareers_site.view_parts import Card, FeedLink, LinkTo, Picture
from aicareers_site.views import PageMeta, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aicareers_site.content_parts import Image
    from aicareers_site.diagnostics import Span
    from aicareers_site.site import Post, Site, Term
    from aicareers_site.wording import Wording

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered.

    ``path`` is its path on the site, ``kind`` its sort for the summary, ``origin`` what it is made
    from, ``modified`` when what it shows last changed, where that is known.
    """

    path: str
    kind: str
    template: str
    view: View
    origin: Span
    modified: datetime | None = None
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes the parts of pages of one site, with addresses as ``urls`` prints them."""

    site: Site
    urls: Urls
    wording: Wording

    def link(self, label: str, path: str) -> LinkTo:
        return LinkTo(label, self.urls.href(path))

    def category(self, post: Post) -> LinkTo:
        term = self.site.categories.terms[post.front.category]
        return self.link(term.title, term.path)

    def picture(self, source: str, image: Image | None) -> Picture | None:
        if image is None:
            return None
        caption = smarten(image.caption) if image.caption else None
        path = published_path(links.file_path(source, image.src))
        return Picture(self.urls.href(path), self.urls.url(path), smarten(image.alt), caption)

    def card(self, post: Post) -> Card:
        return Card(
            self.urls.href(post.path),
            post.title,
            post.description,
            post.article.kind.value,
            self.category(post),
            self.wording.moment(post.front.date),
            post.slug,
            self.picture(post.article.path, post.front.image),
        )

    def cards(self, posts: Sequence[Post]) -> tuple[Card, ...]:
        return tuple(self.card(post) for post in posts)

    def main_feeds(self) -> tuple[FeedLink, ...]:
        title = self.site.settings.title
        return (
            FeedLink(f"{title} (RSS)", self.urls.href("/feed.xml"), RSS),
            FeedLink(f"{title} (Atom)", self.urls.href("/atom.xml"), ATOM),
            FeedLink(f"{title} (JSON Feed)", self.urls.href("/feed.json"), JSON_FEED),
        )

    def term_feed(self, term: Term) -> FeedLink:
        title = f"{self.site.settings.title}: {term.title}"
        return FeedLink(title, self.urls.href(feed_path(term)), RSS)

    def title(self, title: str) -> str:
        """The document's title: the page's own, then the site's."""
        return f"{title} · {self.site.settings.title}"

    def site_nodes(self) -> tuple[structured_data.Node, structured_data.Node]:
        """The site and who publishes it, which other nodes refer to."""
        settings, home = self.site.settings, self.urls.url(HOME)
        words = (settings.title, settings.description)
        return (
            structured_data.organization(home, *words),
            structured_data.website(home, *words, settings.language),
        )

    def trail(self, *steps: tuple[str, str]) -> structured_data.Node:
        """Breadcrumbs from the home page along ``steps`` of title and path."""
        full = [(self.site.settings.title, HOME), *steps]
        return structured_data.breadcrumbs((name, self.urls.url(path)) for name, path in full)

    def simple_meta(
        self, title: str, description: str, path: str, *, indexed: bool = True, section: str = ""
    ) -> PageMeta:
        """The head of a page that is no article and lists none."""
        return PageMeta(
            self.title(title),
            description,
            self.urls.url(path),
            structured_data.script(self.trail((title, path))),
            section=self.urls.href(section) if section else "",
            indexed=indexed,
        )


def last_modified(posts: Sequence[Post]) -> datetime | None:
    """When the newest change among ``posts`` was made."""
    return max((post.modified for post in posts), default=None)


def feed_path(term: Term) -> str:
    """The path of the feed of a category, topic or author."""
    return f"{term.path}feed.xml"
