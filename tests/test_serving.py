"""What is said of a file when it is served."""

from __future__ import annotations

import pytest

from aicareers_site.serving import content_type


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
