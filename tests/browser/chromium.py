"""Chromium as the tests and the audit start it: where it is, and with what switches."""

from __future__ import annotations

import os
import shutil

# It must not call home while somebody listens, and as root it cannot have its sandbox.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
)


def find() -> str | None:
    """The path of what the environment's CHROMIUM names, or of the installed one; None without."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, filter(None, names))), None)
