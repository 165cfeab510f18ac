"""The law that no mistake hides another: what is said of two is what is said of each.

Each mistake changes one line of a site without faults, so that places stay what they are. An editor
who has made five of them is told of five, in the order of their places, and of nothing that is gone
as soon as another one is mended.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.diagnostics import Diagnostic, Severity, in_order
from tests.originals import png
from tests.samples import OPENINGS, PLAIN_THEME, SETTINGS, built
from tests.tables import PAY_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection

GERMANY = "content/countries/germany.md"
REMOTE = "content/trends/remote.md"
STEPS = "content/articles/steps.md"
ABOUT = "content/pages/about.md"
NUMBERS = "content/market/numbers.md"
WAGES = "content/data/wages.yaml"

SITE: dict[str, str] = {
    "site.yaml": SETTINGS + "series:\n  work:\n    title: Work\n    description: Where it is.\n",
    GERMANY: """\
---
title: Work in Germany
description: What it is like.
date: 2026-01-01
updated: 2026-02-01
authors: [desk]
category: advice
tags: [visas, pay]
series: work
aliases: [/blog/germania/]
featured: false
image: {src: map.png, alt: A map}
country: DE
as_of: 2026-01-01
source: census
hubs: [{name: Berlin}]
employers: [{name: Acme}]
salaries: [pay]
visas:
  - name: A card
    how: Apply [@census].
    source: census
working_language: German
in_favour: [Bread]
against: ['Rain [@census]']
faq:
  - question: Why?
    answer: See [this](../articles/steps.md).
sources:
  - id: census
    name: The census
    url: https://census.example/
    retrieved: 2026-01-01
  - id: survey
    name: The survey
    retrieved: 2026-01-02
---

## Work

