"""Incremental equals clean: after any edits, a build with a cache gives what one without gives.

300 sequences of edits are tried, or 2,000 with ``--hypothesis-profile=thorough``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import ExitStack, closing, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from aicareers_site import executor, remembering
from aicareers_site.cache import FILE
from tests.originals import BLUE, GREEN, plain, png, saved
from tests.samples import (
    KINDS,
    OPENINGS,
    PLAIN_THEME,
    SETTINGS,
    Run,
    article,
    contents,
    lay_out,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CACHE = ".aicareers-cache"
OUTPUT = "public"
LIST = ".aicareers-files"
FOREIGN = "notes.txt"

# The articles, and what is special about each: one is a draft, with something to complain of, one
# is to come at times, one will expire. They are few, as are the changes, so that changes meet.
PLACES = {
    "articles/a": {
        "tags": "[x]",
        "image": "{src: /shown.png, alt: S}",
        "body": "[b](b.md#work), [DE](../countries/de.md#facts), [m](../market/m.md), ![P](p.png)",
    },
    "articles/b": {
        "date": "2026-01-02",
        "authors": "[jo]",
        "tags": "[x, y]",
        "aliases": "[/blog/old/]",
        "body": "## Work\n\n{{ openings.level.senior | share }}.[^1]\n\n[^1]: As was said.",
    },
    "articles/c": {"draft": "true", "body": "A link that is [none] (b.md)."},
    "countries/de": {"salaries": "[pay]"},
    "countries/fr": {"country": "FR", "date": "2026-01-03"},
    "trends/t": {"date": "2026-03-01", "countries": "[DE, FR]"},
    "market/m": {"category": "figures", "expires": "2027-01-01"},
    "pages/about": {},
}
RENAMINGS = [
    ("articles/a", "articles/b"),
    ("articles/a", "articles/c"),
    ("articles/b", "articles/c"),
    ("countries/de", "countries/fr"),
]

# What a field of front matter, or the body, may say instead.
WORDS = [
    ("title", "One"),
    ("title", "Two"),
    ("description", "Another."),
    ("body", "## Work\n\nOther text.\n\n## Pay\n\nLow."),
    ("body", "Said [@census]."),
    ("sources", "[{id: census, name: A census, retrieved: 2026-01-02}]"),
    ("title", '"{{ openings.level.senior }} of {{ openings.total }}"'),
    ("description", '"As of {{ openings | as-of }}."'),
    ("body", "Pay: {{ pay.de.pay }}.\n\n{{ chart openings.level kind=bars }}"),
    ("body", "{{ chart pay.pay rows=de,at }}\n\nAnd `{{ code }}`."),
]
LINKS = [
    ("body", "See [b](../articles/b.md)."),
    ("body", "See [work](../articles/b.md#work)."),
    ("body", "See [the facts](../countries/de.md#facts) and [us](/about/)."),
    ("body", "See [the topic](/topics/x/)."),
    ("body", "See [what was](/blog/old/)."),
    ("body", "![P](../articles/p.png)"),
    ("body", "![S](/shown.png)"),
    ("image", "{src: ../articles/p.png, alt: P}"),
    ("image", "{src: /shown.png, alt: S}"),
    ("body", "[The file](../articles/p.png), ![P](../articles/p.png)"),
    ("lead_figure", "{value: 6, label: openings}"),
    ("lead_figure", "{value: '{{ openings.level.senior | share }}', label: openings}"),
]
TIMES = [
    ("date", "2026-05-05"),
    ("date", "2030-01-01"),
    ("updated", "2026-05-06"),
    ("expires", "2026-05-07"),
    ("draft", "true"),
    ("draft", "false"),
]
FILING = [
    ("tags", "[x, y]"),
    ("tags", "[x]"),
    ("category", "figures"),
    ("authors", "[jo]"),
    ("authors", "[desk, jo]"),
    ("series", "guide"),
    ("series", "course"),
    ("featured", "true"),
    ("aliases", "[/blog/old/]"),
    ("aliases", "[/blog/older/, /blog/b/]"),
    ("slug", "b"),
    ("country", "AT"),
    ("country", "FR"),
    ("countries", "[FR, DE]"),
]
MISTAKES = [
    ("body", "{{ openings.level.senoir }}"),
    ("hue", "red"),
    ("category", "nowhere"),
    ("title", ""),
    ("expires", "2025-01-01"),
]

PAY = """\
title: Pay
description: What is paid.
as_of: 2026-01-01
source: {name: The census, retrieved: 2026-01-01}
columns:
  country: {type: country}
  role: {type: text}
  place: {type: text}
  basis: {type: text}
  pay: {type: money, currency: EUR}
