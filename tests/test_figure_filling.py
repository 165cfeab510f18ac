"""Figures in titles, in Markdown and in the HTML that becomes of it; charts in the text."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.figure_filling import Filling, Supply
from aicareers_site.figure_marks import named
from aicareers_site.figures import book
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.prose import Fragment, render
from aicareers_site.references import References
from aicareers_site.wording import Wording
from tests.tables import JOBS, PAY, SERIES

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Outcome
    from aicareers_site.prose import Prose

PATH = "content/articles/a.md"
TABLES = {table.id: table for table in (JOBS, PAY, SERIES)}
BOOK = book(TABLES.values())


def supply(text: str) -> Supply:
    return Supply(named(text, BOOK, TABLES), Wording("en", UTC), "/blog/a/")


def rendered(body: str, field: str = "") -> Outcome[Prose]:
    fragments = {"answer": Fragment(field, Span(PATH, 3, 9, 9 + len(field)))} if field else {}
    return render(PATH, body, 10, fragments, (), supply(f"{body} {field}"))


def html(body: str) -> str:
    outcome = rendered(body)
    assert outcome.diagnostics == ()
    return outcome.value.html


def text(body: str) -> str:
    """What a reader reads of a paragraph."""
    return re.sub("<[^>]*>", "", html(body)).strip()


def problem(body: str) -> tuple[str, int, int, int]:
    (found,) = rendered(body).diagnostics
    return (found.code, *found.span[1:])


def plain(written: str) -> tuple[str, list[tuple[str, Span]]]:
    """A title with its figures, and what is wrong with it; it begins in column 8 of line 2."""
    references = References()
    source = MarkdownSource(PATH, written, span=Span(PATH, 2, 8, 8 + len(written)))
    filled = Filling(supply(written)).plain(source, references)
    return filled, [(one.code, one.span) for one in references.diagnostics]


def test_a_figure_is_a_data_element_that_leads_to_its_note() -> None:
    outcome = rendered("Of {{ jobs.total }} positions.")
    assert outcome.value.html.strip() == (
        '<p>Of <a class="figure-link" href="\ufdd00\ufdd1"><data class="figure" value="100" '
        'data-unit="openings" data-figure="jobs.total">100</data></a> positions.</p>'
    )
    assert [link.target for link in outcome.value.links] == ["#data:jobs"]
    assert outcome.value.figures == ("jobs.total",)


def test_a_day_is_a_time_element() -> None:
    assert 'data-figure="jobs | as-of">April 22, 2026</time>' in html("On {{ jobs | as-of }}.")


def test_inside_a_link_or_a_heading_it_leads_nowhere_else() -> None:
    assert "figure-link" not in html("[All {{ jobs.total }}](https://example.com/)")
    outcome = rendered("## All {{ jobs.total }}\n\nText.")
    assert "figure-link" not in outcome.value.html
    assert [(one.id, one.text) for one in outcome.value.contents] == [("all-100", "All 100")]


def test_it_counts_as_the_words_that_it_prints() -> None:
    assert rendered("Pay is {{ pay.us.pay }}.").value.words == 5


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("**{{ jobs.total }}**", "100"),
        ("*About {{ jobs.total }}*, or more", "About 100, or more"),
        ('"{{ jobs.total }}"', "“100”"),
        ("({{ jobs.level.senior | share }})", "(60%)"),
        ("{{jobs.total}}. That is all", "100. That is all"),
        ("{{ jobs.level.senior\n| share }}", "60%"),
    ],
)
def test_markdown_around_it_works(body: str, expected: str) -> None:
    assert text(body) == expected


def test_a_format_does_not_part_the_cells_of_a_table() -> None:
    body = "| What | Share |\n| --- | ---: |\n| Senior | {{ jobs.level.senior | share }} |\n"
    assert re.findall(
        r"<t[dh][^>]*>(.*?)</t[dh]>", re.sub("</?(?:a|data)[^>]*>", "", html(body))
    ) == [
        "What",
        "Share",
        "Senior",
        "60%",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "`{{ jobs.all }}`",
        "    {{ jobs.all }}",
        "```\n{{ jobs.all }}\n```",
        "```jinja\n{{ x }}\n```",
    ],
)
def test_code_stays_as_it_is_written(body: str) -> None:
    assert text(body) == body.strip("`\n ").removeprefix("jinja\n")
    assert rendered(body).value.figures == ()


def test_a_comment_and_what_is_escaped_stay_too() -> None:
    assert text(r"Written \{{ jobs.total }}.") == "Written {{ jobs.total }}."
    assert rendered("Text. <!-- {{ nothing }} -->").diagnostics == ()


def test_in_an_attribute_it_is_its_words() -> None:
    assert 'title="All 100"' in html('[x](https://example.com/ "All {{ jobs.total }}")')


def test_a_field_of_the_front_matter_has_figures_too() -> None:
    outcome = rendered("Text.", "Of them, {{ jobs.level.senior }} are senior.")
    assert ">60</data>" in outcome.value.fragments["answer"]
    assert outcome.value.figures == ("jobs.level.senior",)


def test_what_is_wrong_is_shown_where_it_is() -> None:
    assert problem("One.\n\nOf {{ jobs.all }}.") == ("unknown-figure", 12, 7, 15)
    assert problem("Of {{ jobs.total | shre }}.") == ("unknown-format", 10, 20, 24)
    assert problem("Of {{ jobs.total.") == ("figure-syntax", 10, 4, 6)
    (found,) = rendered("Text.", "Of {{ jobs.all }}.").diagnostics
    assert found.span == Span(PATH, 3, 15, 23)


def test_a_title_is_filled_with_words() -> None:
    assert plain("Of {{ jobs.total }}, {{ jobs.level.senior | share }}") == ("Of 100, 60%", [])
    assert plain(r"Written \{{ so }}") == ("Written {{ so }}", [])
    assert plain("No figure") == ("No figure", [])


def test_what_is_wrong_in_a_title_is_shown_where_it_is() -> None:
    assert plain("Of {{ jobs.all }}")[1] == [("unknown-figure", Span(PATH, 2, 14, 22))]
    assert plain("Of {{ chart jobs.level }}")[1] == [("chart-place", Span(PATH, 2, 14, 19))]
    assert plain("Of {{ jobs")[1] == [("figure-syntax", Span(PATH, 2, 11, 13))]


def test_a_chart_stands_between_paragraphs() -> None:
    outcome = rendered("One.\n\n{{ chart jobs.level title='x' }}\n\nTwo.".replace("'", '"'))
    assert outcome.diagnostics == ()
    assert re.match(r'<p>One\.</p>\s*<figure [^>]*id="chart:jobs-level-shares"', outcome.value.html)
    assert outcome.value.html.rstrip().endswith("</figure>\n<p>Two.</p>")
    assert [chart.id for chart in outcome.value.charts] == ["chart:jobs-level-shares"]
    assert outcome.value.charts[0].title == "x"
    assert "chart:jobs-level-shares" in outcome.value.ids
    assert outcome.value.words == 2
    assert [link.target for link in outcome.value.links] == [
        "/data/jobs/",
        "/data/jobs.csv",
        "/data/jobs.json",
        "/blog/a/jobs-level-shares.svg",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Text {{ chart jobs.level }}",
        "Text\n{{ chart jobs.level }}",
        "{{ chart jobs.level }}\nText",
        "- {{ chart jobs.level }}",
        "{{ chart jobs.level }} {{ chart jobs.place }}",
    ],
)
def test_a_chart_stands_nowhere_else(body: str) -> None:
    assert {found.code for found in rendered(body).diagnostics} == {"chart-place"}


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ('{{ chart jbos title="Which jbos" }}', (10, 14)),
        ('{{ chart jobs title="Which jobs" }}', (10, 14)),  # it has no rows to draw
        ('{{ chart chart.a title="A chart.a" }}', (10, 17)),
        ('Text {{ chart jobs.level title="A chart" }}', (9, 14)),
        ('{{ chart jobs.level kind=pie title="A pie" }}', (26, 29)),
        ('{{ chart jobs.level rows=low title="Too low" note="low" }}', (26, 29)),
        ('{{ chart jobs.level rows="senior, low" }}', (35, 38)),
        ('{{ chart jobs.level title="One" title="A title" }}', (33, 38)),
    ],
)
def test_a_word_of_a_chart_is_not_looked_for_in_what_readers_read(
    body: str, columns: tuple[int, int]
) -> None:
    assert problem(body)[2:] == columns


def test_a_figure_in_capitals_is_told_with_the_one_that_was_meant() -> None:
    (found,) = rendered("Of {{ Jobs.Total }} jobs.").diagnostics
    assert (found.code, found.span.column) == ("figure-syntax", 7)
    assert found.hint == "did you mean 'jobs.total'?"


def test_a_chart_in_code_is_none() -> None:
    assert text("    {{ chart jobs.level }}") == "{{ chart jobs.level }}"


def test_a_text_without_figures_is_rendered_as_ever() -> None:
    body = "# Title\n\nSome *text* { with } one | bar.\n"
    assert rendered(body).value == render(PATH, body, 10).value
