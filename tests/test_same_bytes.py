"""Neither workers nor a cache that was made elsewhere show in what a build gives."""

from __future__ import annotations

import shutil
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

import pytest

from tests.samples import KINDS, OPENINGS, article, lay_out, run, sources

if TYPE_CHECKING:
    from pathlib import Path

NOW = "--now=2026-06-01"
OF_EACH_KIND = 16
FAULT = {"hue": "red"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[BaseProcess]:
    """The processes that have been started since this list was cleared."""
    processes = []
    start = BaseProcess.start

    def noting(process: BaseProcess) -> None:
        processes.append(process)
        start(process)

    monkeypatch.setattr(BaseProcess, "start", noting)
    return processes


@pytest.fixture(params=["good", "faulty"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A site with more articles than one process builds alone, and something to report.

    Many profiles are of one country, which is a warning. The faulty site has errors, too.
    """
    fault = FAULT if request.param == "faulty" else {}
    articles = {
        f"{folder}/{folder}-{number}.md": article(
            {
                **KINDS[folder],
                "title": f"Number {number} of {folder}",
                "body": f"See [another]({folder}-{(number + 5) % OF_EACH_KIND}.md).",
                **(fault if number % 5 == 0 else {}),
            }
        )
        for folder in KINDS
        for number in range(OF_EACH_KIND)
    }
    root = tmp_path / "project"
    lay_out(sources({**articles, "data/openings.yaml": OPENINGS.encode()}), root)
    return root


def test_workers_and_a_restored_cache_do_not_show(
    project: Path, tmp_path: Path, started: list[BaseProcess]
) -> None:
    copy, elsewhere = tmp_path / "copy", tmp_path / "far" / "away"
    shutil.copytree(project, copy)

    alone = run(project, "--no-cache", NOW, "--jobs=1")
    assert started == []
    assert alone.report["diagnostics"] != []

    with_workers = run(copy, NOW, "--jobs=2")
    assert started != []
    assert with_workers == alone

    # As CI does: a fresh check-out, with the cache of an earlier run.
    shutil.rmtree(copy / "public", ignore_errors=True)
    shutil.copytree(copy, elsewhere)
    started.clear()
    restored = run(elsewhere, NOW, "--jobs=2")
    assert started == []
    assert restored == alone