records:
  de: {country: DE, role: Cook, place: Berlin, basis: an hour, pay: {low: 2, high: 3}}
  at: {country: AT, role: Cook, place: Vienna, basis: an hour, pay: 2}
  fr: {country: FR, role: Cook, place: Paris, basis: an hour}
"""
CORRECTION = (
    "corrections: [{date: 2026-05-08, figure: level.senior, before: 7, after: 6, why: Slip.}]\n"
)
AGREEMENT = "agreements: [{figure: at.pay, equals: openings.level.rest}]\n"


def with_openings(one: str, other: str) -> bytes:
    """The data table on openings with another wording."""
    assert one in OPENINGS
    return OPENINGS.replace(one, other).encode()


SITE = (
    SETTINGS.replace(
        "categories:\n", "  jo:\n    name: Jo\n    role: Writer\n    bio: Writes.\ncategories:\n"
    )
    + "feed_size: 20\nlanguage: en\nnavigation: [{label: About, url: /about/}]\n"
    + "start_here: [content/trends/t.md]\nprofiles: []\n"
    + "series:\n  guide: {title: A guide, description: How to.}\n"
    + "  course: {title: A course, description: Lessons.}\n"
)
FILES: dict[str, bytes] = {
    "site.yaml": SITE.encode(),
    **{path: text.encode() for path, text in PLAIN_THEME.items()},
    "content/articles/p.png": png(),
    "static/shown.png": png(colour=BLUE),
    "content/data/openings.yaml": OPENINGS.encode(),
    "content/data/pay.yaml": PAY.encode(),
}
# What a file may hold instead; None takes it away.
CONTENTS: list[tuple[str, bytes | None]] = [
    ("content/data/openings.yaml", with_openings("value: 6, share: 60", "value: 5, share: 50")),
    ("content/data/openings.yaml", with_openings("value: 1", "value: 2")),
    ("content/data/openings.yaml", with_openings("value: 6, share: 60", "value: 6, share: 70")),
    ("content/data/openings.yaml", with_openings("as_of:", "review_by: 2026-02-02\nas_of:")),
    ("content/data/openings.yaml", with_openings("title: Level", "title: Rank")),
    ("content/data/openings.yaml", with_openings("breakdowns:", f"{CORRECTION}breakdowns:")),
    ("content/data/openings.yaml", None),
    ("content/data/pay.yaml", PAY.replace("high: 3", "high: 4").encode()),
    ("content/data/pay.yaml", PAY.replace("EUR", "CHF").encode()),
    ("content/data/pay.yaml", f"id: openings\n{PAY}".encode()),
    ("content/data/pay.yaml", f"{PAY}{AGREEMENT}".encode()),
    ("content/data/more.yaml", PAY.encode()),
    ("content/articles/p.png", png(colour=GREEN)),
    ("content/articles/p.png", png(12, 4)),
    ("content/articles/p.png", b"pixels!"),
    ("content/articles/p.png", saved(plain(), "GIF")),
    ("content/articles/p.png", None),
    ("static/shown.png", png(4, 12)),
    ("static/site.css", b"body { margin: 1 }\n"),
    ("static/site.css", b"body { background: url(shown.png) }\n"),
    ("static/more.css", b"p { margin: 0 }\n"),
    ("templates/_macros.html", b"{% macro item(entry) %}<b>{{ entry }}</b>{% endmacro %}\n"),
    ("templates/_macros.html", b"{% macro item() %}{% endmacro %}\n"),
    ("templates/_sources.html", b"{{ page.sources | length }} sources\n"),
    ("templates/_sources.html", b'{% include "_more.html" %}\n'),
    ("templates/_sources.html", None),
    ("templates/_more.html", b"More of {{ page.title }}\n"),
    ("templates/base.html", b"<p>{{ site.title }}</p>{% block main %}{{ page }}{% endblock %}\n"),
    ("templates/article.html", b"{{ page.title }}{{ page.body }}\n"),
    ("templates/list.html", b"{{ page.heading }}{{ page.nothing }}\n"),
    ("templates/list.html", b"{% for card in page.cards %}{{ card }}\n"),
    ("templates/feed-entry.html", b"{{ page.article.body }}\n"),
    ("templates/redirect.html", b"To {{ page.target }}\n"),
]
# What site.yaml may say, and may say instead.
WORDINGS = [
    ("title: Sample\n", "title: Example\n"),
    ("description: What a", "description: All that a"),
    ("base_url: https://sample", "base_url: https://example"),
    ("feed_authority: sample", "feed_authority: example"),
    ("time_zone: UTC", "time_zone: Asia/Tokyo"),
    ("language: en\n", "language: de\n"),
    ("page_size: 2\n", "page_size: 3\n"),
    ("share_cards: false\n", "share_cards: true\n"),
    ("related: 2\n", "related: 0\n"),
    ("search: false\n", "search: true\n"),
    ("feed_size: 20\n", "feed_size: 1\n"),
    ("navigation: [", "navigation: [{label: Blog, url: /blog/}, "),
    ("The Desk", "A Desk"),
    ("  figures:\n", "  numbers:\n"),
    ("    title: Advice\n", "    title: Counsel\n"),
    ("title: A guide, description: How", "title: The guide, description: How"),
    ("  course: {", "  lesson: {"),
    ("start_here: [content/trends", "start_here: [content/market/m.md, content/trends"),
    ("profiles: []", "profiles: [{label: Code, url: 'https://code.example/'}]"),
    ("title: Figures", "titel: Figures"),
    ("language: ", "embeds: ['https://player.example']\nlanguage: "),
    ("language: ", "raw_html: trusted\nlanguage: "),
    ("language: ", "hosts: [github-pages, netlify]\nlanguage: "),
    ("language: ", "precompress: [gz, br]\nlanguage: "),
    (
        "language: ",
        "newsletter: {provider: buttondown, promise: News., action: "
        "'https://buttondown.com/api/emails/embed-subscribe/us'}\nlanguage: ",
    ),
]
NOW = {"now": "--now=2026-06-01"}
OPTIONS = [
    ("now", "--now=2026-02-01"),
    ("now", "--now=2031-01-01"),
    ("base URL", "--base-url=https://other.example/under/"),
    ("drafts", "--drafts"),
    ("future", "--future"),
    ("strict", "--strict"),
]
ELSEWHERE = "in a copy, as CI does that restores a cache"
WAYS = ["--jobs=2", "--jobs=3", "--no-cache", "--cache-dir={}/other", ELSEWHERE]

PLACE = st.integers(0, 255)
"""A place in something, in parts of 256; Hypothesis prefers the beginning of longer ranges."""

Change = tuple[str, str, str]


def usual(place: str) -> dict[str, str]:
    """The fields of the article at ``place``, before any change."""
    folder, _, name = place.partition("/")
    return {**KINDS[folder], "title": f"About {name}", **PLACES[place]}


FIRST_SOURCES = {**FILES, **{f"content/{place}.md": article(usual(place)) for place in PLACES}}


def toggle(now: dict[str, str], usual: Mapping[str, str], key: str, value: str) -> None:
    """Give ``key`` this ``value``; where it has it already, its usual one, if any."""
    wanted = usual.get(key) if now.get(key) == value else value
    if wanted is None:
        del now[key]
    else:
        now[key] = wanted


def to_articles(changes: Iterable[tuple[str, str]]) -> st.SearchStrategy[Change]:
    """Each of ``changes`` in each article whose kind has the field."""
    only = {"country": "countries", "countries": "trends"}
    of_pages = {"title", "description", "body", "updated", "draft", "aliases", "slug", "hue"}
    return st.sampled_from(
        [
            (place, field, value)
            for field, value in changes
            for place in PLACES
            if place.startswith(only.get(field, ""))
            and (field in of_pages or not place.startswith("pages"))
        ]
    )


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths that are not in both, or not with the same bytes."""
    return sorted(path for path in one | other if one.get(path) != other.get(path))


