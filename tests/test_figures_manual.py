"""The manual on figures says what is so: its tables are read, its examples built."""

from __future__ import annotations

import re

import pytest

from aicareers_site.chart_data import ChartKind
from aicareers_site.data_tables import ColumnType
from aicareers_site.diagnostics import has_errors
from tests.samples import PROJECT, SETTINGS, built, post, sources

MANUAL = (PROJECT / "docs/figures.md").read_text(encoding="utf-8")

TABLES = dict(
    re.findall(r"^```yaml\n# content/(data/\S+)\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
)
TEXTS = re.findall(r"^```markdown\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
FIGURES = re.findall(r"^\| `(\{\{.*?\}\})` \| (.*?) \|$", MANUAL, re.MULTILINE)

BRITISH = SETTINGS + "language: en-GB\n"


def pages(body: str) -> dict[str, str]:
    """The text files of a site with the manual's tables and an article with this ``body``."""
    articles = {
        "articles/a.md": post(body=body),
        **{path: text.encode() for path, text in TABLES.items()},
    }
    outcome = built(sources(articles, BRITISH))
    assert outcome.diagnostics == ()
    return {
        output.path: output.content().decode()
        for output in outcome.value.outputs
        if output.path.endswith((".html", ".csv", ".json", ".svg"))
    }


def test_the_manual_has_examples_of_everything() -> None:
    assert len(TABLES) == 5
    assert len(TEXTS) == 1
    assert len(FIGURES) == 20


@pytest.mark.parametrize(("written", "expected"), FIGURES)
def test_readers_see_what_the_manual_says(written: str, expected: str) -> None:
    body = f"Begins {written.replace(chr(92), '')} ends."
    page = pages(body)["blog/a/index.html"]
    (shown,) = re.findall(r"Begins (.*?) ends\.", page)
    assert re.sub("<[^>]*>", "", shown) == expected


def test_its_charts_are_drawn() -> None:
    files = pages(TEXTS[0])
    page = files["blog/a/index.html"]
    assert page.count('<figure class="chart"') == TEXTS[0].count("{{ chart") == 3
    assert (
        len([path for path in files if path.startswith("blog/a/") and path.endswith(".svg")]) == 3
    )


def test_its_corrections_are_listed() -> None:
    page = pages("Of {{ meetups.total }} meetups.")["corrections/index.html"]
    assert "Two digits had changed places." in page


def test_it_names_every_type_of_column_and_every_kind_of_chart() -> None:
    rows = re.findall(r"^\| ((?:`[a-z]+`(?:, )?)+) \|", MANUAL, re.MULTILINE)
    named = {name for row in rows for name in re.findall("`([a-z]+)`", row)}
    assert named == {*(kind.value for kind in ColumnType), *(kind.value for kind in ChartKind)}


def test_what_it_says_is_refused_is_refused() -> None:
    wrong = TABLES["data/openings-2026.yaml"].replace("share: 39", "share: 37")
    outcome = built(sources({"data/openings-2026.yaml": wrong.encode()}))
    assert has_errors(outcome.diagnostics)
