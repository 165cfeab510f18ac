"""The command as people and CI use it: arguments, messages, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from tests.originals import png
from tests.samples import PROJECT, lay_out, post, sources
from tests.tables import JOBS_TEXT


def described(article: bytes) -> bytes:
    """The article with a description of which a check says nothing."""
    words = b"description: What there is to read in an article that is about "
    return article.replace(b"description: About ", words)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project on disk."""
    lay_out(sources({"articles/a.md": described(post())}), tmp_path / "project")
    return tmp_path / "project"


def build(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--root", str(root), "--jobs", "1", *arguments])


def test_a_build_ends_with_a_summary(root: Path) -> None:
    lay_out({"content/articles/b.md": post(more="draft: true\n")}, root)
    result = build(root)
    assert result.exit_code == 0
    assert result.stderr == ""
    summary = result.stdout.splitlines()
    assert summary[0].startswith("Built 10 pages (6 list, 1 other, 2 page, 1 post), 1 article and")
    assert summary[1] == "Left out: content/articles/b.md, a draft."
    assert summary[2].startswith(f"{root}/public: ")
    assert summary[2].endswith(" written, 0 unchanged, 0 removed.")
    assert (root / "public/blog/a/index.html").is_file()


def test_quiet_says_nothing_when_all_is_well(root: Path) -> None:
    assert build(root, "--quiet").output == ""


def test_the_profile_tells_what_was_made_and_what_was_kept(root: Path) -> None:
    first = json.loads(build(root, "--profile", "--format", "json").stdout)["profile"]
    again = json.loads(build(root, "--profile", "--format", "json").stdout)["profile"]

    def counts(profile: list[dict[str, object]]) -> dict[str, tuple[object, object]]:
        return {str(stage["name"]): (stage["items"], stage["made"]) for stage in profile}

    assert counts(first)["Reading articles"] == (1, 1)
    assert counts(again)["Reading articles"] == (1, 0)
    # Ten pages, and the article's text for feeds.
    assert counts(first)["Printing pages"] == (11, 11)
    assert counts(again)["Printing pages"] == (11, 0)
    # Every stage has a name that people know.
    assert all(name[0].isupper() for name in counts(first))
    assert counts(first)["Publishing"][0] == counts(first)["Publishing"][1]
    assert counts(again)["Publishing"][1] == 0


def test_the_profile_is_a_table_for_people(root: Path) -> None:
    lines = build(root, "--profile").stdout.splitlines()
    start = lines.index("") + 1
    assert lines[start].split() == ["seconds", "share", "items", "made"]
    rows = {line[:26].strip(): line[26:].split() for line in lines[start + 1 :]}
    assert rows["Reading articles"][2:] == ["1", "1"]
    assert len(rows["Planning"]) == 2
    assert list(rows)[-1] == "Publishing"


def test_json_is_one_object_on_standard_output(root: Path) -> None:
    lay_out({"content/articles/b.md": post(more="draft: true\nhue: red\n")}, root)
    result = build(root, "--format", "json")
    report = json.loads(result.stdout)
    assert report["published"] is True
    assert report["pages"] == {"list": 6, "other": 1, "page": 2, "post": 1}
    assert (report["articles"], report["files"]["removed"]) == (1, 0)
    (note,) = report["diagnostics"]
    assert (note["severity"], note["code"], note["line"]) == ("note", "unknown-key", 8)


def test_a_second_build_writes_nothing(root: Path) -> None:
    build(root)
    report = json.loads(build(root, "--format", "json").stdout)
    assert (report["files"]["written"], report["files"]["removed"]) == (0, 0)


def test_results_are_kept_in_the_project_unless_told_otherwise(root: Path) -> None:
    build(root, "--no-cache")
    assert not (root / ".aicareers-cache").exists()
    build(root, "--cache-dir", str(root / "elsewhere"))
    assert not (root / ".aicareers-cache").exists()
    assert (root / "elsewhere").is_dir()
    build(root)
    assert (root / ".aicareers-cache").is_dir()


def test_neither_the_cache_nor_the_number_of_processes_shows_in_the_site(root: Path) -> None:
    sites = []
    for options in ([], [], ["--no-cache"], ["--no-cache", "--jobs", "2"]):
        assert build(root, *options).exit_code == 0
        files = sorted(path for path in (root / "public").rglob("*") if path.is_file())
        sites.append([(path, path.read_bytes()) for path in files])
    assert sites == [sites[0]] * 4


IMPORTING = """
import sys
from aicareers_site.cli import main

main(["build", "--root", sys.argv[1], "--jobs", "2", "--quiet"], standalone_mode=False)
print(*sys.modules)
"""


def modules_of_a_build(root: Path) -> set[str]:
    """All modules that a build in a process of its own imports."""
    run = subprocess.run(
        [sys.executable, "-c", IMPORTING, str(root)], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_what_only_makes_results_is_not_even_loaded_when_nothing_has_changed(root: Path) -> None:
    makers = {
        *("feedgen", "lxml", "markdown", "jinja2", "pygments", "concurrent.futures.process"),
        *(f"aicareers_site.{name}" for name in ("feeds", "prose", "render", "texts", "related")),
    }
    assert modules_of_a_build(root) >= makers - {"concurrent.futures.process", "pygments"}
    assert modules_of_a_build(root) & makers == set()


def test_errors_show_the_place_and_what_to_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/aicareers", "build"])
    monkeypatch.setenv("PATH", "")
    lay_out({"content/articles/a.md": post(category="advise")}, root)
    result = build(root)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "content/articles/a.md:6:11: error[unknown-category]: "
        "'advise' is not among the categories of site.yaml",
        " 6 | category: advise",
        "   |           ^^^^^^",
        "   = hint: did you mean 'advice'?",
        "",
        "More on a code: .venv/bin/aicareers explain unknown-category",
        "1 error: nothing was published.",
    ]
    assert not (root / "public").exists()


def test_strict_takes_warnings_for_errors(root: Path) -> None:
    lay_out({"content/articles/b.md": post()}, root)
    assert build(root).exit_code == 0
    result = build(root, "--strict", "--output", str(root / "strict"))
    assert result.exit_code == 1
    assert "warning[duplicate-title]" in result.stderr
    assert "1 warning (--strict): nothing was published." in result.stderr
    assert not (root / "strict").exists()


def test_faults_of_a_draft_do_not_stop_a_strict_build(root: Path) -> None:
    lay_out({"content/articles/b.md": post("B", more="draft: true\nhue: red\n")}, root)
    result = build(root, "--strict")
    assert (result.exit_code, "note[unknown-key]" in result.stderr) == (0, True)


def test_the_last_good_site_stays_when_there_are_errors(root: Path) -> None:
    build(root)
    lay_out({"content/articles/a.md": post("Changed", category="advise")}, root)
    assert f"{root}/public is as it was." in build(root).stderr
    assert "Changed" not in (root / "public/blog/a/index.html").read_text(encoding="utf-8")


def test_paths_are_no_markup(tmp_path: Path) -> None:
    root = tmp_path / "[bold]:cat:"
    lay_out(sources({"articles/a.md": post()}), root)
    assert f"{root}/public: " in build(root).stdout


def test_a_moment_without_an_offset_is_in_the_sites_time_zone(root: Path) -> None:
    lay_out({"content/articles/a.md": post(date="2026-11-21 12:00")}, root)
    for zone, articles in (("Asia/Tokyo", 1), ("UTC", 1)):
        settings = (root / "site.yaml").read_text().replace("UTC", zone)
        lay_out({"site.yaml": settings.encode()}, root)
        report = json.loads(build(root, "--now", "2026-11-21T12:00", "--format", "json").stdout)
        assert report["articles"] == articles
    assert (
        json.loads(build(root, "--now", "2026-11-21T11:59", "--format", "json").stdout)["articles"]
        == 0
    )


def test_now_drafts_and_future_decide_what_is_published(root: Path) -> None:
    lay_out(
        {
            "content/articles/b.md": post("B", more="draft: true\n"),
            "content/articles/c.md": post("C", date="2030-01-01"),
        },
        root,
    )

    def articles(*arguments: str) -> list[str]:
        build(root, "--now", "2026-11-21T12:00:00Z", *arguments)
        found = [page.parent.name for page in (root / "public/blog").glob("*/index.html")]
        return sorted(found)

    assert articles() == ["a"]
    assert articles("--drafts") == ["a", "b"]
    assert articles("--future") == ["a", "c"]
    assert articles("--now", "2030-01-01") == ["a", "c"]


def test_another_base_url(root: Path) -> None:
    build(root, "--base-url", "https://pages.example/x")
    assert 'href="https://pages.example/x/blog/a/"' in (
        root / "public/blog/a/index.html"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--now", "yesterday"],
        ["--base-url", "pages.example"],
        ["--jobs", "0"],
        ["--format", "xml"],
        ["--bogus"],
    ],
)
def test_wrong_usage_exits_with_2(root: Path, arguments: list[str]) -> None:
    result = build(root, *arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr
    assert not (root / "public").exists()


def test_the_site_may_not_go_among_its_sources(root: Path) -> None:
    result = build(root, "--output", str(root / "static/site"))
    assert result.exit_code == 2
    assert (
        f"Error: Invalid value for --output: {root}/static/site is in the folder static/ of "
        "sources: name another place\n"
    ) in result.stderr


def test_the_site_may_not_go_where_the_project_is(root: Path) -> None:
    result = build(root, "--output", str(root))
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"{root} is the project itself: name another folder, such as public/ in it\n"
    )


