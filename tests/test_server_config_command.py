"""``aicareers server-config``: real servers read what it prints in tests/site/test_servers.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from tests.samples import NOW, SETTINGS, lay_out, post, sources

if TYPE_CHECKING:
    from pathlib import Path


def asked(root: Path, *arguments: str) -> Result:
    command = ["server-config", *arguments, "--root", str(root), "--now", NOW.isoformat()]
    return CliRunner().invoke(main, command)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    articles = {"articles/new.md": post("New", more="aliases: [/old/]\n")}
    lay_out(sources(articles, SETTINGS + "precompress: [gz]\n"), tmp_path)
    return tmp_path


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_it_prints_what_is_known_of_the_site(server: str, project: Path) -> None:
    done = asked(project, server, "--folder", "/srv/a site/", "--base-url", "https://x.example/a/")
    assert (done.exit_code, done.stderr) == (0, "")
    for expected in (
        "https://x.example/a/",
        "/srv/a site",
        "frame-ancestors 'none'",
        '"/a/blog/new/"',
        "text/html; charset=utf-8",
        {"nginx": "gzip_static on;", "caddy": "precompressed gzip"}[server],
    ):
        assert expected in done.stdout


@pytest.mark.parametrize("folder", ["public", "", "/srv/$site", '/srv/"site"'])
def test_the_folder_is_a_complete_path(folder: str, project: Path) -> None:
    done = asked(project, "nginx", "--folder", folder)
    assert done.exit_code == 2
    assert "is no complete path, such as /srv/site" in done.stderr


def test_nothing_is_printed_for_a_site_with_errors(project: Path) -> None:
    (project / "content/articles/new.md").write_text("---\ntitel: New\n---\n", "utf-8")
    done = asked(project, "nginx", "--folder", "/srv/site")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "unknown-key" in done.stderr
