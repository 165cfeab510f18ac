"""The style guide: there for designers, and for nobody else."""

from __future__ import annotations

import re

from aicareers_site.chart_data import ChartKind
from aicareers_site.styleguide_sample import TEXT
from tests.samples import outputs, post, sources

FILES = {"articles/a.md": post()}


def files(*, drafts: bool = True) -> dict[str, str]:
    return {
        path: content.decode()
        for path, content in outputs(sources(FILES), drafts=drafts).items()
        if path.endswith((".html", ".xml"))
    }


def test_it_is_made_with_drafts_only() -> None:
    assert "styleguide/index.html" not in files(drafts=False)


def test_it_is_not_indexed_and_nobody_leads_there() -> None:
    made = files()
    page = made.pop("styleguide/index.html")

    assert '<meta name="robots" content="noindex">' in page
    assert not [path for path, text in made.items() if "/styleguide/" in text]


def test_its_text_has_no_fault() -> None:
    page = files()["styleguide/index.html"]

    assert "{{" not in page
    assert "?</data>" not in page
    ids = re.findall(r'<[^>]* id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'(?:href="#|popovertarget=")([^"]*)"', page)} <= {*ids}


def test_it_shows_every_kind_of_chart() -> None:
    page = files()["styleguide/index.html"]

    asked = re.findall(r"^\{\{ chart \S+ kind=(\w+)", TEXT, re.MULTILINE)
    assert sorted(asked) == sorted(ChartKind)
    assert page.count('<figure class="chart"') == len(asked)
