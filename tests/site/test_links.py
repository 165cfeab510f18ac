"""No link of the site is broken, and every page can be reached."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from lxml import etree

from tests.site import built
from tests.site.built import BuiltSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Pages that no page links to, and why.
UNLINKED = {"404.html": "a host shows it for addresses that do not exist"}


@pytest.fixture(scope="module", params=["", "deep/er/"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The shipped site at its own address, and hosted below a path."""
    if not request.param:
        shipped: BuiltSite = request.getfixturevalue("shipped_site")
        return shipped
    base_url = f"https://host.example/{request.param}"
    output: Path = tmp_path_factory.mktemp("below-a-path") / "public"
    built.build(output, "--base-url", base_url)
    return BuiltSite(output, base_url)


def test_no_link_of_a_page_is_broken(site: BuiltSite) -> None:
    broken = {
        (page.path, problem)
        for page in site.pages
        for address in [*built.addresses(page.html), *structured_data_urls(page, site.base_url)]
        if (problem := site.broken(urljoin(page.url, address)))
    }
    assert broken == set()


def structured_data_urls(page: built.Page, base_url: str) -> Iterator[str]:
    for block in page.html.xpath("//script[@type='application/ld+json']"):
        for value in strings(json.loads(block.text)):
            # An identifier of a thing on the page is no link, though it looks like one.
            if value.startswith(base_url):
                yield value.partition("#")[0]


def strings(data: Any) -> Iterator[str]:
    """All strings in a value of JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)


def test_no_link_of_a_feed_is_broken(site: BuiltSite) -> None:
    broken = {
        (path, problem)
        for path, content in site.feeds.items()
        for address in re.findall(r"https?://[^\s\"'<>\\&]+", content.decode())
        if (problem := site.broken(address))
    }
    assert broken == set()


def test_no_address_in_a_stylesheet_is_broken(site: BuiltSite) -> None:
    broken = {
        (path, problem)
        for path in site.files
        if path.endswith(".css")
        for address in re.findall(
            r"url\(\s*['\"]?(?!data:)([^'\")]+)", (site.folder / path).read_text(encoding="utf-8")
        )
        if (problem := site.broken(urljoin(site.url_of(path), address)))
    }
    assert broken == set()


def test_no_address_in_the_manifest_is_broken(site: BuiltSite) -> None:
    path = "site.webmanifest"
    manifest = json.loads((site.folder / path).read_bytes())
    addresses = [manifest["start_url"], *(icon["src"] for icon in manifest["icons"])]
    problems = [site.broken(urljoin(site.url_of(path), address)) for address in addresses]
    assert [problem for problem in problems if problem] == []


def test_robots_announces_the_sitemap(site: BuiltSite) -> None:
    robots = (site.folder / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {site.base_url}sitemap.xml" in robots.splitlines()


def test_sitemap_lists_the_pages_that_may_be_indexed(site: BuiltSite) -> None:
    sitemap = etree.fromstring((site.folder / "sitemap.xml").read_bytes())
    listed = [location.text for location in sitemap.iter("{*}loc")]
    indexed = [
        page.url
        for page in site.pages
        if "noindex" not in page.html.xpath("string(//meta[@name='robots']/@content)")
        and not page.is_redirect
    ]
    assert sorted(listed) == sorted(indexed)


def test_every_page_can_be_reached_from_the_home_page(site: BuiltSite) -> None:
    """Redirects are the other exception: they answer for addresses that the site gave up."""
    pages = {page.path: page for page in site.pages}
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        links = (url for url in pages[path].links if url.startswith(site.base_url))
        waiting += filter(None, map(site.file_at, links))
    expected = {path for path, page in pages.items() if not page.is_redirect} - UNLINKED.keys()
    assert reached == expected
