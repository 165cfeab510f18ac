"""What is said of a file when it is served."""

from __future__ import annotations

import pytest

from aicareers_site.serving import content_type, is_immutable


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("feed.xml", "application/rss+xml"),
        ("topics/europe/feed.xml", "application/rss+xml"),
        ("atom.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
        ("data/ai-visas.csv", "text/csv; charset=utf-8; header=present"),
        ("media/PHOTO.JPG", "image/jpeg"),
        ("fonts/newsreader.woff2", "font/woff2"),
        ("pagefind/index/en_1.pf_index", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_the_type_follows_from_the_name(path: str, expected: str) -> None:
    assert content_type(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "site.0123456789.css",
        "search.abcdefabcd.js",
        "theme/parts/menu.abcdefabcd.mjs",
        "fonts/newsreader.0a1b2c3d4e.woff2",
        "ground.0a1b2c3d4e.svg",
        "media/countries/map-0a1b2c3d4e-480.avif",
        "map-0a1b2c3d4e-1200.jpg",
        "pagefind/fragment/en-gb_239c926.pf_fragment",
        "pagefind/index/en_56b8779.pf_index",
        "pagefind/filter/en-gb_398a75f7b3.pf_filter",
        "pagefind/pagefind.en-gb_61565d2eb5.pf_meta",
    ],
)
def test_files_whose_names_change_with_them_are_kept_for_ever(path: str) -> None:
    assert is_immutable(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "blog/a.0123456789.css/index.html",
        "site.css",
        "site.012345678.css",
        "site.01234567890.css",
        "site.012345678G.css",
        "site.ABCDEFABCD.css",
        "report.2026052611.pdf",
        "0123456789.css",
        "site.0123456789.css.map",
        "media/script.0123456789.js",
        "media/map-0123456789.avif",
        "media/map-0123456789-480.png",
        "media/map-0123456789-0.avif",
        "card.png",
        "blog/germany/card.png",
        "icon-512.png",
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "pagefind/wasm.en-gb.pagefind",
        "pagefind/fragment/en_239c926.pf_index",
    ],
)
def test_files_that_may_change_under_their_names_are_not(path: str) -> None:
    assert not is_immutable(path)
