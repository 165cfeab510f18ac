"""What the feeds hold: the newest articles of the site and of each category, topic and author."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aicareers_site import feeds
from aicareers_site.article_page import feed_entry_view
from aicareers_site.diagnostics import Diagnostic, Outcome
from aicareers_site.feeds import Feed, FeedEntry
from aicareers_site.page_parts import Parts, feed_path
from aicareers_site.render import Output, Templates
from aicareers_site.urls import BLOG, HOME, output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.site import Post, Site

TEMPLATE = "feed-entry.html"

_MAIN_FORMATS: Mapping[str, Callable[[Feed], bytes]] = {
    "/feed.xml": feeds.rss,
    "/atom.xml": feeds.atom,
    "/feed.json": feeds.json_feed,
}


def guid(authority: str, post: Post) -> str:
    """The feed entry's permanent id, a tag URI (RFC 4151).

    It is made from the article's first address, so that it survives a change of address (the old
    one is then an alias), of the site's layout and of its host.
    """
    first = next((alias for alias in post.front.aliases if alias.startswith(BLOG)), post.path)
    return f"tag:{authority}:{first.removeprefix(BLOG).strip('/')}"


def feed_paths(site: Site) -> tuple[str, ...]:
    """The paths of all feeds on the site."""
    terms = (term for taxonomy in site.taxonomies for term in taxonomy.terms.values())
    return (*_MAIN_FORMATS, *(feed_path(term) for term in terms))


def feed_outputs(parts: Parts, templates: Templates) -> Outcome[tuple[Output, ...]]:
    """All feeds, as files; ``templates`` renders the entries' full text."""
    writer = _Writer(replace(parts, urls=parts.urls.complete), templates)
    outputs = tuple(writer.outputs())
    return Outcome(outputs, tuple(writer.diagnostics))


class _Writer:
    """Renders each entry once, however many feeds hold it."""

    def __init__(self, parts: Parts, templates: Templates) -> None:
        self.parts = parts
        self.templates = templates
        self.diagnostics: list[Diagnostic] = []
        self._indexes = {post.path: index for index, post in enumerate(parts.site.posts)}
        self._entries: dict[str, FeedEntry] = {}

    def outputs(self) -> Iterator[Output]:
        site, settings = self.parts.site, self.parts.site.settings
        for path, write in _MAIN_FORMATS.items():
            feed = self._feed(settings.title, settings.description, HOME, path, site.posts)
            yield Output(output_path(path), write(feed))
        for taxonomy in site.taxonomies:
            for term in taxonomy.terms.values():
                title = f"{settings.title}: {term.title}"
                path = feed_path(term)
                feed = self._feed(title, term.description, term.path, path, term.posts)
                yield Output(output_path(path), feeds.rss(feed))

    def _feed(
        self, title: str, description: str, home: str, path: str, posts: Sequence[Post]
    ) -> Feed:
        settings, urls = self.parts.site.settings, self.parts.urls
        return Feed(
            guid=f"tag:{settings.feed_authority}:{home}",
            title=title,
            description=description,
            home_url=urls.url(home),
            feed_url=urls.url(path),
            language=settings.language,
            entries=tuple(self._entry(post) for post in posts[: settings.feed_size]),
        )

    def _entry(self, post: Post) -> FeedEntry:
        if post.path not in self._entries:
            self._entries[post.path] = self._new_entry(post)
        return self._entries[post.path]

    def _new_entry(self, post: Post) -> FeedEntry:
        site, urls = self.parts.site, self.parts.urls
        view = feed_entry_view(self.parts, self._indexes[post.path])
        rendered = self.templates.render(TEMPLATE, view, post.path)
        self.diagnostics += rendered.diagnostics
        picture = view.article.image
        return FeedEntry(
            guid=guid(site.settings.feed_authority, post),
            url=urls.url(post.path),
            title=post.title,
            summary=post.description,
            html=rendered.value.content.decode() if rendered.value else "",
            authors=tuple(author.label for author in view.article.authors),
            categories=(view.article.category.label, *(tag.label for tag in view.article.tags)),
            published=post.front.date,
            updated=post.modified,
            image_url=picture.url if picture else None,
        )
