"""Which pages exist: one narrow view each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import structured_data
from aicareers_site.article_page import article_pages
from aicareers_site.configuration import PATH as SETTINGS_PATH
from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.listings import countries_page, home_page, list_pages
from aicareers_site.page_parts import Page, Parts, last_modified
from aicareers_site.typography import smarten
from aicareers_site.urls import (
    FEEDS,
    HOME,
    MANIFEST,
    NEWSLETTER,
    NEWSLETTER_CONFIRMED,
    NEWSLETTER_THANKS,
    NOT_FOUND,
    PRIVACY,
    output_path,
)
from aicareers_site.view_parts import FeedGroup
from aicareers_site.views import (
    FeedsView,
    ManifestView,
    NewsletterView,
    NoticeView,
    PageMeta,
    PageView,
    RedirectView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.site import Post, SitePage, Taxonomy

_SITE = Span(SETTINGS_PATH)


def plan(parts: Parts) -> tuple[Page, ...]:
    """Every page of the site."""
    return (
        home_page(parts),
        *list_pages(parts),
        *article_pages(parts),
        *countries_page(parts),
        *_content_pages(parts),
        *_newsletter_pages(parts),
        _feeds_page(parts),
        _not_found_page(parts),
        *_redirect_pages(parts),
        Page(
            MANIFEST,
            "other",
            "site.webmanifest",
            ManifestView(parts.urls.href(HOME)),
            _SITE,
            indexed=False,
        ),
    )


def check_collisions(claims: Iterable[tuple[str, Span]]) -> tuple[Diagnostic, ...]:
    """An error for every output file that two things claim.

    ``claims`` are paths on the site with what they are made from. Letter case does not tell two
    files apart, since it does not on many disks.
    """
    taken: dict[str, Span] = {}
    found = []
    for path, origin in claims:
        file = output_path(path).casefold()
        if file not in taken:
            taken[file] = origin
            continue
        # The site's own pages were there first, whichever was planned first.
        place, other = (origin, taken[file]) if origin != _SITE else (taken[file], origin)
        owner = "one of the site's own pages" if other == _SITE else other.path
        found.append(
            Diagnostic(
                "url-clash",
                f"'{path}' is already the address of {owner}",
                place,
                "give one of them another 'slug'",
                related=() if other == _SITE else (other,),
            )
        )
    return tuple(found)


def _content_pages(parts: Parts) -> Iterator[Page]:
    for page in parts.site.pages:
        title, description = smarten(page.front.title), smarten(page.front.description)
        view = PageView(
            parts.simple_meta(title, description, page.path, section=page.path),
            title,
            description,
            parts.wording.moment(page.front.updated),
            page.prose.html(parts.urls),
        )
        origin = page.article.document.front_matter.span(("slug",))
        yield Page(page.path, "page", "page.html", view, origin, page.front.updated)


def _newsletter_pages(parts: Parts) -> Iterator[Page]:
    settings = parts.site.settings
    if settings.newsletter is None:
        return
    privacy = any(page.path == PRIVACY for page in parts.site.pages)
    heading = "Newsletter"
    description = smarten(settings.newsletter.promise)
    view = NewsletterView(
        parts.simple_meta(heading, description, NEWSLETTER, section=NEWSLETTER),
        heading,
        description,
        parts.urls.href(NEWSLETTER_THANKS),
        parts.urls.href(NEWSLETTER_CONFIRMED),
        parts.urls.href(PRIVACY) if privacy else None,
    )
    yield Page(NEWSLETTER, "page", "newsletter.html", view, _SITE)
    yield _notice(
        parts,
        NEWSLETTER_THANKS,
        "thanks",
        "Thank you: one more step",
        "Your address has been sent. Look for a message that asks you to confirm it.",
    )
    yield _notice(
        parts,
        NEWSLETTER_CONFIRMED,
        "confirmed",
        "You are subscribed",
        "Your address is confirmed; the next issue will come to you.",
    )


def _not_found_page(parts: Parts) -> Page:
    return _notice(
        parts,
        NOT_FOUND,
        "not-found",
        "This page does not exist",
        "The address may be mistyped, or the page may have moved.",
    )


def _notice(parts: Parts, path: str, state: str, heading: str, description: str) -> Page:
    meta = parts.simple_meta(heading, description, path, indexed=False)
    view = NoticeView(meta, state, heading, description, parts.cards(parts.site.posts[:3]))
    return Page(path, "page", "notice.html", view, _SITE, indexed=False)


def _feeds_page(parts: Parts) -> Page:
    def group(title: str, taxonomy: Taxonomy) -> FeedGroup:
        return FeedGroup(title, tuple(map(parts.term_feed, taxonomy.terms.values())))

    site = parts.site
    heading = "Feeds"
    description = (
        f"Follow {site.settings.title} in a feed reader, without an account or an address."
    )
    groups = (
        group("Categories", site.categories),
        group("Topics", site.topics),
        group("Authors", site.authors),
    )
    view = FeedsView(
        parts.simple_meta(heading, description, FEEDS, section=FEEDS),
        heading,
        description,
        parts.main_feeds(),
        tuple(group for group in groups if group.feeds),
    )
    return Page(FEEDS, "page", "feeds.html", view, _SITE, last_modified(site.posts))


def _redirect_pages(parts: Parts) -> Iterator[Page]:
    entries: list[tuple[Post | SitePage, str]] = [
        *((post, post.title) for post in parts.site.posts),
        *((page, smarten(page.front.title)) for page in parts.site.pages),
    ]
    for entry, title in entries:
        for index, alias in enumerate(entry.front.aliases):
            meta = PageMeta(
                parts.title(f"Moved: {title} ({alias})"),
                f"This page has moved to {entry.path}.",
                parts.urls.url(entry.path),
                structured_data.script(),
                indexed=False,
            )
            view = RedirectView(
                meta, title, parts.urls.href(entry.path), parts.urls.url(entry.path)
            )
            origin = entry.article.document.front_matter.span(("aliases", index))
            yield Page(alias, "redirect", "redirect.html", view, origin, indexed=False)
