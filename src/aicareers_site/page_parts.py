"""The parts that many kinds of page share: cards, times, feed links, the page's head."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import structured_data
from aicareers_site.data_files import FORMATS, file_path, page_path, variables
from aicareers_site.paths import SETTINGS
from aicareers_site.picture_parts import KeyFigure, Picture, ShareImage
from aicareers_site.pictures import AVIF, WEBP
from aicareers_site.share_cards import CARD_SIZE, alternative, card_path
from aicareers_site.urls import HOME, Urls
from aicareers_site.view_parts import Card, FeedLink, LinkTo
from aicareers_site.views import PageMeta, View
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.data_tables import Table
    from aicareers_site.fingerprints import Keyed
    from aicareers_site.records import Illustration
    from aicareers_site.site import Mention, Place, Post, Term

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"

_TOP = ("Home", HOME)


class Page(NamedTuple):
    """A page to be made: ``make(parts, *arguments)`` is what the template shows.

    ``path`` is its path on the site, ``kind`` its sort for the summary, ``source`` the file that
    it is made from, with the ``field`` that says so, ``modified`` the day or moment when what it
    shows last changed, where that is known. The arguments are all that it depends on, besides
    parts, header and templates; they hold no more than what the page shows.
    """

    path: str
    kind: str
    template: str
    make: Callable[..., View]
    arguments: tuple[Any, ...] = ()
    source: str = SETTINGS
    field: str = ""
    modified: date | None = None
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes the parts of pages of one site, with addresses as ``urls`` prints them.

    ``site_title``, ``description`` and ``language`` are the site's, ``profiles`` its addresses
    elsewhere; ``has_cards`` tells that its articles have share cards.
    """

    site_title: str
    description: str
    language: str
    urls: Urls
    wording: Wording
    has_cards: bool = False
    profiles: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: SiteSettings) -> Parts:
        """The parts for the site with these settings."""
        return cls(
            settings.title,
            settings.description,
            settings.language,
            Urls(settings.base_url),
            Wording(settings.language, settings.zone),
            settings.share_cards,
            tuple(profile.url for profile in settings.profiles),
        )

    @property
    def complete(self) -> Parts:
        """The same, for text that is shown anywhere: every address is complete."""
        return replace(self, urls=self.urls.complete)

    def link(self, label: str, path: str) -> LinkTo:
        return LinkTo(label, self.urls.href(path))

    def links(self, places: Iterable[Place]) -> tuple[LinkTo, ...]:
        return tuple(self.link(title, path) for title, path in places)

    def picture(self, shown: Illustration | None) -> Picture | None:
        if shown is None:
            return None
        files, href = shown.files, self.urls.href
        return Picture(
            href(files.src),
            self.urls.url(files.src),
            shown.alt,
            shown.caption,
            files.width,
            files.height,
            files.srcset(AVIF, href),
            files.srcset(WEBP, href),
        )

    def share_image(
        self, path: str, title: str, figure: tuple[str, str] | None, picture: Illustration | None
    ) -> ShareImage | None:
        """What stands for the article at ``path`` where it is shared: its lead picture or card."""
        if picture and (shared := picture.files.shared):
            address = self.urls.url(shared.path)
            return ShareImage(address, picture.alt, shared.width, shared.height, shared.type)
        return self.card_image(card_path(path), alternative(title, figure))

    def card_image(self, path: str, alt: str) -> ShareImage | None:
        """The card at ``path``, where the site has cards."""
        if not self.has_cards:
            return None
        return ShareImage(self.urls.url(path), alt, *CARD_SIZE, "image/png")

    def card(self, shown: Mention) -> Card:
        return Card(
            self.urls.href(shown.path),
            shown.title,
            shown.description,
            shown.kind,
            self.link(*shown.category),
            self.wording.moment(datetime.fromisoformat(shown.published)),
            shown.slug,
            self.picture(shown.picture),
            KeyFigure(*shown.lead_figure) if shown.lead_figure else None,
        )

    def cards(self, mentions: Keyed[tuple[Mention, ...]]) -> tuple[Card, ...]:
        return tuple(map(self.card, mentions.value))

    def main_feeds(self) -> tuple[FeedLink, ...]:
        title = self.site_title
        return (
            FeedLink(f"{title} (RSS)", self.urls.href("/feed.xml"), RSS),
            FeedLink(f"{title} (Atom)", self.urls.href("/atom.xml"), ATOM),
            FeedLink(f"{title} (JSON Feed)", self.urls.href("/feed.json"), JSON_FEED),
        )

    def term_feed(self, term: Place) -> FeedLink:
        title, path = term
        return FeedLink(f"{self.site_title}: {title}", self.urls.href(feed_path(path)), RSS)

    def title(self, title: str) -> str:
        """The document's title: the page's own, then the site's."""
        return f"{title} · {self.site_title}"

    def site_nodes(self) -> tuple[structured_data.Node, structured_data.Node]:
        """The site and who publishes it, which other nodes refer to."""
        home, words = self.urls.url(HOME), (self.site_title, self.description)
        return (
            structured_data.organization(home, *words, profiles=self.profiles),
            structured_data.website(home, *words, self.language),
        )

    def trail(
        self, above: Sequence[Place], page: Place
    ) -> tuple[tuple[LinkTo, ...], tuple[structured_data.Node, ...]]:
        """Breadcrumbs: links from the home page to all that is ``above`` the page, for readers,
        and the same with the page itself, for search engines. At the top there are none.
        """
        if not above:
            return (), ()
        steps = [_TOP, *above]
        names = [(name, self.urls.url(path)) for name, path in (*steps, page)]
        return self.links(steps), (structured_data.breadcrumbs(names),)

    def dataset(self, table: Table, modified: date | None = None) -> structured_data.Node:
        """The data table, or what of it is given."""
        source = table.source
        return structured_data.dataset(
            home_url=self.urls.url(HOME),
            url=self.urls.url(page_path(table.id)),
            name=table.title,
            description=table.description,
            as_of=table.as_of,
            source=(source.name, source.url, source.published),
            variables=variables(table),
            files=[
                (self.urls.url(file_path(table.id, name)), type_) for name, type_ in FORMATS.items()
            ],
            modified=modified,
        )

    def simple_meta(
        self,
        title: str,
        description: str,
        path: str,
        *,
        indexed: bool = True,
        section: str = "",
        above: Sequence[Place] = (),
    ) -> PageMeta:
        """The head of a page that is no article and lists none, below the pages ``above``."""
        trail, nodes = self.trail(above, (title, path))
        return PageMeta(
            self.title(title),
            description,
            self.urls.url(path),
            structured_data.script(*nodes, *self.site_nodes()),
            section=self.urls.href(section) if section else "",
            indexed=indexed,
            trail=trail,
        )


def last_modified(posts: Sequence[Post]) -> datetime | None:
    """When the newest change among ``posts`` was made."""
    return max([post.record.modified for post in posts], default=None)


def feed_path(term_path: str) -> str:
    """The path of the feed of the category, topic, author or series at ``term_path``."""
    return f"{term_path}feed.xml"


def place(term: Term) -> Place:
    """Where the term's list is."""
    return (term.title, term.path)
