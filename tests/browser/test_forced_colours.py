"""Where the reader's system sets the colours, as in Windows' contrast themes, nothing disappears.

Chromium draws each page with such a theme; what stands out from its ground is read from the pixels.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.pictures import changed, standing_out, taken
from tests.browser.server import ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import ServedSite

# WCAG 2.2, 1.4.3 and 1.4.11: words, and drawings or the edges of what can be used.
LEAST = {"words": 4.5, "drawing": 3, "edge": 3}

# All that is drawn, each with its kind and the part of its box that is in sight.
DRAWN = """
() => {
  const things = [];
  const clipped = (box, it) => {
    let { left, top, right, bottom } = box;
    for (; it && it !== document.body; it = it.parentElement) {
      if (getComputedStyle(it).overflow === "visible") continue;
      const edge = it.getBoundingClientRect();
      [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
      [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    return [left, top, right, bottom];
  };
  const add = (kind, it, box, least, margin = 0) => {
    const [left, top, right, bottom] = clipped(box, it);
    if (Math.max(right - left, bottom - top) < least || right <= 0 || bottom <= 0) return;
    if (right - left < 1 && bottom - top < 1) return;
    const words = it.outerHTML.replace(/\\s+/g, " ").slice(0, 100);
    const grown = [left - margin, top - margin, right + margin, bottom + margin];
    things.push({ kind, words, box: grown });
  };
  const isShown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const it = text.parentElement;
    if (!text.data.trim() || it.closest("script, option, title, desc") || !isShown(it)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) if (box.width >= 2) add("words", it, box, 4);
  }

  const shapes = "svg :is(rect, circle, path, line, polyline, polygon)";
  for (const it of document.querySelectorAll(shapes)) {
    const { fill, stroke } = getComputedStyle(it);
    const isPainted = fill !== "none" || stroke !== "none";
    if (!isPainted || !isShown(it) || it.closest("defs, clipPath, mask, symbol")) continue;
    add("drawing", it, it.getBoundingClientRect(), 1, 2);
  }

  const fields = "input:not([type=hidden]), select, textarea, button";
  for (const it of document.querySelectorAll(fields)) {
    // A mark in a text may be a button; it stands out as words do.
    const isMark = it.matches("button") && getComputedStyle(it).borderTopStyle === "none";
    if (!isShown(it) || isMark) continue;
    const { left, top, right, bottom } = it.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    for (const [u, v] of [[left, y], [right, y], [x, top], [x, bottom]]) {
      const edge = { left: u - 3, top: v - 3, right: u + 3, bottom: v + 3 };
      add("edge", it, edge, 1);
    }
  }
  return things;
}
"""

FOCUSABLE = ["nav a", "button", "input[type=email]", "input[type=checkbox]", "summary"]
FOCUSABLE += ["[tabindex='0']", "select", "main a"]


# One tab for many pages: Chromium takes half a second of a processor for each new one.
@pytest.fixture(scope="module", params=["light", "dark"])
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme: Literal["light", "dark"] = request.param
    with contextlib.closing(
        browser.new_page(
            viewport={"width": 1280, "height": 800},
            color_scheme=scheme,
            forced_colors="active",
            reduced_motion="reduce",
            bypass_csp=True,
        )
    ) as opened:
        yield opened


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_everything_stands_out(kind: str, served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind(kind), wait_until="networkidle")
    assert vanished(tab) == []


def test_the_stations_of_the_home_page_keep_their_points(
    served_site: ServedSite, tab: Page
) -> None:
    tab.goto(served_site.page_of_kind("home"))
    station = tab.locator(".places li").first.bounding_box()
    assert station
    x, y = station["x"], station["y"]
    assert standing_out(taken(tab), (x - 8, y - 8, x + 10, y + 8)) >= LEAST["drawing"]


def test_a_chart_without_its_colours_is_found(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("market statistics"))
    tab.add_style_tag(content=".bar rect { fill: Canvas !important; stroke: none !important }")
    assert {thing["kind"] for thing in vanished(tab)} == {"drawing"}


def test_a_field_without_an_edge_is_found(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("newsletter"))
    tab.add_style_tag(content="input { border: 0 !important }")
    assert {thing["kind"] for thing in vanished(tab)} == {"edge"}


# These have all that can have the focus.
@pytest.mark.parametrize("kind", ["home", "countries", "market statistics", "newsletter"])
def test_the_focus_is_seen(kind: str, served_site: ServedSite, tab: Page) -> None:
    """A ring of at least half the length of the box around what has the focus."""
    tab.goto(served_site.page_of_kind(kind))
    tab.keyboard.press("Tab")
    for selector in FOCUSABLE:
        for it in tab.locator(selector).filter(visible=True).all()[:1]:
            it.scroll_into_view_if_needed()
            it.evaluate("it => document.activeElement.blur()")
            before = taken(tab)
            it.evaluate("it => it.focus({ preventScroll: true })")
            box = it.bounding_box()
            assert box
            least = box["width"] + min(box["height"], before.height)
            assert changed(before, taken(tab), 3) >= least, selector


def test_the_current_page_is_marked_by_more_than_colour(served_site: ServedSite, tab: Page) -> None:
    tab.goto(served_site.page_of_kind("countries"))
    menu = tab.get_by_role("navigation", name="Main")
    weight = "it => Number(getComputedStyle(it).fontWeight)"
    current = menu.locator("[aria-current]").evaluate(weight)
    others = [it.evaluate(weight) for it in menu.locator("a:not([aria-current])").all()]
    assert current > max(others)


def vanished(tab: Page) -> list[dict[str, Any]]:
    """What is drawn on the page and does not stand out from its ground."""
    picture = taken(tab, whole=True)
    return [
        thing
        for thing in tab.evaluate(DRAWN)
        if standing_out(picture, tuple(thing["box"])) < LEAST[thing["kind"]]
    ]
