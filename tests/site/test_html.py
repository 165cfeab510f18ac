"""What every page of the shipped site has, and what none may have.

The site has some earlier addresses here, so that the pages that redirect are among them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from tests.site.built import BuiltSite

DATA_BLOCK = "application/ld+json"
# What may be fetched ahead; a policy allows it with 'inline-speculation-rules'.
RULES = "speculationrules"


def test_every_page_has_a_title_of_its_own(renamed_site: BuiltSite) -> None:
    pages_by_title = defaultdict(list)
    for page in renamed_site.pages:
        (title,) = page.html.xpath("/html/head/title")
        pages_by_title[title.text_content().strip()].append(page.path)
    assert "" not in pages_by_title
    assert {title: paths for title, paths in pages_by_title.items() if len(paths) > 1} == {}


def test_every_page_has_a_description(renamed_site: BuiltSite) -> None:
    without = []
    for page in renamed_site.pages:
        found = page.html.xpath("/html/head/meta[@name='description']/@content")
        if len(found) != 1 or not found[0].strip():
            without.append(page.path)
    assert without == []


def test_every_page_names_its_canonical_address(renamed_site: BuiltSite) -> None:
    """Its own, except for pages at earlier addresses, which lead to the present one."""
    wrong = {}
    for page in renamed_site.pages:
        canonical = page.html.xpath("/html/head/link[@rel='canonical']/@href")
        if page.is_redirect:
            refresh = page.html.xpath("string(//meta[@http-equiv='refresh']/@content)")
            expected = urljoin(page.url, refresh.partition("url=")[2])
        else:
            expected = page.url
        if canonical != [expected]:
            wrong[page.path] = canonical
    assert wrong == {}


def test_every_page_has_exactly_one_main_heading(renamed_site: BuiltSite) -> None:
    headings = {page.path: page.html.xpath("count(//h1)") for page in renamed_site.pages}
    assert {path: count for path, count in headings.items() if count != 1} == {}


def test_every_page_says_its_language(renamed_site: BuiltSite) -> None:
    assert [page.path for page in renamed_site.pages if not page.html.get("lang")] == []


def test_no_page_needs_an_inline_style_or_script(renamed_site: BuiltSite) -> None:
    """So that it works under a Content-Security-Policy without 'unsafe-inline'."""
    inline = (
        "//style | //*[@style]"
        f" | //script[not(@src) and not(@type='{DATA_BLOCK}') and not(@type='{RULES}')]"
        " | //*[@*[starts-with(name(), 'on')]]"
        " | //*[@*[starts-with(translate(normalize-space(.), 'JAVSCRIPT', 'javscript'),"
        " 'javascript:')]]"
    )
    found = {page.path: page.html.xpath(inline) for page in renamed_site.pages}
    assert {path: elements for path, elements in found.items() if elements} == {}


def test_structured_data_is_json_of_schema_org(renamed_site: BuiltSite) -> None:
    for page in renamed_site.pages:
        for block in page.html.xpath(f"//script[@type='{DATA_BLOCK}']"):
            data = json.loads(block.text)
            assert data["@context"] == "https://schema.org", page.path


def test_breadcrumbs_say_to_readers_what_they_say_to_search_engines(
    renamed_site: BuiltSite,
) -> None:
    for page in renamed_site.pages:
        links = page.html.xpath("//nav[@aria-label='Breadcrumb']/ol//a")
        shown = [(link.text_content(), urljoin(page.url, link.get("href"))) for link in links]
        told = [
            [(item["name"], item["item"]) for item in node["itemListElement"]]
            for block in page.html.xpath(f"//script[@type='{DATA_BLOCK}']")
            for node in json.loads(block.text)["@graph"]
            if node["@type"] == "BreadcrumbList"
        ]
        assert [steps[:-1] for steps in told] == ([shown] if shown else []), page.path
        if shown:
            name, address = told[0][-1]
            archived = "/page/" in page.path
            heading = page.html.xpath("string(//h1)").strip()
            assert name.startswith("Archive page") if archived else name == heading, page.path
            assert address == page.url


def test_every_page_below_another_has_breadcrumbs(renamed_site: BuiltSite) -> None:
    """Those directly below the home page have the masthead, which leads there."""
    deep = {page.path for page in renamed_site.pages if page.path.count("/") > 1}
    redirects = {page.path for page in renamed_site.pages if page.is_redirect}
    shown = {
        page.path
        for page in renamed_site.pages
        if page.html.xpath("//nav[@aria-label='Breadcrumb']")
    }
    assert shown == deep - redirects | {"corrections/index.html"}


def test_rules_on_what_is_fetched_ahead_name_the_pages_of_the_site(
    renamed_site: BuiltSite,
) -> None:
    for page in renamed_site.pages:
        if not page.is_redirect:
            (block,) = page.html.xpath(f"//script[@type='{RULES}']")
            (rule,) = json.loads(block.text)["prefetch"]
            assert rule["where"] == {"href_matches": ["/", "/*/"]}
            assert rule["eagerness"] == "moderate"
