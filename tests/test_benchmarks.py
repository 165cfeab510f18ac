"""The benchmark's corpus and reports. Nothing here is timed."""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import UTC
from typing import TYPE_CHECKING, Any

import frontmatter
import pytest

from benchmarks import corpus, dialects, measure, results
from benchmarks.generators import GENERATORS, SKELETONS, Folders, Generator, write_site
from benchmarks.machine import Machine
from benchmarks.measure import Sample
from benchmarks.results import GOALS, OURS, Build, Goal, Results
from benchmarks.scenarios import Scenario, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIALECTS = [dialects.aicareers, dialects.hugo, dialects.eleventy, dialects.pelican]
MACHINE = Machine("A processor", 2, 2**31, "Linux 6", "CPython 3.11", 0.0)


def test_the_corpus_is_the_same_on_every_machine() -> None:
    digest = hashlib.sha256()
    for article in corpus.articles(40):
        digest.update(repr(article).encode())
    assert digest.hexdigest()[:16] == "b0b8b0fb7ff7a282"


def test_an_article_is_the_same_in_every_size_of_corpus() -> None:
    assert list(corpus.articles(20))[:7] == list(corpus.articles(7))


def test_addresses_are_unique_and_links_lead_to_articles() -> None:
    articles = list(corpus.articles(60))
    addresses = {article.address for article in articles}
    assert len(addresses) == 60
    linked = {link for article in articles for link in re.findall(r"\((/[^)]*)\)", article.body)}
    assert linked
    assert linked <= addresses


def test_articles_have_about_1500_words_and_every_kind_of_block() -> None:
    bodies = [article.body for article in corpus.articles(50)]
    words = [len(body.split()) for body in bodies]
    assert 1400 < sum(words) / len(words) < 1600
    text = "\n".join(bodies)
    for start in ("## ", "### ", "- ", "    - ", "1. ", "| ", "> ", "```python", "[^1]: "):
        assert f"\n{start}" in text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_has_the_same_body(dialect: Callable[[corpus.Article], str]) -> None:
    article = corpus.article(30)
    assert dialect(article).endswith(f"\n{article.body}")


@pytest.mark.parametrize("dialect", DIALECTS[:3])
def test_front_matter_says_what_the_article_is(dialect: Callable[[corpus.Article], str]) -> None:
    article = corpus.article(30)
    read: tuple[dict[str, Any], str] = frontmatter.parse(dialect(article))
    front, _ = read
    assert front["title"] == article.title
    assert front["date"].replace(tzinfo=UTC) == article.date
    assert article.category in (front.get("category"), *front.get("categories", ()))
    assert list(article.tags) in (front.get("tags"), front.get("topics"))


@pytest.mark.parametrize("generator", GENERATORS.values(), ids=list(GENERATORS))
def test_a_change_is_another_one_each_time_and_leaves_no_trace_of_the_last(
    generator: Generator, tmp_path: Path
) -> None:
    folders = Folders.below(tmp_path / "site-of-generator")
    write_site(generator, folders, 4)
    article = generator.article_path(folders, corpus.article(2))
    changed = {
        Scenario.ARTICLE: article,
        Scenario.TEMPLATE: folders.site / generator.template,
        Scenario.SETTING: folders.site / generator.settings,
    }
    for scenario, path in changed.items():
        before = path.read_text(encoding="utf-8")
        prepare(scenario, generator, folders, 4, "mark-1")
        once = path.read_text(encoding="utf-8")
        prepare(scenario, generator, folders, 4, "mark-2")
        assert once != before
        assert path.read_text(encoding="utf-8") == once.replace("mark-1", "mark-2")


def test_every_skeleton_belongs_to_a_generator() -> None:
    assert {path.name for path in SKELETONS.iterdir()} == {
        generator.skeleton for generator in GENERATORS.values()
    }


def test_what_a_failed_command_said_is_its_message(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('there is no more room')"]
    with pytest.raises(measure.FailedError, match=r"^there is no more room$"):
        measure.run(failing, tmp_path)


def test_processor_time_of_a_process_that_outlives_its_parent_is_counted(tmp_path: Path) -> None:
    # The worker says so once it has used as much, and is still there when its parent ends.
    worker = (
        "import os, time\nwhile time.process_time() < 0.3: pass\nos.write(1, b'x'); time.sleep(60)"
    )
    parent = (
        "import subprocess, sys;"
        f"child = subprocess.Popen([sys.executable, '-c', {worker!r}], stdout=subprocess.PIPE);"
        "child.stdout.read(1)"
    )
    assert measure.run([sys.executable, "-c", parent], tmp_path).cpu_seconds > 0.3


def _results(**seconds: float) -> Results:
    found = Results("2026-11-21", MACHINE, counts_instructions=False)
    for name, value in seconds.items():
        build = Build(1000, Scenario.COLD, name.replace("_", "-"))
        found.samples[build] = [Sample(value, 2 * value, 2**20)]
    return found


@pytest.mark.parametrize(
    ("ours", "verdict"), [(0.9, "| 0.9 | met |"), (1.1, "| 1.1 | **missed** |")]
)
def test_a_goal_is_met_or_missed(ours: float, verdict: str) -> None:
    text = results.document(_results(aicareers=ours, hugo_related=1.0))
    assert f"| cold, 1,000 articles: of Hugo with related content | 1 {verdict}" in text
    assert "| cold, 1,000 articles: of Pelican | 0.2 | – | not measured |" in text


def test_values_are_medians_and_ratios_are_ours_to_the_others() -> None:
    found = _results(aicareers=1.0, hugo=2.0)
    found.samples[Build(1000, Scenario.COLD, "hugo")] += [Sample(4.0, 1.0, 0), Sample(9.0, 1.0, 0)]
    assert "| cold | Hugo | 4.00 (2.00–9.00) | 1.00 | 0 | – | 0.25 |\n" in results.document(found)


def test_the_profiles_of_a_size_stand_side_by_side() -> None:
    found = _results(aicareers=1.0)
    found.profiles = {
        (1000, Scenario.COLD): [
            {"name": "Reading articles", "seconds": 2.5, "items": 1000, "made": 1000},
            {"name": "Planning", "seconds": 0.125, "items": 0, "made": 0},
        ],
        (1000, Scenario.NOTHING): [
            {"name": "Reading articles", "seconds": 0.02, "items": 1000, "made": 0}
        ],
    }
    table = results.document(found).partition("Where our time goes")[2]
    assert table.splitlines()[2:6] == [
        "| Stage | cold, s | made | nothing changed, s | made |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| Reading articles | 2.50 | 1,000 | 0.02 | 0 |",
        "| Planning | 0.12 | 0 | – | – |",
    ]


def test_a_failure_is_told_with_its_message() -> None:
    found = _results(aicareers=1.0)
    found.failures[1000, "pelican"] = "there is no more room"
    assert results.document(found).endswith(
        "## What failed\n\nPelican, 1,000 articles:\n\n    there is no more room\n"
    )


def test_goals_compare_ours_with_builds_that_are_measured() -> None:
    def known(goal: Goal) -> bool:
        return goal.build.generator == OURS and (
            goal.beside is None or goal.beside.generator in GENERATORS
        )

    assert all(map(known, GOALS))
