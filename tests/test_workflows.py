"""What a new site brings along for hosts: each file in its host's form, and each command runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from tests import wheels
from tests.samples import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STARTER = PROJECT / "src/aicareers_site/starter"
GITHUB = sorted((STARTER / ".github/workflows").glob("*.yml"))
GITLAB = STARTER / ".gitlab-ci.yml"

# The one command that is not run here: it asks a registry. What it would install is there.
LEFT_OUT = "python -m pip install --requirement requirements.txt"


class Site(NamedTuple):
    """A new site in a repository of its own, of which ``origin`` is the host's copy.

    Its last commit brings a branch in which an article says more.
    """

    root: Path
    origin: Path
    variables: Mapping[str, str]

    def git(self, *arguments: str, root: Path | None = None) -> str:
        command = ["git", "-C", str(root or self.root), *arguments]
        return subprocess.run(
            command, env=self.variables, check=True, capture_output=True, text=True
        ).stdout.strip()

    def run(self, script: str, variables: Mapping[str, str] | None = None) -> str:
        """Run a script as hosts do, until the first command that fails."""
        finished = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.root,
            env={**self.variables, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert finished.returncode == 0, f"{script}\n{finished.stdout}{finished.stderr}"
        return finished.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> wheels.Environment:
    """What requirements.txt asks for."""
    folder = tmp_path_factory.mktemp("workflows")
    wheel = wheels.packed("wheel", folder / "wheel")
    return wheels.environment(folder / "environment", wheel, ["search", "serve"])


@pytest.fixture
def site(environment: wheels.Environment, tmp_path: Path) -> Site:
    made = Site(tmp_path / "site", tmp_path / "origin", environment.variables)
    environment.run("init", str(made.root), folder=tmp_path)
    made.git("init", "--quiet", "--bare", "--initial-branch=main", ".", root=_made(made.origin))
    made.git("config", "receive.advertisePushOptions", "true", root=made.origin)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "user.name", "Somebody")
    made.git("config", "user.email", "somebody@example.org")
    made.git("remote", "add", "origin", str(made.origin))
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "A new site")
    made.git("switch", "--quiet", "--create", "more")
    article = made.root / "content/countries/canada.md"
    article.write_text(f"{article.read_text('utf-8')}\n## Language\n\nNothing more is said.\n")
    made.git("commit", "--quiet", "--all", "--message", "More on Canada")
    made.git("switch", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "--message", "Merge", "more")
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    return made


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


# The forms


@pytest.mark.parametrize(
    ("form", "path"),
    [
        *(("vendor.github-workflows", path) for path in GITHUB),
        ("vendor.gitlab-ci", GITLAB),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_workflow_is_in_the_form_of_its_host(form: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", form, str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


def test_the_settings_for_netlify_are_those_that_it_knows() -> None:
    """File-based configuration: build, with command, publish and environment."""
    stated = tomllib.loads((STARTER / "netlify.toml").read_text("utf-8"))
    assert stated.keys() == {"build"}
    assert stated["build"].keys() == {"command", "publish", "environment"}
    assert all(isinstance(value, str) for value in stated["build"]["environment"].values())


def test_the_settings_for_cloudflare_are_those_that_it_knows() -> None:
    """Wrangler configuration for Pages: name and pages_build_output_dir are its required keys."""
    stated = tomllib.loads((STARTER / "wrangler.toml").read_text("utf-8"))
    assert stated.keys() == {"name", "pages_build_output_dir"}
    assert re.fullmatch("[a-z0-9-]+", stated["name"])


# Who may do what


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8"))["jobs"])


def steps(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs(path).items():
        for step in job["steps"]:
            yield name, step


def test_actions_are_pinned_by_commit_and_each_in_one_version() -> None:
    used: dict[str, set[str]] = {}
    for path in GITHUB:
        for line in path.read_text("utf-8").splitlines():
            if found := re.search(r"uses: *([^@\s]+)(.*)", line):
                assert re.fullmatch(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+", found[2]), line
                owner, repository, *_ = found[1].split("/")
                used.setdefault(f"{owner}/{repository}", set()).add(found[2])
    assert {name: len(versions) for name, versions in used.items()} == dict.fromkeys(used, 1)
    assert used


def test_a_job_has_no_right_that_it_does_not_need() -> None:
    rights: dict[str, object] = {}
    for path in GITHUB:
        assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}
        rights |= {name: job["permissions"] for name, job in jobs(path).items()}
    assert rights == {
        "check": {"contents": "read"},
        "compare": {"contents": "read"},
        "publish": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "record": {"contents": "write"},
        "comment": {"actions": "read", "pull-requests": "write"},
    }


def test_what_may_write_runs_nothing_that_a_pull_request_brings() -> None:
    """Neither its packages nor its site; nor is it begun with a pull request's own rights."""
    for path in GITHUB:
        text = path.read_text("utf-8")
        assert "pull_request_target" not in text
        for name, step in steps(path):
            if "write" in jobs(path)[name]["permissions"].values():
                assert not re.search(r"\b(?:pip|python|aicareers) ", step.get("run", "")), step
            if name == "comment":
                assert "actions/checkout" not in step.get("uses", "")


