"""Every way of getting it wrong that we could think of, planted in a copy of the shipped site.

Each case changes one file; ``⟦…⟧`` in the new text marks where the error must point.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from aicareers_site.cli import main
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sharing import Shared

GERMANY = "content/countries/germany.md"
CANADA = "content/countries/canada.md"
OPENINGS = "content/data/ml-jobs-2026.yaml"
PAY = "content/data/ai-pay-by-country.yaml"
SETTINGS = "site.yaml"
ARTICLE = "templates/article.html"
STYLE = "static/site.css"

CONTENT, USAGE = 1, 2


@dataclass(frozen=True)
class Plant:
    """``old`` in the file at ``path`` becomes ``new``; then a build must say ``code``.

    ``at`` is the line and column where what is wrong shows outside the new text.
    """

    path: str
    old: str
    new: str
    code: str
    exit_code: int = CONTENT
    at: tuple[int, int] | None = None


PLANTS = {
    # delimiters and YAML
    "missing delimiter": Plant(GERMANY, "---\ntitle", "⟦title", "front-matter-delimiter"),
    "mistyped first delimiter": Plant(
        GERMANY, "---\ntitle", "⟦--⟧\ntitle", "front-matter-delimiter"
    ),
    "mistyped last delimiter": Plant(GERMANY, "\n---\nG", "\n⟦----⟧\nG", "front-matter-delimiter"),
    "delimiter of dashes": Plant(GERMANY, "\n---\nG", "\n⟦———⟧\nG", "front-matter-delimiter"),
    "unclosed quotation mark": Plant(GERMANY, "country: DE", 'country: ⟦"⟧DE', "yaml-syntax"),
    "colon in plain text": Plant(
        GERMANY, "note: start-ups", "note: start-ups⟦:⟧ most of it", "yaml-syntax"
    ),
    "tab for indentation": Plant(GERMANY, "  - name: Berlin", "⟦\t⟧- name: Berlin", "yaml-syntax"),
    "anchor and alias": Plant(
        GERMANY,
        "note: industrial AI\n  - name: BMW\n    note: industrial AI",
        "note: &ai industrial AI\n  - name: BMW\n    note: ⟦*ai⟧",
        "yaml-alias",
    ),
    "number sign in plain text": Plant(
        GERMANY, "note: start-ups", "note: start-ups, ⟦#1⟧ in Europe", "yaml-comment"
    ),
    "no space behind a colon": Plant(GERMANY, "country: DE", "⟦country:⟧DE", "yaml-syntax"),
    "one key indented": Plant(GERMANY, "\nas_of: 2026", "\n ⟦as_of⟧: 2026", "yaml-syntax"),
    "front matter pasted twice": Plant(
        GERMANY, "\n---\nG", "\n---\n⟦---⟧\ntitle: Twice\n---\nG", "second-front-matter"
    ),
    # keys
    "unknown key": Plant(GERMANY, "country: DE", "⟦countree⟧: DE", "unknown-key"),
    "unknown key in a list": Plant(GERMANY, "    how: The", "    ⟦hwo⟧: The", "unknown-key"),
    "missing key": Plant(
        GERMANY,
        'title: "AI jobs in Germany: the EU’s largest market, from start-ups to industry"\nd',
        "⟦d⟧",
        "missing-key",
    ),
    "repeated key": Plant(GERMANY, "country: DE", "country: DE\n⟦country⟧: DE", "duplicate-key"),
    # values
    "text where a list belongs": Plant(
        GERMANY, "tags: [visas, hubs, relocation, europe]", "tags: ⟦visas⟧", "wrong-type"
    ),
    "list where text belongs": Plant(GERMANY, "country: DE", "country: ⟦[DE]⟧", "wrong-type"),
    "word where a number belongs": Plant(PAY, "low: 350000", "low: ⟦much⟧", "wrong-type"),
    "neither true nor false": Plant(
        GERMANY, "country: DE", "country: DE\ndraft: ⟦maybe⟧", "wrong-type"
    ),
    "no value": Plant(GERMANY, "note: start-ups", "note:", "empty-value", at=(14, 10)),
    "impossible date": Plant(
        GERMANY, "date: 2026-11-20 10:40", "date: ⟦2026-02-30⟧", "invalid-date"
    ),
    "another country's date": Plant(
        GERMANY, "as_of: 2026-04-22\nsource", "as_of: ⟦22.04.2026⟧\nsource", "invalid-date"
    ),
    "updated before it was published": Plant(
        GERMANY, "country: DE", "country: DE\nupdated: ⟦2026-11-19⟧", "date-order"
    ),
    "low above high": Plant(PAY, "high: 700000", "high: ⟦70000⟧", "figure-order"),
    "unknown author": Plant(GERMANY, "[mobility-desk]", "[⟦mobilty-desk⟧]", "unknown-author"),
    "unknown category": Plant(
        GERMANY, "category: country-profiles", "category: ⟦country-profile⟧", "unknown-category"
    ),
    "unknown series": Plant(
        GERMANY, "series: ai-work-by-country", "series: ⟦ai-work-by-county⟧", "unknown-series"
    ),
    "unknown country": Plant(GERMANY, "country: DE", "country: ⟦EU⟧", "unknown-country"),
    "unknown currency": Plant(PAY, "currency: GBP", "currency: ⟦POUND⟧", "unknown-currency"),
    "bad slug": Plant(GERMANY, "country: DE", "country: DE\nslug: ⟦Germany 2026⟧", "invalid-value"),
    "bad alias": Plant(
        GERMANY, "country: DE", "country: DE\naliases: [⟦blog/old⟧]", "invalid-alias"
    ),
    "bad web address": Plant(
        GERMANY,
        "  - id: skillexchange\n",
        "  - id: skillexchange\n    url: ⟦skillexchange⟧\n",
        "invalid-url",
    ),
    "two sources with one id": Plant(
        GERMANY,
        "\nsources:\n  - id: best-countries",
        "\nsources:\n  - id: skillexchange",
        "duplicate-id",
        at=(43, 9),
    ),
    "unknown source of a fact": Plant(
        GERMANY,
        "    source: best-countries\nworking",
        "    source: ⟦bestcountries⟧\nworking",
        "unknown-source",
    ),
    "part above its total": Plant(OPENINGS, "value: 440", "value: ⟦940⟧", "figure-total"),
    "share that is no number": Plant(OPENINGS, "share: 60", "share: ⟦six⟧", "wrong-type"),
    # addresses
    "two articles for one URL": Plant(
        CANADA, "country: CA", "country: CA\nslug: ⟦germany⟧", "url-clash"
    ),
    "an alias that is taken": Plant(
        GERMANY, "country: DE", "country: DE\naliases: [⟦/blog/canada/⟧]", "url-clash"
    ),
    "a page of the site's own": Plant(
        "content/pages/about.md", "\ntitle:", "\nslug: ⟦newsletter⟧\ntitle:", "url-clash"
    ),
    # prose
    "element that is never closed": Plant(
        GERMANY, "## Pay", "⟦<div>⟧\n\n## Pay", "html-unbalanced"
    ),
    "element that was never opened": Plant(
        GERMANY, "## Pay", "⟦</main>⟧\n\n## Pay", "html-unbalanced"
    ),
    "level of heading left out": Plant(GERMANY, "## Pay", "⟦#### Pay⟧", "heading-skip"),
    "heading without words": Plant(GERMANY, "## Pay", "⟦##⟧\n\n## Pay", "empty-heading"),
    "code that is never closed": Plant(GERMANY, "## Pay", "⟦```⟧\n\n## Pay", "unclosed-fence"),
    "link without its end": Plant(
        GERMANY, "## Pay", "⟦[x](https://example.com⟧\n\n## Pay", "link-syntax"
    ),
    "broken internal link": Plant(
        GERMANY,
        "[London](united-kingdom.md#pay)",
        "[London](⟦untied-kingdom.md#pay⟧)",
        "broken-link",
    ),
    "broken anchor": Plant(
        GERMANY,
        "[London](united-kingdom.md#pay)",
        "[London](⟦united-kingdom.md#wages⟧)",
        "broken-anchor",
    ),
    "broken link to a page": Plant(
        GERMANY, "[London](united-kingdom.md#pay)", "[London](⟦/newsleter/⟧)", "broken-link"
    ),
    "link that runs a script": Plant(
        GERMANY, "[London](united-kingdom.md#pay)", "[London](⟦javascript:alert⟧)", "link-scheme"
    ),
    "unknown source reference": Plant(
        GERMANY, "their pay [@skillexchange]", "their pay [⟦@skilexchange⟧]", "unknown-source"
    ),
    "missing picture in the prose": Plant(
        GERMANY, "## Pay\n", "![A map](⟦map.png⟧)\n\n## Pay\n", "missing-image"
    ),
    "hosts that read the same files": Plant(
        SETTINGS,
        "page_size: 6",
        "hosts: ⟦[netlify, cloudflare-pages]⟧\npage_size: 6",
        "conflicting-hosts",
        USAGE,
    ),
    "unknown host": Plant(
        SETTINGS, "page_size: 6", "hosts: [⟦netlfy⟧]\npage_size: 6", "invalid-value", USAGE
    ),
    "picture of another site": Plant(
        GERMANY,
        "## Pay\n",
        "![A map](⟦https://example.org/map.png⟧)\n\n## Pay\n",
        "external-media",
    ),
    "picture without words": Plant(
        GERMANY, "## Pay\n", "![](⟦map.png⟧)\n\n## Pay\n", "missing-alt"
    ),
    "missing lead picture": Plant(
        GERMANY,
        "country: DE",
        "country: DE\nimage:\n  src: ⟦berlin.jpg⟧\n  alt: Berlin",
        "missing-image",
    ),
    "lead picture without words": Plant(
        GERMANY, "country: DE", "country: DE\n⟦image⟧:\n  src: berlin.jpg", "missing-key"
    ),
    "a second title": Plant(GERMANY, "## Pay\n", "⟦# Pay⟧\n", "heading-level"),
    "unknown callout": Plant(GERMANY, '!!! note "W', '⟦!!! notice⟧ "W', "unknown-callout"),
    # templates
    "template that does not parse": Plant(
        ARTICLE, "{% block main %}", "⟦{% blok main %}⟧", "template-syntax"
    ),
    "undefined variable": Plant(
        ARTICLE, "{{ page.title }}", "{{ page.⟦titel⟧ }}", "template-undefined"
    ),
    "failing template": Plant(
        ARTICLE, "<h1>{{ page.title }}</h1>", "⟦<h1>{{ 1 / 0 }}</h1>⟧", "template-error"
    ),
    "missing template": Plant(
        ARTICLE, '{% extends "base.html" %}', '{% extends "⟦bas.html⟧" %}', "template-missing"
    ),
    # styles and scripts
    "missing font": Plant(
        STYLE, "newsreader.woff2", "newsreder.woff2", "missing-asset", at=(9, 15)
    ),
    "missing module": Plant(
        "static/search.js",
        "const AT_ONCE",
        'import "⟦./serch.js⟧";\nconst AT_ONCE',
        "missing-asset",
    ),
    "styles in a circle": Plant(
        STYLE, "@layer reset,", '@import "⟦site.css⟧";\n@layer reset,', "style-circle"
    ),
    # site.yaml
    "unknown setting": Plant(SETTINGS, "tagline:", "⟦tag_line⟧:", "unknown-key", USAGE),
    "unknown time zone": Plant(
        SETTINGS, "Europe/London", "⟦Europe/Londn⟧", "unknown-time-zone", USAGE
    ),
    "base URL without a scheme": Plant(
        SETTINGS, "https://whereaiworks.example/", "⟦whereaiworks.example⟧", "invalid-url", USAGE
    ),
    "navigation to nowhere": Plant(SETTINGS, "url: /about/", "url: ⟦/abuot/⟧", "broken-link"),
    "no article to begin with": Plant(
        SETTINGS,
        "  - content/market/ml-job-market-2026.md",
        "  - ⟦content/market/ml-jobs-2026.md⟧",
        "unknown-article",
    ),
    "page where an article belongs": Plant(
        SETTINGS,
        "  - content/market/ml-job-market-2026.md",
        "  - ⟦content/pages/about.md⟧",
        "unknown-article",
    ),
    "series without a title": Plant(
        SETTINGS,
        "  ml-jobs-in-figures:\n    title: Machine-learning jobs in figures\n",
        "  ⟦ml-jobs-in-figures⟧:\n",
        "missing-key",
        USAGE,
    ),
    "profile that is no address": Plant(
        SETTINGS,
        "series:\n",
        "profiles:\n  - label: Code\n    url: ⟦code.example⟧\nseries:\n",
        "invalid-url",
        USAGE,
    ),
    "settings that are no YAML": Plant(
        SETTINGS, "title: Where", "title: [Where", "yaml-syntax", USAGE, at=(3, 8)
    ),
}


@pytest.fixture(scope="module")
def cache(shared: Shared) -> Path:
    """The cache of a build of the shipped site."""
    folder = shared.folder(
        "cached", lambda folder: built.build(folder / "public", cache=folder / "cache")
    )
    return folder / "cache"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A copy of the shipped site, with a site in public/ and all that a build of it remembers."""
    root = tmp_path / "project"
    built.copy_sources(root)
    shutil.copytree(cache, root / ".aicareers-cache")
    public = root / "public"
    public.mkdir()
    (public / ".aicareers-files").write_text(
        "# Written by aicareers: the files it made in this folder and may delete.\nindex.html\n"
    )
    (public / "index.html").write_text("the last good site")
    return root


