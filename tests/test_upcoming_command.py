from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from tests.samples import SETTINGS, lay_out, post

if TYPE_CHECKING:
    from pathlib import Path

ZONE = SETTINGS.replace("time_zone: UTC", "time_zone: Europe/Berlin").encode()
ARTICLES = {
    "content/articles/a.md": post("Spring", date="2026-04-01 08:00"),
    "content/articles/b.md": post("Winter", more="expires: 2026-03-21\n"),
    "content/articles/c.md": post("Some day", more="draft: true\n"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay_out({"site.yaml": ZONE, **ARTICLES}, tmp_path)
    return tmp_path


def upcoming(root: Path, *options: str) -> Result:
    command = ["upcoming", "--root", str(root), "--now", "2026-03-01T12:00", *options]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def report(root: Path, *options: str) -> Any:
    return json.loads(upcoming(root, "--format", "json", *options).stdout)


def test_what_comes_is_told_in_order(root: Path) -> None:
    result = upcoming(root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "2026-03-21 00:00  disappears  content/articles/b.md: Winter\n"
        "2026-04-01 08:00  appears     content/articles/a.md: Spring\n"
        "\n"
        "The next build that changes anything: 2026-03-21 00:00 (Europe/Berlin).\n"
        "\n"
        "Drafts, which appear only once somebody takes 'draft' out:\n"
        "  content/articles/c.md: Some day\n"
    )


def test_json_tells_when_to_build_next(root: Path) -> None:
    assert report(root) == {
        "time_zone": "Europe/Berlin",
        "next_change": "2026-03-21T00:00:00+01:00",
        "events": [
            {
                "at": "2026-03-21T00:00:00+01:00",
                "event": "disappears",
                "source": "content/articles/b.md",
                "title": "Winter",
                "path": "/blog/b/",
                "changes": True,
            },
            {
                "at": "2026-04-01T08:00:00+02:00",
                "event": "appears",
                "source": "content/articles/a.md",
                "title": "Spring",
                "path": "/blog/a/",
                "changes": True,
            },
        ],
        "drafts": [{"source": "content/articles/c.md", "title": "Some day"}],
        "diagnostics": [],
    }


@pytest.mark.parametrize(
    ("options", "events"),
    [
        ((), 2),
        (("--until", "2026-04-01"), 2),
        (("--until", "2026-03-31"), 1),
        (("--days", "20"), 1),
        (("--days", "19"), 0),
        (("--days", "0"), 0),
    ],
)
def test_a_last_day_leaves_out_what_is_later(
    options: tuple[str, ...], events: int, root: Path
) -> None:
    found = report(root, *options)
    assert len(found["events"]) == events
    # When to build next does not depend on how far one looks.
    assert found["next_change"] == "2026-03-21T00:00:00+01:00"


def test_where_nothing_comes_that_is_said(root: Path) -> None:
    assert upcoming(root, "--days", "1").stdout.startswith("Nothing until then.\n\nThe next")
    for name in ARTICLES:
        (root / name).unlink()
    assert upcoming(root).stdout == "Nothing changes by itself.\n"
    assert report(root)["next_change"] is None


def test_what_cannot_be_read_is_told_of(root: Path) -> None:
    lay_out({"content/articles/a.md": post("Spring", date="2026-04-01", more="hue: red\n")}, root)
    result = upcoming(root)
    assert result.exit_code == 1
    assert "content/articles/a.md:7:1: error[unknown-key]" in result.stderr
    assert "content/articles/b.md: Winter" in result.stdout
    assert [found["code"] for found in report(root)["diagnostics"]] == ["unknown-key"]


def test_without_settings_nothing_is_known(root: Path) -> None:
    (root / "site.yaml").unlink()
    result = upcoming(root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no site.yaml" in result.stderr


def test_one_last_day_is_enough(root: Path) -> None:
    result = upcoming(root, "--until", "2026-04-01", "--days", "1")
    assert result.exit_code == 2
    assert "--until or --days, not both" in result.stderr


def test_a_day_that_is_none_is_told(root: Path) -> None:
    result = upcoming(root, "--until", "tomorrow")
    assert result.exit_code == 2
    assert "Invalid value for '--until': 'tomorrow' is no day, such as 2026-12-31" in result.stderr
