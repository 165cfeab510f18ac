"""What every page shows of the site: its name, navigation, footer, feeds and sign-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import newsletter, security_policy
from aicareers_site.diagnostics import Diagnostic, Outcome
from aicareers_site.links import SitePath, check_site_paths
from aicareers_site.share_cards import SITE_CARD
from aicareers_site.urls import (
    BLOG,
    CORRECTIONS,
    COUNTRIES,
    DATA,
    FEEDS,
    HOME,
    NEWSLETTER,
    NEWSLETTER_THANKS,
    SEARCH,
    Urls,
)
from aicareers_site.view_parts import LinkTo, NewsletterForm
from aicareers_site.views import SiteHeader

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aicareers_site.configuration import Configuration, Link, SiteSettings
    from aicareers_site.page_parts import Parts
    from aicareers_site.yaml_tree import Location

    KnownPaths = Mapping[str, Collection[str]]


def header(
    parts: Parts, configuration: Configuration, assets: Mapping[str, str], known: KnownPaths
) -> Outcome[SiteHeader]:
    """The header; ``known`` are the paths of all pages and files, with their ids.

    Navigation to a listing that has no articles is left out; to anything else that does not exist
    is an error.
    """
    settings, urls = configuration.settings, parts.urls
    menus = _Menus(parts, configuration, known)
    view = SiteHeader(
        settings.title,
        settings.tagline,
        settings.language,
        parts.wording.locale,
        urls.href(HOME),
        urls.url(HOME),
        tuple(menus.links("navigation", settings.navigation)),
        tuple(menus.links("footer", settings.footer)),
        parts.main_feeds(),
        assets,
        _newsletter_form(settings, urls),
        urls.href(NEWSLETTER) if settings.newsletter else None,
        urls.href(FEEDS),
        urls.href(SEARCH) if settings.search else None,
        parts.card_image(SITE_CARD, f"{settings.title}: {settings.tagline}"),
        profiles=tuple(LinkTo(profile.label, profile.url) for profile in settings.profiles),
        security=security_policy.in_pages(settings),
    )
    menus.check_authors()
    return Outcome(view, tuple(menus.diagnostics))


class _Menus:
    """The links of ``site.yaml``, checked against what there is."""

    def __init__(self, parts: Parts, configuration: Configuration, known: KnownPaths) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._parts = parts
        self._tree = configuration.tree
        self._known = known
        settings = self._settings = configuration.settings
        declared: dict[str, Iterable[str]] = {
            "categories": settings.categories,
            "topics": settings.topics,
            "authors": settings.authors,
            "series": settings.series,
        }
        self._may_be_missing = {
            *(BLOG, CORRECTIONS, COUNTRIES, DATA, NEWSLETTER),
            *(f"/{name}/" for name in declared),
            *(f"/{name}/{term}/" for name, terms in declared.items() for term in terms),
        }

    def links(self, key: str, entries: Iterable[Link]) -> Iterator[LinkTo]:
        """The links below ``key``, without those to listings that have no articles."""
        for index, link in enumerate(entries):
            if not link.url.startswith("/"):
                yield LinkTo(link.label, link.url)
            elif self._exists(link.url, (key, index, "url")):
                yield self._parts.link(link.label, link.url)

    def check_authors(self) -> None:
        """Report authors' links to what the site does not have."""
        for name, author in self._settings.authors.items():
            for index, link in enumerate(author.links):
                if link.url.startswith("/"):
                    self._exists(link.url, ("authors", name, "links", index, "url"))

    def _exists(self, url: str, location: Location) -> bool:
        path = SitePath.of(url, self._tree.span(location))
        missing = path.path not in self._known
        if missing and path.path in self._may_be_missing:
            return False
        self.diagnostics += check_site_paths([path], self._known)
        return not missing


def _newsletter_form(settings: SiteSettings, urls: Urls) -> NewsletterForm | None:
    if settings.newsletter is None:
        return None
    return newsletter.form(
        settings.newsletter, urls.url(NEWSLETTER_THANKS), urls.href(NEWSLETTER_THANKS)
    )
