"""Publishing to a folder, as readers of it see that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from aicareers_site.publish_folder import FolderTarget
from tests.samples import contents
from tests.site_states import EDGES, NEW, OLD, check_whole, files, occasion, outputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

LIST = ".aicareers-files"


def published(folder: Path, site: Mapping[str, str]) -> tuple[int, int, int]:
    outcome = FolderTarget(folder).publish(outputs(site), occasion())
    assert outcome.diagnostics == ()
    return outcome.value.counts


def held(folder: Path) -> dict[str, bytes]:
    return {path: text for path, text in contents(folder).items() if not path.startswith(LIST[:11])}


def test_a_folder_gets_the_site_and_then_what_changes(tmp_path: Path) -> None:
    for site in (OLD, NEW, EDGES):
        published(tmp_path, site)
        assert held(tmp_path) == files(site)
    assert published(tmp_path, EDGES) == (0, len(EDGES), 0)


def test_a_dry_run_tells_what_a_publication_does_and_does_nothing(tmp_path: Path) -> None:
    for site in (outputs(OLD), outputs(NEW)):
        before = contents(tmp_path)
        planned = FolderTarget(tmp_path / "live").publish(site, occasion(dry_run=True))
        assert contents(tmp_path) == before
        assert FolderTarget(tmp_path / "live").publish(site, occasion()) == planned


def test_a_failure_at_any_step_leaves_a_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed, at = True, 0
    while failed:
        at += 1
        folder = tmp_path / f"site-{at}"
        published(folder, OLD)

        with monkeypatch.context() as patched:
            failed = fails(folder, at, patched)

        check_whole(held(folder), OLD, NEW)
        published(folder, NEW)
        assert held(folder) == files(NEW)
        assert published(folder, NEW) == (0, len(NEW), 0)
    assert at > len(NEW)


def fails(folder: Path, at: int, patched: pytest.MonkeyPatch) -> bool:
    """Whether the publication of the new site ends at that call by which files change."""
    left = at

    def failing(owner: object, name: str) -> None:
        original = getattr(owner, name)

        def call(*arguments: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            return original(*arguments, **options)

        patched.setattr(owner, name, call)

    for owner, name in ((os, "replace"), (os, "mkdir"), (Path, "unlink"), (Path, "rmdir")):
        failing(owner, name)
    try:
        published(folder, NEW)
    except KeyboardInterrupt:
        return True
    return False
