"""Chromium opens the whole site under nginx, with the headers that readers get."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.hosted import Hosted, hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

    from tests.servers import Nginx
    from tests.sharing import Shared

# A module with nothing in it: what the binary format requires, and no more.
COMPILES = "() => !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))"


@dataclass
class Opened:
    """A tab, and what the browser complains of."""

    tab: Page
    hosted: Hosted
    origin: str
    problems: list[str] = field(default_factory=list)

    def visit(self, path: str) -> None:
        """Open the page at a path below the site's home, and let all of it load."""
        self.tab.goto(self.origin + self.hosted.home + path)

    def note_failure(self, request: Request) -> None:
        # A page that is left gives up what it was still loading: its icon, or pages fetched ahead.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.url}: {request.failure}")


@pytest.fixture(scope="module", params=["/", "/blog/"], ids=["at the root", "below a path"])
def origin(
    request: pytest.FixtureRequest,
    nginx: Nginx,
    shared: Shared,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Hosted, str]]:
    """The site, and the address of the server that has it."""
    site = hosted(shared, request.param)
    with nginx.serve(site.configuration("nginx"), tmp_path_factory.mktemp("nginx")) as port:
        yield site, f"http://127.0.0.1:{port}"


@pytest.fixture
def opened(origin: tuple[Hosted, str], browser: Browser) -> Iterator[Opened]:
    """So high a window that it shows everything, also what is loaded when it comes into sight."""
    with closing(browser.new_page(viewport={"width": 1280, "height": 9000})) as tab:
        found = Opened(tab, *origin)
        tab.on("console", lambda message: found.problems.append(f"{tab.url}: {message.text}"))
        tab.on("pageerror", lambda error: found.problems.append(f"{tab.url}: {error}"))
        tab.on("requestfailed", found.note_failure)
        tab.on(
            "response",
            lambda answer: (
                found.problems.append(f"{answer.url}: {answer.status}")
                if answer.status >= 400
                else None
            ),
        )
        yield found


def test_no_page_violates_the_policy_or_asks_for_what_is_not_there(opened: Opened) -> None:
    pages = [page for page in opened.hosted.site.pages if page.path != "404.html"]
    assert len(pages) > 50
    for page in pages:
        opened.visit(page.url.removeprefix(opened.hosted.site.base_url))
        assert opened.problems == []


def test_an_earlier_address_leads_to_the_page_and_an_unknown_one_to_the_page_that_says_so(
    opened: Opened,
) -> None:
    opened.visit("old/address/")
    assert opened.tab.url == opened.origin + opened.hosted.home + opened.hosted.moved
    assert opened.problems == []
    opened.visit("nowhere/at/all/")
    expect(opened.tab.get_by_role("heading", level=1)).to_have_text("This page does not exist")
    assert opened.problems[0] == f"{opened.tab.url}: 404"
    assert len(opened.problems) == 2, "the page itself, which the console tells too"
    opened.problems.clear()
    opened.tab.get_by_role("link", name="Countries").first.click()
    opened.tab.wait_for_url(f"{opened.origin}{opened.hosted.home}countries/")
    assert opened.problems == []


def test_a_reader_searches(opened: Opened) -> None:
    opened.visit("search/?q=visa")
    expect(opened.tab.get_by_role("status")).to_contain_text("for “visa”")
    first = opened.tab.locator("#results a").first
    target = first.get_attribute("href") or ""
    assert target.startswith(opened.hosted.home)
    first.click()
    opened.tab.wait_for_url(opened.origin + target)
    assert opened.problems == []


def test_a_reader_compares_two_countries(opened: Opened) -> None:
    opened.visit("countries/?countries=ca,de")
    expect(opened.tab.get_by_role("checkbox", checked=True)).to_have_count(2)
    assert opened.problems == []


def test_only_the_search_page_may_compile_webassembly(opened: Opened) -> None:
    opened.visit("search/")
    assert opened.tab.evaluate(COMPILES)
    opened.visit("")
    with pytest.raises(Exception, match="Content Security Policy"):
        opened.tab.evaluate(COMPILES)
