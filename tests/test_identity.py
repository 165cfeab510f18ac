"""What a site has published it keeps: each way of breaking that, planted and caught."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from aicareers_site import configuration, identity, promises
from aicareers_site.diagnostics import Span, has_errors
from aicareers_site.paths import PUBLISHED
from aicareers_site.site import has_expired, withheld
from tests.samples import NOW, PLAIN_THEME, SETTINGS, built, post
from tests.sites import ABOUT, record, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.records import Record

FIRST = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
A, B, PAGE = "content/articles/a.md", "content/articles/b.md", "content/pages/about.md"
MOVED = post("Moved", more="slug: z\naliases: [/blog/b/]\n")
SOURCES: dict[str, bytes] = {
    "site.yaml": SETTINGS.encode(),
    A: post("First", date="2026-01-01 10:40"),
    B: MOVED,
    PAGE: ABOUT,
    "content/articles/draft.md": post("Unfinished", more="draft: true\n"),
    "content/articles/later.md": post("To come", date="2026-03-01"),
    **{path: text.encode() for path, text in PLAIN_THEME.items()},
}
FILE = """\
articles:
  /about/:
    source: content/pages/about.md
    published: 2026-02-03T04:05:06Z
  /blog/a/:
    source: content/articles/a.md
    guid: tag:sample.example,2026:a
    date: 2026-01-01 10:40
    published: 2026-02-03T04:05:06Z
  /blog/b/:
    source: content/articles/b.md
    guid: tag:sample.example,2026:b
    date: 2026-01-01
    published: 2026-02-03T04:05:06Z
    addresses: [/blog/z/]
