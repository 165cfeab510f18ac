"""A reader's way through a page with the Tab key: where it stops, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# WCAG 2.2, 1.4.11 (https://www.w3.org/TR/WCAG22/#non-text-contrast): the ring against its ground.
RING_CONTRAST = 3

# Puts the elements that Tab should lead to, in document order, into window.stops.
PREPARE = """
(leastContrast) => {
  const CANDIDATES = "a[href], button, input, select, textarea, summary, iframe, audio[controls], "
    + "video[controls], [contenteditable], [tabindex]";
  const isShown = (it) => it.checkVisibility({ visibilityProperty: true })
    && !it.closest("[inert]");
  // One Tab for a group of radio buttons: the chosen one, or the first.
  const stands = (it) => it.type !== "radio" || it.checked
    || !document.querySelector(`[type=radio][name="${it.name}"]:checked`)
    && it === document.querySelector(`[type=radio][name="${it.name}"]`);
  window.stops = [...document.querySelectorAll(CANDIDATES)].filter(
    (it) => it.tabIndex >= 0 && !it.matches(":disabled, [type=hidden]") && isShown(it) && stands(it)
  );

  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = rgba(colour).slice(0, 3).map((v) => v / 255).map(
      (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (it) => {
    for (; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return "Canvas";
  };
  const labels = (it) => [it, ...(it.labels ?? [])];
  const hasRing = (it) => labels(it).some((part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && contrast(style.outlineColor, ground(part.parentElement)) >= leastContrast;
  });
  const isUncovered = (it) => [...it.getClientRects()].some((box) =>
    [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      return labels(it).some((part) => part.contains(hit));
    })
  );
  window.faults = (it) => [
    hasRing(it) ? "" : "has no visible focus indicator",
    isUncovered(it) ? "" : "is covered or out of sight",
    it.closest("[aria-hidden=true]") ? "is hidden from assistive technology" : "",
  ].filter(Boolean);
  window.named = (it) => it.outerHTML.replace(/\\s+/g, " ").slice(0, 100);
  return stops.map(named);
}
"""

# Browsers themselves let readers stop at what scrolls and has nothing else to stop at; and they
# may take a moment to scroll to where the focus is.
LOOK = """
async () => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  for (let frames = 10; frames && faults(here).length; frames -= 1) {
    await new Promise(requestAnimationFrame);
  }
  const scrolls = here.scrollWidth > here.clientWidth || here.scrollHeight > here.clientHeight;
  const index = stops.indexOf(here);
  return { name: named(here), index, isExtra: index < 0 && scrolls, faults: faults(here) };
}
"""


@dataclass(frozen=True)
class Walk:
    """Where Tab should stop and where it does, in order, and what is wrong at a stop."""

    expected: list[str]
    reached: list[str]
    faults: list[str]
    ended: bool
    """Whether Tab leads out of the page in the end."""


def walk(tab: Page) -> Walk:
    """Press Tab from the beginning of the page until it leads out of it."""
    expected = tab.evaluate(PREPARE, RING_CONTRAST)
    reached: list[str] = []
    faults: list[str] = []
    for _ in range(2 * len(expected) + 10):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(LOOK)
        if stop is None or (stop["index"] == 0 and reached):
            return Walk(expected, reached, faults, ended=True)
        if not stop["isExtra"]:
            # By its first name: a search's filters are filled when somebody comes near.
            known = stop["index"] >= 0
            reached.append(expected[stop["index"]] if known else stop["name"])
        faults += [f"{stop['name']} {fault}" for fault in stop["faults"]]
    return Walk(expected, reached, faults, ended=False)
