"""The sitemap and robots.txt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aicareers_site.sitemap import SitemapEntry, robots, sitemap

if TYPE_CHECKING:
    import random

BASE = "https://example.com/"
NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def texts(document: bytes, path: str) -> list[str]:
    found = etree.fromstring(document).xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(getattr(part, "text", part)) for part in found]


def test_a_sitemap_lists_addresses_in_order_with_their_dates() -> None:
    tokyo = timezone(timedelta(hours=9))
    entries = [
        SitemapEntry("https://example.com/blog/b/", datetime(2026, 4, 22, 8, 1, 2, 3, tokyo)),
        SitemapEntry("https://example.com/"),
        SitemapEntry("https://example.com/about/", date(2026, 3, 1)),
    ]

    files = sitemap(entries, BASE)

    expected = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.com/</loc></url>
<url><loc>https://example.com/about/</loc><lastmod>2026-03-01</lastmod></url>
<url><loc>https://example.com/blog/b/</loc><lastmod>2026-04-21T23:01:02+00:00</lastmod></url>
</urlset>
"""
    assert {"sitemap.xml": expected} == {name: file.decode() for name, file in files.items()}


def test_addresses_are_escaped() -> None:
    url = "https://example.com/?a=1&b=<2>"

    assert texts(sitemap([SitemapEntry(url)], BASE)["sitemap.xml"], "//s:loc") == [url]


def test_as_many_entries_as_the_protocol_allows_stay_in_one_file() -> None:
    entries = [SitemapEntry(f"https://example.com/{number}/") for number in range(50_000)]

    assert list(sitemap(entries, BASE)) == ["sitemap.xml"]


def test_one_entry_more_makes_an_index() -> None:
    entries = [SitemapEntry(f"https://example.com/{number:05}/") for number in range(50_001)]

    files = sitemap(entries, BASE)

    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert texts(files["sitemap.xml"], "/s:sitemapindex/s:sitemap/s:loc") == [
        "https://example.com/sitemap-1.xml",
        "https://example.com/sitemap-2.xml",
    ]
    assert len(texts(files["sitemap-1.xml"], "//s:loc")) == 50_000
    assert texts(files["sitemap-2.xml"], "//s:loc") == ["https://example.com/50000/"]


def test_an_index_dates_each_file_by_its_latest_entry() -> None:
    entries = [
        SitemapEntry("https://example.com/a/", date(2026, 4, 22)),
        SitemapEntry("https://example.com/b/", datetime(2026, 4, 22, 0, 1, tzinfo=UTC)),
        SitemapEntry("https://example.com/c/"),
        SitemapEntry("https://example.com/d/", date(2026, 1, 1)),
        SitemapEntry("https://example.com/e/"),
    ]

    index = sitemap(entries, BASE, limit=2)["sitemap.xml"]

    assert texts(index, "//s:sitemap[1]/s:lastmod") == ["2026-04-22T00:01:00+00:00"]
    assert texts(index, "//s:sitemap[2]/s:lastmod") == ["2026-01-01"]
    assert texts(index, "//s:sitemap[3]/s:lastmod") == []


@given(
    st.lists(st.integers(0, 999).map(lambda n: SitemapEntry(f"{BASE}{n}/")), unique=True),
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_each_address_is_in_one_file_whatever_the_order(
    entries: list[SitemapEntry], limit: int, chance: random.Random
) -> None:
    shuffled = chance.sample(entries, len(entries))

    files = sitemap(entries, BASE, limit)

    listed = [url for file in files.values() for url in texts(file, "//s:url/s:loc")]
    assert sorted(entry.url for entry in entries) == listed
    assert files == sitemap(shuffled, BASE, limit)


def test_robots_may_read_everything_and_learn_of_the_sitemap() -> None:
    expected = b"User-agent: *\nAllow: /\n\nSitemap: https://example.com/sitemap.xml\n"

    assert expected == robots("https://example.com/sitemap.xml")
