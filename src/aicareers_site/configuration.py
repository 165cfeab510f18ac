"""The site's own settings: what ``site.yaml`` may say."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from aicareers_site import documents
from aicareers_site.diagnostics import Outcome, did_you_mean, has_errors
from aicareers_site.findings import shown
from aicareers_site.models import (
    Flag,
    Model,
    Name,
    Slug,
    Text,
    WebAddress,
    WholeNumber,
    web_address,
)
from aicareers_site.newsletter import Newsletter
from aicareers_site.paths import SETTINGS
from aicareers_site.schema_forms import Form, Written
from aicareers_site.validation import validate

if TYPE_CHECKING:
    from datetime import tzinfo

    from aicareers_site.yaml_tree import Tree

PATH = SETTINGS


def _base_url(address: str) -> str:
    parts = urlsplit(address)
    if "?" in address or "#" in address:
        raise PydanticCustomError(
            "invalid-url", "a base URL has neither '?' nor '#'", {"hint": "leave them out"}
        )
    if "@" in parts.netloc or re.search(r"//|/\.{1,2}(?:/|$)", parts.path):
        raise PydanticCustomError(
            "invalid-url",
            "a base URL is a scheme, a host and folders",
            {"hint": "such as https://example.com/ or https://example.com/blog/"},
        )
    # Scheme and host know no case (RFC 3986, section 6.2.2.1).
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"


def base_url(address: str) -> str:
    """``address`` as a base URL, ending with a slash; ValueError where it cannot be one."""
    try:
        return _base_url(web_address(address))
    except PydanticCustomError as error:
        raise ValueError(error.message()) from None


@cache
def _time_zones() -> frozenset[str]:
    """IANA names as CLDR lists them."""
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    return frozenset([*get_global("zone_territories"), *aliases, *aliases.values()])


def _time_zone(name: str) -> str:
    # The machine's own list is slow to make; it is asked for names that CLDR does not have yet.
    # 'localtime' is in it, and is another one on every machine.
    if name in _time_zones() or (name != "localtime" and name in available_timezones()):
        with suppress(ZoneInfoNotFoundError):
            ZoneInfo(name)
            return name
    raise PydanticCustomError(
        "unknown-time-zone",
        "'{name}' is not a time zone",
        {
            "name": shown(name),
            "hint": did_you_mean(name, _time_zones()) or "such as Europe/Berlin or UTC",
        },
    )


def _language(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise PydanticCustomError(
            "unknown-language",
            "'{tag}' is not a language tag",
            {
                "tag": shown(tag),
                "hint": f"write {tag.replace('_', '-')}"
                if "_" in tag
                else "such as en, en-GB or de",
            },
        ) from None
    return tag


def _authority(text: str) -> str:
    if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", text):
        return text
    raise PydanticCustomError(
        "invalid-value",
        "'{text}' is not a domain and a year",
        {"text": shown(text), "hint": "such as example.com,2026"},
    )


_ORIGIN = r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[1-9][0-9]{0,4})?"


def _origin_form() -> Form:
    return {
        "type": "string",
        "pattern": f"^{_ORIGIN}/?$",
        "patternErrorMessage": "write https:// and the host in lower case, without a path",
        "examples": ["https://www.youtube-nocookie.com"],
    }


def _origin(address: str) -> str:
    origin = address.removesuffix("/")
    if re.fullmatch(_ORIGIN, origin):
        return origin
    host = re.match(r"(?:https?:)?//([^/?#@;\\\s]+)|([a-z0-9.-]+\.[a-z]+)", address, re.IGNORECASE)
    meant = f"https://{(host[1] or host[2]).lower()}" if host else ""
    raise PydanticCustomError(
        "invalid-url",
        "'{address}' is not the address of a site alone",
        {
            "address": shown(address),
            "hint": f"write {meant}"
            if re.fullmatch(_ORIGIN, meant)
            else "such as https://www.youtube-nocookie.com",
        },
    )


Origin = Annotated[str, AfterValidator(_origin), Written(_origin_form)]
"""A site by scheme, host and port (RFC 6454), as ``https://www.youtube-nocookie.com``."""