def test_a_link_that_leads_in_a_circle_is_no_place_for_the_site(root: Path) -> None:
    (root / "circle").symlink_to("circle")
    result = build(root, "--output", str(root / "circle"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{root}/circle: error[output-unwritable]: cannot be written: ")
    assert build(root / "circle").exit_code == 2


def test_an_address_that_is_none_is_told_with_one_that_is(root: Path) -> None:
    result = build(root, "--base-url", "sample")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "'sample' is not a complete web address, such as https://example.org/\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [["explain"], ["schema"]])
def test_what_is_printed_into_a_full_disk_ends_in_a_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "aicareers_site", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == (
        "Error: No space left on device: free some space, then do the same again.\n"
    )


def test_wrong_settings_exit_with_2(root: Path) -> None:
    lay_out({"site.yaml": b"title: [\n"}, root)
    assert build(root).exit_code == 2


def test_a_folder_without_a_site_exits_with_2(tmp_path: Path) -> None:
    result = build(tmp_path)
    assert result.exit_code == 2
    assert "site.yaml" in result.stderr


def test_build_py_and_python_m_are_the_same_command(root: Path) -> None:
    reports = []
    for command in (["build.py"], ["-m", "aicareers_site", "build"]):
        arguments = [sys.executable, *command, "--root", str(root), "--format", "json"]
        done = subprocess.run(
            arguments, cwd=PROJECT, capture_output=True, check=True, env={"PYTHONPATH": "src"}
        )
        report = json.loads(done.stdout)
        reports.append((report["pages"], report["articles"], report["feeds"]))
    assert reports[0] == reports[1]


@pytest.mark.parametrize("command", ["build", "check"])
def test_every_option_is_explained(command: str) -> None:
    options = main.commands[command].params
    assert [option.name for option in options if not option.help] == []


JOBS = JOBS_TEXT.encode()
MARKET = "tables: [jobs]\n"


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root), "--jobs", "1", *arguments])


