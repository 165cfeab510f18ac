"""No page loads more than it may: bytes, fonts, scripts that hold it back, other people's files."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from aicareers_site.serving import unfingerprinted
from tests.browser.server import ALL_KINDS, path_of_kind
from tests.site.budget import Load
from tests.site.built import BuiltSite

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "market statistics"
FAT = "\n".join(f".a{random.Random(n).getrandbits(64)} {{ top: {n}px }}" for n in range(4000))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_page_keeps_to_the_budget(kind: str, shipped_site: BuiltSite) -> None:
    assert Load(shipped_site, path_of_kind(shipped_site, kind)).breaches() == []


def test_an_article_has_its_text_styles_and_font(shipped_site: BuiltSite) -> None:
    """What the budget counts is there at all."""
    load = Load(shipped_site, path_of_kind(shipped_site, ARTICLE))
    assert {style_of(shipped_site), load.path} <= load.weights.keys()
    assert min(load.weights.values()) > 1000
    assert len(load.fonts) == 1


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ('<link rel="stylesheet" href="/fat.css">', "bytes are more than 35000"),
        ('<script type="module" src="/fat.js"></script>', "bytes are more than 35000"),
        ('<link rel="stylesheet" href="/importing.css">', "bytes are more than 35000"),
        ('<link rel="stylesheet" href="/second-font.css">', "2 font files"),
        ('<link rel="stylesheet" href="/second-font.css">', "second.ttf is not WOFF2"),
        ('<link rel="stylesheet" href="/second-font.css">', "second.ttf is not preloaded"),
        ('<script src="/small.js"></script>', "small.js holds back the page"),
        (
            '<script type="module" src="/small.js" blocking="render"></script>',
            "small.js holds back the page",
        ),
        ('<img src="https://elsewhere.example/a.png" alt="">', "is loaded from elsewhere"),
        ('<img srcset="//elsewhere.example/a.png 2x" alt="">', "is loaded from elsewhere"),
        ('<link rel="preconnect" href="https://elsewhere.example">', "is loaded from elsewhere"),
        ('<link rel="stylesheet" href="/elsewhere.css">', "is loaded from elsewhere"),
    ],
)
def test_a_breach_is_found(
    planted: str, complaint: str, shipped_site: BuiltSite, tmp_path: Path
) -> None:
    breaches = breaches_with(planted, shipped_site, tmp_path)
    assert [breach for breach in breaches if complaint in breach] != []


def test_a_font_without_a_stand_in_is_found(shipped_site: BuiltSite, tmp_path: Path) -> None:
    site = copied(shipped_site, tmp_path)
    style = site.folder / style_of(site)
    style.write_text(style.read_text("utf-8").replace("size-adjust", "-old-adjust"), "utf-8")
    breaches = Load(site, path_of_kind(site, ARTICLE)).breaches()
    assert breaches == ["no local font with the web font's metrics stands in while it loads"]


@pytest.mark.parametrize(
    "harmless",
    [
        '<script type="module" src="/small.js"></script>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<a href="https://elsewhere.example/">a link</a>',
        '<link rel="canonical" href="https://elsewhere.example/">',
    ],
)
def test_what_costs_little_is_none(harmless: str, shipped_site: BuiltSite, tmp_path: Path) -> None:
    assert breaches_with(harmless, shipped_site, tmp_path) == []


def style_of(site: BuiltSite) -> str:
    """The file of the theme's style that pages load."""
    (file,) = (file for file in site.files if unfingerprinted(file) == "site.css")
    return file


def breaches_with(planted: str, site: BuiltSite, folder: Path) -> list[str]:
    """What is found in a copy of an article with ``planted`` in its head."""
    copy = copied(site, folder)
    page = copy.folder / path_of_kind(copy, ARTICLE)
    page.write_text(page.read_text("utf-8").replace("</head>", f"{planted}</head>"), "utf-8")
    return Load(copy, path_of_kind(copy, ARTICLE)).breaches()


def copied(site: BuiltSite, folder: Path) -> BuiltSite:
    """A copy of the site with some more styles and scripts."""
    shutil.copytree(site.folder, folder / "site")
    added = {
        "fat.css": FAT,
        "fat.js": f"/* {FAT} */",
        "importing.css": '@import "fat.css";',
        "second-font.css": '@font-face { font-family: Second; src: url("/second.ttf") }',
        "elsewhere.css": 'body { background: url("https://elsewhere.example/a.png") }',
        "small.js": "export const nothing = 0;",
    }
    for name, text in added.items():
        (folder / "site" / name).write_text(text, "utf-8")
    return BuiltSite(folder / "site", site.base_url)
