"""axe-core finds nothing on any kind of page, by day and by night, on telephones and desks."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.server import ALL_KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.server import ServedSite

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_axe_finds_no_violation(
    kind: str,
    width: int,
    scheme: Literal["light", "dark"],
    served_site: ServedSite,
    browser: Browser,
    axe_script: str,
) -> None:
    address = served_site.page_of_kind(kind)
    assert violations(browser, address, width, scheme, axe_script) == []


def violations(
    browser: Browser,
    address: str,
    width: int,
    scheme: Literal["light", "dark"],
    axe_script: str,
    ready: str = "body",
) -> list[str]:
    """What axe-core finds on the page at ``address``, in words, once what is ``ready`` is there."""
    tab = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        # For axe itself: the page's own scripts would have to come from its host.
        bypass_csp=True,
    )
    with contextlib.closing(tab):
        tab.goto(address)
        tab.wait_for_selector(ready)
        tab.evaluate(axe_script)
        found = tab.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
    return [_in_words(violation) for violation in found["violations"]]


def _in_words(violation: dict[str, Any]) -> str:
    places = [f"  {node['target']} {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']}: {violation['help']}", *places])
