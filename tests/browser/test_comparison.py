"""Readers choose the countries that the comparison shows, and find them again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite

ALL = ["ca", "de", "sg", "gb", "us"]
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def address(served_site: ServedSite) -> str:
    return served_site.page_of_kind("countries")


def shown(tab: Page) -> list[str]:
    """The countries whose columns are to be seen, from left to right."""
    columns = tab.locator("thead th:visible")
    return [column.get_attribute("data-country") or "" for column in columns.all()]


def query(tab: Page) -> str:
    return urlsplit(tab.url).query


def test_every_country_is_shown_at_first(address: str, tab: Page) -> None:
    tab.goto(address)
    assert (shown(tab), query(tab)) == (ALL, "")
    expect(tab.get_by_role("status")).to_have_text("5 of 5 countries shown.")
    assert tab.locator("form#choice input:checked").count() == 5


def test_a_choice_shows_columns_rows_and_panels_of_its_countries_alone(
    address: str, tab: Page
) -> None:
    tab.goto(address)
    for name in ("Germany", "Singapore", "United States"):
        tab.get_by_role("checkbox", name=name).uncheck()
    assert shown(tab) == ["ca", "gb"]
    codes = {
        part.get_attribute("data-country") for part in tab.locator("[data-country]:visible").all()
    }
    assert codes == {"ca", "gb"}
    headings = tab.get_by_role("heading", level=4).all_inner_texts()
    assert headings == ["In British pounds", "Not reported"]
    expect(tab.get_by_role("status")).to_have_text("2 of 5 countries shown.")


def test_the_address_keeps_the_choice_and_all_else_that_it_says(address: str, tab: Page) -> None:
    tab.goto(f"{address}?from=letter#main")
    entries = tab.evaluate("history.length")
    tab.get_by_role("checkbox", name="Germany").uncheck()
    assert query(tab) == "countries=ca,sg,gb,us&from=letter"
    assert urlsplit(tab.url).fragment == "main"
    tab.reload()
    assert shown(tab) == ["ca", "sg", "gb", "us"]
    expect(tab.get_by_role("checkbox", name="Germany")).not_to_be_checked()
    tab.get_by_role("button", name="Show all").click()
    assert (shown(tab), query(tab)) == (ALL, "from=letter")
    assert tab.evaluate("history.length") == entries


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("countries=de,ca", ["ca", "de"]),
        ("countries=DE", ["de"]),
        ("countries=de,xx", ["de"]),
        ("countries=xx", ALL),
        ("countries=", ALL),
        ("countries=%3Cscript%3E", ALL),
    ],
)
def test_an_address_asks_for_countries(
    asked: str, found: list[str], address: str, tab: Page
) -> None:
    tab.goto(f"{address}?{asked}")
    assert shown(tab) == found


def test_one_country_stays(address: str, tab: Page) -> None:
    tab.goto(f"{address}?countries=de")
    box = tab.get_by_role("checkbox", name="Germany")
    box.click()
    expect(box).to_be_checked()
    expect(tab.get_by_role("status")).to_have_text("One country has to stay.")
    assert (shown(tab), query(tab)) == (["de"], "countries=de")


def test_the_choice_is_made_by_keyboard(address: str, tab: Page) -> None:
    tab.goto(address)
    tab.get_by_role("checkbox", name="Canada").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    assert shown(tab) == ["sg", "gb", "us"]
    expect(tab.get_by_role("checkbox", name="Germany")).to_be_focused()
    for _ in range(4):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert shown(tab) == ALL
    expect(tab.get_by_role("button", name="Show all")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_page_opens(width: int, address: str, browser: Browser) -> None:
    with contextlib.closing(browser.new_page(viewport={"width": width, "height": 2400})) as tab:
        tab.add_init_script(SHIFTS)
        tab.goto(address, wait_until="networkidle")
        assert (shown(tab), tab.evaluate("window.shifted")) == (ALL, 0)


def test_without_javascript_there_is_everything_but_the_form(
    address: str, browser: Browser
) -> None:
    with contextlib.closing(
        browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    ) as tab:
        tab.goto(f"{address}?countries=ca")
        assert shown(tab) == ALL
        expect(tab.locator("#choice")).to_be_hidden()
        expect(tab.locator("[data-country]:visible")).to_have_count(
            tab.locator("[data-country]").count()
        )


def test_paper_has_everything_but_the_form(address: str, tab: Page) -> None:
    tab.goto(f"{address}?countries=ca")
    tab.evaluate(
        "addEventListener('beforeprint', () => {"
        "  window.printed = document.querySelectorAll('main [hidden]').length;"
        "})"
    )
    tab.pdf()
    assert tab.evaluate("window.printed") == 0
    assert shown(tab) == ["ca"]
    tab.emulate_media(media="print")
    expect(tab.locator("#choice")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("asked", ["ca", "ca,us", "ca,de,sg,gb,us"])
def test_the_page_fits_whatever_is_chosen(
    asked: str, width: int, address: str, browser: Browser
) -> None:
    with contextlib.closing(browser.new_page(viewport={"width": width, "height": 800})) as tab:
        tab.goto(f"{address}?countries={asked}")
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        table = tab.locator(".table-scroll")
        fits = table.evaluate("it => it.scrollWidth <= it.clientWidth")
        assert fits or (width < 1100 and len(asked.split(",")) > 2)


def test_on_a_wide_screen_the_countries_names_stay_in_sight(address: str, tab: Page) -> None:
    tab.goto(address)
    tab.get_by_role("rowheader", name="Against").scroll_into_view_if_needed()
    tab.mouse.wheel(0, 300)
    expect(tab.locator("thead th").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_in_a_choice(
    width: int,
    scheme: Literal["light", "dark"],
    address: str,
    browser: Browser,
    axe_script: str,
) -> None:
    choice = f"{address}?countries=ca,us"
    assert violations(browser, choice, width, scheme, axe_script) == []