Much [@census], and [this](../articles/steps.md#first).

Of {{ openings.total }} openings, {{ openings.level.senior | share }} are for seniors.

![A dot](map.png)

A line with <b>bold</b> words.

Another [link](https://example.com/).

The [last](#work) one.
""",
    REMOTE: """\
---
title: Remote work
description: Less of it.
date: 2026-01-02
authors: [desk]
category: advice
countries: [DE]
key_points:
  - Less [of it](../countries/germany.md#work).
  - And more.
lead_figure: {value: '{{ openings.total }}', label: of all}
---

It goes on.
""",
    STEPS: """\
---
title: First steps
description: What to do first.
date: 2026-01-03
authors: [desk]
category: advice
slug: steps
---

## First

See [Germany](../countries/germany.md#faq), [numbers](../market/numbers.md#sources).
""",
    NUMBERS: """\
---
title: Numbers
description: What is counted.
date: 2026-01-04
authors: [desk]
category: figures
tables: [openings.level]
tips:
  - title: Count
    text: Count [twice](../articles/steps.md).
sources:
  - {id: census, name: The census, retrieved: 2026-01-01}
---

Few [@census].
""",
    ABOUT: """\
---
title: About
description: Who we are.
updated: 2026-01-01
---

We are [those](../articles/steps.md).
""",
    "content/data/openings.yaml": OPENINGS,
    "content/data/pay.yaml": PAY_TEXT,
    WAGES: """\
title: Wages
description: What is paid by the year.
as_of: 2026-01-01
source: {name: The census, retrieved: 2026-01-01}
note: In the middle.
unit: people
total: 100
breakdowns:
  level:
    title: Level
    parts:
      senior: {value: 60, share: 60}
      junior: {value: 40}
  place:
    title: Place
    parts:
      here: {value: 50}
      there: {value: 50, share: 50}
columns:
  country: {type: country}
  year: {type: year}
  pay: {type: money, currency: EUR}
records:
  first: {country: DE, year: 2024, pay: 1000}
  second: {country: DE, year: 2025, pay: {low: 1000, high: 2000}}
  third: {country: FR, year: 2024, pay: 900}
  fourth: {country: FR, year: 2025, pay: 950}
""",
}
PICTURES = {f"content/{folder}/map.png": png() for folder in ("articles", "countries")}


class Mistake(NamedTuple):
    """The line ``old`` of the file at ``path`` becomes ``new``; then a build says ``codes``."""

    path: str
    old: str
    new: str
    codes: str


MISTAKES = {
    # front matter: keys
    "unknown key": Mistake(GERMANY, "featured: false", "fetured: false", "unknown-key"),
    "strange key": Mistake(GERMANY, "featured: false", "weather: fine", "unknown-key"),
    "misspelt list": Mistake(GERMANY, "tags: [visas, pay]", "tagz: [visas, pay]", "unknown-key"),
    "misspelt sources": Mistake(GERMANY, "sources:", "sorces:", "unknown-key"),
    "misspelt FAQ": Mistake(GERMANY, "faq:", "fqa:", "unknown-key"),
    "misspelt points": Mistake(REMOTE, "key_points:", "keypoints:", "unknown-key"),
    "misspelt title with a figure": Mistake(REMOTE, "title: Remote work",
        "titel: '{{ openings.total }} remote'", "unknown-key"),
    "misspelt figure": Mistake(REMOTE,
        "lead_figure: {value: '{{ openings.total }}', label: of all}",
        "lead_figur: {value: '{{ openings.level.senior | share }}', label: of all}",
        "unknown-key"),
    "strange key with a figure": Mistake(REMOTE, "countries: [DE]",
        "weather: '{{ openings.total }}'", "unknown-key"),
    "misspelt tables": Mistake(NUMBERS, "tables: [openings.level]", "tabels: [openings.level]",
        "unknown-key"),
    "misspelt address": Mistake(STEPS, "slug: steps", "slugg: steps", "unknown-key"),
    "misspelt key of a page": Mistake(ABOUT, "updated: 2026-01-01", "update: 2026-01-01",
        "unknown-key"),
    "misspelt key of a way": Mistake(GERMANY, "    how: Apply [@census].",
        "    hwo: Apply [@census].", "unknown-key"),
    "misspelt key of a source": Mistake(GERMANY, "    url: https://census.example/",
        "    link: https://census.example/", "unknown-key"),
    "missing title": Mistake(GERMANY, "title: Work in Germany", "#", "missing-key"),
    "missing title of a page": Mistake(ABOUT, "title: About", "#", "missing-key"),
    "missing answer": Mistake(GERMANY, "    answer: See [this](../articles/steps.md).", "    #",
        "missing-key"),
    "missing name of a source": Mistake(GERMANY, "    name: The survey", "    #", "missing-key"),
    "missing tables": Mistake(NUMBERS, "tables: [openings.level]", "#", "missing-key"),
    "no value": Mistake(GERMANY, "description: What it is like.", "description:", "empty-value"),
    # front matter: values
    "wrong date": Mistake(GERMANY, "date: 2026-01-01", "date: 1.13.2026", "invalid-date"),
    "wrong order of dates": Mistake(GERMANY, "updated: 2026-02-01", "updated: 2025-02-01",
        "date-order"),
    "update to come": Mistake(GERMANY, "updated: 2026-02-01", "updated: 2027-02-01",
        "future-update"),
    "unknown author": Mistake(GERMANY, "authors: [desk]", "authors: [dask]", "unknown-author"),
    "author that is no list": Mistake(GERMANY, "authors: [desk]", "authors: desk", "wrong-type"),
    "unknown category": Mistake(GERMANY, "category: advice", "category: advise",
        "unknown-category"),
    "bad category": Mistake(GERMANY, "category: advice", "category: Advice!", "invalid-value"),
    "bad tag": Mistake(GERMANY, "tags: [visas, pay]", "tags: [Visas, pay]", "invalid-value"),
    "unknown series": Mistake(GERMANY, "series: work", "series: wrok", "unknown-series"),
    "bad alias": Mistake(GERMANY, "aliases: [/blog/germania/]", "aliases: [blog, /blog/g/]",
        "invalid-alias"),
    "alias that is taken": Mistake(GERMANY, "aliases: [/blog/germania/]",
        "aliases: [/blog/a/, /blog/remote/]", "url-clash"),
    "missing picture": Mistake(GERMANY, "image: {src: map.png, alt: A map}",
        "image: {src: mop.png, alt: A map}", "missing-image"),
    "picture without words": Mistake(GERMANY, "image: {src: map.png, alt: A map}",
        "image: {src: map.png}", "missing-key"),
    "figure in a file's name": Mistake(GERMANY, "image: {src: map.png, alt: A map}",
        "image: {src: '{{ openings.total }}.png', alt: A map}", "figure-place"),
    "unknown country": Mistake(GERMANY, "country: DE", "country: Germoney", "unknown-country"),
    "bad day": Mistake(GERMANY, "as_of: 2026-01-01", "as_of: 2026-02-30", "invalid-date"),
    "unknown source of facts": Mistake(GERMANY, "source: census", "source: consensus",
        "unknown-source"),
    "no hubs": Mistake(GERMANY, "hubs: [{name: Berlin}]", "hubs: []", "invalid-value"),
    "hub without a name": Mistake(GERMANY, "hubs: [{name: Berlin}]", "hubs: [Berlin]",
        "wrong-type"),
    "unknown table": Mistake(GERMANY, "salaries: [pay]", "salaries: [pay, earnings]",
        "unknown-table"),
    "unknown table behind a bad one": Mistake(GERMANY, "salaries: [pay]",
        "salaries: [Pay!, earnings]", "invalid-value unknown-table"),
    "unknown source of a way": Mistake(GERMANY, "    source: census", "    source: cansus",
        "unknown-source"),
    "unknown source of a point": Mistake(GERMANY, "against: ['Rain [@census]']",
        "against: ['Rain [@cansus]']", "unknown-source"),
    "blank point": Mistake(GERMANY, "in_favour: [Bread]", "in_favour: [' ', '[A](a.md)']",
        "broken-link empty-value"),
    "broken link of an answer": Mistake(GERMANY, "    answer: See [this](../articles/steps.md).",
        "    answer: See [this](../articles/stops.md).", "broken-link"),
    "bad address of a source": Mistake(GERMANY, "    url: https://census.example/",
        "    url: census.example", "invalid-url"),
    "bad day of a source": Mistake(GERMANY, "    retrieved: 2026-01-02",
        "    retrieved: yesterday", "invalid-date"),
    "two sources of one id": Mistake(GERMANY, "  - id: survey", "  - id: census",
        "duplicate-id"),
    "unknown figure in a field": Mistake(REMOTE,
        "lead_figure: {value: '{{ openings.total }}', label: of all}",
        "lead_figure: {value: '{{ openings.totl }}', label: of all}", "unknown-figure"),
    "too long a label": Mistake(REMOTE,
        "lead_figure: {value: '{{ openings.total }}', label: of all}",
        f"lead_figure: {{value: '{{{{ openings.total }}}}', label: {'of all ' * 20}}}",
        "invalid-value"),
    "blank key point": Mistake(REMOTE, "  - And more.", "  - ''", "empty-value"),
    "link in a tip": Mistake(NUMBERS, "    text: Count [twice](../articles/steps.md).",
        "    text: Count [twice](twice.md).", "broken-link"),
    # data tables
    "unknown key of a table": Mistake(WAGES, "note: In the middle.", "nite: In the middle.",
        "unknown-key"),
    "missing title of a table": Mistake(WAGES, "title: Wages", "#", "missing-key"),
    "figure in a table": Mistake(WAGES, "note: In the middle.", "note: '{{ pay.us.pay }} a year'",
        "figure-place"),
    "bad day of a table": Mistake(WAGES, "as_of: 2026-01-01", "as_of: 2026-01", "invalid-date"),
    "day of a table behind its source": Mistake(WAGES, "as_of: 2026-01-01", "as_of: 2026-01-02",
        "date-order"),
    "part that is no number": Mistake(WAGES, "      junior: {value: 40}",
        "      junior: {value: some}", "wrong-type"),
    "parts that do not add up": Mistake(WAGES, "      here: {value: 50}",
        "      here: {value: 51}", "figure-sum"),
    "share of another value": Mistake(WAGES, "      there: {value: 50, share: 50}",
        "      there: {value: 50, share: 40}", "figure-share"),
    "unknown type of a column": Mistake(WAGES, "  pay: {type: money, currency: EUR}",
        "  pay: {type: mony, currency: EUR}", "invalid-value"),
    "money without a currency": Mistake(WAGES, "  pay: {type: money, currency: EUR}",
        "  pay: {type: money}", "figure-currency"),
    "cell of an unknown country": Mistake(WAGES, "  first: {country: DE, year: 2024, pay: 1000}",
        "  first: {country: XX, year: 2024, pay: 1000}", "unknown-country"),
    "cell of an unknown column": Mistake(WAGES, "  third: {country: FR, year: 2024, pay: 900}",
        "  third: {country: FR, year: 2024, pay: 900, age: 3}", "unknown-key"),
    "low above high": Mistake(WAGES,
        "  second: {country: DE, year: 2025, pay: {low: 1000, high: 2000}}",
        "  second: {country: DE, year: 2025, pay: {low: 3000, high: 2000}}", "figure-order"),
    "year before the last": Mistake(WAGES, "  fourth: {country: FR, year: 2025, pay: 950}",
        "  fourth: {country: FR, year: 2023, pay: 950}", "date-order"),
    # text
    "unknown citation": Mistake(GERMANY,
        "Much [@census], and [this](../articles/steps.md#first).",
        "Much [@censos].", "unknown-source"),
    "broken link": Mistake(GERMANY,
        "Much [@census], and [this](../articles/steps.md#first).",
        "Much [@census], and [this](../articles/stops.md#first).", "broken-link"),
    "broken anchor": Mistake(GERMANY,
        "Much [@census], and [this](../articles/steps.md#first).",
        "Much [@census], and [this](../articles/steps.md#second).", "broken-anchor"),
    "unknown figure": Mistake(GERMANY,
        "Of {{ openings.total }} openings, {{ openings.level.senior | share }} are for seniors.",
        "Of {{ openings.totl }} openings, {{ openings.level.senior | shore }} are for seniors.",
        "unknown-figure unknown-format"),
    "picture without alternative": Mistake(GERMANY, "![A dot](map.png)", "![](map.png)",
        "missing-alt"),
    "picture that is missing": Mistake(GERMANY, "![A dot](map.png)", "![A dot](mop.png)",
        "missing-image"),
    "forbidden HTML": Mistake(GERMANY, "A line with <b>bold</b> words.",
        "A line with <b onclick='x()'>bold</b> words.", "unsupported-html"),
    "forbidden element": Mistake(GERMANY, "A line with <b>bold</b> words.",
        "A line with <blink>bold</blink> words.", "unsupported-html"),
    "scheme of a link": Mistake(GERMANY, "Another [link](https://example.com/).",
        "Another [link](ftp://example.com/).", "link-scheme"),
    "broken anchor of its own": Mistake(GERMANY, "The [last](#work) one.", "The [last](#rest) one.",
        "broken-anchor"),
    "anchor of the FAQ": Mistake(NUMBERS, "Few [@census].", "Few [@census] [questions](#faq).",
        "broken-anchor"),
    "anchor in another article": Mistake(STEPS,
        "See [Germany](../countries/germany.md#faq), [numbers](../market/numbers.md#sources).",
        "See [Germany](../countries/germany.md#fuq), [numbers](../market/numbers.md#x).",
        "broken-anchor broken-anchor"),
    "text that is no Markdown": Mistake(STEPS,
        "See [Germany](../countries/germany.md#faq), [numbers](../market/numbers.md#sources).",
        f"{'>' * 30} See.", "markdown"),
    "link of a page": Mistake(ABOUT, "We are [those](../articles/steps.md).",
        "We are [those](../articles/stops.md).", "broken-link"),
}  # fmt: skip


@cache
def found(*mistakes: Mistake) -> tuple[Diagnostic, ...]:
    """The errors of a site with these mistakes, in the order in which they are told."""
    texts = dict(SITE)
    for mistake in mistakes:
        lines = texts[mistake.path].split("\n")
        lines[lines.index(mistake.old)] = mistake.new
        texts[mistake.path] = "\n".join(lines)
    files = {path: text.encode() for path, text in {**PLAIN_THEME, **texts}.items()}
    outcome = built({**files, **PICTURES})
    errors = [one for one in outcome.diagnostics if one.severity is Severity.ERROR]
    assert bool(errors) == bool(mistakes)
    assert not (errors and outcome.value.outputs)
    return tuple(errors)


def test_there_is_nothing_to_say_of_the_site_as_it_should_be() -> None:
    assert found() == ()


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_and_nothing_that_only_follows_from_it(mistake: Mistake) -> None:
    assert sorted(one.code for one in found(mistake)) == mistake.codes.split()
    assert {one.span.path for one in found(mistake)} == {mistake.path}


COMPARED = [
    {"broken anchor", "text that is no Markdown"},
    {"wrong date", "wrong order of dates"},
    {"wrong date", "update to come"},
    {"bad day of a table", "day of a table behind its source"},
    {"cell of an unknown column", "year before the last"},
    {"unknown type of a column", "year before the last"},
    {"unknown type of a column", "low above high"},
]
"""What is told of two values together needs both, and what is told of a cell its column's type."""


def independent(names: Collection[str]) -> bool:
    """Whether no two of these change the same line, or are about values that are compared."""
    places = {(MISTAKES[name].path, MISTAKES[name].old) for name in names}
    return len(places) == len(names) and not any(pair <= set(names) for pair in COMPARED)


PAIRS = list(filter(independent, combinations(MISTAKES, 2)))


def told_together(names: Collection[str]) -> None:
    each = (one for name in names for one in found(MISTAKES[name]))
    assert found(*(MISTAKES[name] for name in names)) == in_order(each)


@given(st.sampled_from(PAIRS))
def test_two_mistakes_are_told_together_as_each_alone(names: tuple[str, str]) -> None:
    told_together(names)


@given(
    st.lists(st.sampled_from(list(MISTAKES)), min_size=3, max_size=8, unique=True).filter(
        independent
    )
)
def test_any_mistakes_are_told_together_as_each_alone(names: list[str]) -> None:
    told_together(names)
