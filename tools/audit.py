#!/usr/bin/env python3
"""Lighthouse over the pages that readers come to first: ``make audit``.

The site is built, and served on this machine as a static host would do it; Lighthouse looks at each
page as on a mid-range telephone with a slow connection, which it simulates (its own default). The
medians are printed and written down; the exit code is 1 where one misses its goal.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.browser import chromium
from tests.browser.server import serve
from tests.site.built import PROJECT, BuiltSite, build, shipped_base_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LIGHTHOUSE = PROJECT / "node_modules" / "lighthouse" / "cli" / "index.js"

CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}

MAX_PAINT = 1000
"""Largest contentful paint, in milliseconds; a page must stay below it."""

WINDOW = "--window-size=412,823"
"""The telephone's, which Lighthouse emulates: a larger one would be painted, too."""

PAGES = {
    "Home": "home",
    "Index": "blog",
    "Article": "post",
    "Country": "country profile",
    "Market": "market statistics",
    "Comparison": "countries",
    "Search": "search",
    "Newsletter": "newsletter",
}
"""Names of pages, and the kinds of which each is the first."""


class Run(NamedTuple):
    """What Lighthouse says of a page, from 0 to 100 for each category, and what it misses."""

    scores: tuple[float, ...]
    paint: float
    """Largest contentful paint in milliseconds."""
    shift: float
    """Cumulative layout shift, without a unit."""
    blocking: float
    """Total blocking time in milliseconds."""
    missed: frozenset[str] = frozenset()
    """Audits that take something from a score, with their findings in short."""


class Circumstances(NamedTuple):
    """When and with what was measured."""

    date: str
    lighthouse: str
    browser: str
    benchmark: float
    """Lighthouse's own measure of the machine's speed."""


def read(report: Mapping[str, Any]) -> Run:
    """The part of a Lighthouse report (its JSON) that counts here."""
    audits, categories = report["audits"], report["categories"]
    missed = {
        _in_words(audits[reference["id"]])
        for category in categories.values()
        for reference in category["auditRefs"]
        if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 1
        if audits[reference["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
    }
    return Run(
        tuple(round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES),
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        frozenset(missed),
    )


def circumstances(date: str, report: Mapping[str, Any]) -> Circumstances:
    """What a report says of the programs and the machine."""
    environment = report["environment"]
    browser = next(
        word
        for word in environment["hostUserAgent"].split()
        if word.startswith(("Chrome", "Headl"))
    )
    return Circumstances(date, report["lighthouseVersion"], browser, environment["benchmarkIndex"])


def middle(runs: Sequence[Run]) -> Run:
    """The median of each number; what any of the runs misses."""
    return Run(
        tuple(median(scores) for scores in zip(*(run.scores for run in runs), strict=True)),
        median(run.paint for run in runs),
        median(run.shift for run in runs),
        median(run.blocking for run in runs),
        frozenset().union(*(run.missed for run in runs)),
    )


def shortcomings(name: str, run: Run) -> list[str]:
    """Where a page misses its goals, in words."""
    found = [
        f"{name}: {category} is {score:.0f}, not 100"
        for category, score in zip(CATEGORIES.values(), run.scores, strict=True)
        if score < 100
    ]
    if run.paint >= MAX_PAINT:
        found.append(f"{name}: the largest contentful paint comes after {run.paint:.0f} ms")
    if run.shift > 0:
        found.append(f"{name}: the layout shifts by {run.shift:.4f}")
    return found


def document(results: Mapping[str, Run], told: Circumstances, runs: int) -> str:
    """The results as a Markdown document."""
    head = ["Page", *CATEGORIES.values(), "Largest paint", "Shift", "Blocking time"]
    rows = [
        [
            name,
            *(f"{score:.0f}" for score in run.scores),
            f"{run.paint / 1000:.2f} s",
            f"{run.shift:.3f}".rstrip("0").rstrip("."),
            f"{run.blocking:.0f} ms",
        ]
        for name, run in results.items()
    ]
    lines = [
        "# Audit",
        "",
        f"Lighthouse {told.lighthouse} with {told.browser} on {told.date}: the median of {runs}",
        "runs a page, on its simulated mid-range telephone with a slow connection. `make audit`",
        f"writes this file. Lighthouse rates the machine's speed {told.benchmark:.0f}.",
        "",
        f"| {' | '.join(head)} |",
        f"| --- |{' ---: |' * (len(head) - 1)}",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        "The goal is 100 in each category, a largest contentful paint below "
        f"{MAX_PAINT / 1000:.1f} s and no shift.",
    ]
    return "\n".join(lines) + "\n"


def _in_words(audit: Mapping[str, Any]) -> str:
    details = audit.get("details", {})
    nodes = [item["node"]["selector"] for item in details.get("items", []) if "node" in item]
    words = [audit.get("displayValue", ""), audit.get("explanation", ""), *nodes[:3]]
    return f"{audit['id']} ({audit['title']}) {' '.join(filter(None, words))}".strip()


def _reports(address: str, runs: int, browser: str) -> Iterator[dict[str, Any]]:
    command = ["node", str(LIGHTHOUSE), address, "--output=json", "--quiet"]
    command += ["--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={' '.join(['--headless=new', WINDOW, *chromium.FLAGS])}"]
    for _ in range(runs):
        finished = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": browser},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if finished.returncode:
            sys.exit(f"Lighthouse failed on {address}:\n{finished.stderr}")
        yield json.loads(finished.stdout)


def _audited(
    pages: Iterable[str], runs: int, browser: str, date: str
) -> tuple[dict[str, Run], Circumstances | None]:
    results, told = {}, None
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "site")
        with serve(BuiltSite(Path(folder) / "site", shipped_base_url())) as served:
            for name in pages:
                reports = list(_reports(served.page_of_kind(PAGES[name]), runs, browser))
                results[name] = middle([read(report) for report in reports])
                told = told or circumstances(date, reports[0])
                _print(name, results[name])
    return results, told


def _print(name: str, run: Run) -> None:
    scores = " ".join(f"{score:3.0f}" for score in run.scores)
    print(
        f"{name:<11}{scores}  paint {run.paint:4.0f} ms  shift {run.shift:.4f}"
        f"  blocking {run.blocking:3.0f} ms",
        flush=True,
    )
    for missed in sorted(run.missed):
        print(f"  {missed}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.audit", description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--date", required=True, help="the day, for the record")
    add("--runs", type=int, default=3, help="how often each page is looked at")
    add("--pages", nargs="+", choices=PAGES, default=list(PAGES), help="which pages")
    add("--results", type=Path, default=PROJECT / "docs" / "audit.md", help="the record")
    return parser.parse_args()


def main() -> None:
    """Audit what the arguments name; end with 1 where a goal is missed."""
    options = _options()
    browser = chromium.find()
    if browser is None or shutil.which("node") is None or not LIGHTHOUSE.is_file():
        sys.exit("The audit needs Chromium, Node and Lighthouse (npm ci --ignore-scripts).")
    results, told = _audited(options.pages, options.runs, browser, options.date)
    if told is None:
        sys.exit("There is no page to audit.")
    options.results.write_text(document(results, told, options.runs), encoding="utf-8")
    missed = [words for name, run in results.items() for words in shortcomings(name, run)]
    print(f"This is in {options.results}.")
    if missed:
        sys.exit("\n".join(missed))


if __name__ == "__main__":
    main()
