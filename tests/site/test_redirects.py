"""Pages at earlier addresses lead to the present one and are whole pages themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

if TYPE_CHECKING:
    from tests.site.built import BuiltSite, Page


@pytest.fixture(scope="module")
def redirects(renamed_site: BuiltSite) -> list[Page]:
    return [page for page in renamed_site.pages if page.is_redirect]


def test_each_earlier_address_has_a_page(redirects: list[Page]) -> None:
    kinds = ("articles", "countries", "market", "trends")
    assert [page.path for page in redirects] == [f"old/{kind}/index.html" for kind in kinds]


def test_it_leads_to_the_article_with_and_without_waiting(
    renamed_site: BuiltSite, redirects: list[Page]
) -> None:
    articles = {page.url: page for page in renamed_site.pages if not page.is_redirect}
    for page in redirects:
        refresh = page.html.xpath("string(//meta[@http-equiv='refresh']/@content)")
        delay, _, target = refresh.partition("; url=")
        assert delay == "0"
        assert urljoin(page.url, target) in articles
        assert page.links == [urljoin(page.url, target)]


def test_search_engines_are_told_the_present_address(redirects: list[Page]) -> None:
    for page in redirects:
        assert page.html.xpath("//link[@rel='canonical']/@href") == page.links
        assert page.html.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_nothing_else_changes(shipped_site: BuiltSite, renamed_site: BuiltSite) -> None:
    added = renamed_site.files - shipped_site.files
    assert {path for path in added if not path.startswith("old/")} == set()
    assert [
        path
        for path in sorted(shipped_site.files)
        if (shipped_site.folder / path).read_bytes() != (renamed_site.folder / path).read_bytes()
    ] == []
