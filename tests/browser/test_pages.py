"""How the pages behave in a browser: what they load, how they fit, what they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import ALL_KINDS, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.server import ServedSite
    from tests.site.built import BuiltSite


def test_no_page_scrolls_sideways_on_a_small_screen(served_site: ServedSite, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for page in served_site.built.pages:
        if not page.is_redirect:
            tab.goto(served_site.address(page.url))
            widths[page.path] = tab.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_page_loads_cleanly_and_from_its_own_host_alone(
    kind: str, served_site: ServedSite, tab: Page
) -> None:
    """Under a strict Content-Security-Policy, whose violations the console would report."""
    hosts, problems = set(), []
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    tab.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    tab.on(
        "response",
        lambda response: problems.append(response.url) if response.status >= 400 else None,
    )
    tab.on("console", lambda message: problems.append(message.text))
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto(served_site.page_of_kind(kind), wait_until="networkidle")
    assert problems == []
    # Pictures and fonts may be inlined as data.
    assert hosts - {""} == {urlsplit(served_site.url).netloc}


def test_an_earlier_address_leads_to_the_present_one(renamed_site: BuiltSite, tab: Page) -> None:
    with serve(renamed_site) as served:
        for page in renamed_site.pages:
            if page.is_redirect:
                (target,) = page.html.xpath("//link[@rel='canonical']/@href")
                tab.goto(served.address(page.url))
                tab.wait_for_url(served.address(target))


@pytest.mark.parametrize("kind", ["home", "post", "country profile"])
def test_the_first_key_press_offers_to_skip_to_the_content(
    kind: str, served_site: ServedSite, tab: Page
) -> None:
    tab.goto(served_site.page_of_kind(kind))
    tab.keyboard.press("Tab")
    link = tab.locator(":focus")
    expect(link).to_have_text(re.compile("skip", re.IGNORECASE))
    expect(link).to_be_in_viewport(ratio=1)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("kind", ["newsletter", "post"])
def test_a_reader_subscribes_by_keyboard(kind: str, served_site: ServedSite, tab: Page) -> None:
    """Tab leads to the labelled field and then to the button, and never into the honeypot."""
    tab.route("**/*", answer_posts)
    tab.goto(served_site.page_of_kind(kind))
    email = tab.get_by_role("textbox", name=re.compile("email", re.IGNORECASE))
    expect(email).to_have_attribute("type", "email")
    expect(email).to_have_attribute("autocomplete", "email")

    for _ in range(tab.locator("a, button, input, summary, [tabindex]").count()):
        tab.keyboard.press("Tab")
        if email.evaluate("field => field === document.activeElement"):
            break
    expect(email).to_be_focused()
    tab.keyboard.type("reader@example.com")
    tab.keyboard.press("Tab")
    expect(tab.locator("form button:focus")).to_have_count(1)
    with tab.expect_request(lambda request: request.method == "POST") as posted:
        tab.keyboard.press("Enter")

    fields = parse_qs(posted.value.post_data or "", keep_blank_values=True)
    assert ["reader@example.com"] in fields.values()
    assert [""] in fields.values(), "the honeypot is sent, and empty"


def answer_posts(route: Route) -> None:
    """Stand in for the newsletter's provider, whom no test may reach."""
    if route.request.method == "POST":
        route.fulfill(body="thanks", content_type="text/plain")
    else:
        route.continue_()
