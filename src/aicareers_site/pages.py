"""Which pages exist: for each its path, its template, and what its view is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import notes, structured_data
from aicareers_site.article_page import article_pages
from aicareers_site.comparison import countries_page
from aicareers_site.data_pages import data_pages
from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.facts import correction_entries, data_notes
from aicareers_site.fingerprints import series
from aicareers_site.listings import home_page, list_pages
from aicareers_site.page_parts import Page, Parts, last_modified, place
from aicareers_site.paths import SETTINGS
from aicareers_site.records import Text
from aicareers_site.search_page import search_page
from aicareers_site.series_pages import series_pages
from aicareers_site.styleguide import styleguide_page
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
    from datetime import datetime

    from aicareers_site.data_book import ShownData
    from aicareers_site.diagnostics import Locate
    from aicareers_site.fingerprints import Keyed
    from aicareers_site.links import Answer
    from aicareers_site.records import Record
    from aicareers_site.results import Body
    from aicareers_site.site import Mention, Place, Site


def plan(site: Site, *, drafts: bool = False) -> tuple[Page, ...]:
    """Every page of the site; with ``drafts`` the style guide, too."""
    return (
        home_page(site),
        *list_pages(site),
        *series_pages(site),
        *article_pages(site),
        *countries_page(site),
        *data_pages(site),
        *_content_pages(site),
        *_newsletter_pages(site),
        _feeds_page(site),
        *search_page(site),
        _not_found_page(site),
        *_redirect_pages(site),
        Page(MANIFEST, "other", "site.webmanifest", manifest_view, indexed=False),
        *((styleguide_page(),) if drafts else ()),
    )


def check_collisions(
    claims: Iterable[tuple[str, str, str]], locate: Locate
) -> tuple[Diagnostic, ...]:
    """An error for every output file that two things claim.

    ``claims`` are paths on the site with the files that they are made from, and the fields there
    that say so. Letter case does not tell two files apart, since it does not on many disks.
    """

    def span(claim: tuple[str, str]) -> Span:
        source, field = claim
        return locate(source, field) if field else Span(source)

    taken: dict[str, tuple[str, str]] = {}
    found = []
    for path, *claim in claims:
        file = output_path(path).casefold()
        origin = (claim[0], claim[1])
        other = taken.setdefault(file, origin)
        if other is origin:
            continue
        # The site's own pages were there first, whichever was planned first.
        own = SETTINGS in (origin[0], other[0])
        if origin[0] == SETTINGS:
            origin = other
        found.append(
            Diagnostic(
                "url-clash",
                f"'{path}' is already the address of "
                + ("one of the site's own pages" if own else other[0]),
                span(origin),
                _way_out(origin, other),
                related=() if own else (span(other),),
            )
        )
    return tuple(found)


def _way_out(claim: tuple[str, str], other: tuple[str, str]) -> str:
    """What gives one of two claims another address."""
    if claim[1].startswith("aliases"):
        return "take this alias out, or write another"
    if not (claim[1] and (other[1] or other[0] == SETTINGS)):
        return "rename the file in static/, or give the other another 'slug'"
    return "give one of them another 'slug', or a data table another 'id'"


def _content_pages(site: Site) -> Iterator[Page]:
    for record, text, answers in site.pages:
        yield Page(
            record.path,
            "page",
            "page.html",
            content_view,
            (text, answers, record.modified, site.shown(record)),
            record.source,
            "slug",
            record.modified,
        )


def content_view(
    parts: Parts,
    body: Body,
    answers: tuple[Answer, ...],
    modified: datetime,
    data: ShownData,
) -> PageView:
    """What a page outside the blog shows, whose text is in ``body``."""
    text = Text.of(body)
    title, description = smarten(text.front.title), smarten(text.front.description)
    html = text.linked(answers).html(parts.urls)
    return PageView(
        parts.simple_meta(title, description, text.path, section=text.path),
        title,
        description,
        parts.wording.moment(modified),
        html,
        data_notes(data.notes, parts.urls, parts.wording),
        correction_entries(data.corrections, parts.urls, parts.wording),
        notes.footnotes(html),
    )


def _newsletter_pages(site: Site) -> Iterator[Page]:
    newsletter = site.settings.newsletter
    if newsletter is None:
        return
    privacy = any(page.record.path == PRIVACY for page in site.pages)
    promise = smarten(newsletter.promise)
    yield Page(NEWSLETTER, "page", "newsletter.html", newsletter_view, (promise, privacy))
    yield _notice(
        site,
        NEWSLETTER_THANKS,
        "thanks",
        "Thank you: one more step",
        "Your address has been sent. Look for a message that asks you to confirm it.",
    )
    yield _notice(
        site,
        NEWSLETTER_CONFIRMED,
        "confirmed",
        "You are subscribed",
        "Your address is confirmed; the next issue will come to you.",
    )


def newsletter_view(parts: Parts, promise: str, privacy: bool) -> NewsletterView:
    """What the sign-up page shows; ``privacy`` tells whether the site has a page on that."""
    heading = "Newsletter"
    return NewsletterView(
        parts.simple_meta(heading, promise, NEWSLETTER, section=NEWSLETTER),
        heading,
        promise,
        parts.urls.href(NEWSLETTER_THANKS),
        parts.urls.href(NEWSLETTER_CONFIRMED),
        parts.urls.href(PRIVACY) if privacy else None,
    )


def _not_found_page(site: Site) -> Page:
    return _notice(
        site,
        NOT_FOUND,
        "not-found",
        "This page does not exist",
        "The address may be mistyped, or the page may have moved.",
    )


def _notice(site: Site, path: str, state: str, heading: str, description: str) -> Page:
    mentions = series(post.mention for post in site.start or site.posts[:3])
    arguments = (path, state, heading, description, mentions)
    return Page(path, "page", "notice.html", notice_view, arguments, indexed=False)


def notice_view(
    parts: Parts,
    path: str,
    state: str,
    heading: str,
    description: str,
    mentions: Keyed[tuple[Mention, ...]],
) -> NoticeView:
    """What a short answer shows, with the articles to begin with or else the newest."""
    above = [("Newsletter", NEWSLETTER)] if path.startswith(NEWSLETTER) else []
    meta = parts.simple_meta(heading, description, path, indexed=False, above=above)
    return NoticeView(meta, state, heading, description, parts.cards(mentions))


def _feeds_page(site: Site) -> Page:
    groups = tuple(
        (title, tuple(map(place, taxonomy.terms.values())))
        for title, taxonomy in (
            ("Categories", site.categories),
            ("Topics", site.topics),
            ("Authors", site.authors),
            ("Series", site.series),
        )
        if taxonomy.terms
    )
    modified = last_modified(site.posts)
    return Page(FEEDS, "page", "feeds.html", feeds_view, (groups,), modified=modified)


def feeds_view(parts: Parts, groups: tuple[tuple[str, tuple[Place, ...]], ...]) -> FeedsView:
    """What the page on feeds shows: those of the site, and groups of others."""
    heading = "Feeds"
    description = f"Follow {parts.site_title} in a feed reader, without an account or an address."
    return FeedsView(
        parts.simple_meta(heading, description, FEEDS, section=FEEDS),
        heading,
        description,
        parts.main_feeds(),
        tuple(
            FeedGroup(title, tuple(parts.term_feed(term)._replace(title=term[0]) for term in terms))
            for title, terms in groups
        ),
    )


def _redirect_pages(site: Site) -> Iterator[Page]:
    for record in records(site):
        for index, alias in record.earlier_addresses:
            yield Page(
                alias,
                "redirect",
                "redirect.html",
                redirect_view,
                (alias, record.title, record.path),
                record.source,
                f"aliases.{index}",
                indexed=False,
            )


def records(site: Site) -> Iterator[Record]:
    """What is known of every article of the blog and every page outside it."""
    yield from (post.record for post in site.posts)
    yield from (page.record for page in site.pages)


def redirect_view(parts: Parts, alias: str, title: str, path: str) -> RedirectView:
    """What the page at an earlier address shows: where the article at ``path`` is now."""
    meta = PageMeta(
        parts.title(f"Moved: {title} ({alias})"),
        f"This page has moved to {path}.",
        parts.urls.url(path),
        structured_data.script(),
        indexed=False,
    )
    return RedirectView(meta, title, parts.urls.href(path), parts.urls.url(path))


def manifest_view(parts: Parts) -> ManifestView:
    """What the web app manifest says."""
    return ManifestView(parts.urls.href(HOME))