"""


def records(sources: Mapping[str, bytes]) -> list[Record]:
    """What is known of the articles among the sources."""
    return [
        record(path.rpartition("/")[2][:-3], content, path.split("/")[1])
        for path, content in sources.items()
        if path.endswith(".md")
    ]


def recorded(sources: Mapping[str, bytes], now: datetime = FIRST, before: bytes = b"") -> bytes:
    return identity.recorded(before, records(sources), settings(), now)


HEAD = recorded(SOURCES).decode().partition("articles:")[0]
LINES = HEAD.count("\n")


def problems(edited: Mapping[str, bytes | None], *, besides: bool = False) -> list[Diagnostic]:
    """What a build says of the site once it has been published and then edited.

    ``besides`` are shown drafts and what is still to come.
    """
    edits = {PUBLISHED: recorded(SOURCES), **edited}
    files = {path: content for path, content in {**SOURCES, **edits}.items() if content is not None}
    return list(built(files, drafts=besides, future=besides).diagnostics)


def told(edited: Mapping[str, bytes | None], *, besides: bool = False) -> list[tuple[str, str]]:
    return [(one.code, str(one.span)) for one in problems(edited, besides=besides)]


def entry(old: str, new: str) -> bytes:
    """The file after somebody changed it."""
    assert FILE.count(old) == 1
    return (HEAD + FILE.replace(old, new)).encode()


# The file


def test_a_publication_is_recorded() -> None:
    assert recorded(SOURCES).decode() == HEAD + FILE
    assert HEAD.startswith("# What this site has published")


def test_what_is_recorded_stays_and_what_is_new_comes_to_it() -> None:
    later = {
        **SOURCES,
        "content/articles/moved.md": post(
            "First", date="2026-01-02", more="slug: y\naliases: [/blog/a/, /x/]\n"
        ),
    }
    del later[A]
    text = recorded(later, FIRST + timedelta(days=60), recorded(SOURCES)).decode()
    assert text == HEAD + FILE.replace(
        "articles/a.md\n    guid", "articles/moved.md\n    guid"
    ).replace(
        "10:40\n    published: 2026-02-03T04:05:06Z\n",
        "10:40\n    published: 2026-02-03T04:05:06Z\n    addresses: [/blog/y/, /x/]\n",
    ) + (
        "  /blog/later/:\n"
        "    source: content/articles/later.md\n"
        "    guid: tag:sample.example,2026:later\n"
        "    date: 2026-03-01\n"
        "    published: 2026-04-04T04:05:06Z\n"
    )


def test_a_second_publication_of_the_same_changes_nothing() -> None:
    once = recorded(SOURCES)
    assert recorded(SOURCES, NOW - timedelta(days=275), once) == once


def test_a_site_without_articles_has_promised_nothing() -> None:
    content = recorded({})
    assert content.decode() == f"{HEAD}articles: {{}}\n"
    assert promises.read(content) == promises.read(b"")


def test_the_file_says_what_was_meant() -> None:
    said = promises.Promise(
        "/blog/a/", "content/articles/é “a”.md", "tag:x.example,2026:a",
        datetime(2026, 1, 1, 10, 40, 5),  # noqa: DTZ001 - what clocks show
        FIRST.replace(microsecond=0), ("/b/",),
        NOW.date(), 'so: "it" \\ was\u2028 # 😀 null',
    )  # fmt: skip
    outcome = promises.read(promises.written([said]))
    (read,) = outcome.value
    assert read._replace(place=(0, 0, 0), moment_place=(0, 0, 0)) == said
    assert outcome.diagnostics == ()


# Every break, at its place, with the line to write


@dataclass(frozen=True)
class Break:
    """Edits after which ``code`` is told at ``place``, with ``hint`` among the words.

    ``message`` is all that is said, where it is not obvious.
    """

    edits: Mapping[str, bytes | None]
    code: str
    place: str
    hint: str
    message: str = ""


def front(more: str, title: str = "First", date: str = "2026-01-01 10:40") -> bytes:
    return post(title, date=date, more=more)


UNDO = (
    "undo the change: only 'aicareers publish' writes this, and git log -p content/published.yaml "
    "shows what it wrote"
)
BREAKS = {
    "another slug without an alias": Break(
        {A: front("slug: new\n")}, "address-vanished", f"{A}:7:7", "write aliases: [/blog/a/]"
    ),
    "a file with another name, without an alias": Break(
        {A: None, "content/articles/new.md": SOURCES[A]},
        "address-vanished",
        f"{PUBLISHED}:{LINES + 5}:3",
        "bring 'content/articles/a.md' back; or write aliases: [/blog/a/] in",
    ),
    "an alias that is dropped": Break(
        {B: post("Moved", more="slug: b\n")},
        "address-vanished",
        f"{B}:7:7",
        "write aliases: [/blog/b/, /blog/z/]",
    ),
    "the first of two aliases that is dropped": Break(
        {B: post("Moved", more="slug: z\naliases: [/blog/c/]\n")},
        "address-vanished",
        f"{B}:8:10",
        "write aliases: [/blog/b/, /blog/c/]",
    ),
    "an article that is deleted": Break(
        {A: None},
        "address-vanished",
        f"{PUBLISHED}:{LINES + 5}:3",
        "write here gone: 2026-11-21 and because:",
    ),
    "a page that is deleted": Break(
        {PAGE: None}, "address-vanished", f"{PUBLISHED}:{LINES + 2}:3", "bring"
    ),
    "a page with another address": Break(
        {PAGE: ABOUT.replace(b"title", b"slug: us\ntitle", 1)},
        "address-vanished",
        f"{PAGE}:2:7",
        "write aliases: [/about/]",
    ),
    "an older address that was not known": Break(
        {A: front("aliases: [/blog/old/]\n")},
        "guid-changed",
        f"{A}:7:10",
        "write aliases: [/blog/a/, /blog/old/]",
    ),
    "an article that takes the place of another": Break(
        {A: None, "content/articles/c.md": front("aliases: [/blog/c/, /blog/a/]\n", "C")},
        "guid-changed",
        "content/articles/c.md:7:10",
        "write aliases: [/blog/a/]",
    ),
    "the address of an article that has expired": Break(
        {
            A: front("expires: 2026-11-20\n"),
            "content/articles/c.md": front("slug: a\n", "C"),
        },
        "address-taken",
        "content/articles/c.md:7:7",
        "give this article another 'slug'",
        f"'/blog/a/' was published as the address of '{A}': with it, this article would get that "
        "one's id in feeds, and subscribers would not see it as a new one",
    ),
    "an alias that leads away from an article that has expired": Break(
        {
            A: front("expires: 2026-11-20\n"),
            "content/articles/c.md": front("aliases: [/blog/a/]\n", "C"),
        },
        "address-taken",
        "content/articles/c.md:7:10",
        "write aliases: [/blog/c/, /blog/a/], with its own address first, from which its id is "
        "then made",
        f"'/blog/a/' was published as the address of '{A}': with it, this article would get that "
        "one's id in feeds, and subscribers would not see it as a new one",
    ),
    "a draft again": Break(
        {A: front("draft: true\n")},
        "unpublished",
        f"{A}:7:8",
        "write expires: 2026-11-21 in place of draft",
    ),
    "a draft again, unfinished": Break(
        {A: front("draft: true\nhue: red\n", date="soon")},
        "unpublished",
        f"{A}:7:8",
        "draft: false",
    ),
    "a page that is a draft again": Break(
        {PAGE: ABOUT.replace(b"title", b"draft: true\ntitle", 1)},
        "unpublished",
        f"{PAGE}:2:8",
        "remove the file, and write gone: 2026-11-21 and because: with the reason in "
        "content/published.yaml",
    ),
    "a date that moves back": Break(
        {A: front("", date="2026-01-01 10:39")},
        "date-moved",
        f"{A}:4:7",
        "write date: 2026-01-01 10:40; tell of a change with 'updated'",
        "the article was published with the date 2026-01-01 10:40; now its date has moved back",
    ),
    "a date to come": Break(
        {B: MOVED.replace(b"date: 2026-01-01", b"date: 2026-12-01")},
        "date-moved",
        f"{B}:4:7",
        "write date: 2026-01-01;",
        "the article was published with the date 2026-01-01; now its date lies in the future, so "
        "that it would vanish until then",
    ),
    "another authority": Break(
        {"site.yaml": SETTINGS.replace("sample.example,2026", "other.example,2027").encode()},
        "authority-changed",
        "site.yaml:5:17",
        "write feed_authority: sample.example,2026",
    ),
    "another authority in one entry": Break(
        {PUBLISHED: entry("tag:sample.example,2026:a", "tag:other.example,2026:a")},
        "guid-changed",
        f"{PUBLISHED}:{LINES + 5}:3",
        "write guid: tag:",
        "the id of '/blog/a/' begins with 'tag:other.example,2026:', and those of the other "
        "articles with 'tag:sample.example,2026:'",
    ),
    "another id in an entry": Break(
        {PUBLISHED: entry("2026:a", "2026:c")},
        "guid-changed",
        f"{PUBLISHED}:{LINES + 7}:11",
        "write guid: tag:sample.example,2026:a",
        "an article's id is made from the address at which it stood first, '/blog/a/', and this "
        "one is not",
    ),
    "an entry without its id": Break(
        {PUBLISHED: entry("    guid: tag:sample.example,2026:a\n", "")},
        "missing-key",
        f"{PUBLISHED}:{LINES + 5}:3",
        UNDO,
        "the entry of '/blog/a/' has 'date' and no 'guid': an article of the blog has both, a page "
        "outside it neither",
    ),
    "an entry without its date": Break(
        {PUBLISHED: entry("    date: 2026-01-01 10:40\n", "")},
        "missing-key",
        f"{PUBLISHED}:{LINES + 5}:3",
        UNDO,
        "the entry of '/blog/a/' has 'guid' and no 'date': an article of the blog has both, a page "
        "outside it neither",
    ),
    "an entry without id and date": Break(
        {PUBLISHED: entry("    guid: tag:sample.example,2026:a\n    date: 2026-01-01 10:40\n", "")},
        "missing-key",
        f"{PUBLISHED}:{LINES + 5}:3",
        f"{UNDO}; or write guid: tag:sample.example,2026:a and date: 2026-01-01 10:40",
        "the entry of '/blog/a/' lacks 'guid' and 'date', which every article of the blog has",
    ),
    "a first publication before the article's date": Break(
        {PUBLISHED: entry("10:40\n    published: 2026-02-03", "10:40\n    published: 2025-02-03")},
        "first-publication",
        f"{PUBLISHED}:{LINES + 9}:16",
        UNDO,
        "'/blog/a/' cannot have been published before its own date, 2026-01-01 10:40",
    ),
    "a first publication to come": Break(
        {PUBLISHED: entry("10:40\n    published: 2026", "10:40\n    published: 2027")},
        "first-publication",
        f"{PUBLISHED}:{LINES + 9}:16",
        "build for a later --now, or set this machine's clock; if this line was changed by hand, "
        f"{UNDO}",
        "'/blog/a/' was published first at 2027-02-03T04:05:06Z, says this file, but now it is "
        "2026-11-21T12:00:00Z",
    ),
    "first publications to come": Break(
        {PUBLISHED: (HEAD + FILE.replace("published: 2026", "published: 2027")).encode()},
        "first-publication",
        f"{PUBLISHED}:{LINES + 4}:16",
        "build for a later --now",
        "'/about/', like 2 more, was published first at 2027-02-03T04:05:06Z, says this file, but "
        "now it is 2026-11-21T12:00:00Z",
    ),
    "gone without a reason": Break(
        {A: None, PUBLISHED: entry("  /blog/b/:\n", "    gone: 2026-11-01\n  /blog/b/:\n")},
        "gone-reason",
        f"{PUBLISHED}:{LINES + 10}:5",
        "write why",
        "'/blog/a/' has 'gone' and no 'because': the next editor has to know both",
    ),
    "a reason without a day": Break(
        {A: None, PUBLISHED: entry("  /blog/b/:\n", "    because: Old.\n  /blog/b/:\n")},
        "gone-reason",
        f"{PUBLISHED}:{LINES + 10}:5",
        "write the day",
        "'/blog/a/' has 'because' and no 'gone': the next editor has to know both",
    ),
    "back though gone": Break(
        {
            PUBLISHED: entry(
                "  /blog/b/:\n", "    gone: 2026-11-01\n    because: Old.\n  /blog/b/:\n"
            )
        },
        "came-back",
        f"{A}:2:8",
        f"take 'gone' and 'because' out of {PUBLISHED}:{LINES + 5}:3",
        f"'/blog/a/' answers again, but {PUBLISHED} says that it is gone since 2026-11-01",
    ),
    "another article with the id of one that is gone": Break(
        {
            A: None,
            "content/articles/c.md": post("C", more="aliases: [/blog/a/]\n"),
            PUBLISHED: entry(
                "  /blog/b/:\n", "    gone: 2026-11-01\n    because: Old.\n  /blog/b/:\n"
            ),
        },
        "came-back",
        "content/articles/c.md:7:10",
        "write aliases: [/blog/c/, /blog/a/]",
    ),
    "an unknown key": Break(
        {PUBLISHED: entry("10:40\n    published", "10:40\n    publisht")},
        "unknown-key",
        f"{PUBLISHED}:{LINES + 9}:5",
        "did you mean 'published'?",
        "'publisht' is not a key of '/blog/a/' in 'articles'",
    ),
    "a key given twice": Break(
        {PUBLISHED: entry("  /blog/b/:\n", "  /blog/a/:\n")},
        "duplicate-key",
        f"{PUBLISHED}:{LINES + 10}:3",
        "keep one of them",
    ),
    "a moment that is none": Break(
        {
            PUBLISHED: entry(
                "10:40\n    published: 2026-02-03T", "10:40\n    published: 2026-02-30T"
            )
        },
        "invalid-date",
        f"{PUBLISHED}:{LINES + 9}:16",
        "correct the day or the month",
    ),
    "an address that is none": Break(
        {PUBLISHED: entry("[/blog/z/]", "[blog/z]")},
        "invalid-alias",
        f"{PUBLISHED}:{LINES + 15}:17",
        "start and end with a slash",
    ),
    "bytes that are no text": Break(
        {PUBLISHED: b"articles: \xff"}, "not-utf-8", f"{PUBLISHED}:1:11", "UTF-8"
    ),
}


@pytest.mark.parametrize("planted", BREAKS.values(), ids=BREAKS)
def test_a_broken_promise_is_told_at_its_place_with_the_line_to_write(planted: Break) -> None:
    (found,) = (one for one in problems(planted.edits) if has_errors([one]))
    assert (found.code, str(found.span)) == (planted.code, planted.place)
    assert planted.hint in found.hint
    assert found.message == (planted.message or found.message)


# What is no break

ALLOWED: dict[str, dict[str, bytes | None]] = {
    "nothing": {},
    "a file with another name": {A: None, "content/articles/c.md": front("slug: a\n")},
    "another slug with an alias": {A: front("slug: c\naliases: [/blog/a/]\n")},
    "the first address again": {B: post("Moved", more="aliases: [/blog/b/, /blog/z/]\n")},
    "an older address that is told rightly": {A: front("aliases: [/blog/a/, /blog/old/]\n")},
    "an older address elsewhere": {A: front("aliases: [/old/]\n")},
    "a later date": {A: front("", date="2026-11-01")},
    "a page with an alias": {PAGE: ABOUT.replace(b"title", b"aliases: [/us/]\ntitle", 1)},
    "an article that has expired": {A: front("expires: 2026-11-20\n")},
    "another article answers for one that is gone": {
        A: None,
        B: post("Moved", more="slug: z\naliases: [/blog/b/, /blog/a/]\n"),
    },
    "gone for a reason": {
        A: None,
        PUBLISHED: entry("  /blog/b/:\n", "    gone: 2026-11-01\n    because: Old.\n  /blog/b/:\n"),
    },
    "a draft with the address of an article": {
        "content/articles/c.md": post("C", more="draft: true\nslug: a\n")
    },
    "another draft": {"content/articles/c.md": post("C", more="draft: true\n")},
    "an empty file": {PUBLISHED: b""},
    "no file": {PUBLISHED: None},
}


@pytest.mark.parametrize("edits", ALLOWED.values(), ids=ALLOWED)
def test_what_keeps_the_promises_is_no_break(edits: Mapping[str, bytes | None]) -> None:
    assert problems(edits) == []


def test_an_expired_article_keeps_its_aliases_since_it_might_come_back() -> None:
    assert told({B: post("Moved", more="slug: z\nexpires: 2026-11-20\n")}) == [
        ("address-vanished", f"{B}:7:7")
    ]


def test_an_expired_article_that_is_deleted_is_told_of() -> None:
    expired = front("expires: 2026-11-20\n")
    assert told({A: expired}) == []
    assert told({A: None}) == [("address-vanished", f"{PUBLISHED}:{LINES + 5}:3")]


def test_an_address_that_two_entries_know_is_told_of_once_where_an_article_is() -> None:
    merged = {**SOURCES, B: post("Moved", more="slug: z\naliases: [/blog/b/, /blog/a/]\n")}
    del merged[A]
    lock = recorded(merged, NOW, recorded(SOURCES))
    assert told({PUBLISHED: lock, A: None, B: MOVED}) == [("address-vanished", f"{B}:8:10")]


def test_what_a_preview_shows_besides_makes_no_difference() -> None:
    edits = {A: front("draft: true\n"), B: MOVED.replace(b"2026-01-01", b"2026-12-01")}
    expected = [("unpublished", f"{A}:7:8"), ("date-moved", f"{B}:4:7")]
    assert told(edits) == told(edits, besides=True) == expected


def test_another_time_zone_moves_no_date() -> None:
    elsewhere = SETTINGS.replace("time_zone: UTC", "time_zone: America/Los_Angeles")
    assert told({"site.yaml": elsewhere.encode()}) == []


def test_the_file_is_no_file_for_readers() -> None:
    linking = front("").replace(b"Some text.", b"[All](../published.yaml)")
    assert [one.code for one in problems({A: linking})] == ["broken-link"]
    files = {**SOURCES, PUBLISHED: recorded(SOURCES)}
    assert [one.path for one in built(files).value.outputs if "published" in one.path] == []


# The law: whatever editors do, as long as they heed what is said


@cache
def _known(name: str, content: bytes) -> Record:
    return record(name, content)


@dataclass(frozen=True)
class Written:
    """An article's file as an editor knows it."""

    name: str
    slug: str
    aliases: tuple[str, ...] = ()
    date: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    draft: bool = False
    expires: datetime | None = None

    @property
    def known(self) -> Record:
        return _known(
            self.name,
            post(
                date=f"{self.date:%Y-%m-%d %H:%M}",
                more=f"slug: {self.slug}\naliases: [{', '.join(self.aliases)}]\n"
                f"draft: {str(self.draft).lower()}\n"
                + (f"expires: {self.expires:%Y-%m-%d %H:%M}\n" if self.expires else ""),
            ),
        )


