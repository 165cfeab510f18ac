"""Whether a site keeps what it has promised: addresses that answer, ids in feeds, dates.

What was promised stands in ``content/published.yaml`` (:mod:`.promises`). What is shown besides,
drafts or future articles in a preview, makes no difference: the site is judged as readers get it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.paths import PUBLISHED
from aicareers_site.promises import (
    WRITTEN_BY_PUBLISHING,
    Promise,
    authority,
    guid,
    in_front_matter,
    in_utc,
    read,
    written,
)
from aicareers_site.site import has_expired, withheld
from aicareers_site.urls import BLOG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from aicareers_site.configuration import Configuration, SiteSettings
    from aicareers_site.diagnostics import Locate
    from aicareers_site.records import Record


def addresses(record: Record) -> tuple[str, ...]:
    """All addresses that lead to the article: its own, and its aliases."""
    return tuple(dict.fromkeys([record.path, *record.aliases]))


def clock(moment: datetime, zone: tzinfo) -> datetime:
    """What clocks in the zone show."""
    return moment.astimezone(zone).replace(tzinfo=None)


class Standing:
    """Where the articles of a site stand at ``now``, found by what they are known by.

    ``unread`` are the source paths of drafts that cannot be read, ``zone`` is the site's.
    """

    def __init__(
        self, records: Iterable[Record], now: datetime, zone: tzinfo, unread: Collection[str] = ()
    ) -> None:
        self.now = now
        self.zone = zone
        self.unread = unread
        self.answering: set[str] = set()
        self._by_first: defaultdict[str, list[Record]] = defaultdict(list)
        self._by_address: defaultdict[str, list[Record]] = defaultdict(list)
        self._by_source: dict[str, Record] = {}
        for record in sorted(records, key=attrgetter("source")):
            self._by_first[record.first_address].append(record)
            self._by_source[record.source] = record
            for address in addresses(record):
                self._by_address[address].append(record)
            if self.is_live(record):
                self.answering.update(addresses(record))

    def is_live(self, record: Record) -> bool:
        """Whether readers find the article."""
        return not withheld(record, self.now, drafts=False, future=False)

    def continuing(self, promise: Promise, promised: Collection[str]) -> Record | None:
        """What became of the article that was promised; None if it is no more.

        That is the article which names the same first address, or has another of its addresses, or
        is made from its file. What continues another of the ``promised`` first addresses is that,
        and what readers do not find may be another article, unless its file or date is the same.
        """
        named = self._by_first.get(promise.first, [])
        others = [one for name in promise.all_addresses for one in self._by_address.get(name, ())]
        others += filter(None, [self._by_source.get(promise.source)])
        found = [
            *(one for one in named if one.source == promise.source),
            *named,
            *(one for one in others if one.first_address not in promised),
        ]
        return next((one for one in found if self._may_be(one, promise)), None)

    def _may_be(self, record: Record, promise: Promise) -> bool:
        is_same = promise.date and record.date and clock(record.date, self.zone) == promise.date
        return self.is_live(record) or record.source == promise.source or bool(is_same)

    def rival(self, promise: Promise, record: Record) -> Record | None:
        """An article that readers find, and that takes the first address from ``record``."""
        named = self._by_first.get(promise.first, ())
        if record not in named or record.source != promise.source:
            return None
        return next((one for one in named if one is not record and self.is_live(one)), None)

    def returning(self, promise: Promise) -> Record | None:
        """An article that readers find, with the id or a page of one that is said to be gone."""
        named = self._by_first.get(promise.first, []) if promise.guid else []
        others = (one for name in promise.all_addresses for one in self._by_address.get(name, ()))
        found = [*named, *(one for one in others if one.path in promise.all_addresses)]
        return next((one for one in found if self.is_live(one)), None)


class Kept(NamedTuple):
    """A promise, and what became of its article."""

    promise: Promise
    record: Record | None


def check(
    promises: Sequence[Promise],
    records: Iterable[Record],
    unread: Collection[str],
    configured: Configuration,
    now: datetime,
    locate: Locate,
) -> Iterator[Diagnostic]:
    """An error for each promise that is not kept, with the line that keeps it.

    ``records`` are all articles that can be read, ``unread`` the source paths of drafts that
    cannot.

    Codes: ``address-vanished``, ``address-taken``, ``guid-changed``, ``authority-changed``,
    ``date-moved``, ``unpublished``, ``came-back`` and ``first-publication``. An article that has
    expired, as its front matter says, or is ``gone``, as the file says, need not answer. As long as
    the file of an expired one is there, it keeps its aliases: it might come back.
    """
    if not promises:
        return
    standing = Standing(records, now, configured.settings.zone, unread)
    promised = {promise.first for promise in promises}
    kept = [Kept(one, standing.continuing(one, promised)) for one in promises]
    for _, record in kept:
        if record is not None and has_expired(record, now):
            standing.answering.update(addresses(record))
    checker = _Checker(standing, configured.settings, locate)
    yield from _still_to_come(promises, now)
    yield from _authorities(promises, configured)
    # Articles that are there come first: they are the better place to tell of an address.
    for one in sorted(kept, key=lambda one: one.record is None):
        yield from checker.problems(one)


class _Checker:
    """Looks at one promise after the other, and tells of each address once."""

    def __init__(self, standing: Standing, settings: SiteSettings, locate: Locate) -> None:
        self._standing = standing
        self._settings = settings
        self._locate = locate
        self._told: set[str] = set()

    def problems(self, kept: Kept) -> Iterator[Diagnostic]:
        """What is wrong with one promise."""
        promise, record = kept
        if promise.gone is not None:
            yield from self._returned(promise)
        elif record is None:
            yield from self._lost(promise)
        elif rival := self._standing.rival(promise, record):
            yield self._taken(promise, record, rival)
        elif record.draft:
            yield self._unpublished(promise, record.source)
        elif record.date is not None and record.date > self._standing.now:
            yield self._moved(
                promise, record, "lies in the future, so that it would vanish until then"
            )
        else:
            yield from self._changed(promise, record)

    def _missing(self, promise: Promise) -> list[str]:
        """Addresses of the article that do not answer, and have not been told of."""
        found = [
            address
            for address in promise.all_addresses
            if address not in self._standing.answering and address not in self._told
        ]
        self._told.update(found)
        return found

    def _changed(self, promise: Promise, record: Record) -> Iterator[Diagnostic]:
        """An article that is there, or has expired: with its addresses, id and date?"""
        aliases = "aliases" if record.aliases else "slug"
        if missing := self._missing(promise):
            yield Diagnostic(
                "address-vanished",
                f"{_published(missing)}, and nothing answers there now",
                self._place(record, aliases),
                _line(promise, record),
                related=(promise.span,),
            )
        elif promise.guid and record.date and record.first_address != promise.first:
            yield Diagnostic(
                "guid-changed",
                f"the article's id in feeds was made from '{promise.first}', and now from "
                f"'{record.first_address}': subscribers would get it again",
                self._place(record, aliases),
                _line(promise, record),
                related=(promise.span,),
            )
        if record.date and not promise.guid and record.first_address == promise.first:
            yield Diagnostic(
                "missing-key",
                f"the entry of '{promise.first}' lacks 'guid' and 'date', which every article of "
                "the blog has",
                promise.span,
                f"{WRITTEN_BY_PUBLISHING}; or write guid: "
                f"{guid(self._settings.feed_authority, promise.first)} and date: "
                f"{in_front_matter(clock(record.date, self._settings.zone))}",
            )
        if promise.date and record.date and clock(record.date, self._settings.zone) < promise.date:
            yield self._moved(promise, record, "has moved back")

    def _moved(self, promise: Promise, record: Record, how: str) -> Diagnostic:
        day = in_front_matter(promise.date or promise.published.replace(tzinfo=None))
        return Diagnostic(
            "date-moved",
            f"the article was published with the date {day}; now its date {how}",
            self._place(record, "date"),
            f"write date: {day}; tell of a change with 'updated'",
            related=(promise.span,),
        )

    def _unpublished(self, promise: Promise, source: str) -> Diagnostic:
        on_purpose = (
            f"write expires: {self._today} in place of draft"
            if promise.guid
            else f"remove the file, and write gone: {self._today} and because: with the reason in "
            f"{PUBLISHED}"
        )
        return Diagnostic(
            "unpublished",
            f"'{promise.first}' was published, and is a draft now",
            self._locate(source, "draft"),
            f"write draft: false; to take it off the site on purpose, {on_purpose}",
            related=(promise.span,),
        )

    def _lost(self, promise: Promise) -> Iterator[Diagnostic]:
        """An article that is no more."""
        if promise.source in self._standing.unread:
            yield self._unpublished(promise, promise.source)
        elif missing := self._missing(promise):
            yield Diagnostic(
                "address-vanished",
                f"{_published(missing)}, and the article is no more",
                promise.span,
                f"bring '{promise.source}' back; or write aliases: [{', '.join(missing)}] in the "
                f"article that takes its place; or, on purpose, write here gone: {self._today} and "
                "because: with the reason",
            )

    def _returned(self, promise: Promise) -> Iterator[Diagnostic]:
        """An article that is said to be gone for good."""
        record = self._standing.returning(promise)
        if record is None:
            return
        yield Diagnostic(
            "came-back",
            f"'{promise.first}' answers again, but {PUBLISHED} says that it is gone since "
            f"{promise.gone}",
            self._place(record, "slug" if record.path in promise.all_addresses else "aliases"),
            f"if it is the same article, take 'gone' and 'because' out of {promise.span}; "
            f"if it is another one, {_own_id(promise, record)}",
            related=(promise.span,),
        )

    def _taken(self, promise: Promise, record: Record, rival: Record) -> Diagnostic:
        return Diagnostic(
            "address-taken",
            f"'{promise.first}' was published as the address of '{record.source}': with it, this "
            "article would get that one's id in feeds, and subscribers would not see it as a new "
            "one",
            self._place(rival, "slug" if rival.path in promise.all_addresses else "aliases"),
            _own_id(promise, rival),
            related=(promise.span,),
        )

    @property
    def _today(self) -> str:
        return f"{self._standing.now.astimezone(self._settings.zone):%Y-%m-%d}"

    def _place(self, record: Record, field: str) -> Span:
        """Where the article states the field, or else its title."""
        span = self._locate(record.source, field)
        whole = self._locate(record.source, "")
        return self._locate(record.source, "title") if span == whole else span


def _still_to_come(promises: Iterable[Promise], now: datetime) -> Iterator[Diagnostic]:
    """Whether all that was published was so before now; told of once, since clocks err for all."""
    found = [promise for promise in promises if promise.published > now]
    if not found:
        return
    one, *others = found
    more = f", like {len(others)} more," if others else ""
    yield Diagnostic(
        "first-publication",
        f"'{one.first}'{more} was published first at {in_utc(one.published)}, says this file, but "
        f"now it is {in_utc(now)}",
        Span(PUBLISHED, *one.moment_place),
        f"build for a later --now, or set this machine's clock; if this line was changed by hand, "
        f"{WRITTEN_BY_PUBLISHING}",
    )


def _authorities(promises: Iterable[Promise], configured: Configuration) -> Iterator[Diagnostic]:
    """Whether ids in feeds still begin as they did."""
    own = configured.settings.feed_authority
    known = Counter(authority(promise.guid) for promise in promises if promise.guid)
    if not known:
        return
    usual = min(known, key=lambda name: (-known[name], name != own, name))
    if usual != own:
        count = known[usual]
        yield Diagnostic(
            "authority-changed",
            f"the ids of {count} {'article' if count == 1 else 'articles'} in feeds begin with "
            f"'tag:{usual}:', and would begin with 'tag:{own}:': subscribers would get all of them "
            "again",
            configured.tree.span(("feed_authority",)),
            f"write feed_authority: {usual}",
        )
    for promise in promises:
        if promise.guid and authority(promise.guid) != usual:
            yield Diagnostic(
                "guid-changed",
                f"the id of '{promise.first}' begins with 'tag:{authority(promise.guid)}:', and "
                f"those of the other articles with 'tag:{usual}:'",
                promise.span,
                f"write guid: {guid(usual, promise.first)}",
            )


def _own_id(promise: Promise, record: Record) -> str:
    """What gives an article an id of its own."""
    if record.path in promise.all_addresses:
        return "give this article another 'slug'"
    own = f"write aliases: [{', '.join(addresses(record))}]"
    return f"{own}, with its own address first, from which its id is then made"


def _line(promise: Promise, record: Record) -> str:
    """The line of front matter with all addresses of the article, from the first one on."""
    known = dict.fromkeys([promise.first, *promise.addresses, *record.aliases])
    others = [address for address in known if address != record.path]
    # Its present address stands among the earlier ones only to say that it was the first.
    is_told = promise.first == record.path and any(one.startswith(BLOG) for one in others)
    return f"write aliases: [{', '.join([record.path, *others] if is_told else others)}]"


def _published(missing: Sequence[str]) -> str:
    names = ", ".join(f"'{name}'" for name in missing)
    return f"{names} {'was' if len(missing) == 1 else 'were'} published"


def recorded(
    content: bytes, records: Iterable[Record], settings: SiteSettings, now: datetime
) -> bytes:
    """The bytes of ``published.yaml`` after a publication at ``now`` of what these articles are.

    ``content`` are its bytes until then, empty where there is no file; it must be right. Of the
    articles, drafts and what is still to come are left out. What was recorded stays as it is.
    """
    promises = {promise.first: promise for promise in read(content).value}
    live = (record for record in records if not withheld(record, now, drafts=False, future=False))
    for record in sorted(live, key=attrgetter("path")):
        promise = _promise_of(record, promises) or Promise(
            record.first_address,
            record.source,
            guid(settings.feed_authority, record.first_address) if record.date else "",
            clock(record.date, settings.zone) if record.date else None,
            now.astimezone(UTC).replace(microsecond=0),
        )
        others = {*promise.addresses, *addresses(record)} - {promise.first}
        promises[promise.first] = promise._replace(
            source=record.source, addresses=tuple(sorted(others))
        )
    return written(promises.values())


def _promise_of(record: Record, promises: dict[str, Promise]) -> Promise | None:
    """What was promised of the article; a page, which has no id, is known by any address."""
    if record.date is not None or record.first_address in promises:
        return promises.get(record.first_address)
    known = {one: p for p in promises.values() if not p.guid for one in p.all_addresses}
    return next((known[one] for one in addresses(record) if one in known), None)
