"""The shipped site on a loopback server, and Chromium to look at it."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.server import ServedSite, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

    from tests.site.built import BuiltSite

# With these and the fonts of fonts.conf, a page looks the same on every machine.
STEADY = (
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
FONTS = Path(__file__).with_name("fonts.conf")


@pytest.fixture(scope="session")
def served_site(shipped_site: BuiltSite) -> Iterator[ServedSite]:
    """The shipped site under a strict Content-Security-Policy."""
    with serve(shipped_site) as served:
        yield served


# Not for the session: Playwright's event loop would be running in every later test.
@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with launched(chromium_path) as started:
        yield started


@pytest.fixture(scope="module")
def steady_browser(chromium_path: str, dejavu: None) -> Iterator[Browser]:
    """Chromium with one set of fonts and one way to draw them, for pictures to compare."""
    with launched(chromium_path, STEADY, {"FONTCONFIG_FILE": str(FONTS)}) as started:
        yield started


@contextmanager
def launched(
    path: str, flags: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> Iterator[Browser]:
    """Chromium, as a process of its own; the test is skipped where Playwright cannot start."""
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
        except Exception as error:
            pytest.skip(f"this machine cannot start Playwright (apt install libatomic1): {error}")
        started = playwright.chromium.launch(
            executable_path=path,
            args=[*chromium.FLAGS, *flags],
            env={**os.environ, **(environment or {})},
        )
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of the browser as most readers have it."""
    with closing(browser.new_page(viewport={"width": 1280, "height": 800})) as opened:
        yield opened