NAMES = st.sampled_from(["a", "b", "c", "d"])
MOMENTS = st.integers(-3, 3)
Articles = dict[int, Written]
"""The articles by numbers that nobody but this test knows: what each of them is."""


class Editing(RuleBasedStateMachine):
    """Edits, each of which is built; what is said is heeded, then the site is published."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)
        self.articles: Articles = {}
        self.lock = b""
        self.owners: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        self.count = 0
        self.live: dict[int, Record] = {}
        self.expired: set[int] = set()

    # What editors do

    @rule(name=NAMES, slug=NAMES, days=MOMENTS, draft=st.booleans())
    def begin_an_article(self, name: str, slug: str, days: int, draft: bool) -> None:
        self.count += 1
        new = Written(name, slug, date=self.day(days, -self.count), draft=draft)
        self.edit({**self.articles, self.count: new})

    @rule(data=st.data(), name=NAMES)
    def rename_a_file(self, data: st.DataObject, name: str) -> None:
        self.change(data, name=name)

    @rule(data=st.data(), slug=NAMES)
    def change_an_address(self, data: st.DataObject, slug: str) -> None:
        self.change(data, slug=slug)

    @rule(data=st.data(), slug=NAMES, name=NAMES)
    def rename_a_file_and_change_its_address(
        self, data: st.DataObject, slug: str, name: str
    ) -> None:
        self.change(data, slug=slug, name=name)

    @rule(data=st.data(), names=st.lists(NAMES, max_size=3, unique=True))
    def change_the_aliases(self, data: st.DataObject, names: list[str]) -> None:
        self.change(data, aliases=tuple(f"/blog/{name}/" for name in names))

    @rule(data=st.data(), days=MOMENTS)
    def change_the_date(self, data: st.DataObject, days: int) -> None:
        number = self.choose(data)
        if number is not None:
            self.change(data, number, date=self.day(days, -number))

    @rule(data=st.data())
    def make_it_a_draft_or_none(self, data: st.DataObject) -> None:
        number = self.choose(data)
        if number is not None:
            self.change(data, number, draft=not self.articles[number].draft)

    @rule(data=st.data(), days=MOMENTS | st.none())
    def let_it_expire(self, data: st.DataObject, days: int | None) -> None:
        self.change(data, expires=None if days is None else self.day(days))

    @rule(data=st.data())
    def delete_an_article(self, data: st.DataObject) -> None:
        number = self.choose(data)
        self.edit({key: one for key, one in self.articles.items() if key != number})

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        before, self.now = self.now, self.now + timedelta(days=days)
        if self.told(self.articles, self.lock) is None:
            self.now = before  # what clashes must be mended first, or it takes another's place
        self.edit(self.articles)

    def day(self, days: int, number: int = 0) -> datetime:
        """A moment that is no other article's."""
        return self.now + timedelta(days=days, minutes=number)

    def choose(self, data: st.DataObject) -> int | None:
        return data.draw(st.sampled_from(sorted(self.articles))) if self.articles else None

    def change(self, data: st.DataObject, number: int | None = None, **new: object) -> None:
        number = self.choose(data) if number is None else number
        if number is not None:
            changed = replace(self.articles[number], **new)  # type: ignore[arg-type]
            self.edit({**self.articles, number: changed})

    # What comes of it

    def edit(self, articles: Articles) -> None:
        """Take the edit, if it can be built once all that is said has been heeded."""
        lock = self.lock
        for _ in range(8):
            found = self.told(articles, lock)
            if found is None:
                return
            if not found:
                self.articles, self.lock = articles, lock
                self.publish()
                return
            articles, lock = self.heeded(found[0], articles, lock)
        raise AssertionError(f"it does not help to heed what is said: {found}")

    def told(self, articles: Articles, lock: bytes) -> list[Diagnostic] | None:
        """What a build says of promises; None where it has other errors."""
        if any(one.expires and one.expires < one.date for one in articles.values()):
            return None
        known = [one.known for one in articles.values()]
        names = [one.name for one in articles.values()]
        live = [one for one in known if not withheld(one, self.now, drafts=False, future=False)]
        taken = [address for one in live for address in identity.addresses(one)]
        if len(set(names)) < len(names) or len(set(taken)) < len(taken):
            return None
        read = promises.read(lock)
        assert read.diagnostics == ()
        configured = configuration.read(SETTINGS.encode()).value
        assert configured is not None
        return list(
            identity.check(
                read.value, known, (), configured, self.now, lambda path, name: Span(path, 1, 1)
            )
        )

    def heeded(self, one: Diagnostic, articles: Articles, lock: bytes) -> tuple[Articles, bytes]:
        """The site after the line was written that the hint holds."""
        if one.span.path == PUBLISHED:
            entries = promises.read(lock).value
            (lost,) = (entry for entry in entries if entry.span == one.span)
            owner = self.owners[lost.first]
            if owner in articles:  # its file and its address have both changed
                moved = replace(articles[owner], aliases=lost.all_addresses)
                return {**articles, owner: moved}, lock
            told = lost._replace(gone=self.now.date(), because="So.")
            return articles, promises.written([one for one in entries if one != lost] + [told])
        (number,) = (key for key, file in articles.items() if file.known.source == one.span.path)
        file = articles[number]
        if found := re.search(r"write aliases: \[(.*?)\]", one.hint):
            file = replace(file, aliases=tuple(found[1].split(", ")))
        elif found := re.search(r"write date: ([0-9-]+)(?: ([0-9:]+))?", one.hint):
            moment = f"{found[1]} {found[2] or '00:00'}"
            file = replace(
                file, date=datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
            )
        elif "write draft: false" in one.hint:
            file = replace(file, draft=False)
        elif "give this article another 'slug'" in one.hint:
            file = replace(file, slug=f"{file.slug}x", aliases=())
        else:
            raise AssertionError(one)
        return {**articles, number: file}, lock

    def publish(self) -> None:
        known = {number: one.known for number, one in self.articles.items()}
        self.lock = identity.recorded(self.lock, known.values(), settings(), self.now)
        self.expired = {number for number, one in known.items() if has_expired(one, self.now)}
        self.live = {
            number: one
            for number, one in known.items()
            if not withheld(one, self.now, drafts=False, future=False)
        }
        for number, one in self.live.items():
            self.owners |= dict.fromkeys(identity.addresses(one), number)

    @invariant()
    def every_address_answers(self) -> None:
        answering = {one for record in self.live.values() for one in identity.addresses(record)}
        entries = promises.read(self.lock).value
        gone = {address for entry in entries if entry.gone for address in entry.all_addresses}
        assert [
            address
            for address, owner in self.owners.items()
            if not (address in answering or address in gone or owner in self.expired)
        ] == []

    @invariant()
    def every_id_is_one_article_s_for_ever(self) -> None:
        for number, one in self.live.items():
            guid = promises.guid("sample.example,2026", one.first_address)
            assert self.ids.setdefault(guid, number) == number
            assert [other for other, owner in self.ids.items() if owner == number] == [guid]


TestEditing = Editing.TestCase
TestEditing.settings = hypothesis_settings(max_examples=40, stateful_step_count=20)
