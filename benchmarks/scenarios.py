"""What is done to a site before a build is measured, and how it is seen that the build did it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.generators import SITE_TITLE, Folders, Generator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Scenario(StrEnum):
    """What has changed since the build before, in the order in which they are measured."""

    COLD = "cold"
    NOTHING = "nothing changed"
    ARTICLE = "one article changed"
    TEMPLATE = "one template changed"
    SETTING = "site's title changed"


def prepare(
    scenario: Scenario, generator: Generator, folders: Folders, count: int, mark: str
) -> None:
    """Change a site of ``count`` articles so that its next build has the scenario's work to do.

    The new text contains ``mark``, another one each time: a result kept from long ago is no help.
    """
    match scenario:
        case Scenario.COLD:
            for path in (folders.output, folders.cache, *_caches(generator, folders)):
                shutil.rmtree(path, ignore_errors=True)
        case Scenario.NOTHING:
            pass
        case Scenario.ARTICLE:
            article = _changed_article(count)
            text = generator.dialect(replace(article, body=f"Revised: {mark}. {article.body}"))
            generator.article_path(folders, article).write_text(text, encoding="utf-8")
        case Scenario.TEMPLATE:
            path = folders.site / generator.template
            _replace(path, r"(<p>Revised: .*</p>)?</article>", f"<p>Revised: {mark}</p></article>")
        case Scenario.SETTING:
            path = folders.site / generator.settings
            _replace(path, rf"{SITE_TITLE}( revised \S+\b)?", f"{SITE_TITLE} revised {mark}")


def faults(
    scenario: Scenario, generator: Generator, folders: Folders, count: int, mark: str
) -> Iterator[str]:
    """What is wrong with the output of a build that says that it went well."""
    if scenario is Scenario.COLD:
        expected = sorted(_expected(count))
        missing = [name for name in expected if not (folders.output / name).is_file()]
        if missing:
            yield f"{len(missing)} files are missing, such as {missing[0]}"
    elif scenario is not Scenario.NOTHING:
        name = _file(_changed_article(count).address)
        page = folders.output / name
        if not page.is_file() or mark not in page.read_text(encoding="utf-8"):
            yield f"{name} does not show it"


def _caches(generator: Generator, folders: Folders) -> Iterator[Path]:
    return (folders.site / name for name in generator.caches)


def _changed_article(count: int) -> corpus.Article:
    return corpus.article(count // 2)


def _replace(path: Path, pattern: str, new: str) -> None:
    """Replace the first match, which may be what an earlier change has left."""
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"{path} does not contain {pattern}")
    path.write_text(text, encoding="utf-8")


def _expected(count: int) -> set[str]:
    """Files that every generator must make."""
    files = {"index.html", "feed.xml", "blog/index.html"}
    lists: set[tuple[str, str]] = set()
    for article in corpus.articles(count):
        files.add(_file(article.address))
        lists.add(("categories", article.category))
        lists.update(("topics", tag) for tag in article.tags)
    for taxonomy, term in lists:
        files |= {f"{taxonomy}/{term}/index.html", f"{taxonomy}/{term}/feed.xml"}
    return files | {f"{taxonomy}/index.html" for taxonomy in ("authors", "categories", "topics")}


def _file(address: str) -> str:
    return f"{address.strip('/')}/index.html"
