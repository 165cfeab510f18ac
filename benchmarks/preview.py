"""``python -m benchmarks.preview``: how long a saved change takes to the editor's eyes.

The preview runs as the public command, Chromium beside it on the same machine, with the article of
the corpus open that builds are measured with. The clock runs from before a file is written until
the open page shows what was written.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks import corpus
from benchmarks.generators import GENERATORS, PROJECT, Folders, write_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

OURS = GENERATORS["aicareers"]
FLAGS = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
REST = 3.0
"""Seconds in which a complete build is over, and Chromium has nothing to do any more."""

HURRY = 0.5
"""Seconds between two changes of somebody in a hurry: the second meets a build in its midst."""


class Editor:
    """Somebody who changes the site in ``folders`` with its ``article`` open in ``page``."""

    def __init__(self, folders: Folders, article: corpus.Article, page: Page) -> None:
        self.path = OURS.article_path(folders, article)
        self.style = folders.site / "static" / "site.css"
        self.plain = self.style.read_text(encoding="utf-8")
        self.article = article
        self.page = page

    def text(self, number: int) -> float:
        """Seconds until a new sentence in the article shows."""
        body = f"Revised: sentence {number} of the editor. {self.article.body}"
        return self._seconds(
            self.path,
            OURS.dialect(replace(self.article, body=body)),
            f"document.body.innerText.includes('sentence {number} of the editor')",
        )

    def title(self, number: int) -> float:
        """Seconds until a new title shows, of which other pages tell as well."""
        text = OURS.dialect(replace(self.article, title=f"Title {number} of the editor"))
        return self._seconds(self.path, text, f"document.title.startsWith('Title {number} of')")

    def styles(self, number: int) -> float:
        """Seconds until another colour shows."""
        return self._seconds(
            self.style,
            f"{self.plain}\nh1 {{ color: rgb(1, 2, {number}) }}\n",
            f"getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, {number})'",
        )

    def _seconds(self, path: Path, text: str, shows: str) -> float:
        started = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        self.page.wait_for_function(shows)
        return time.perf_counter() - started


@contextmanager
def preview(folders: Folders) -> Iterator[str]:
    """The preview as the public command, once it answers; its address."""
    command = [sys.executable, "-m", "aicareers_site", "serve", "--root", str(folders.site)]
    command += ["--cache-dir", str(folders.cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = next(line for line in process.stdout if "http" in line)
            found = re.search(r"http://[\d.:]+", said)
            assert found is not None, said
            yield found[0]
        finally:
            process.terminate()


def measure(change: Callable[[int], float], first: int, times: int, pause: float) -> list[float]:
    """What ``times`` changes took, each of which begins ``pause`` seconds after the last."""
    found = []
    for number in range(first, first + times):
        time.sleep(pause)
        found.append(change(number))
    return found


def main() -> None:
    """Measure what the arguments say, and print a row of a table for each kind of change."""
    options = _options()
    folders = Folders.below(options.work.resolve())
    if not folders.site.is_dir():
        write_site(OURS, folders, options.articles)
    article = corpus.article(options.articles // 2)
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with preview(folders) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(bypass_csp=True)  # Playwright waits by evaluating texts.
        page.set_default_timeout(600_000)
        page.goto(address + article.address)
        page.wait_for_selector("h1")
        editor = Editor(folders, article, page)
        print(
            f"{options.articles:,} articles, {options.times} changes of each kind, milliseconds\n"
        )
        print("| change | median | least | most |\n| --- | ---: | ---: | ---: |")
        try:
            for name, change, pause in (
                ("text of an article", editor.text, REST),
                ("text, while the last change is built", editor.text, HURRY),
                ("style", editor.styles, REST),
                ("style, while the last change is built", editor.styles, HURRY),
                ("title of an article", editor.title, REST),
            ):
                first = 100 if pause == HURRY else 0
                found = [1000 * one for one in measure(change, first, options.times, pause)]
                print(f"| {name} | {median(found):.0f} | {min(found):.0f} | {max(found):.0f} |")
        finally:
            editor.style.write_text(editor.plain, encoding="utf-8")
            editor.path.write_text(OURS.dialect(article), encoding="utf-8")
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.preview", description=__doc__)
    add = parser.add_argument
    add("--articles", type=int, default=10_000, help="how many articles the site has")
    add("--times", type=int, default=20, help="how many changes of each kind are measured")
    add("--work", type=Path, default=PROJECT / "dist" / "preview", help="where the site is made")
    return parser.parse_args()


if __name__ == "__main__":
    main()