Host = Literal["cloudflare-pages", "github-pages", "netlify"]
"""A host that reads files of its own on how to serve a site."""


def _hosts(hosts: tuple[Host, ...]) -> tuple[Host, ...]:
    if {"cloudflare-pages", "netlify"} <= set(hosts):
        raise PydanticCustomError(
            "conflicting-hosts",
            "netlify and cloudflare-pages read the same files in different ways",
            {"hint": "name the one that you publish to"},
        )
    return hosts


Encoding = Literal["br", "gz", "zst"]
"""A way to compress files, by the end of their names: Brotli, gzip, Zstandard."""


def _indexnow_key(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]{8,128}", text):
        return text
    raise PydanticCustomError(
        "invalid-value",
        "'{text}' is no key for IndexNow: 8 to 128 letters, digits and hyphens",
        {"text": shown(text), "hint": "such as 0f3c7d2e9a514b6881c2d4e5f6a7b8c9"},
    )


def _link_address(address: str) -> str:
    if re.match(r"/(?!/)", address):
        return address
    if re.fullmatch(r"[\w/-]+", address):
        raise PydanticCustomError(
            "invalid-url",
            "'{text}' is neither a path of this site nor a complete web address",
            {
                "text": shown(address),
                "hint": f"write /{address.strip('/')}/ for a page of this site",
            },
        )
    return web_address(address)


class Link(Model):
    """A named link."""

    label: Text = Field(description="The words of the link.")
    url: Annotated[Text, AfterValidator(_link_address)] = Field(
        description="A complete web address, or a path on this site such as /about/."
    )


AuthorKind = Literal["person", "desk"]
"""A desk is a byline that several people share."""


class Author(Model):
    """Who signs articles: a person or a desk."""

    kind: AuthorKind = Field(
        "person", description="person, or desk for a byline that several people share."
    )
    name: Text = Field(description="The name, as in the byline.")
    role: Text = Field(description="What they do here, in a few words.")
    bio: Text = Field(description="Two or three sentences for the author's page.")
    links: tuple[Link, ...] = Field((), description="Where else to find them.")


class Profile(Model):
    """The site somewhere else on the web, such as an account of a social network."""

    label: Text = Field(description="The words of the link.")
    url: WebAddress = Field(description="The complete address of the profile.")


class Section(Model):
    """A category, topic or series, as its own page introduces it."""

    title: Text = Field(description="The name that readers see.")
    description: Text = Field(description="What belongs here, in a sentence.")


class Ignored(Model):
    """Findings of which nothing is said, though not if they are errors."""

    code: Slug = Field(
        description="The code of the findings, as it stands in square brackets in messages."
    )
    path: Name | None = Field(
        None,
        description="The files that are meant, such as content/market/*; all where left out.",
    )
    reason: Text = Field(description="Why nothing is to be said, for the next editor.")


class Checks(Model):
    """What is said of the site to its editors."""

    ignore: tuple[Ignored, ...] = Field(
        (), description="Warnings and notes of which nothing is said."
    )


RawHtml = Literal["checked", "trusted"]
"""What HTML articles may hold."""


