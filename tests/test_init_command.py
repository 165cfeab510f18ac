"""A site is begun as a new user would begin it: by the public command, in a folder on disk."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from aicareers_site import __version__, indexer, init_command, starter
from aicareers_site.cli import main
from aicareers_site.schemas import NAMES
from tests.folders import full_disk
from tests.samples import PROJECT, contents, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.built import BuiltSite


def init(*arguments: str | Path, answers: str | None = None) -> Result:
    command = ["init", *map(str, arguments)]
    return CliRunner().invoke(main, command, input=answers, catch_exceptions=False)


def check(root: Path, *options: str) -> tuple[int, list[object]]:
    """What the strictest check says."""
    command = ["check", "--strict", "--figures", "--root", str(root), "--format", "json", *options]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout)["diagnostics"]


def settings(root: Path) -> dict[str, object]:
    return dict(yaml.safe_load((root / "site.yaml").read_text("utf-8")))


def test_there_is_nothing_to_say_of_a_new_site(tmp_path: Path) -> None:
    folder = tmp_path / "my-site"
    result = init(folder)
    assert result.exit_code == 0
    assert result.stdout == f"{folder}: {len(contents(folder))} files written.\n"
    assert check(folder) == (0, [])
    assert check(folder, "--drafts") == (0, [])


def test_figures_are_good_for_ever_until_somebody_says_when_not(tmp_path: Path) -> None:
    """Who begins a site in later years is not told to look after our example at once."""
    init(tmp_path / "site")
    assert check(tmp_path / "site", "--now", "2046-01-01") == (0, [])


def test_title_and_address_are_those_that_were_given(tmp_path: Path) -> None:
    title = "Jobs: “AI” & 'more' #1"
    result = init(tmp_path, f"  {title} ", "--base-url", "https://Jobs.Example.com/blog")
    assert result.exit_code == 0
    assert "is an example" not in result.stderr
    found = settings(tmp_path)
    assert found["title"] == title
    assert found["base_url"] == "https://jobs.example.com/blog/"
    assert (tmp_path / "README.md").read_text("utf-8").startswith(f"# {title}\n")
    assert check(tmp_path) == (0, [])


def test_entries_of_feeds_are_named_after_the_domain_and_today(tmp_path: Path) -> None:
    before = datetime.now(UTC).date()
    init(tmp_path, "--base-url", "https://jobs.example.com:8443/blog")
    after = datetime.now(UTC).date()
    assert settings(tmp_path)["feed_authority"] in {
        f"jobs.example.com,{day}" for day in (before, after)
    }


def test_a_domain_in_other_letters_is_named_as_dns_has_it(tmp_path: Path) -> None:
    init(tmp_path, "--base-url", "https://büro.example/")
    assert str(settings(tmp_path)["feed_authority"]).startswith("xn--bro-hoa.example,")
    assert check(tmp_path) == (0, [])


def test_where_nobody_answers_the_folder_gives_the_title(tmp_path: Path) -> None:
    result = init(tmp_path / "my_first-site")
    assert settings(tmp_path / "my_first-site")["title"] == "My first site"
    assert "https://example.org/ is an example" in result.stderr


def test_somebody_who_is_there_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init_command, "asks", lambda: True)
    result = init(tmp_path / "site", answers="Pay in AI\nnowhere\nhttps://pay.example.net\n")
    assert result.exit_code == 0
    found = settings(tmp_path / "site")
    assert (found["title"], found["base_url"]) == ("Pay in AI", "https://pay.example.net/")


def test_who_just_presses_return_gets_what_was_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init_command, "asks", lambda: True)
    assert init(tmp_path / "site", answers="\n\n").exit_code == 0
    found = settings(tmp_path / "site")
    assert (found["title"], found["base_url"]) == ("Site", "https://example.org/")


@pytest.mark.parametrize(
    "arguments", [("--base-url", "http://localhost:8000/"), ("--base-url", "example.org")]
)
def test_what_is_wrong_is_told_and_nothing_written(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = init(tmp_path, "A title", *arguments)
    assert result.exit_code == 2
    assert arguments[-1].split("/")[-1] in result.stderr
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("held", ["site.yaml", "content", "templates/base.html", ".gitignore"])
def test_nothing_is_overwritten(held: str, tmp_path: Path) -> None:
    before = {held: b"mine", "mine.txt": b"mine, too"}
    lay_out(before, tmp_path)
    result = init(tmp_path)
    assert result.exit_code == 1
    assert f"already holds {held}; nothing was written" in result.stderr
    assert contents(tmp_path) == before


def test_where_space_ends_half_way_it_is_told_how_much_was_written(tmp_path: Path) -> None:
    with full_disk(2_000):
        result = init(tmp_path)
    assert result.exit_code == 1
    written = sum(place.is_file() for place in tmp_path.rglob("*"))
    words = " cannot be written: File too large. {} of {} files were written: delete them before "
    total = re.search(r"of ([0-9]+) files", result.stderr)
    assert total is not None
    assert result.stderr.endswith(f"{words.format(written, total[1])}you try again.\n")


def test_many_clashes_are_counted(tmp_path: Path) -> None:
    init(tmp_path)
    before = contents(tmp_path)
    result = init(tmp_path)
    assert result.exit_code == 1
    assert f"and {len(before) - 5} more; nothing was written" in result.stderr
    assert contents(tmp_path) == before


def test_other_things_in_the_folder_are_in_nobodys_way(tmp_path: Path) -> None:
    before = {".git/HEAD": b"ref: refs/heads/main\n", "LICENSE": b"mine", "content/x/y.txt": b""}
    lay_out(before, tmp_path)
    assert init(tmp_path).exit_code == 0
    assert before.items() <= contents(tmp_path).items()


def test_a_link_that_leads_nowhere_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "elsewhere" / "README.md")
    assert init(tmp_path).exit_code == 1
    assert contents(tmp_path) == {}


def test_without_pagefind_search_is_off_and_a_message_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "program", lambda: None)
    result = init(tmp_path)
    assert "pip install 'aicareers-site[search]'" in result.stderr
    assert settings(tmp_path)["search"] is False
    assert check(tmp_path) == (0, [])


def test_the_site_is_built_by_the_version_that_began_it(tmp_path: Path) -> None:
    init(tmp_path)
    pinned = f"aicareers-site[search,serve]=={__version__}\n"
    assert (tmp_path / "requirements.txt").read_text("utf-8") == pinned


def test_editors_are_offered_the_names_in_site_yaml(tmp_path: Path) -> None:
    init(tmp_path)
    folder = tmp_path / ".vscode" / "schemas"
    assert {file.stem for file in folder.iterdir()} == {*NAMES}
    before = contents(folder)
    CliRunner().invoke(main, ["schema", "--root", str(tmp_path), "--write", str(folder)])
    assert contents(folder) == before
    keys = json.loads((folder / "post.json").read_text("utf-8"))["properties"]
    assert keys["authors"]["items"]["enum"] == ["editors"]


def test_what_is_made_by_commands_is_not_kept_in_git(tmp_path: Path) -> None:
    init(tmp_path)
    ignored = (tmp_path / ".gitignore").read_text("utf-8").split()
    assert ignored == ["/.venv/", "/.aicareers-cache/", "/public/"]


def test_the_examples_show_each_kind_of_article_and_a_chart(begun_site: BuiltSite) -> None:
    root = begun_site.folder.parent
    folders = {file.parent.name for file in (root / "content").glob("*/*.md")}
    assert folders == {"articles", "countries", "market", "pages", "trends"}
    assert any(page.html.xpath("//figure//*[local-name()='svg']") for page in begun_site.pages)


def test_no_link_of_a_new_site_is_broken(begun_site: BuiltSite) -> None:
    broken = {
        (page.path, problem)
        for page in begun_site.pages
        for link in page.links
        if (problem := begun_site.broken(link))
    }
    assert broken == set()


def test_a_draft_is_among_the_examples_and_not_on_the_site(begun_site: BuiltSite) -> None:
    drafts = "an-article-that-is-still-a-draft"
    assert (begun_site.folder.parent / f"content/articles/{drafts}.md").is_file()
    assert not any(drafts in path for path in begun_site.files)


def test_the_theme_is_that_of_the_repository(begun_site: BuiltSite) -> None:
    root = begun_site.folder.parent
    for name in starter.SHARED:
        place = PROJECT / name
        if place.is_dir():
            assert contents(root / name) == contents(place)
        else:
            assert (root / name).read_bytes() == place.read_bytes()