def test_nothing_that_others_say_becomes_part_of_a_command() -> None:
    """What is in ``${{ }}`` is put into a script before a shell reads it."""
    for path in GITHUB:
        for _, step in steps(path):
            assert "${{" not in step.get("run", "")


def test_a_token_stays_in_the_folder_only_where_it_is_needed() -> None:
    for path in GITHUB:
        for name, step in steps(path):
            if "actions/checkout" in step.get("uses", ""):
                kept = step["with"].get("persist-credentials", True)
                assert kept is (name == "record"), name


def test_caches_are_written_by_main_alone() -> None:
    """Whoever can write there can run code in later builds."""
    for path in GITHUB:
        for name, step in steps(path):
            if step.get("uses", "").startswith("actions/cache@"):
                assert "github.ref == 'refs/heads/main'" in jobs(path)[name]["if"]


# The commands


def github(site: Site, name: str) -> None:
    """Run the commands of a job."""
    variables = {
        "RUNNER_TEMP": str(site.root.parent / "temporary"),
        "GITHUB_STEP_SUMMARY": str(site.root.parent / "summary.md"),
    }
    (path,) = (path for path in GITHUB if name in jobs(path))
    for step in jobs(path)[name]["steps"]:
        if "run" in step and step["run"] != LEFT_OUT:
            site.run(step["run"], variables)


def gitlab(site: Site, name: str) -> None:
    """The same of a job of GitLab's."""
    stated = yaml.safe_load(GITLAB.read_text("utf-8"))[name]
    variables = {
        "CI_COMMIT_BRANCH": "main",
        "CI_DEFAULT_BRANCH": "main",
        "CI_JOB_TOKEN": "token",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": site.git("rev-parse", "main^1", root=site.origin),
        "CI_PROJECT_PATH": "somebody/site",
        "CI_SERVER_HOST": "gitlab.example",
    }
    address = "https://gitlab-ci-token:token@gitlab.example/somebody/site.git"
    site.git("config", f"url.{site.origin}.insteadOf", address)
    site.run("\n".join(line for line in stated["script"] if line != LEFT_OUT), variables)


@pytest.mark.parametrize("host", [github, gitlab])
def test_a_change_is_checked_and_told(host: Any, site: Site) -> None:
    host(site, "check")
    host(site, "compare")
    told = (site.root / "difference.md").read_text("utf-8")
    assert "/blog/canada/" in told
    assert "/blog/hiring-beyond-borders/" not in told


@pytest.mark.parametrize("host", [github, gitlab])
def test_main_is_published_and_that_is_recorded(host: Any, site: Site) -> None:
    host(site, "publish" if host is github else "pages")
    assert (site.root / "public/blog/canada/index.html").is_file()
    host(site, "record")
    assert site.git("log", "-1", "--format=%s", root=site.origin) == "Record what is published"
    recorded = site.git("show", "--name-only", "--format=", root=site.origin)
    assert recorded == "content/published.yaml"


@pytest.mark.parametrize("host", [github, gitlab])
def test_a_second_publication_records_nothing(host: Any, site: Site) -> None:
    for _ in range(2):
        host(site, "publish" if host is github else "pages")
        host(site, "record")
    assert site.git("rev-list", "--count", "HEAD", root=site.origin) == "4"


def test_netlify_and_cloudflare_build_the_site(site: Site) -> None:
    netlify = tomllib.loads((site.root / "netlify.toml").read_text("utf-8"))["build"]
    text = (site.root / "wrangler.toml").read_text("utf-8")
    command = next(line for line in text.splitlines() if line.startswith("#   "))
    install, build = command.removeprefix("#   ").split(" && ")
    assert install == LEFT_OUT
    assert netlify["command"] == build
    site.run(build)
    folder = tomllib.loads(text)["pages_build_output_dir"]
    assert netlify["publish"] == folder
    assert (site.root / folder / "index.html").is_file()


def test_what_is_not_run_here_does_nothing_but_talk_to_github() -> None:
    run = {"check", "compare", "publish", "record"}
    left = {name: job for path in GITHUB for name, job in jobs(path).items() if name not in run}
    assert left.keys() == {"comment", "deploy"}
    (deploy,) = left["deploy"]["steps"]
    assert deploy["uses"].startswith("actions/deploy-pages@")
    (comment,) = left["comment"]["steps"]
    subprocess.run(["bash", "-n", "-c", comment["run"]], check=True)
    assert set(re.findall(r"\b(gh \w+)", comment["run"])) == {"gh api", "gh run"}
