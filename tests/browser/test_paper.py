"""Pages as they are printed: white, complete, and with the addresses that paper needs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite

LINKS = """
addresses => {
  for (const address of addresses) {
    const link = document.createElement("a");
    [link.href, link.textContent] = [address, "A link"];
    document.querySelector("main").prepend(link);
  }
}
"""


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """A tab that shows pages as they are printed, of a reader who prefers dark ones."""
    with contextlib.closing(
        browser.new_page(viewport={"width": 700, "height": 900}, color_scheme="dark")
    ) as opened:
        opened.emulate_media(media="print")
        yield opened


def after(paper: Page, selector: str) -> str:
    """What the style sheet puts behind the first such element."""
    content: str = paper.locator(selector).first.evaluate(
        "element => getComputedStyle(element, '::after').content"
    )
    return content


def test_paper_is_white_even_where_the_screen_is_dark(served_site: ServedSite, paper: Page) -> None:
    paper.goto(served_site.page_of_kind("market statistics"))
    colours = paper.evaluate(
        "() => { const style = getComputedStyle(document.body);"
        " return [style.backgroundColor, style.color]; }"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_paper_shows_the_numbers_of_charts_and_no_navigation(
    served_site: ServedSite, paper: Page
) -> None:
    paper.goto(served_site.page_of_kind("market statistics"))
    tables = paper.locator("details.chart-numbers table")
    assert tables.count() > 0
    for table in tables.all():
        expect(table).to_be_visible()
    expect(paper.get_by_role("navigation")).to_have_count(0)


@pytest.mark.parametrize("kind", ["home", "countries", "newsletter", "post"])
def test_there_is_nothing_to_fill_in_on_paper(
    kind: str, served_site: ServedSite, paper: Page
) -> None:
    paper.goto(served_site.page_of_kind(kind))
    assert paper.locator("form").count() > 0
    for form in paper.locator("form").all():
        expect(form).to_be_hidden()


def test_paper_names_the_page_and_where_links_to_other_sites_lead(
    served_site: ServedSite, paper: Page
) -> None:
    paper.goto(served_site.page_of_kind("post"))
    canonical = paper.locator("link[rel=canonical]").get_attribute("href") or ""
    expect(paper.locator("footer").get_by_text(canonical, exact=True)).to_be_visible()
    paper.evaluate(LINKS, ["https://elsewhere.example/report", "/about/"])
    assert "https://elsewhere.example/report" in after(paper, 'main a[href^="https"]')
    assert after(paper, 'main a[href="/about/"]') == "none"


def test_the_address_of_the_page_is_for_paper_alone(served_site: ServedSite, paper: Page) -> None:
    paper.goto(served_site.page_of_kind("post"))
    expect(paper.locator(".paper-only")).to_be_visible()
    paper.emulate_media(media="screen")
    expect(paper.locator(".paper-only")).to_be_hidden()


@pytest.mark.parametrize("kind", ["post", "country profile", "market statistics", "countries"])
def test_nothing_is_cut_off_on_paper(kind: str, served_site: ServedSite, paper: Page) -> None:
    paper.goto(served_site.page_of_kind(kind))
    assert paper.evaluate("document.documentElement.scrollWidth") <= 700
