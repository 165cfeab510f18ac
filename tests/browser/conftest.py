"""The shipped site on a loopback server, and Chromium to look at it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.server import ServedSite, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.site.built import BuiltSite

# Chromium must not call home while a test listens, and as root it cannot have its sandbox.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def served_site(shipped_site: BuiltSite) -> Iterator[ServedSite]:
    """The shipped site under a strict Content-Security-Policy."""
    with serve(shipped_site) as served:
        yield served


# Not for the session: Playwright's event loop would be running in every later test.
@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
        except Exception as error:
            pytest.skip(f"this machine cannot start Playwright (apt install libatomic1): {error}")
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=[*FLAGS, *sandbox]
        )
        yield chromium
        chromium.close()