class SiteSettings(Model):
    """What ``site.yaml`` says about the site."""

    title: Text = Field(description="The site's name.")
    tagline: Text = Field(description="What it is about, in a line.")
    description: Text = Field(description="What it offers, in one or two sentences.")
    base_url: Annotated[WebAddress, AfterValidator(_base_url)] = Field(
        description="The address of the home page; may have a path."
    )
    feed_authority: Annotated[str, AfterValidator(_authority)] = Field(
        description="Names the site in feed entries' ids for ever: a domain and a year in which "
        "you owned it, such as example.com,2026 (RFC 4151). Never change it."
    )
    language: Annotated[str, AfterValidator(_language)] = Field(
        "en", description="Language of the texts, as a BCP 47 tag."
    )
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        "UTC", description="IANA name of the time zone of dates without an offset."
    )
    navigation: tuple[Link, ...] = Field(
        (), description="The header's links; listings without articles are left out."
    )
    footer: tuple[Link, ...] = Field((), description="The footer's links, likewise.")
    authors: dict[Slug, Author] = Field(description="Who signs articles, by id.")
    categories: dict[Slug, Section] = Field(description="Categories of articles, by id.")
    topics: dict[Slug, Section] = Field(
        {},
        description="Words for the pages of topics (tags); a topic that is not here gets those "
        "of its slug.",
    )
    series: dict[Slug, Section] = Field(
        {}, description="Series of articles that are read one after the other, by id."
    )
    start_here: tuple[Name, ...] = Field(
        (),
        description="The articles to begin with, as paths such as "
        "content/articles/first-steps.md: offered on the home page, where a page does not exist, "
        "and after signing up.",
    )
    profiles: tuple[Profile, ...] = Field(
        (), description="Where else the site is to be found; linked in the footer as rel=me."
    )
    newsletter: Newsletter | None = Field(
        None, description="The newsletter's sign-up; left out, there is none on the site."
    )
    search: Flag = Field(
        True, description="Whether readers can search the site, by an index that Pagefind makes."
    )
    feed_size: Annotated[WholeNumber, Field(ge=1, le=500)] = Field(
        20, description="How many articles a feed holds."
    )
    page_size: Annotated[WholeNumber, Field(ge=2, le=200)] = Field(
        12, description="How many articles a full list page holds."
    )
    websub: WebAddress | None = Field(
        None,
        description="A hub of WebSub: feeds name it, and aicareers publish tells it of new ones.",
    )
    indexnow: Annotated[Text, AfterValidator(_indexnow_key)] | None = Field(
        None,
        description="Your key for IndexNow, 8 to 128 letters, digits and hyphens of your choice: "
        "aicareers publish tells search engines which pages have changed.",
    )
    share_cards: Flag = Field(
        True,
        description="Whether a card is drawn for each article, to be shown where it is shared.",
    )
    related: Annotated[WholeNumber, Field(ge=0, le=12)] = Field(
        3, description="How many related articles are offered."
    )
    raw_html: RawHtml = Field(
        "checked",
        description="Which HTML articles may hold: what is known to be harmless, or, where editors "
        "are trusted, all that acts within the text.",
    )
    embeds: tuple[Origin, ...] = Field(
        (),
        description="Sites whose players, maps and charts articles may show in a frame, such "
        "as https://www.youtube-nocookie.com.",
    )
    hosts: Annotated[tuple[Host, ...], AfterValidator(_hosts)] = Field(
        (),
        description="Hosts for which the build adds what they read: netlify or cloudflare-pages "
        "(_headers and _redirects), github-pages (.nojekyll and CNAME).",
    )
    precompress: tuple[Encoding, ...] = Field(
        (),
        description="Compressed copies that go beside each text, for servers that send these: "
        "br (Brotli), gz (gzip), zst (Zstandard).",
    )
    check: Checks = Field(Checks(), description="What is said of the site to its editors.")

    @property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings, and where in ``site.yaml`` each of them stands."""

    settings: SiteSettings
    tree: Tree


def read(content: bytes, path: str = PATH) -> Outcome[Configuration | None]:
    """Read ``site.yaml``; None where it has an error."""
    parsed = documents.parse_yaml(path, content)
    if parsed.value is None:
        return Outcome(None, parsed.diagnostics)
    outcome = validate(SiteSettings, parsed.value, what=SETTINGS)
    found = (*parsed.diagnostics, *outcome.diagnostics)
    if outcome.value is None or has_errors(found):
        return Outcome(None, found)
    return Outcome(Configuration(outcome.value, parsed.value), found)