def set_in(root: Path, line: str) -> None:
    """Add a line to the settings."""
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"{line}\n")


def with_figures(root: Path, body: str = "Remote are {{ jobs.place.remote }}.") -> Path:
    """The project with a data table and an article on it."""
    article = post("Figures", body=body, category="figures", more=MARKET)
    lay_out({"content/data/jobs.yaml": JOBS, "content/market/m.md": described(article)}, root)
    return root


def test_a_check_publishes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    result = check(with_figures(root), "--no-cache")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2 articles, 1 data table: no problems\n"
    added = {root / "content/data", root / "content/data/jobs.yaml"}
    added |= {root / "content/market", root / "content/market/m.md"}
    assert {*root.rglob("*")} - {*before} == added


def test_a_check_keeps_results_for_the_next_build(root: Path) -> None:
    check(root)
    profile = json.loads(build(root, "--profile", "--format", "json").stdout)["profile"]
    assert {stage["name"]: stage["made"] for stage in profile}["Reading articles"] == 0


def test_a_check_finds_what_a_build_finds(root: Path) -> None:
    lay_out({"content/articles/a.md": post(category="advise")}, root)
    checked, made = check(root), build(root)
    assert (checked.exit_code, made.exit_code) == (1, 1)
    assert checked.stdout == "1 article, 0 data tables: 1 error\n"
    assert made.stderr.startswith(checked.stderr)