def build(root: Path, *options: str) -> Run:
    # So small a site would start no workers and be one group; and no power failure is to be feared.
    with (
        mock.patch.object(executor, "THRESHOLD", 1),
        mock.patch.object(remembering, "BOUNDARY", 128),
        mock.patch.object(os, "fsync"),
    ):
        return run(root, *options)


@lru_cache(maxsize=256)
def clean(sources: frozenset[tuple[str, bytes]], options: tuple[str, ...]) -> Run:
    """A build of ``sources`` in a place of its own; kept, as many edits lead to the same state."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(dict(sources), Path(folder))
        return build(Path(folder), "--no-cache", "--jobs=1", *options)


@cache
def first_project() -> Mapping[str, bytes]:
    """A project that was built once, with its output and its cache."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(FIRST_SOURCES, Path(folder))
        built = build(Path(folder), "--jobs=1", *NOW.values())
        assert built.exit_code == 0, built.report
        return contents(Path(folder))


def save(root: Path, sources: dict[str, bytes], path: str, content: bytes | None) -> None:
    """Write one of the ``sources``, or delete it. All are of one time: times are no evidence."""
    file = root / path
    if content is None:
        file.unlink(missing_ok=True)
        sources.pop(path, None)
    else:
        file.write_bytes(content)
        os.utime(file, (0, 0))
        sources[path] = content


