"""Readers find what they look for, by mouse and by keyboard, and can send a search to others."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import serve
from tests.browser.test_accessibility import violations
from tests.browser.test_comparison import SHIFTS
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.server import ServedSite

# What readers ask, and the page that answers it.
QUESTIONS = {
    "uk visa": "/blog/united-kingdom/",
    "visa without a quota": "/blog/united-kingdom/",
    "deepmind headquarters": "/blog/united-kingdom/",
    "london": "/blog/united-kingdom/",
    "us visa": "/blog/united-states/",
    "h-1b lottery": "/blog/united-states/",
    "san francisco pay": "/blog/united-states/",
    "usa housing costs": "/blog/united-states/",
    "canada permanent residency": "/blog/canada/",
    "express entry": "/blog/canada/",
    "montreal research": "/blog/canada/",
    "eu blue card": "/blog/germany/",
    "berlin start-ups": "/blog/germany/",
    "jobs in munich": "/blog/germany/",
    "singapore work pass": "/blog/singapore/",
    "southeast asia": "/blog/singapore/",
    "best countries for ai jobs": "/blog/best-countries-for-ai-jobs/",
    "entry level share": "/blog/entry-level-and-internships/",
    "internships": "/blog/entry-level-and-internships/",
    "junior openings": "/blog/entry-level-and-internships/",
    "machine learning job market": "/blog/ml-job-market-2026/",
    "full-time contracts share": "/blog/ml-job-market-2026/",
    "remote jobs share": "/blog/remote-ai-work-from-anywhere/",
    "work from anywhere": "/blog/remote-ai-work-from-anywhere/",
    "time zones": "/blog/remote-ai-work-from-anywhere/",
    "do certificates help": "/blog/remote-ai-work-from-anywhere/",
    "visa sponsorship": "/blog/remote-ai-hiring/",
    "why hire abroad": "/blog/remote-ai-hiring/",
    "remote hiring": "/blog/remote-ai-hiring/",
    "researchers from china": "/blog/where-ai-researchers-go/",
    "where do ai researchers go": "/blog/where-ai-researchers-go/",
    "why professors leave universities": "/blog/academia-to-industry/",
    "academia or industry": "/blog/academia-to-industry/",
    "privacy": "/privacy/",
    "who writes this site": "/about/",
}


@pytest.fixture
def address(served_site: ServedSite) -> str:
    return served_site.page_of_kind("search")


def field(tab: Page) -> Locator:
    return tab.get_by_role("searchbox", name="Words to look for")


def status(tab: Page) -> Locator:
    return tab.get_by_role("status")


def choice(tab: Page, name: str) -> Locator:
    return tab.get_by_role("combobox", name=name, exact=True)


def results(tab: Page) -> Locator:
    return tab.locator("#results > li")


def first(tab: Page) -> str:
    """The path to which the first result leads."""
    link = results(tab).first.get_by_role("link")
    return urlsplit(link.get_attribute("href") or "").path


def query(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


@pytest.fixture(scope="module")
def asked(served_site: ServedSite, browser: Browser) -> Iterator[Page]:
    """A search page on which one question is asked after the other."""
    with contextlib.closing(browser.new_page()) as opened:
        opened.goto(served_site.page_of_kind("search"))
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_the_page_that_answers_it_first(question: str, asked: Page) -> None:
    field(asked).fill(question)
    expect(status(asked)).to_contain_text(f"for “{question}”")
    assert first(asked) == QUESTIONS[question]


def test_results_come_while_a_reader_writes(address: str, tab: Page) -> None:
    tab.goto(address)
    field(tab).press_sequentially("visa")
    expect(status(tab)).to_have_text(re.compile(r"^\d+ results for “visa”\.$"))
    result = results(tab).first
    expect(result.get_by_role("heading", level=2)).to_be_visible()
    expect(result.locator("mark").first).to_have_text(re.compile("visa", re.IGNORECASE))
    expect(result.locator(".label")).not_to_be_empty()
    expect(result.locator(".card-date")).to_have_text(re.compile(r"^\d+ \w+ 2026$"))
    assert query(tab) == {"q": ["visa"]}


def test_an_address_asks_for_words_and_filters(address: str, tab: Page) -> None:
    tab.goto(f"{address}?q=pay&country=Canada&from=letter#main")
    expect(field(tab)).to_have_value("pay")
    expect(choice(tab, "Country")).to_have_value("Canada")
    expect(status(tab)).to_contain_text("for “pay”")
    assert first(tab) == "/blog/canada/"
    field(tab).fill("visa")
    expect(status(tab)).to_contain_text("for “visa”")
    assert query(tab) == {"q": ["visa"], "country": ["Canada"], "from": ["letter"]}
    assert urlsplit(tab.url).fragment == "main"


def test_a_result_leads_to_its_page_and_back_to_the_search(address: str, tab: Page) -> None:
    tab.goto(address)
    field(tab).fill("eu blue card")
    expect(status(tab)).to_contain_text("for “eu blue card”")
    results(tab).first.get_by_role("link").click()
    expect(tab).to_have_url(re.compile(r"/blog/germany/$"))
    tab.go_back()
    expect(field(tab)).to_have_value("eu blue card")
    expect(status(tab)).to_contain_text("for “eu blue card”")


def test_filters_say_how_much_they_leave(address: str, tab: Page) -> None:
    tab.goto(address)
    country = choice(tab, "Country")
    category = choice(tab, "Category")
    category.select_option("Country profiles")
    expect(status(tab)).to_have_text("5 results.")
    # Its own choice does not narrow what a filter offers.
    expect(category.locator("option")).not_to_have_count(2)
    expect(country.locator("option", has_text="Canada")).to_have_text("Canada (1)")
    country.select_option("Canada")
    expect(status(tab)).to_have_text("1 result.")
    assert first(tab) == "/blog/canada/"
    expect(results(tab).locator(".card-text")).to_contain_text("Toronto and Montreal are the hubs")
    assert query(tab) == {"category": ["Country profiles"], "country": ["Canada"]}
    tab.go_back()
    expect(status(tab)).to_have_text("5 results.")
    expect(country).to_have_value("")


@pytest.mark.parametrize("name", ["Category", "Country", "Topic", "Year"])
def test_every_filter_offers_values_and_their_counts_when_a_reader_stirs(
    name: str, address: str, tab: Page
) -> None:
    tab.goto(address)
    offered = choice(tab, name).locator("option")
    before = offered.all_inner_texts()
    tab.mouse.move(100, 100)
    expect(offered.nth(1)).to_have_text(re.compile(r" \(\d+\)$"))
    counted = [text.rpartition(" (")[0] for text in offered.all_inner_texts()[1:]]
    assert len(before) > 1
    assert set(before[1:]) <= set(counted)


def test_who_only_looks_at_the_lists_loads_no_index(address: str, tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
    tab.goto(address, wait_until="networkidle")
    assert not [path for path in asked if "pagefind" in path]
    with tab.expect_request("**/pagefind/pagefind.js"):
        tab.keyboard.press("Tab")


def test_nothing_found_says_so_and_offers_the_lists(address: str, tab: Page) -> None:
    tab.goto(f"{address}?q=qqqq")
    expect(status(tab)).to_have_text(
        "Nothing found for “qqqq”. Try other words, or fewer, or look through the lists below."
    )
    expect(results(tab)).to_have_count(0)
    expect(tab.get_by_role("heading", name="Topics")).to_be_visible()
    tab.goto(f"{address}?q=visa&country=Atlantis")
    expect(status(tab)).to_contain_text("Take away a filter")
    expect(choice(tab, "Country")).to_have_value("Atlantis")


def test_more_results_come_when_they_are_asked_for(address: str, tab: Page) -> None:
    tab.goto(f"{address}?q=work")
    expect(results(tab)).to_have_count(10)
    more = tab.get_by_role("button", name="Show more results")
    more.press("Enter")
    expect(results(tab).nth(10).get_by_role("link")).to_be_focused()
    field(tab).fill("eu blue card")
    expect(status(tab)).to_contain_text("for “eu blue card”")
    assert results(tab).count() <= 10


def test_the_keyboard_is_enough(address: str, tab: Page) -> None:
    tab.goto(address)
    field(tab).focus()
    tab.keyboard.type("visa")
    expect(status(tab)).to_contain_text("for “visa”")
    for name in ("", "category", "country", "topic", "year"):
        tab.keyboard.press("Tab")
        place = f"select[name={name}]" if name else "button"
        expect(tab.locator(f"form#search {place}")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(results(tab).first.get_by_role("link")).to_be_focused()
    field(tab).focus()
    tab.keyboard.press("Escape")
    expect(field(tab)).to_have_value("")
    expect(field(tab)).to_be_focused()
    expect(results(tab)).to_have_count(0)
    expect(status(tab)).to_be_empty()
    assert query(tab) == {}


def test_arrows_and_letters_belong_to_the_page(address: str, tab: Page) -> None:
    tab.goto(f"{address}?q=work")
    expect(results(tab)).to_have_count(10)
    tab.locator("body").press("ArrowDown")
    expect(tab.locator(":focus")).to_have_count(0)
    tab.locator("body").press("/")
    expect(tab.locator(":focus")).to_have_count(0)


@pytest.mark.parametrize("part", ["pagefind.js", "pagefind-entry.json*", "wasm.*", "*.pf_meta"])
def test_an_index_that_cannot_be_loaded_is_told_in_words(
    part: str, address: str, tab: Page
) -> None:
    tab.route(f"**/pagefind/{part}", lambda route: route.abort())
    tab.goto(f"{address}?q=visa")
    expect(status(tab)).to_have_text(
        "The index cannot be loaded. Try again, or look through the lists below."
    )
    expect(tab.get_by_role("heading", name="Topics")).to_be_visible()
    tab.unroute(f"**/pagefind/{part}")
    tab.get_by_role("button", name="Search").click()
    expect(status(tab)).to_contain_text("results for “visa”")


def test_the_page_that_does_not_exist_offers_to_search(
    served_site: ServedSite, address: str, tab: Page
) -> None:
    tab.goto(served_site.page_of_kind("not found"))
    tab.get_by_role("searchbox", name="Search the site").fill("uk visa")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(f"{address}?q=uk+visa")
    expect(status(tab)).to_contain_text("for “uk visa”")
    assert first(tab) == "/blog/united-kingdom/"


def test_every_page_leads_to_the_search(served_site: ServedSite, address: str, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("post"))
    tab.get_by_role("link", name="Search", exact=True).click()
    expect(tab).to_have_url(address)
    expect(tab.locator(".search-link")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("kind", ["home", "post", "countries", "not found"])
def test_pages_that_do_not_search_load_nothing_of_it(
    kind: str, served_site: ServedSite, tab: Page
) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
    tab.goto(served_site.page_of_kind(kind), wait_until="networkidle")
    assert not [path for path in asked if "pagefind" in path or "/search." in path]


def test_without_javascript_there_are_lists_and_no_form(address: str, browser: Browser) -> None:
    with contextlib.closing(browser.new_page(java_script_enabled=False)) as tab:
        tab.goto(f"{address}?q=visa")
        assert "Searching needs JavaScript" in tab.inner_text("main")
        expect(tab.get_by_role("searchbox")).to_have_count(0)
        for name in ("Topics", "Countries", "Categories", "More"):
            expect(tab.get_by_role("heading", name=name)).to_be_visible()
        main = tab.get_by_role("main")
        for name in ("Visas", "Canada", "Hiring trends", "Data tables", "Privacy"):
            expect(main.get_by_role("link", name=name, exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("asked", ["", "?q=visa"])
def test_nothing_moves_when_the_page_opens(
    asked: str, width: int, address: str, browser: Browser
) -> None:
    with contextlib.closing(browser.new_page(viewport={"width": width, "height": 900})) as tab:
        tab.add_init_script(SHIFTS)
        tab.goto(f"{address}{asked}", wait_until="networkidle")
        tab.mouse.move(100, 100)
        expect(choice(tab, "Year").locator("option").nth(1)).to_contain_text("(")
        assert tab.evaluate("window.shifted") == 0


@pytest.mark.parametrize("width", [320, 768])
def test_results_fit_on_a_small_screen(width: int, address: str, tab: Page) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{address}?q=visa&category=Country+profiles")
    expect(results(tab).first).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_below_a_path_results_lead_below_that_path(tmp_path: Path, tab: Page) -> None:
    base_url = "https://host.example/deep/er/"
    built.build(tmp_path / "public", "--base-url", base_url)
    with serve(built.BuiltSite(tmp_path / "public", base_url)) as served:
        tab.goto(f"{served.url}search/?q=uk+visa")
        expect(status(tab)).to_contain_text("for “uk visa”")
        assert first(tab) == "/deep/er/blog/united-kingdom/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("asked", "ready"),
    [("q=visa&country=Canada", "#results > li"), ("q=qqqq", "[role=status]:not(:empty)")],
)
def test_axe_finds_no_violation_in_results(
    asked: str,
    ready: str,
    width: int,
    scheme: Literal["light", "dark"],
    address: str,
    browser: Browser,
    axe_script: str,
) -> None:
    found = violations(browser, f"{address}?{asked}", width, scheme, axe_script, ready)
    assert found == []
