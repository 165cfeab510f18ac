"""Everything that a page offers can be done with the keyboard alone."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import walk
from tests.browser.server import ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, ViewportSize

    from tests.browser.server import ServedSite

WIDTHS = [360, 1280]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with opened(browser, 1280) as found:
        yield found


# One tab for many pages: Chromium takes half a second of a processor for each new one.
@pytest.fixture(scope="module", params=WIDTHS)
def lasting_tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with opened(browser, request.param) as found:
        yield found


def opened(browser: Browser, width: int) -> contextlib.closing[Page]:
    viewport: ViewportSize = {"width": width, "height": 800}
    return contextlib.closing(browser.new_page(viewport=viewport, reduced_motion="reduce"))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_tab_reaches_everything_in_order_and_in_sight(
    kind: str, served_site: ServedSite, lasting_tab: Page
) -> None:
    """Each stop has a focus indicator, nothing lies over it, and nothing keeps the focus."""
    lasting_tab.goto(served_site.page_of_kind(kind))
    walked = walk(lasting_tab)
    assert walked.reached == walked.expected
    assert walked.faults == []
    assert walked.ended


@pytest.mark.parametrize(
    ("breach", "complaint"),
    [
        ("a { outline: none !important }", "has no visible focus indicator"),
        ("a { outline-color: #f8f8f2 !important }", "has no visible focus indicator"),
        ("body::after { content: ''; position: fixed; inset: 0 }", "is covered or out of sight"),
    ],
)
def test_a_page_that_hides_the_focus_is_found(
    breach: str, complaint: str, served_site: ServedSite, browser: Browser
) -> None:
    with contextlib.closing(browser.new_page(bypass_csp=True)) as tab:
        tab.goto(served_site.page_of_kind("thanks"))
        tab.add_style_tag(content=breach)
        faults = walk(tab).faults
    assert [fault for fault in faults if fault.endswith(complaint)] != []


def test_an_order_against_the_documents_is_found(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("thanks"))
    tab.evaluate("[...document.querySelectorAll('a')].at(-1).tabIndex = 1")
    walked = walk(tab)
    assert walked.reached != walked.expected


def test_the_menu_leads_to_a_page_and_marks_it(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("home"))
    link = tab.get_by_role("navigation", name="Main").get_by_role("link", name="Countries")
    reach(tab, link)
    tab.keyboard.press("Enter")
    tab.wait_for_url(served_site.page_of_kind("countries"))
    expect(link).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_contents_list_leads_to_a_heading_and_tab_goes_on_from_there(
    width: int, served_site: ServedSite, tab: Page
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(served_site.page_of_kind("market statistics"))
    link = tab.locator("#contents a").last
    target = tab.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
    reach(tab, link)
    tab.keyboard.press("Enter")
    expect(target).to_be_in_viewport()
    tab.keyboard.press("Tab")
    follows = "(target) => target.compareDocumentPosition(document.activeElement) & 4"
    assert target.evaluate(follows), "the next stop stands before the heading"


def test_a_disclosure_opens_and_closes(served_site: ServedSite, tab: Page) -> None:
    tab.goto(address_with("//main//details[.//*[@tabindex='0']]", served_site))
    details = tab.locator("main details:has([tabindex='0'])").first
    summary = details.locator("summary")
    reach(tab, summary)
    tab.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    table = details.locator("[tabindex='0']").first
    tab.keyboard.press("Tab")
    expect(table).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    expect(summary).to_be_focused()
    tab.keyboard.press("Space")
    expect(table).to_be_hidden()


def test_a_wide_table_scrolls_by_arrow_keys(served_site: ServedSite, tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(served_site.page_of_kind("countries"))
    region = tab.locator(".table-scroll").filter(visible=True).first
    reach(tab, region)
    for key, scrolled in (("ArrowRight", True), ("ArrowLeft", False)):
        tab.keyboard.press(key)
        tab.wait_for_function(
            "([region, scrolled]) => (region.scrollLeft > 0) === scrolled",
            arg=[region.element_handle(), scrolled],
        )


@pytest.mark.parametrize("kind", ["newsletter", "post"])
def test_the_newsletter_wants_an_address(kind: str, served_site: ServedSite, tab: Page) -> None:
    posted = []
    tab.on("request", lambda it: posted.append(it.url) if it.method == "POST" else None)
    tab.goto(served_site.page_of_kind(kind))
    email = tab.get_by_role("textbox", name=re.compile("email", re.IGNORECASE))
    reach(tab, email)
    tab.keyboard.press("Enter")
    expect(email).to_be_focused()
    assert email.evaluate("field => field.matches(':invalid') && field.required")
    assert posted == []


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_what_pops_up_opens_and_closes_and_gives_the_focus_back(
    kind: str, served_site: ServedSite, tab: Page
) -> None:
    tab.goto(served_site.page_of_kind(kind))
    for button in tab.locator("main [popovertarget]:not([popover] *)").filter(visible=True).all():
        popover = tab.locator(f"[id='{button.get_attribute('popovertarget')}']")
        button.focus()
        tab.keyboard.press("Enter")
        expect(popover).to_be_visible()
        expect(popover).to_be_in_viewport()
        tab.keyboard.press("Escape")
        expect(popover).to_be_hidden()
        expect(button).to_be_focused()


def reach(tab: Page, target: Locator) -> None:
    """Press Tab until the focus is on ``target``."""
    for _ in range(tab.locator("a, button, input, select, summary, [tabindex]").count()):
        tab.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            return
    expect(target).to_be_focused()


def address_with(path: str, site: ServedSite) -> str:
    """The address of the first page that has an element for an XPath."""
    for page in site.built.pages:
        if page.html.xpath(path):
            return site.address(page.url)
    raise AssertionError(f"no page has {path}")