def run(root: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Build the project; its exit code and report."""
    command = ["build", "--root", str(root), "--format", "json", "--jobs", "1"]
    result = CliRunner().invoke(main, [*command, "--now", "2026-11-21T12:00:00Z", *arguments])
    return result.exit_code, json.loads(result.stdout)


def place(text: str) -> tuple[int, int]:
    """The line and column of the mark in ``text``."""
    before, mark, _ = text.partition("⟦")
    assert mark, "this case needs a mark, or 'at'"
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def assert_untouched(root: Path) -> None:
    assert (root / "public/index.html").read_text() == "the last good site"
    assert len(list((root / "public").iterdir())) == 2


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_mistake_is_shown_at_its_place_and_nothing_is_published(
    project: Path, plant: Plant
) -> None:
    file = project / plant.path
    text = file.read_text(encoding="utf-8")
    assert text.count(plant.old) >= 1, "the shipped site has changed: mend this case"
    marked = text.replace(plant.old, plant.new, 1)
    file.write_text(re.sub("[⟦⟧]", "", marked), encoding="utf-8")
    exit_code, report = run(project)
    found = [
        (found["code"], found["path"], found["line"], found["column"])
        for found in report["diagnostics"]
    ]
    line, column = plant.at or place(marked)
    assert (plant.code, plant.path, line, column) in found
    assert exit_code == plant.exit_code
    assert_untouched(project)


def reserved_name(root: Path) -> None:
    (root / "static/search.js").rename(root / "static/search.2026052611.js")


def not_utf8(root: Path) -> None:
    file = root / GERMANY
    file.write_bytes(file.read_bytes().replace("EU’s".encode(), b"EU\x92s", 1))


def control_character(root: Path) -> None:
    file = root / GERMANY
    file.write_bytes(file.read_bytes().replace(b"## Pay", b"## P\x08ay", 1))


def unknown_folder(root: Path) -> None:
    (root / "content/countrys").mkdir()
    (root / "content/countrys/x.md").write_bytes(b"---\n---\n")


def other_ending(root: Path) -> None:
    (root / GERMANY).rename(root / "content/countries/germany.markdown")


def bad_file_name(root: Path) -> None:
    (root / "content/pages/about.md").rename(root / "content/pages/About us.md")


def dangling_link(root: Path) -> None:
    (root / "content/countries/france.md").symlink_to("nowhere.md")


def no_settings(root: Path) -> None:
    (root / SETTINGS).unlink()


def missing_template(root: Path) -> None:
    (root / "templates/list.html").unlink()


def static_file_in_the_way(root: Path) -> None:
    (root / "static/blog/germany").mkdir(parents=True)
    (root / "static/blog/germany/index.html").write_text("mine")


Finding = tuple[str, str, int | None, int | None]
"""Code, path, line and column."""

BREAKAGES: dict[str, tuple[Callable[[Path], None], int, Finding]] = {
    "not UTF-8": (not_utf8, CONTENT, ("not-utf-8", GERMANY, 2, 35)),
    "control character": (control_character, CONTENT, ("control-character", GERMANY, 69, 5)),
    "unknown folder": (
        unknown_folder,
        CONTENT,
        ("unknown-folder", "content/countrys/x.md", None, None),
    ),
    "another ending": (
        other_ending,
        CONTENT,
        ("file-extension", "content/countries/germany.markdown", None, None),
    ),
    "a name for files that never change": (
        reserved_name,
        CONTENT,
        ("reserved-name", "static/search.2026052611.js", None, None),
    ),
    "bad file name": (
        bad_file_name,
        CONTENT,
        ("invalid-file-name", "content/pages/About us.md", None, None),
    ),
    "dangling symbolic link": (
        dangling_link,
        CONTENT,
        ("unreadable-file", "content/countries/france.md", None, None),
    ),
    "no settings": (no_settings, USAGE, ("missing-file", SETTINGS, None, None)),
    "missing page template": (
        missing_template,
        CONTENT,
        ("template-missing", "templates/list.html", None, None),
    ),
    "file in the way of a page": (static_file_in_the_way, CONTENT, ("url-clash", GERMANY, 2, 1)),
}


@pytest.mark.parametrize(("breakage", "exit_code", "expected"), BREAKAGES.values(), ids=BREAKAGES)
def test_a_broken_file_is_named_and_nothing_is_published(
    project: Path,
    breakage: Callable[[Path], None],
    exit_code: int,
    expected: Finding,
) -> None:
    breakage(project)
    code, report = run(project)
    found = [
        (found["code"], found["path"], found["line"], found["column"])
        for found in report["diagnostics"]
    ]
    assert expected in found
    assert code == exit_code
    assert_untouched(project)


def test_all_mistakes_of_a_run_are_shown_at_once(project: Path) -> None:
    for path, country in ((GERMANY, "country: DE"), (CANADA, "country: CA")):
        file = project / path
        file.write_text(file.read_text().replace(country, "countree: XX"))
    _, report = run(project)
    assert [(found["path"], found["code"]) for found in report["diagnostics"]] == [
        (CANADA, "unknown-key"),
        (GERMANY, "unknown-key"),
    ]


def test_a_folder_that_is_not_ours_is_left_alone(project: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")
    exit_code, report = run(project, "--output", str(theirs))
    assert exit_code == CONTENT
    assert [found["code"] for found in report["diagnostics"]] == ["output-not-ours"]
    assert [file.name for file in theirs.iterdir()] == ["thesis.txt"]


def test_an_output_folder_that_cannot_be_written_is_an_error(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    exit_code, report = run(project, "--output", str(tmp_path / "file/public"))
    assert exit_code == CONTENT
    assert [found["code"] for found in report["diagnostics"]] == ["output-unwritable"]
