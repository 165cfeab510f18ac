"""The lint of figures: what it says of numbers that are written by hand."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import documents, figure_lint_calculations, table_reader
from aicareers_site.data_book import DataBook
from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.figure_expressions import parse
from aicareers_site.figure_lint import is_linted, lint
from aicareers_site.figure_lint_known import Index
from aicareers_site.figure_marks import MARK, is_chart
from aicareers_site.figure_values import evaluate, printed
from aicareers_site.figures import book
from aicareers_site.wording import Wording
from tests.samples import PROJECT
from tests.tables import JOBS, JOBS_TEXT, PAY, SERIES, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicareers_site.data_tables import Table

PATH = "content/market/a.md"
LANGUAGE = "en-GB"


def index_of(tables: Iterable[Table]) -> Index:
    by_id = {table.id: table for table in tables}
    return Index(DataBook(by_id, book(by_id.values())), LANGUAGE)


INDEX = index_of([JOBS, PAY, SERIES])


def linted(body: str, front_matter: str = "tables: [jobs]\n") -> tuple[Diagnostic, ...]:
    content = f"---\n{front_matter}---\n{body}\n".encode()
    document = documents.parse(PATH, content).value
    assert document is not None
    return lint(document, INDEX, LANGUAGE)


def codes(body: str, front_matter: str = "tables: [jobs]\n") -> list[str]:
    return [one.code for one in linted(body, front_matter)]


def suggested(body: str) -> list[str]:
    """What the lint would have written instead, for each number."""
    hints = [re.search(r"\{\{ (.*?) \}\}", one.hint) for one in linted(body)]
    return [found[1] if found else "" for found in hints]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Of 100 openings, 25 are mid-level.", ["jobs.total", "jobs.level.mid-level"]),
        ("Senior: 60 openings (60%).", ["jobs.level.senior", "jobs.level.senior | share"]),
        ("The share of remote openings is 41.0%.", ["jobs.place.remote | share(1)"]),
        ("In the Bay Area they earn US$350,000 to US$700,000.", ["pay.us.pay"]),
        ("Pay in London is £120,000.", ["pay.gb.pay"]),
        ("Bay Area pay has a median of USD 500,000.", ["pay.us.pay.median"]),
        ("| Level | Openings |\n| --- | --- |\n| Senior | 60 |", ["jobs.level.senior"]),
        ("Other levels have 15 openings.", ["jobs.level.rest"]),
    ],
)
def test_a_number_that_equals_a_figure_should_be_its_reference(
    body: str, expected: list[str]
) -> None:
    assert (suggested(body), {*codes(body)}) == (expected, {"bare-figure"})


def test_of_figures_with_one_value_the_words_around_decide() -> None:
    body = (
        "Of the openings, 41% are remote.\n\nBy {{ series.y2026.growth }}: remote was 41% in 2026."
    )

    assert suggested(body) == ["jobs.place.remote | share", "series.y2026.remote"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Senior and mid-level openings are 85.", "jobs.level.senior | sum(mid-level)"),
        ("Senior and mid-level make 85%.", "jobs.level.senior | sum(mid-level) | share"),
        (
            "There are 18 on-site openings more than remote.",
            "jobs.place.on-site | difference(remote)",
        ),
    ],
)
def test_so_should_a_number_that_is_calculated_from_figures(body: str, expected: str) -> None:
    assert (suggested(body), codes(body)) == ([expected], ["bare-figure"])


def test_growth_is_calculated_with_what_the_article_says_that_something_grows() -> None:
    body = (
        "It grows by {{ series.y2026.growth }}.\n\nOf {{ jobs.total }} openings become 110 to 112."
    )

    assert suggested(body) == ["jobs.total | grown(series.y2026.growth)"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Of 100 openings, 26 are mid-level.",
            "'26' is written by hand, and 'Level: Mid level' is 25",
        ),
        (
            "Of {{ jobs.total }} openings, {{ jobs.level.senior }} are senior (61%).",
            "'61%' is written by hand, and 'Level: Senior' is 60%",
        ),
        (
            "In London, £125,000 is paid.",
            "'£125,000' is written by hand, and 'London: Pay a year' is 120,000 GBP",
        ),
    ],
)
def test_a_number_beside_the_name_of_a_figure_must_not_contradict_it(
    body: str, expected: str
) -> None:
    (found,) = [one for one in linted(body) if one.code != "bare-figure"]

    assert (found.code, found.message) == ("figure-contradicts", expected)
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "body",
    [
        "Of 100 openings, 26 were closed.",
        "A course costs US$900.",
        "It takes 17 weeks.",
        "Some 12.5% give up.",
        "There are 3.5 million of them.",
        "Senior openings abound. Some 60% of readers know.",
        "Remote work saves 41 minutes a day.",
    ],
)
def test_any_other_quantity_needs_a_table_or_a_reason(body: str) -> None:
    assert codes(body)[-1] == "unreferenced-figure"


@pytest.mark.parametrize(
    "body",
    [
        "In 2026, on 22 April 2026, we read 5 pages and 12 tips.",
        "Senior openings are {{ jobs.level.senior }}, or {{ jobs.level.senior | share }}.",
        "The 2nd of GPT-4, H-1B, O-1 and A100 [@source17][^18] is in [a table](17.md#18).",
        "1. `17 openings`\n2. Table 17",
        "## 2.1 Openings",
    ],
)
def test_nothing_is_said_of_what_is_no_quantity_or_has_its_reference(body: str) -> None:
    assert linted(body) == ()


def test_small_numbers_count_where_they_are_figures() -> None:
    index = index_of([table(JOBS_TEXT.replace("mid-level: {value: 25}", "lead: {value: 7}"))])
    document = documents.parse(PATH, b"---\ntables: [jobs]\n---\n7 leads.\n\n7 tips.").value
    assert document is not None

    assert [one.span.line for one in lint(document, index, LANGUAGE)] == [4]


# Places


def test_a_finding_stands_at_the_number() -> None:
    (found,) = linted("One line.\n\nOf [all](x.md) openings,\n    `60` and 60 are senior.")

    assert str(found.span) == f"{PATH}:7:14"
    assert found.span.end_column == 16


def test_the_lead_figure_is_read_with_what_it_counts() -> None:
    front_matter = (
        "tables: [jobs]\nlead_figure:\n  value: '60'\n  label: of 100 openings are senior\n"
    )

    assert [(str(one.span), one.code) for one in linted("Text.", front_matter)] == [
        (f"{PATH}:4:11", "bare-figure"),
        (f"{PATH}:5:13", "bare-figure"),
    ]
    assert codes("Text.", "lead_figure: 60\n") == []


def test_texts_of_the_front_matter_are_read_too() -> None:
    front_matter = (
        "title: 60 senior openings\n"
        'description: "Of 100 openings, 41% are remote."\n'
        "tables: [jobs]\n"
        "tips:\n"
        "  - {title: Senior, text: 60 are senior openings}\n"
        "faq:\n"
        "  - question: Are there 17 of them?\n"
        "    answer: 41 are remote openings\n"
        "sources: [{id: a, name: All 17 of them}]\n"
    )

    assert [(str(one.span), one.code) for one in linted("Text.", front_matter)] == [
        (f"{PATH}:2:8", "bare-figure"),
        (f"{PATH}:3:18", "bare-figure"),
        (f"{PATH}:3:32", "bare-figure"),
        (f"{PATH}:6:27", "bare-figure"),
        (f"{PATH}:8:25", "unreferenced-figure"),
        (f"{PATH}:9:13", "bare-figure"),
    ]


# Comments that vouch for a number


@pytest.mark.parametrize(
    "body",
    [
        "It takes 17 <!-- figure: our guess --> weeks.",
        "It takes **17**<!-- figure: our guess --> weeks.",
        "It takes 17 weeks, or 18. Or more. <!-- figure: our guess -->",
        "- It takes 17 weeks\n- or 18 weeks <!-- figure: our guess -->",
        "| Weeks |\n| --- |\n| 17 |\n| 18 |\n\n<!-- figure: our guess -->",
    ],
)
def test_an_editor_may_vouch_for_a_number_or_for_a_block(body: str) -> None:
    assert linted(body) == ()


def test_right_behind_a_number_a_comment_is_about_that_one_only() -> None:
    body = "It takes 17 or 18<!-- figure: our guess --> weeks.\n\nOr 19."

    assert [one.span.column for one in linted(body)] == [10, 4]


def test_what_is_vouched_for_in_the_text_is_so_in_the_title() -> None:
    body = "It takes 17 <!-- figure: our guess --> weeks."

    assert codes(body, "title: In 17 weeks\ndescription: Or 18\n") == ["unreferenced-figure"]


def test_a_comment_needs_a_reason_and_a_number() -> None:
    body = "It takes 17 <!-- figure --> weeks.\n\nIt takes long. <!-- figure: our guess -->"

    assert [(one.code, one.severity, str(one.span)) for one in linted(body)] == [
        ("figure-marker", Severity.ERROR, f"{PATH}:4:13"),
        ("nothing-vouched", Severity.WARNING, f"{PATH}:6:16"),
    ]


# Laws


PIECES = [
    *("60", "61%", "£125,000", "2026", "{{ jobs.total }}", "<!-- figure: x -->"),
    *("senior", "mid-level", "openings", "London", "and", "to"),
    *("(", ")", ".", "\n\n", "| ", "- ", "`"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_any_text_is_read_and_every_finding_stands_at_what_it_is_about(pieces: list[str]) -> None:
    lines = ["---", "tables: [jobs]", "---", *" ".join(pieces).split("\n")]

    for one in linted(" ".join(pieces)):
        quoted = one.message.split("'")[1] if one.message.startswith("'") else "<!--"
        line = lines[one.span.line - 1]
        assert line[one.span.column - 1 :].startswith(quoted.split()[0])


# The shipped articles


def shipped() -> Iterator[tuple[str, str]]:
    for folder in ("market", "countries"):
        for path in sorted((PROJECT / "content" / folder).glob("*.md")):
            yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")


def shipped_index() -> Index:
    paths = sorted((PROJECT / "content/data").glob("*.yaml"))
    outcomes = [
        table_reader.read(path.relative_to(PROJECT).as_posix(), path.read_bytes()) for path in paths
    ]
    return index_of(outcome.value for outcome in outcomes if outcome.value)


def typed(text: str, index: Index) -> tuple[str, Sequence[tuple[int, str, bool]]]:
    """The text with its figures typed out: where each is, its words, and if it is calculated."""
    wording = Wording(LANGUAGE, UTC)
    pieces: list[str] = []
    places: list[tuple[int, str, bool]] = []
    end = 0
    for mark in MARK.finditer(text):
        if not is_chart(mark[1]):
            expression = parse(mark[1])
            words = printed(evaluate(expression, index.data.figures, {}), wording)
            pieces += text[end : mark.start()], words.text
            end = mark.end()
            if words.unit != "date" and re.search(r"\d", words.text):
                start = sum(map(len, pieces)) - len(words.text)
                calculated = any(step.calculates for step in expression.steps)
                places.append((start, words.text, calculated))
    return "".join([*pieces, text[end:]]), places


def codes_at(start: int, words: str, text: str, found: Iterable[Diagnostic]) -> set[str]:
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return {
        one.code
        for one in found
        if one.span.line == line
        and one.span.column < column + len(words)
        and column < one.span.end_column
    }


def test_the_shipped_articles_have_no_figure_that_is_written_by_hand() -> None:
    index = shipped_index()

    for path, text in shipped():
        document = documents.parse(path, text.encode()).value
        assert document is not None
        assert (path, lint(document, index, LANGUAGE)) == (path, ())


def test_their_figures_are_all_found_when_they_are_typed() -> None:
    index = shipped_index()
    count = 0

    for path, text in shipped():
        content, places = typed(text, index)
        document = documents.parse(path, content.encode()).value
        assert document is not None
        found = lint(document, index, LANGUAGE)
        for start, words, calculated in places:
            codes = codes_at(start, words, content, found)
            # What is calculated from figures far away is found, but cannot be told.
            known = {"bare-figure"}
            expected = known if not calculated or known <= codes else {"unreferenced-figure"}
            assert (path, words, codes) == (path, words, expected)
        count += len(places)

    assert count > 90


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/market/a.md", True),
        ("content/countries/a.md", True),
        ("content/articles/a.md", False),
        ("content/market/a.png", False),
    ],
)
def test_kinds_of_articles_that_live_on_figures_are_read(path: str, expected: bool) -> None:
    assert is_linted(path) is expected


def test_hundreds_of_numbers_by_hand_are_tried_with_the_same_calculations_once() -> None:
    tried = (figure_lint_calculations._ends, figure_lint_calculations._combinations)
    for calculations in tried:
        calculations.cache_clear()
    linted(f"Of seniors and juniors in Germany {'3–5' * 100}.")
    few = [calculations.cache_info().misses for calculations in tried]
    linted(f"Of seniors and juniors in Germany {'3–5' * 400}.")
    assert [calculations.cache_info().misses for calculations in tried] == few
    assert min(few) > 0


@pytest.mark.parametrize(
    "words", ["13{} senior. ", "Germany 13{}. ", "from 13{} to 14{} ", "13{}\n\n"]
)
def test_thousands_of_numbers_are_read_with_what_is_near_them(words: str) -> None:
    """What a block says is gathered once, and not for each number: it takes minutes otherwise."""
    numbers = range(1000, 8000)
    found = linted("".join(words.format(number, number) for number in numbers))
    assert {one.code for one in found} == {"unreferenced-figure"}
    assert len(found) >= len(numbers)