class Editing(RuleBasedStateMachine):
    """A site that is edited at random and built after most edits.

    An edit that is made again is taken back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.resources = ExitStack()

    @initialize()
    def lay_out(self) -> None:
        self.folder = Path(self.resources.enter_context(tempfile.TemporaryDirectory()))
        self.root = self.folder / "project"
        lay_out(first_project(), self.root)
        self.sources = dict(FIRST_SOURCES)
        self.articles = {place: usual(place) for place in PLACES}
        self.options = NOW.copy()
        self.way = "--jobs=1"
        self.edits_before_building = 1
        self.failures = 0
        self.mend_after_failures(failed=False)

    def teardown(self) -> None:
        self.resources.close()

    def save(self, path: str, content: bytes | None) -> None:
        save(self.root, self.sources, path, content)

    def save_article(self, place: str, fields: dict[str, str] | None) -> None:
        self.save(f"content/{place}.md", article(fields) if fields else None)
        if fields:
            self.articles[place] = fields
        else:
            self.articles.pop(place, None)

    def change_article(self, place: str, field: str, value: str) -> None:
        fields = self.articles.get(place, usual(place)).copy()
        toggle(fields, usual(place), field, value)
        self.save_article(place, fields)

    @rule(change=to_articles(WORDS) | to_articles(LINKS))
    def change_what_an_article_says(self, change: Change) -> None:
        self.change_article(*change)

    @rule(change=to_articles(TIMES) | to_articles(FILING) | to_articles(MISTAKES))
    def change_where_an_article_belongs(self, change: Change) -> None:
        self.change_article(*change)

    @rule(places=st.sampled_from([*RENAMINGS, *((place, None) for place in PLACES)]))
    def rename_or_delete_an_article(self, places: tuple[str, str | None]) -> None:
        """Or exchange the names of two articles, or add one."""
        one, other = places
        fields = self.articles.get(one)
        if other is None:
            self.save_article(one, None if fields else usual(one))
        else:
            self.save_article(one, self.articles.get(other))
            self.save_article(other, fields)

    @rule(change=st.sampled_from(CONTENTS))
    def change_a_template_or_another_file(self, change: tuple[str, bytes | None]) -> None:
        path, content = change
        self.save(path, FILES.get(path) if self.sources.get(path) == content else content)

    @rule(wordings=st.sampled_from(WORDINGS))
    def change_a_setting(self, wordings: tuple[str, str]) -> None:
        one, other = wordings
        text = self.sources["site.yaml"].decode()
        changed = text.replace(other, one) if other in text else text.replace(one, other)
        self.save("site.yaml", changed.encode())

    @rule(option=st.sampled_from(OPTIONS))
    def ask_for_something_else(self, option: tuple[str, str]) -> None:
        toggle(self.options, NOW, *option)

    @rule(way=st.sampled_from(WAYS))
    def build_in_another_way_after_the_next_edit(self, way: str) -> None:
        if way == ELSEWHERE:
            before, self.root = self.root, self.root.with_name(f"{self.root.name}-copy")
            shutil.copytree(before, self.root, copy_function=shutil.copyfile)
            shutil.rmtree(before)
        else:
            self.way = way.format(self.folder)
        self.edits_before_building = 1

    @precondition(lambda self: (self.root / CACHE / FILE).exists())
    @rule(place=PLACE, how=st.sampled_from(["a bit", "the end", "all", "rows", "values"]))
    def damage_the_cache(self, place: int, how: str) -> None:
        file = self.root / CACHE / FILE
        content = file.read_bytes()
        if how in {"rows", "values"}:
            spoil(file, place, forget=how == "rows")
        elif how == "a bit" and content:
            file.write_bytes(with_a_bit_changed(content, place))
        else:
            file.write_bytes(content[: len(content) * place // 256] if how == "the end" else b"")

    @precondition(lambda self: (self.root / OUTPUT / LIST).exists())
    @rule(place=PLACE, how=st.sampled_from(["a bit", "the end", "all", "beside"]))
    def tamper_with_the_output(self, place: int, how: str) -> None:
        output = self.root / OUTPUT
        files = sorted(path for path in contents(output) if path != LIST)
        file = output / files[len(files) * place // 256]
        if how == "beside":
            file.with_name(FOREIGN).write_text("Not made by a build.")
        elif how == "all":
            file.unlink()
        elif content := file.read_bytes():
            times = file.stat()
            altered = with_a_bit_changed(content, place) if how == "a bit" else content[:-1]
            file.write_bytes(altered)
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    @rule(name=st.sampled_from([CACHE, OUTPUT]))
    def delete_or_bring_back_a_folder(self, name: str) -> None:
        """Exchange the folder for the one that stood here earlier, at first for none."""
        here, aside, passing = self.root / name, self.folder / name, self.folder / "passing"
        for source, target in ((here, passing), (aside, here), (passing, aside)):
            with suppress(FileNotFoundError):
                source.rename(target)

    @invariant()
    def incremental_equals_clean(self) -> None:
        if self.edits_before_building:
            self.edits_before_building -= 1
            return
        options = tuple(sorted(self.options.values()))
        expected = clean(frozenset(self.sources.items()), options)
        before = contents(self.root / OUTPUT)
        actual = build(self.root, *options, self.way)
        assert actual[:2] == expected[:2]
        foreign = {path: before[path] for path in before if path.endswith(FOREIGN)}
        published = {**expected.files, **foreign} if expected.exit_code == 0 else before
        assert differences(actual.files, published) == []
        self.way = "--jobs=1"
        self.mend_after_failures(failed=actual.exit_code != 0)

    def mend_after_failures(self, *, failed: bool) -> None:
        """Take back what led to two failures in a row: good builds have more to show."""
        self.failures = self.failures + 1 if failed else 0
        if self.failures == 0:
            self.good = (self.sources.copy(), self.articles.copy(), self.options.copy())
        elif self.failures % 2 == 0:
            sources, articles, options = self.good
            for path in {**self.sources, **sources}:
                self.save(path, sources.get(path))
            self.articles, self.options = articles.copy(), options.copy()


def spoil(database: Path, place: int, *, forget: bool) -> None:
    """Delete each third row of each table, or change a bit in what it holds."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection, connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1")
            key, *_, held = (column[0] for column in rows.description)
            for name, *_, value in rows.fetchall()[place % 3 :: 3]:
                if forget:
                    connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))
                elif value:
                    update = f"UPDATE {table} SET {held} = ? WHERE {key} = ?"
                    connection.execute(update, (with_a_bit_changed(value, place), name))


def with_a_bit_changed(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[len(content) * place // 256] ^= 1
    return bytes(changed)


SEQUENCES = min(3 * settings().max_examples, 2_000)


# From its eleventh example on, Hypothesis mostly repeats parts of earlier ones.
@pytest.mark.parametrize("ten", range(SEQUENCES // 10))
def test_ten_sequences_of_edits(ten: int) -> None:
    few = settings(max_examples=10, stateful_step_count=6)
    run_state_machine_as_test(seed(ten)(Editing), settings=few)