def test_a_check_tells_what_a_host_would_not_read_as_a_build_does(root: Path) -> None:
    set_in(root, "hosts: [cloudflare-pages]")
    long = f"/{'/'.join(['a' * 99] * 20)}/"
    lay_out({"content/articles/b.md": post("B", more=f"aliases: [{long}]\n")}, root)
    checked = json.loads(check(root, "--format", "json").stdout)["diagnostics"]
    (found,) = (one for one in checked if one["code"] == "host-limit")
    assert found["message"].endswith(" has 2,014 characters, and Cloudflare Pages reads 2,000")
    assert found["hint"] == (
        "shorten this address: a line that is too long is left out, and with it what it does"
    )
    made = json.loads(build(root, "--format", "json").stdout)["diagnostics"]
    assert found in made


def test_a_check_tells_which_package_a_build_would_lack(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_in(root, "precompress: [gz, br]")
    assert check(root).exit_code == 0
    monkeypatch.setitem(sys.modules, "brotli", None)
    checked, made = check(root), build(root)
    assert (checked.exit_code, made.exit_code) == (2, 2)
    assert checked.stderr.startswith(
        "site.yaml: error[compression-missing]: 'br' needs the package brotli, which is not "
        "installed\n"
        "   = hint: run pip install 'aicareers-site[compress]', or take 'br' out of "
        "'precompress'\n"
    )
    assert made.stderr.startswith(checked.stderr)


def test_a_check_tells_what_is_due_for_review_and_a_build_does_not(root: Path) -> None:
    with_figures(root)
    assert "figure-due" in check(root, "--now", "2027-04-01").stderr
    late = ["--now", "2027-05-01"]
    result = check(root, *late)
    assert (result.exit_code, result.stdout) == (0, "2 articles, 1 data table: 1 warning\n")
    assert result.stderr.splitlines()[:2] == [
        "content/data/jobs.yaml:4:12: warning[figure-stale]: these figures have been due for "
        "review since 2027-04-22; named by content/market/m.md",
        " 4 | review_by: 2027-04-22",
    ]
    assert check(root, "--strict", *late).exit_code == 1
    assert build(root, "--strict", *late).exit_code == 0


def test_the_day_is_that_of_the_sites_time_zone(root: Path) -> None:
    with_figures(root)
    settings = (root / "site.yaml").read_bytes().replace(b"UTC", b"Asia/Tokyo")
    lay_out({"site.yaml": settings}, root)
    assert "figure-stale" not in check(root, "--now", "2027-04-22T14:59:59Z").stderr
    assert "figure-stale" in check(root, "--now", "2027-04-22T15:00:00Z").stderr


def test_numbers_that_are_written_by_hand_are_looked_for_when_asked(root: Path) -> None:
    with_figures(root, "Of the openings, 41 are remote.")
    assert check(root).stderr == ""
    result = check(root, "--figures")
    assert (result.exit_code, "warning[bare-figure]: '41'" in result.stderr) == (0, True)
    result = check(root, "--figures", "--strict")
    assert (result.exit_code, result.stdout) == (
        1,
        "2 articles, 1 data table: 1 warning (--strict)\n",
    )


def test_hand_written_numbers_in_a_draft_are_notes(root: Path) -> None:
    article = post("Figures", body="It takes 17 weeks.", category="figures", more=MARKET)
    draft = described(article).replace(b"tables:", b"draft: true\ntables:")
    lay_out({"content/data/jobs.yaml": JOBS, "content/market/m.md": draft}, root)
    assert check(root, "--figures").stdout == "2 articles, 1 data table: 1 note\n"
    assert check(root, "--figures", "--drafts").stdout == "2 articles, 1 data table: 1 warning\n"


def test_with_a_faulty_table_only_the_fault_is_told(root: Path) -> None:
    with_figures(root, "Of the openings, 41 are remote.")
    lay_out({"content/data/jobs.yaml": JOBS.replace(b"100", b"50")}, root)
    found = json.loads(check(root, "--figures", "--format", "json").stdout)["diagnostics"]
    assert {(one["path"], one["severity"]) for one in found} == {
        ("content/data/jobs.yaml", "error")
    }


def test_a_check_reads_as_an_editor_would_and_a_build_does_not(root: Path) -> None:
    passage = "Twelve words in a row are told of and eleven are not told of."
    one, other = post("One", body=passage), post("Other", body=f"![image](a.png) {passage}")
    lay_out({"content/articles/b.md": one, "content/articles/c.md": other}, root)
    lay_out({"content/articles/a.png": png(), "content/articles/b.png": png()}, root)
    report = json.loads(check(root, "--format", "json").stdout)
    assert [(found["code"], found["path"], found["line"]) for found in report["diagnostics"]] == [
        ("description-length", "content/articles/b.md", 3),
        ("unused-image", "content/articles/b.png", None),
        ("description-length", "content/articles/c.md", 3),
        ("useless-alt", "content/articles/c.md", 9),
        ("duplicate-passage", "content/articles/c.md", 9),
    ]
    assert build(root, "--strict").exit_code == 0


def test_with_an_error_each_text_is_read_all_the_same(root: Path) -> None:
    body = " ".join(["word"] * 50)
    lay_out({"content/articles/b.md": post("B", body=body, category="advise")}, root)
    report = json.loads(check(root, "--format", "json").stdout)
    assert [found["code"] for found in report["diagnostics"]] == [
        "unknown-category", "long-sentence",
    ]  # fmt: skip


def test_a_check_as_json_is_one_object(root: Path) -> None:
    with_figures(root, "It takes 17 weeks.")
    report = json.loads(check(root, "--figures", "--strict", "--format", "json").stdout)
    (found,) = report.pop("diagnostics")
    assert found["code"] == "unreferenced-figure"
    assert report.pop("seconds") > 0
    assert report == {
        "passed": False,
        "articles": 2,
        "tables": 1,
        "errors": 0,
        "warnings": 1,
        "notes": 0,
    }


def test_a_check_reports_everything_even_when_strict(root: Path) -> None:
    with_figures(root, "It takes 17 weeks.")
    lay_out({"content/articles/b.md": post()}, root)
    found = check(root, "--figures", "--strict", "--now", "2027-05-01").stderr
    codes = ("duplicate-title", "unreferenced-figure", "figure-stale")
    assert [code in found for code in codes] == [True, True, True]


def test_a_check_of_wrong_settings_exits_with_2(root: Path, tmp_path: Path) -> None:
    lay_out({"site.yaml": b"title: [\n"}, root)
    assert check(root).exit_code == 2
    assert check(tmp_path / "nowhere").exit_code == 2
    assert check(root, "--output", "x").exit_code == 2


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("github", "::error file="),
        ("sarif", '{\n  "$schema"'),
        ("junit", '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="aicareers '),
    ],
)
def test_other_programs_are_told_on_standard_output_alone(
    root: Path, form: str, beginning: str
) -> None:
    lay_out({"content/articles/a.md": post(category="advise")}, root)
    for result in (build(root, "--format", form), check(root, "--format", form)):
        assert (result.exit_code, result.stderr) == (1, "")
        assert result.stdout.startswith(beginning)
        assert "content/articles/a.md" in result.stdout


def test_paths_are_those_seen_from_the_folder_of_the_command(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out({"content/articles/a.md": post(category="advise")}, root)
    seen = []
    for here in (root, root.parent, root / "content"):
        monkeypatch.chdir(here)
        seen.append(check(root, "--format", "github").stdout.split(",")[0])
    assert seen == [
        "::error file=content/articles/a.md",
        f"::error file={root.name}/content/articles/a.md",
        f"::error file={root}/content/articles/a.md",
    ]
