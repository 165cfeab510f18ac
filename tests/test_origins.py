"""Of each file of a site it is known what it is made of, and of nothing less."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from aicareers_site import origins
from tests.originals import BLUE, RED, png
from tests.samples import PLAIN_THEME, SETTINGS, built, post
from tests.tables import JOBS_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

SERIES = "series:\n  guide:\n    title: A guide\n    description: In parts.\n"
FIGURES = "{{ jobs.level.senior }} of {{ jobs.total }}.\n\n{{ chart jobs.place kind=bars }}"
FEED = "templates/feed-entry.html"


def site_of(**changes: bytes) -> dict[str, bytes]:
    """A site with something of everything; ``changes`` replace contents by their names here."""
    texts = {
        "a": post("One", more="series: guide\ntags: [pay]\n", body="See [two](b.md#part)."),
        "b": post("Two", date="2026-01-02", more="series: guide\n", body="## Part\n\nWords."),
        "c": post("Only {{ jobs.level.senior }} left", date="2026-01-03", category="figures"),
        "d": post("Four", date="2026-01-04", more="image: {src: photo.png, alt: Red}\n"),
        "e": post("Five", date="2026-01-05", body=f"{FIGURES}\n\n![Blue](drawing.png)"),
        "about": b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\nWho we are.\n",
        "jobs": JOBS_TEXT.encode(),
        "photo": png(400, 300, RED),
        "drawing": png(200, 100, BLUE),
        **changes,
    }
    settings = SETTINGS.replace("share_cards: false", "share_cards: true") + SERIES
    return {
        "site.yaml": settings.encode(),
        **{path: text.encode() for path, text in PLAIN_THEME.items()},
        **{f"content/articles/{name}.md": texts[name] for name in "abcde"},
        "content/pages/about.md": texts["about"],
        "content/data/jobs.yaml": texts["jobs"],
        "content/articles/photo.png": texts["photo"],
        "content/articles/drawing.png": texts["drawing"],
        "static/icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


def made(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, tuple[str, ...]]]:
    """The digests and the inputs of all files of the site."""
    outcome = built(files)
    assert outcome.diagnostics == ()
    site, plan = outcome.value.site, outcome.value.plan
    assert site is not None
    assert plan is not None
    digests = {output.path: output.digest for output in outcome.value.outputs}
    return digests, origins.origins(files, site, plan)


@cache
def before() -> tuple[dict[str, bytes], dict[str, tuple[str, ...]]]:
    return made(site_of())


def covers(inputs: tuple[str, ...], source: str, files: Mapping[str, bytes]) -> bool:
    texts = {
        path.removeprefix("templates/"): content.decode()
        for path, content in files.items()
        if path.startswith("templates/")
    }
    templates = origins.templates(texts)
    named = {one for name in inputs for one in (name, *templates.get(name, ()))}
    return any(source == name or (name.endswith("/") and source.startswith(name)) for name in named)


CHANGES = {
    "content/articles/a.md": (b"One", b"First"),
    "content/articles/b.md": (b"Words", b"Other words"),
    "content/articles/c.md": (b"Only", b"Some"),
    "content/articles/d.md": (b"date: 2026-01-04", b"date: 2026-01-06"),
    "content/articles/e.md": (b"kind=bars", b"kind=shares"),
    "content/pages/about.md": (b"Who we", b"What we"),
    "content/data/jobs.yaml": (b"value: 60, share: 60", b"value: 61, share: 61"),
    "content/articles/photo.png": (png(400, 300, RED), png(400, 300, BLUE)),
    "content/articles/drawing.png": (png(200, 100, BLUE), png(300, 100, BLUE)),
    "site.yaml": (b"title: Sample", b"title: Example"),
    "static/site.css": (b"0", b"1px"),
    "templates/article.html": (b"{% block main %}", b"{% block main %}-"),
    "templates/_macros.html": (b"<li>", b"<li >"),
    FEED: (b"{{ page }}", b"- {{ page }}"),
}


@pytest.mark.parametrize("source", CHANGES)
def test_whatever_changes_with_a_source_has_it_among_its_inputs(source: str) -> None:
    old, old_inputs = before()
    files = site_of()
    changed = files | {source: files[source].replace(*CHANGES[source])}
    assert changed[source] != files[source]
    new, new_inputs = made(changed)

    touched = [path for path in old.keys() & new.keys() if old[path] != new[path]]
    everything = origins.everything(files)
    unexplained = [
        path
        for path in touched
        if not (
            path.endswith((".html", ".webmanifest")) and covers(origins.EVERY_PAGE, source, files)
        )
        if not covers(old_inputs.get(path, everything), source, files)
        if not covers(new_inputs.get(path, everything), source, files)
    ]
    assert touched or old.keys() != new.keys()
    assert unexplained == []


def test_inputs_are_told_file_by_file() -> None:
    _, inputs = before()
    assert inputs["blog/b/index.html"] == (
        "content/articles/a.md",
        "content/articles/b.md",
        "content/articles/c.md",
        "content/articles/d.md",
        "content/articles/e.md",
        "content/articles/photo.png",
        "content/data/jobs.yaml",
        "templates/article.html",
    )
    assert inputs["data/jobs.csv"] == ("content/data/jobs.yaml", "site.yaml")
    assert inputs["icon.svg"] == ("static/icon.svg",)


def test_the_search_index_and_other_things_may_be_made_of_everything() -> None:
    assert origins.everything(site_of()) == ("content/", "site.yaml", "static/", "templates/")
