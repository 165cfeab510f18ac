"""What a site has promised to its readers: the file ``content/published.yaml``.

It holds every article that was ever published: its first address, the others, its id in feeds, its
date, and when it was published first. `aicareers publish` writes it; people review it like code.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from aicareers_site import documents
from aicareers_site.content_parts import Alias
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, has_errors
from aicareers_site.models import CalendarDate, Model, Moment, Name, Text
from aicareers_site.paths import PUBLISHED
from aicareers_site.urls import BLOG
from aicareers_site.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.yaml_tree import Location, Place, Tree

_HEAD = """\
# What this site has published, and so must keep: 'aicareers publish' adds to this file. Commit it.
#
# A build fails where an address below no longer answers, where the id of an article in feeds is
# another one, and where its date has moved back. To take an article off the site for good, write
# below its entry, for example:
#
#     gone: 2026-11-30
#     because: The law that it explained is no longer in force.
"""

# A day begins up to 14 hours before, and up to 12 hours after that of UTC.
_ZONES_APART = timedelta(days=1)


class Entry(Model):
    """An article in ``published.yaml``, below the address at which it stood first."""

    source: Name = Field(description="The file that it was made from, when last published.")
    guid: Name | None = Field(
        None, description="Its id in feeds; a page outside the blog has none, and no date."
    )
    date: Moment | None = Field(
        None, description="Its date when it was published first, in the site's time zone."
    )
    published: Moment = Field(description="When it was in a publication first.")
    addresses: tuple[Alias, ...] = Field(
        (), description="The other addresses under which it has been published."
    )
    gone: CalendarDate | None = Field(
        None, description="The day from which it is off the site, on purpose."
    )
    because: Text | None = Field(None, description="Why it is gone, for the next editor.")


class PublishedFile(Model):
    """What ``published.yaml`` says."""

    articles: dict[Alias, Entry] = Field(
        description="All that was ever published, by the address at which it stood first."
    )


class Promise(NamedTuple):
    """An article that was published, ``first`` the address at which it stood then.

    ``addresses`` are its other ones. ``guid`` is empty, and ``date`` None, for a page outside the
    blog; the date is what the clocks of the site's zone showed. ``published`` is when it was in a
    publication first, ``gone`` the day from which it is off the site, on purpose. ``place`` and
    ``moment_place`` are where, in the file, the entry and its ``published`` stand.
    """

    first: str
    source: str
    guid: str
    date: datetime | None
    published: datetime
    addresses: tuple[str, ...] = ()
    gone: CalendarDate | None = None
    because: str = ""
    place: Place = (0, 0, 0)
    moment_place: Place = (0, 0, 0)

    @property
    def span(self) -> Span:
        """Where the entry stands."""
        return Span(PUBLISHED, *self.place)

    @property
    def all_addresses(self) -> tuple[str, ...]:
        """Every address under which it has been published."""
        return (self.first, *self.addresses)


def guid(authority: str, first_address: str) -> str:
    """The permanent id of an article in feeds, a tag URI (RFC 4151).

    It is made from the article's first address, so that it survives a change of address (the old
    one is then an alias), of the site's layout and of its host.
    """
    return f"tag:{authority}:{first_address.removeprefix(BLOG).strip('/')}"


def authority(guid: str) -> str:
    """The authority in an id."""
    return guid.split(":")[1]


def read(content: bytes) -> Outcome[tuple[Promise, ...]]:
    """The promises in the file's bytes, which are empty where there is no file.

    Codes, besides those of YAML and models: ``guid-changed``, ``first-publication`` and
    ``gone-reason``.
    """
    if not content:
        return Outcome(())
    parsed = documents.parse_yaml(PUBLISHED, content)
    if parsed.value is None:
        return Outcome((), parsed.diagnostics)
    tree = parsed.value
    outcome = validate(PublishedFile, tree, what=PUBLISHED)
    found = [*parsed.diagnostics, *outcome.diagnostics]
    if outcome.value is None or has_errors(found):
        return Outcome((), tuple(found))
    for first, entry in outcome.value.articles.items():
        found += _contradictions(first, entry, tree)
    entries = outcome.value.articles.items()
    return Outcome(tuple(_promise(*one, tree) for one in entries), tuple(found))


def _promise(first: str, entry: Entry, tree: Tree) -> Promise:
    at: Location = ("articles", first)
    return Promise(
        first,
        entry.source,
        entry.guid or "",
        entry.date.replace(tzinfo=None) if entry.date else None,
        entry.published,
        entry.addresses,
        entry.gone,
        entry.because or "",
        tree.key_places[at],
        tree.places[(*at, "published")],
    )


def _contradictions(first: str, entry: Entry, tree: Tree) -> Iterator[Diagnostic]:
    """What an entry says that cannot be, so that somebody must have changed it."""

    def span(key: str) -> Span:
        return tree.span(("articles", first, key))

    if (entry.guid is None) != (entry.date is None):
        stated, missing = ("guid", "date") if entry.date is None else ("date", "guid")
        yield Diagnostic(
            "missing-key",
            f"the entry of '{first}' has '{stated}' and no '{missing}': an article of the blog has "
            "both, a page outside it neither",
            tree.key_span(("articles", first)),
            WRITTEN_BY_PUBLISHING,
        )
    own = guid(_stated_authority(entry.guid or ""), first)
    if entry.guid is not None and entry.guid != own:
        yield Diagnostic(
            "guid-changed",
            f"an article's id is made from the address at which it stood first, '{first}', and "
            "this one is not",
            span("guid"),
            f"write guid: {own}",
        )
    if entry.date and entry.published.replace(tzinfo=None) + _ZONES_APART < entry.date.replace(
        tzinfo=None
    ):
        yield Diagnostic(
            "first-publication",
            f"'{first}' cannot have been published before its own date, "
            f"{in_front_matter(entry.date)}",
            span("published"),
            WRITTEN_BY_PUBLISHING,
        )
    if (entry.gone is None) != (entry.because is None):
        stated, missing = ("because", "gone") if entry.gone is None else ("gone", "because")
        yield Diagnostic(
            "gone-reason",
            f"'{first}' has '{stated}' and no '{missing}': the next editor has to know both",
            tree.key_span(("articles", first, stated)),
            "write the day, such as gone: 2026-11-30"
            if missing == "gone"
            else "write why, such as because: It told of a law that is no longer in force.",
        )


WRITTEN_BY_PUBLISHING = (
    f"undo the change: only 'aicareers publish' writes this, and git log -p {PUBLISHED} shows what "
    "it wrote"
)
"""What helps where somebody has changed what nobody but a publication writes."""


def _stated_authority(stated: str) -> str:
    parts = stated.split(":")
    return parts[1] if len(parts) > 2 and parts[0] == "tag" else "example.com,2026"


def written(promises: Iterable[Promise]) -> bytes:
    """The file that holds the ``promises``, in any order."""
    entries = sorted(promises, key=lambda promise: promise.first)
    lines = [line for promise in entries for line in _lines(promise)]
    body = "\n".join(["articles:", *lines]) if lines else "articles: {}"
    return f"{_HEAD}\n{body}\n".encode()


def _lines(promise: Promise) -> Iterator[str]:
    yield f"  {promise.first}:"
    yield f"    source: {_quoted(promise.source)}"
    if promise.date is not None:
        yield f"    guid: {promise.guid}"
        yield f"    date: {in_front_matter(promise.date)}"
    yield f"    published: {in_utc(promise.published)}"
    if promise.addresses:
        yield f"    addresses: [{', '.join(sorted(promise.addresses))}]"
    if promise.gone is not None:
        yield f"    gone: {promise.gone}"
        yield f"    because: {_quoted(promise.because)}"


def _quoted(text: str) -> str:
    """A text as YAML, plain where it cannot mean anything else."""
    if re.fullmatch(r"content/[A-Za-z0-9/_.-]+", text):
        return text
    seen = {'"': '\\"', "\\": "\\\\"}
    escaped = (c if c.isprintable() else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(seen.get(c, c) for c in escaped)}"'


def in_utc(moment: datetime) -> str:
    """A moment of publication, as the file states it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_front_matter(moment: datetime) -> str:
    """A moment in the site's zone, as front matter states it."""
    if not (moment.hour or moment.minute or moment.second):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
