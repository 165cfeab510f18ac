"""Whole builds of a site that can be searched: when the index is made, and what is in it."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from aicareers_site import indexer
from aicareers_site.cli import main
from tests.samples import COUNTRY, KINDS, OPENINGS, SETTINGS, article, lay_out, post, run, sources

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samples import Run

SEARCHED = SETTINGS.replace("search: false", "search: true")
SITE = sources(
    {
        "articles/a.md": post("Alpha", body="Words of alpha.", more="tags: [pay]\n"),
        "articles/b.md": post("Beta", date="2025-02-03", body="Words of beta."),
        "articles/c.md": post("Gamma", body="Words of gamma.", more="draft: true\n"),
        "countries/gb.md": post("Island", more=COUNTRY.format(code="GB", hub="Leeds")),
        "market/m.md": article({**KINDS["market"], "title": "Market"}),
        "pages/about.md": article({**KINDS["pages"], "title": "About us"}),
        "trends/t.md": article({**KINDS["trends"], "title": "Trend"}),
        "data/openings.yaml": OPENINGS.encode(),
    },
    SEARCHED,
)
NOW = "--now=2026-06-01"


def build(root: Path, *options: str) -> Run:
    return run(root, NOW, "--jobs=1", "--profile", *options)


def made(built: Run) -> int | None:
    """How many indexes a build made; None where it was not concerned with any."""
    stages = {stage["name"]: stage for stage in built.report["profile"]}
    found = stages.get("Indexing for search")
    return None if found is None else int(found["made"])


def index(built: Run) -> dict[str, dict[str, object]]:
    """What the index knows of each page, by its address."""
    pages = [
        json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
        for path, content in built.files.items()
        if path.startswith("pagefind/fragment/")
    ]
    return {page["url"]: page for page in pages}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay_out(SITE, tmp_path / "project")
    return tmp_path / "project"


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_articles_pages_tables_and_the_comparison_are_searched_and_no_lists(root: Path) -> None:
    pages = index(build(root))
    assert {url: page["meta"]["category"] for url, page in pages.items()} == {  # type: ignore[index]
        "/blog/a/": "Advice",
        "/blog/b/": "Advice",
        "/blog/gb/": "Advice",
        "/blog/m/": "Advice",
        "/blog/t/": "Advice",
        "/about/": "About the site",
        "/countries/": "Comparison",
        "/data/openings/": "Data tables",
    }


def test_a_page_gives_title_description_date_and_filters(root: Path) -> None:
    pages = index(build(root))
    assert pages["/blog/a/"]["meta"] == {
        "title": "Alpha",
        "description": "About Alpha.",
        "category": "Advice",
        "author": "The Desk",
        "date": "January 1, 2026",
        "topics": "Pay.",
    }
    assert pages["/blog/a/"]["filters"] == {
        "category": ["Advice"],
        "topic": ["Pay"],
        "year": ["2026"],
    }
    assert pages["/blog/b/"]["filters"] == {"category": ["Advice"], "year": ["2025"]}
    assert pages["/blog/gb/"]["filters"] == {
        "category": ["Advice"],
        "country": ["United Kingdom"],
        "year": ["2026"],
    }
    assert pages["/blog/t/"]["filters"]["country"] == ["Germany"]  # type: ignore[index]
    assert pages["/countries/"]["filters"] == {
        "category": ["Comparison"],
        "country": ["United Kingdom"],
    }
    assert pages["/data/openings/"]["filters"] == {"category": ["Data tables"], "year": ["2026"]}


def test_what_is_said_of_a_text_is_no_part_of_it(root: Path) -> None:
    assert index(build(root))["/blog/a/"]["content"] == "Words of alpha."


def test_nothing_of_a_draft_is_in_the_index(root: Path) -> None:
    built = build(root)
    assert not [url for url, page in index(built).items() if "gamma" in json.dumps(page).lower()]


def test_the_index_is_made_again_only_when_a_searched_text_changes(root: Path) -> None:
    assert made(build(root)) == 1
    assert made(build(root)) == 0
    for path, old, new in [
        ("static/site.css", "margin", "padding"),
        ("templates/base.html", "Skip to the content", "Skip"),
        ("templates/article.html", "Read next", "Next"),
        ("templates/article.html", 'class="article-head"', 'class="head"'),
        ("site.yaml", "title: Sample", "title: Example"),
        ("site.yaml", "A desk that writes tests.", "Who writes."),
    ]:
        change(root, path, old, new)
        assert (path, made(build(root))) == (path, 0)
    change(root, "content/articles/a.md", "Words of alpha.", "Other words.")
    assert made(build(root)) == 1


def test_with_a_cache_the_site_is_the_same_as_without(root: Path, tmp_path: Path) -> None:
    for step, (path, old, new) in enumerate([
        ("content/articles/a.md", "Words of alpha.", "Other words."),
        ("content/articles/b.md", "date: 2025-02-03", "date: 2026-02-03"),
        ("content/articles/c.md", "draft: true\n", ""),
        ("content/data/openings.yaml", "value: 6, share: 60", "value: 5, share: 50"),
        ("templates/article.html", "data-pagefind-body", "data-pagefind-body lang"),
        ("content/articles/c.md", "Words of gamma.", "Words of alpha."),
        ("site.yaml", "search: true", "search: false"),
        ("site.yaml", "search: false", "search: true"),
    ]):  # fmt: skip
        change(root, path, old, new)
        clean = tmp_path / f"clean-{step}"
        lay_out(
            {
                file.relative_to(root).as_posix(): file.read_bytes()
                for folder in ("content", "static", "templates", "site.yaml")
                for file in [root / folder, *(root / folder).rglob("*")]
                if file.is_file()
            },
            clean,
        )
        actual, expected = build(root), build(clean, "--no-cache")
        assert expected.exit_code == 0
        assert actual.files == expected.files


def test_neither_workers_nor_their_number_show(root: Path) -> None:
    one = build(root, "--no-cache")
    several = run(root, NOW, "--jobs=3", "--no-cache")
    assert several.files == one.files


def test_switched_off_there_is_nothing_of_it(root: Path) -> None:
    change(root, "site.yaml", "search: true", "search: false")
    built = build(root)
    assert made(built) is None
    assert not [path for path in built.files if path.startswith(("pagefind/", "search/"))]
    assert b'href="/search/"' not in built.files["index.html"]
    assert b"<form" not in built.files["404.html"]


def test_switched_on_every_page_leads_to_it_and_the_404_page_has_a_field(root: Path) -> None:
    built = build(root)
    for path in ("index.html", "blog/a/index.html", "404.html"):
        assert b'<a class="search-link" href="/search/">' in built.files[path]
        assert b"/search." not in built.files[path]
    assert b'role="search" action="/search/" method="get"' in built.files["404.html"]
    assert re.search(rb"/search\.[0-9a-f]{10}\.js", built.files["search/index.html"])


def test_below_a_path_it_is_below_that_path(root: Path) -> None:
    built = build(root, "--base-url=https://sample.example/deep/er/")
    page = built.files["search/index.html"]
    assert b'action="/deep/er/search/"' in page
    assert b'data-engine="/deep/er/pagefind/pagefind.js"' in page
    # Pagefind's script puts the path before it.
    assert "/blog/a/" in index(built)


def test_without_pagefind_nothing_is_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "program", lambda: None)
    built = build(root)
    assert built.exit_code == 2
    assert built.files == {}
    (problem,) = built.report["diagnostics"]
    assert (problem["code"], problem["path"]) == ("search-missing", "site.yaml")


def test_a_check_makes_no_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "program", lambda: None)
    checked = CliRunner().invoke(main, ["check", "--root", str(root), NOW, "--jobs=1"])
    assert checked.exit_code == 0


def test_a_theme_that_marks_nothing_is_told_so(root: Path) -> None:
    for path in (root / "templates").glob("*.html"):
        path.write_text(path.read_text("utf-8").replace("data-pagefind-body", ""), "utf-8")
    built = build(root)
    assert built.exit_code == 0
    (problem,) = built.report["diagnostics"]
    assert (problem["code"], problem["severity"]) == ("search-empty", "warning")
    assert not [path for path in built.files if path.startswith("pagefind/")]
