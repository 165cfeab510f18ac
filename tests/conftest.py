"""What all tests share: the shipped site, built once, and the tools that some machines lack.

A test that needs such a tool asks for its fixture and is skipped where the tool is missing. With
``AICAREERS_REQUIRE_ALL=1``, as in CI, a skipped test is a failed one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from aicareers_site.cli import main
from tests import servers
from tests.browser import chromium
from tests.sharing import Shared
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

NODE_MODULES = built.PROJECT / "node_modules"
REQUIRE_ALL = "AICAREERS_REQUIRE_ALL"
SERVERS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
"""Debian puts nginx where only root looks."""

pytest_plugins = ["pytester"]

# Laws hold on a busy machine too, only later.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("unhurried"), max_examples=10_000)
settings.load_profile("unhurried")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What is made once for all workers."""
    own = tmp_path_factory.getbasetemp()
    return Shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def shipped_site(shared: Shared) -> built.BuiltSite:
    """The site in this repository, built by the public command."""
    folder = shared.folder("shipped", lambda folder: built.build(folder / "public"))
    return built.BuiltSite(folder / "public", built.shipped_base_url())


@pytest.fixture(scope="session")
def renamed_site(shared: Shared) -> built.BuiltSite:
    """The same site, but one article of each kind stood at /old/<kind's folder>/ earlier."""
    folder = shared.folder("renamed", _with_earlier_addresses)
    return built.BuiltSite(folder / "public", built.shipped_base_url())


def _with_earlier_addresses(folder: Path) -> None:
    built.copy_sources(folder)
    for kind in ("articles", "countries", "market", "trends"):
        article = min((folder / "content" / kind).glob("*.md"))
        text = article.read_text(encoding="utf-8")
        article.write_text(text.replace("---\n", f"---\naliases: [/old/{kind}/]\n", 1), "utf-8")
    built.build(folder / "public", root=folder)


@pytest.fixture(scope="session")
def drafted_site(shared: Shared) -> built.BuiltSite:
    """The shipped site with its drafts, among them the style guide."""
    folder = shared.folder("drafted", lambda folder: built.build(folder / "public", "--drafts"))
    return built.BuiltSite(folder / "public", built.shipped_base_url())


@pytest.fixture(scope="session")
def begun_site(shared: Shared) -> built.BuiltSite:
    """What a new user has: the site that ``aicareers init`` lays down, built as it is."""
    folder = shared.folder("begun", lambda folder: _begin(folder / "my-site"))
    return built.BuiltSite(folder / "my-site/public", "https://example.org/")


def _begin(folder: Path) -> None:
    CliRunner().invoke(main, ["init", str(folder)], catch_exceptions=False)
    built.build(folder / "public", "--strict", root=folder)


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    """The command of the Nu HTML checker, without arguments."""
    java = shutil.which("java")
    if java is None:
        _lacking("Java (apt install default-jre-headless)")
    jar = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
    if not jar.is_file():
        _lacking("the Nu HTML checker (npm ci --ignore-scripts)")
    # Its parser recurses; the stack is the one that its documentation advises.
    return [java, "-Xss4m", "-jar", str(jar)]


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The source of axe-core, to be run in a page."""
    script = NODE_MODULES / "axe-core/axe.min.js"
    if not script.is_file():
        _lacking("axe-core (npm ci --ignore-scripts)")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def html_validate() -> list[str]:
    """The command of html-validate, without arguments."""
    node = shutil.which("node")
    if node is None:
        _lacking("Node (apt install nodejs)")
    script = NODE_MODULES / "html-validate/bin/html-validate.mjs"
    if not script.is_file():
        _lacking("html-validate (npm ci --ignore-scripts)")
    return [node, str(script)]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of Chromium: what the environment's CHROMIUM names, or the installed one."""
    found = chromium.find()
    if found is None:
        _lacking("Chromium (apt install chromium, or name it in CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def faketime() -> Callable[[str], list[str]]:
    """A command that runs another one by another clock, which starts at the given moment."""
    found = shutil.which("faketime")
    if found is None:
        _lacking("faketime (apt install faketime)")
    # Only the date is another; what is waited for takes as long as ever.
    return lambda moment: ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", found, moment]


@pytest.fixture(scope="session")
def as_nobody() -> list[str]:
    """A command that runs another one as another user, who may read what root may read."""
    found = shutil.which("setpriv")
    if found is None:
        _lacking("setpriv (apt install util-linux)")
    if os.geteuid() != 0:
        pytest.skip("only root can run a command as another user")
    reads = [f"--{sort}-caps=+dac_read_search" for sort in ("inh", "ambient")]
    return [found, "--reuid=65534", "--regid=65534", "--clear-groups", *reads]


@pytest.fixture(scope="session")
def nginx() -> servers.Nginx:
    """nginx with what sends files in Brotli's form."""
    found, module = shutil.which("nginx", path=SERVERS), servers.BROTLI
    if found is None or not module.is_file():
        _lacking("nginx (apt install nginx libnginx-mod-http-brotli-static)")
    return servers.Nginx(found)


@pytest.fixture(scope="session")
def caddy() -> servers.Caddy:
    found = shutil.which("caddy")
    if found is None:
        _lacking("Caddy (apt install caddy)")
    return servers.Caddy(found)


@pytest.fixture(scope="session")
def dejavu() -> None:
    """Nothing, where the fonts are that pictures for comparison are drawn with."""
    if not any(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")):
        _lacking("the DejaVu fonts (apt install fonts-dejavu-core)")


@pytest.fixture(scope="session")
def sshd_path() -> str:
    """The path of sshd, where ssh and rsync are there, too."""
    for tool, package in (("rsync", "rsync"), ("ssh", "openssh-client")):
        if shutil.which(tool) is None:
            _lacking(f"{tool} (apt install {package})")
    found = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        _lacking("sshd (apt install openssh-server)")
    return found


@pytest.fixture(scope="session")
def writes_references(request: pytest.FixtureRequest) -> bool:
    """Whether pictures are written for later tests, instead of being compared."""
    return bool(request.config.getoption("write_references"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-references",
        action="store_true",
        help="keep what pages look like now as what they should look like",
    )


def _lacking(what: str) -> NoReturn:
    pytest.skip(f"this machine lacks {what}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where all must run."""
    return _strictly((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a skipped module."""
    return _strictly((yield))


def _strictly(report: Report) -> Report:
    if os.environ.get(REQUIRE_ALL) == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"{REQUIRE_ALL}=1 allows no skipped test. {reason}"
    return report
