"""Articles as a site knows them, and whole sites of them, before any page is made."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from aicareers_site.configuration import SiteSettings
from aicareers_site.configuration import read as read_settings
from aicareers_site.data_checks import bind
from aicareers_site.diagnostics import Span
from aicareers_site.fingerprints import Keyed
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.records import Record
from aicareers_site.related import related
from aicareers_site.results import Held
from aicareers_site.site import Published, Site, assemble, posts_of, traits
from aicareers_site.table_reader import read as read_table
from aicareers_site.texts import read
from tests.samples import NOW, SETTINGS, post

if TYPE_CHECKING:
    from aicareers_site.data_book import DataBook

RULES = Keyed(Rules("en", UTC, ("desk",), ("advice", "figures"), drafts=False, series=("guide",)))
ABOUT = b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\nWho we are.\n"
"""A page outside the blog."""


def data(**texts: str) -> DataBook:
    """The data tables that these texts hold, by their ids; they must be right."""
    tables = []
    for name, text in texts.items():
        outcome = read_table(f"content/data/{name}.yaml", text.encode())
        assert outcome.diagnostics == ()
        assert outcome.value is not None
        tables.append(outcome.value)
    bound = bind(tables, (), lambda path, _: Span(path))
    assert bound.diagnostics == ()
    return bound.value


def settings(text: str = SETTINGS) -> SiteSettings:
    """The settings that ``text`` holds, which must be right."""
    configuration = read_settings(text.encode()).value
    assert configuration is not None
    return configuration.settings


def published(name: str = "a", content: bytes = post(), folder: str = "articles") -> Published:
    """An article without faults or links."""
    made = read(Manuscript(f"content/{folder}/{name}.md", content, RULES))
    assert made.head.diagnostics == ()
    assert isinstance(made.head.value, Record)
    return Published(made.head.value, Held(made.body))


def record(name: str = "a", content: bytes = post(), folder: str = "articles") -> Record:
    """What is known of an article without faults."""
    return published(name, content, folder).record


def dated(count: int, *, more: str = "") -> list[Published]:
    """As many articles, the first the oldest: n1, n2 and so on."""
    return [
        published(f"n{day}", post(f"No. {day}", date=f"2026-01-{day:02}", more=more))
        for day in range(1, count + 1)
    ]


def site(*articles: Published, text: str = SETTINGS) -> Site:
    """The site of these articles; ``text`` are its settings."""
    found = settings(text)
    posts = posts_of(found, articles)
    pages = [article for article in articles if article.record.date is None]
    return assemble(found, posts, pages, related(traits(posts), found.related + 1), data(), NOW)
