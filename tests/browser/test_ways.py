"""Finding one's way: what is fetched ahead, how pages change, and series."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite
    from tests.site.built import BuiltSite

PATIENCE = 20
"""Seconds after which what should be fetched ahead counts as forgotten."""

# The page's own rules, obeyed at once instead of when a link is pointed at.
AT_ONCE = """
() => {
  const rules = document.querySelector("script[type=speculationrules]");
  const script = document.createElement("script");
  script.type = "speculationrules";
  script.textContent = rules.textContent.replace("moderate", "immediate");
  document.head.append(script);
}
"""
LINKS = """
addresses => {
  for (const address of addresses) {
    const link = document.createElement("a");
    [link.href, link.textContent] = [address, "A link"];
    document.querySelector("main").prepend(link);
  }
}
"""
# Told by the page that is left: the one that is reached is shown at once if it took too long.
FADES = """
addEventListener("pageswap", (event) => {
  sessionStorage.setItem("fades", Boolean(event.viewTransition));
});
"""


# Fetching ahead


def test_a_page_is_fetched_ahead_while_its_link_is_pointed_at(
    shipped_site: BuiltSite, tab: Page
) -> None:
    with serve(shipped_site) as served:
        tab.goto(served.page_of_kind("home"))
        tab.get_by_role("link", name="Corrections").hover()
        assert served.ahead.get(timeout=PATIENCE) == "/corrections/"


def test_what_is_fetched_ahead_are_pages_of_this_site_and_nothing_else(
    shipped_site: BuiltSite, browser: Browser
) -> None:
    with (
        serve(shipped_site) as served,
        serve(shipped_site) as other,
        # The policy allows the page's own rules and no others.
        contextlib.closing(browser.new_page(bypass_csp=True)) as tab,
    ):
        tab.goto(served.page_of_kind("feeds"))
        tab.evaluate(LINKS, [other.url, f"{other.url}blog/", "/data/ml-jobs-2026.csv"])
        hrefs = tab.locator("a").evaluate_all("links => links.map(link => link.href)")
        tab.evaluate(AT_ONCE)
        expected = {
            urlsplit(href).path
            for href in hrefs
            if href.startswith(served.url) and urlsplit(href).path.endswith("/")
        }
        found: set[str] = {"/feeds/"}  # it is here already, and need not be fetched again
        while found != expected:
            found.add(served.ahead.get(timeout=PATIENCE))
            assert found <= expected
        assert other.ahead.empty()


# From page to page


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", "true"), ("reduce", "false")])
def test_pages_fade_into_one_another_unless_motion_is_to_be_reduced(
    motion: str, fades: str, served_site: ServedSite, browser: Browser
) -> None:
    with contextlib.closing(
        browser.new_page(reduced_motion=motion)  # type: ignore[arg-type]
    ) as tab:
        tab.add_init_script(FADES)
        tab.goto(served_site.page_of_kind("corrections"))
        tab.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Data").click()
        tab.wait_for_url("**/data/")
        assert tab.evaluate("sessionStorage.getItem('fades')") == fades


def test_the_way_back_is_beside_the_breadcrumbs(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("country profile"))
    way = tab.get_by_role("navigation", name="Breadcrumb")
    expect(way.get_by_role("listitem")).to_have_text(["Home", "Blog", "Country profiles"])
    back = way.get_by_role("link", name="← Back to Blog", exact=True)
    back.click()
    card = tab.locator(":target")
    expect(card).to_be_in_viewport()
    assert urlsplit(tab.url).path.startswith("/blog/")


# Series


def test_the_parts_of_a_series_are_shown_by_keyboard(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("country profile"))
    box = tab.get_by_role("navigation", name="Series")
    expect(box.get_by_role("list")).to_be_hidden()
    box.locator("summary").focus()
    tab.keyboard.press("Enter")
    expect(box.get_by_role("listitem")).to_have_count(6)
    expect(box.locator("[aria-current=page]")).to_have_text(tab.locator("h1").inner_text())


def test_the_next_part_is_offered_after_the_text(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("country profile"))
    following = tab.get_by_role("navigation", name="Next in the series").get_by_role("link")
    title = following.evaluate("link => link.lastChild.textContent.trim()")
    following.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
