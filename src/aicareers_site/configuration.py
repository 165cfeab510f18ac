"""The site's own settings: what ``site.yaml`` may say."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from aicareers_site import documents, yaml_tree
from aicareers_site.diagnostics import Outcome, did_you_mean
from aicareers_site.models import Model, Slug, Text, WebAddress, validate
from aicareers_site.newsletter import Newsletter

if TYPE_CHECKING:
    from datetime import tzinfo

PATH = "site.yaml"


def _base_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.query or parts.fragment:
        raise PydanticCustomError(
            "invalid-url", "a base URL has neither '?' nor '#'", {"hint": "leave them out"}
        )
    return address.rstrip("/") + "/"


def _time_zone(name: str) -> str:
    if name in available_timezones():
        return name
    raise PydanticCustomError(
        "unknown-time-zone",
        "'{name}' is not a time zone",
        {
            "name": name,
            "hint": did_you_mean(name, available_timezones()) or "such as Europe/Berlin",
        },
    )


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise PydanticCustomError(
            "unknown-language",
            "'{tag}' is not a language tag",
            {"tag": tag, "hint": "such as en or en-GB"},
        ) from None
    return tag


class Link(Model):
    """A named link."""

    label: Text = Field(description="The words of the link.")
    url: Text = Field(description="A complete web address, or a path on this site such as /about/.")


class Author(Model):
    """Who signs articles: a person or a desk."""

    name: Text = Field(description="The name, as in the byline.")
    role: Text = Field(description="What they do here, in a few words.")
    bio: Text = Field(description="Two or three sentences for the author's page.")
    links: tuple[Link, ...] = Field((), description="Where else to find them.")


class Section(Model):
    """A category or topic, as its own page introduces it."""

    title: Text = Field(description="The name that readers see.")
    description: Text = Field(description="What belongs here, in a sentence.")


class SiteSettings(Model):
    """What ``site.yaml`` says about the site."""

    title: Text = Field(description="The site's name.")
    tagline: Text = Field(description="What it is about, in a line.")
    description: Text = Field(description="What it offers, in one or two sentences.")
    base_url: Annotated[WebAddress, AfterValidator(_base_url)] = Field(
        description="The address of the home page; may have a path."
    )
    feed_authority: Annotated[str, Field(pattern=r"^[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?$")] = (
        Field(
            description="Names the site in feed entries' ids for ever: a domain and a year "
            "in which you owned it, such as example.com,2026 (RFC 4151). Never change it."
        )
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
        {}, description="Words for the pages of topics (tags); a topic without gets its slug's."
    )
    newsletter: Newsletter | None = Field(
        None, description="The newsletter's sign-up; left out, there is none on the site."
    )
    feed_size: int = Field(20, ge=1, le=500, description="How many articles a feed holds.")
    page_size: int = Field(
        12, ge=2, le=200, description="How many articles a full list page holds."
    )
    related: int = Field(3, ge=0, le=12, description="How many related articles are offered.")

    @cached_property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)


def read(content: bytes, path: str = PATH) -> Outcome[SiteSettings | None]:
    """Read ``site.yaml``; None where it has an error."""
    decoded = documents.decode(path, content)
    if decoded.failed:
        return Outcome(None, decoded.diagnostics)
    parsed = yaml_tree.parse(path, decoded.value)
    if parsed.failed:
        return Outcome(None, parsed.diagnostics)
    outcome = validate(SiteSettings, parsed.value, what="the site's settings")
    return Outcome(outcome.value, (*parsed.diagnostics, *outcome.diagnostics))
