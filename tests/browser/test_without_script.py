"""Without JavaScript a page has all its words, and all that can be done on it but two things."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.server import ALL_KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite

# What only a script can do: choose countries in the comparison, and search while one types.
SCRIPTED = {"countries": ["#choice"], "search": ["#search"]}

# A link's words and aim; a form's aim and the names of what it sends.
LINKS = "links => links.map((it) => `${it.innerText.trim()} → ${it.href}`)"
FORMS = """
forms => forms.map(
  (it) => `${it.method} ${it.action} ${[...it.elements].map((field) => field.name).join(" ")}`
)
"""


class Offer(NamedTuple):
    """What a page tells and offers a reader, each with how often."""

    lines: Counter[str]
    links: Counter[str]
    forms: Counter[str]

    def lacks(self, other: Offer) -> list[str]:
        """What ``other`` has and this has not."""
        pairs = zip(self, other, strict=True)
        return [thing for mine, others in pairs for thing in (others - mine).elements()]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_page_lacks_nothing_without_javascript(
    kind: str, served_site: ServedSite, browser: Browser
) -> None:
    address = served_site.page_of_kind(kind)
    with_script = offer(browser, address, SCRIPTED.get(kind, []), has_script=True)
    without = offer(browser, address, [], has_script=False)
    assert without.lacks(with_script) == []
    assert with_script.links.total() > 0


def test_words_that_a_script_adds_are_found(served_site: ServedSite, browser: Browser) -> None:
    """In the comparison, if its choice were not excepted."""
    address = served_site.page_of_kind("countries")
    with_script = offer(browser, address, [], has_script=True)
    without = offer(browser, address, [], has_script=False)
    assert "Countries to compare" in without.lacks(with_script)


def offer(browser: Browser, address: str, excepted: list[str], *, has_script: bool) -> Offer:
    """What the page at ``address`` offers, but for the elements ``excepted`` by their selectors."""
    with contextlib.closing(
        browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=has_script)
    ) as tab:
        tab.goto(address, wait_until="networkidle")
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        for selector in excepted:
            tab.locator(selector).evaluate("it => it.remove()")
        return _offer(tab)


def _offer(tab: Page) -> Offer:
    lines = (re.sub(r"\s+", " ", line).strip() for line in tab.inner_text("body").splitlines())
    return Offer(
        Counter(filter(None, lines)),
        Counter(tab.locator("a[href]:visible").evaluate_all(LINKS)),
        Counter(tab.locator("form:visible").evaluate_all(FORMS)),
    )
