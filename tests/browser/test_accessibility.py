"""axe-core finds nothing on any page of the shipped site, however a reader looks at it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Scheme = Literal["light", "dark"]


class Look(NamedTuple):
    """How a page is looked at: the window's width in pixels, the colours, the size of text."""

    width: int
    scheme: Scheme
    text_percent: int = 100


LOOKS = [
    *(Look(width, "light") for width in (320, 768, 1280)),
    *(Look(width, "dark") for width in (1280, 768, 320)),
    Look(1280, "light", text_percent=200),
]

# WCAG 2.2, 1.4.4 (https://www.w3.org/TR/WCAG22/#resize-text) means the text alone, at twice its
# size in a window as wide as before. That is what a reader's own rule for the root's font does; the
# browser's zoom narrows the window instead, which 320 px stand for.
TWICE = "html { font-size: 200% !important }"

# Boxes that cut off words which stand in them.
CUT_OFF = """
() => [...document.body.querySelectorAll("*")].filter((box) => {
  const style = getComputedStyle(box);
  const cuts = ["hidden", "clip"].includes(style.overflowX);
  const words = [...box.childNodes].some((it) => it.nodeType === 3 && it.data.trim());
  // What only screen readers say is cut off on purpose.
  return cuts && words && style.clipPath === "none" && box.scrollWidth > box.clientWidth + 1;
}).map((box) => box.outerHTML.slice(0, 120))
"""

# Pages are shared out among the workers.
SHARES = 12


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_no_violation_on_any_page(
    share: int, served_site: ServedSite, browser: Browser, axe_script: str
) -> None:
    pages = [page for page in served_site.built.pages if not page.is_redirect]
    found = {}
    with contextlib.closing(_opened(browser)) as tab:
        for page in pages[share::SHARES]:
            tab.goto(served_site.address(page.url))
            tab.evaluate(axe_script)
            for look in LOOKS:
                if problems := _found(tab, look):
                    found[page.path, look] = problems
    assert found == {}


def test_text_of_twice_the_size_is_not_cut_off(served_site: ServedSite, browser: Browser) -> None:
    found = {}
    with contextlib.closing(_opened(browser)) as tab:
        tab.set_viewport_size({"width": 1280, "height": 800})
        for page in served_site.built.pages:
            if page.is_redirect:
                continue
            tab.goto(served_site.address(page.url))
            tab.add_style_tag(content=TWICE)
            width = tab.evaluate("document.documentElement.scrollWidth")
            if problems := tab.evaluate(CUT_OFF) + [width] * (width > 1280):
                found[page.path] = problems
    assert found == {}


def violations(
    browser: Browser,
    address: str,
    width: int,
    scheme: Scheme,
    axe_script: str,
    ready: str = "body",
) -> list[str]:
    """What axe-core finds on the page at ``address``, in words, once what is ``ready`` is there."""
    with contextlib.closing(_opened(browser)) as tab:
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(address)
        tab.wait_for_selector(ready)
        tab.evaluate(axe_script)
        return _found(tab, Look(width, scheme))


def _opened(browser: Browser) -> Page:
    # For axe and the rule for the root: the page's own scripts and styles come from its host.
    return browser.new_page(reduced_motion="reduce", bypass_csp=True)


def _found(tab: Page, look: Look) -> list[str]:
    tab.emulate_media(color_scheme=look.scheme)
    tab.set_viewport_size({"width": look.width, "height": 800})
    if look.text_percent == 200:
        tab.add_style_tag(content=TWICE)
    found = tab.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [_in_words(violation) for violation in found["violations"]]


def _in_words(violation: dict[str, Any]) -> str:
    places = [f"  {node['target']} {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']}: {violation['help']}", *places])
