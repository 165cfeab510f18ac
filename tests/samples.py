"""A small site in memory, for tests that need a whole one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aicareers_site import build
from aicareers_site.build import Built, Request
from aicareers_site.executor import InMemory, Serial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.executor import Executor

PROJECT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

SETTINGS = """\
title: Sample
tagline: A site for tests
description: What a site needs, and no more.
base_url: https://sample.example/
feed_authority: sample.example,2026
time_zone: UTC
page_size: 2
related: 2
authors:
  desk:
    name: The Desk
    role: Editors
    bio: A desk that writes tests.
categories:
  advice:
    title: Advice
    description: What to do.
  figures:
    title: Figures
    description: What is counted.
"""

COUNTRY = """\
country: {code}
as_of: 2026-04-22
source: facts
hubs: [{{name: {hub}}}]
working_language: English
in_favour: [pay]
against: [rain]
sources: [{{id: facts, name: A book of facts, retrieved: 2026-04-22}}]
"""
"""What the front matter of a country profile says besides that of a post."""


def theme() -> dict[str, bytes]:
    """The shipped templates and static files, by path."""
    return {
        path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for folder in ("templates", "static")
        for path in sorted((PROJECT / folder).rglob("*"))
        if path.is_file()
    }


def post(
    title: str = "A title",
    *,
    date: str = "2026-01-01",
    body: str = "Some text.",
    category: str = "advice",
    more: str = "",
) -> bytes:
    """A post with the front matter that it must have, and ``more`` lines of it."""
    return (
        f"---\ntitle: {title}\ndescription: About {title}.\ndate: {date}\n"
        f"authors: [desk]\ncategory: {category}\n{more}---\n\n{body}\n"
    ).encode()


def sources(
    articles: Mapping[str, bytes] | None = None, settings: str = SETTINGS
) -> dict[str, bytes]:
    """The source files of a site with the shipped theme; ``articles`` by path below content/."""
    files = {"site.yaml": settings.encode(), **theme()}
    files.update({f"content/{path}": content for path, content in (articles or {}).items()})
    return files


def built(
    files: Mapping[str, bytes],
    now: datetime = NOW,
    *,
    drafts: bool = False,
    future: bool = False,
    base_url: str | None = None,
    executor: Executor | None = None,
) -> Outcome[Built]:
    """Build the site that ``files`` holds; its settings must be right."""
    configured = build.configure(files, InMemory(Serial()), base_url)
    assert configured.value is not None, configured.diagnostics
    request = Request(now, drafts, future)
    return build.build(files, configured.value, request, executor or InMemory(Serial()))


def outputs(files: Mapping[str, bytes], **options: object) -> dict[str, bytes]:
    """The outputs of a site that must build without any diagnostic, by path."""
    outcome = built(files, **options)  # type: ignore[arg-type]
    assert outcome.diagnostics == ()
    return {output.path: output.content() for output in outcome.value.outputs}
