"""Sources and footnotes open where they are named, by pointer and by keyboard, without script."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite


@pytest.fixture(params=[360, 1280])
def article(
    request: pytest.FixtureRequest, served_site: ServedSite, browser: Browser
) -> Iterator[Page]:
    """A market article without script, in a small and in a wide window."""
    tab = browser.new_page(
        viewport={"width": request.param, "height": 700}, java_script_enabled=False
    )
    with contextlib.closing(tab):
        tab.goto(served_site.page_of_kind("market statistics"))
        yield tab


def test_a_mark_opens_its_source_inside_the_window(article: Page) -> None:
    mark = article.locator("button.citation").first
    note = article.locator(f"[id='{mark.get_attribute('popovertarget')}']")
    assert not note.is_visible()

    mark.scroll_into_view_if_needed()
    mark.click()

    assert note.is_visible()
    box, window = note.bounding_box(), article.viewport_size
    assert box is not None
    assert window is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= window["width"]
    assert 0 <= box["y"] <= box["y"] + box["height"] <= window["height"]


def test_a_second_press_a_press_elsewhere_and_close_all_close_it(article: Page) -> None:
    mark = article.locator("button.citation").first
    note = article.locator(f"[id='{mark.get_attribute('popovertarget')}']")

    mark.click()
    mark.click()
    assert not note.is_visible()

    mark.click()
    note.get_by_role("button", name="Close").click()
    assert not note.is_visible()

    mark.click()
    article.locator(".prose").first.click(position={"x": 1, "y": 1})
    assert not note.is_visible()


def test_the_keyboard_opens_enters_and_leaves_it(article: Page) -> None:
    mark = article.locator("button.citation").first
    note = article.locator(f"[id='{mark.get_attribute('popovertarget')}']")

    mark.focus()
    article.keyboard.press("Enter")
    assert note.is_visible()

    article.keyboard.press("Tab")
    assert note.locator(":focus").count() == 1

    article.keyboard.press("Escape")
    assert not note.is_visible()
    assert article.locator("button.citation:focus").count() == 1
