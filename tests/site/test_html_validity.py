"""The Nu HTML checker finds nothing to say about any page, those that redirect included."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.site.built import BuiltSite


def test_every_page_is_valid(renamed_site: BuiltSite, html_checker: list[str]) -> None:
    """Errors and warnings count alike."""
    pages = [page.path for page in renamed_site.pages]
    checked = subprocess.run(
        [*html_checker, "--Werror", "--stdout", *pages],
        cwd=renamed_site.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (checked.stdout, checked.stderr, checked.returncode) == ("", "", 0)
