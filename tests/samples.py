"""A small site, for tests that need a whole one: in memory, or as the public command builds it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from click.testing import CliRunner

from aicareers_site import build
from aicareers_site.articles import Request
from aicareers_site.cli import main
from aicareers_site.executor import InMemory, Serial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.build import Built
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
search: false
share_cards: false
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


PLAIN_THEME = {
    "templates/_macros.html": "{% macro item(entry) %}<li>{{ entry }}</li>{% endmacro %}\n",
    "templates/_sources.html": '{% import "_macros.html" as ui %}'
    "{% for entry in page.sources %}{{ ui.item(entry) }}{% endfor %}\n",
    "templates/base.html": "{{ site }}{% block main %}{{ page }}{% endblock %}\n",
    "templates/article.html": '{% extends "base.html" %}{% block main %}{{ page }}'
    '{% include "_sources.html" %}{% endblock %}\n',
    "templates/list.html": '{% import "_macros.html" as ui %}{{ site }}{{ page }}'
    "{% for card in page.cards %}{{ ui.item(card) }}{% endfor %}\n",
    "templates/home.html": '{% extends "base.html" %}\n',
    "templates/corrections.html": "{{ page }}\n",
    "templates/countries.html": "{{ page }}\n",
    "templates/data-index.html": "{{ page }}\n",
    "templates/data-table.html": "{{ page }}\n",
    "templates/directory.html": "{{ page }}\n",
    "templates/feed-entry.html": "{{ page }}\n",
    "templates/feeds.html": "{{ page }}\n",
    "templates/newsletter.html": "{{ page }}{{ site.newsletter }}\n",
    "templates/notice.html": "{{ page }}\n",
    "templates/page.html": "{{ page }}{{ site }}\n",
    "templates/redirect.html": "{{ page }}\n",
    "templates/styleguide.html": "{{ page }}\n",
    "templates/search.html": "{{ page }}\n",
    "templates/series.html": "{{ page }}\n",
    "templates/site.webmanifest": "{{ page }}\n",
    "static/site.css": "body { margin: 0 }\n",
}
"""A theme that prints all that its templates receive, as Python shows it, and is soon compiled."""

_STATED = {
    "title": "A title",
    "description": "What it is about.",
    "date": "2026-01-01",
    "authors": "[desk]",
    "category": "advice",
}
_SOURCED = {"sources": "[{id: census, name: The census, retrieved: 2026-01-01}]"}

KINDS: dict[str, dict[str, str]] = {
    "articles": {**_STATED, "body": "Some text."},
    "countries": {
        **_STATED,
        **_SOURCED,
        "country": "DE",
        "as_of": "2026-01-01",
        "source": "census",
        "hubs": "[{name: Berlin}]",
        "working_language": "German",
        "in_favour": "[Bread]",
        "against": "['Rain [@census]']",
        "body": "## Work\n\nMuch [@census].",
    },
    "trends": {
        **_STATED,
        "countries": "[DE]",
        "key_points": "[More of it.]",
        "body": "It goes on.",
    },
    "market": {
        **_STATED,
        **_SOURCED,
        "tables": "[openings.level]",
        "body": "Few.",
    },
    "pages": {
        "title": "A page",
        "description": "What it is for.",
        "updated": "2026-01-01",
        "body": "About us.",
    },
}
"""An article of each kind, by its folder: the fields of its front matter, and ``body``."""

OPENINGS = """\
title: Openings
description: What the census counts.
as_of: 2026-01-01
source: {name: The census, retrieved: 2026-01-01}
unit: openings
total: 10
breakdowns:
  level:
    title: Level
    complete: false
    parts:
      senior: {value: 6, share: 60}
      junior: {value: 1}
"""
"""The data table ``openings``, which the article with market statistics lists."""


def article(fields: Mapping[str, str]) -> bytes:
    """An article's file from the fields of its front matter, as YAML has them, and ``body``."""
    stated = "".join(f"{key}: {value}\n" for key, value in fields.items() if key != "body")
    return f"---\n{stated}---\n\n{fields['body']}\n".encode()


class Run(NamedTuple):
    """What came of the public command: the report without what may differ, and the output."""

    exit_code: int
    report: dict[str, Any]
    files: dict[str, bytes]


def lay_out(files: Mapping[str, bytes], root: Path) -> None:
    """Write ``files``, by their paths below ``root``."""
    for folder in {(root / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (root / path).write_bytes(content)


def contents(root: Path) -> dict[str, bytes]:
    """All files below ``root``, by path."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def run(root: Path, *options: str) -> Run:
    """Build the project at ``root`` by the public command, in this process, into ``public/``."""
    command = ["build", "--root", str(root), "--format", "json", *options]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    report = json.loads(result.stdout)
    for varying in ("output", "files", "seconds"):
        del report[varying]
    return Run(result.exit_code, report, contents(root / "public"))
