"""The figures of the tables as a number in prose may mean them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aicareers_site.data_book import DataBook
from aicareers_site.figure_lint_known import Index, Known, currencies, is_in, known, rounded
from aicareers_site.figure_lint_numerals import PER_CENT, numerals
from aicareers_site.figure_lint_prose import ReadText
from aicareers_site.figures import book
from aicareers_site.markdown_source import MarkdownSource
from tests.tables import JOBS, JOBS_TEXT, PAY, table

DATA = DataBook({"jobs": JOBS, "pay": PAY}, book([JOBS, PAY]))
INDEX = Index(DATA, "en-GB")
KNOWN = {(one.reference, one.unit): one for one in known(DATA, "en-GB")}


def found(text: str) -> list[Known]:
    return [one for numeral in numerals(text, "en-GB") for one in INDEX.equal(numeral)]


def test_a_part_is_known_as_a_count_and_as_a_share() -> None:
    count, share = KNOWN["jobs.level.senior", ""], KNOWN["jobs.level.senior", PER_CENT]

    assert (count.name, count.labels, count.counted) == (
        "Level: Senior",
        (("senior",),),
        ("opening",),
    )
    assert (share.whole, share.value(Decimal("0.1"))) == (
        Decimal(100),
        (Decimal("60.0"), Decimal("60.0")),
    )


def test_a_total_has_no_share_of_itself() -> None:
    assert [unit for reference, unit in KNOWN if reference == "jobs.total"] == [""]


def test_a_record_goes_by_what_is_its_own() -> None:
    pay = KNOWN["pay.us.pay", "USD"]

    assert pay.labels == (("bay", "area"), ("united", "state"), ("bay", "area"))
    assert pay.topic == {"pay", "year", "engineer"}


def test_coordinates_are_no_figures_of_prose() -> None:
    text = (
        "title: Hubs\ndescription: Cities.\nas_of: 2026-04-22\n"
        "source: {name: A map, retrieved: 2026-04-22}\n"
        "columns:\n  at: {type: latitude}\n  jobs: {type: number, unit: jobs}\n"
        "records:\n  london: {at: 51.5, jobs: 51}\n"
    )
    hubs = table(text, "content/data/hubs.yaml")

    data = DataBook({"hubs": hubs}, book([hubs]))

    assert [one.reference for one in known(data, "en-GB")] == ["hubs.london.jobs"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", "jobs.level.senior"),
        ("60%", "jobs.level.senior | share"),
        ("60.0 per cent", "jobs.level.senior | share(1)"),
        ("US$350,000", "pay.us.pay.low"),
        ("$350k", "pay.us.pay.low"),
        ("US$350,000 to US$700,000", "pay.us.pay"),
        ("350,000–700,000", "pay.us.pay"),
        ("US$0.4 million", "pay.us.pay.low"),
        ("60." + 40 * "0", "jobs.level.senior"),
    ],
)
def test_a_number_may_be_a_figure_as_exactly_as_it_is_written(text: str, expected: str) -> None:
    (numeral,) = numerals(text, "en-GB")

    assert [one.expression(numeral.step) for one in INDEX.equal(numeral)] == [expected]


@pytest.mark.parametrize("text", ["60.1%", "£350,000", "60%–61%", "120,001", "US$120,000"])
def test_another_number_unit_or_currency_is_no_figure(text: str) -> None:
    assert found(text) == []


def test_a_figure_with_more_decimals_is_rounded_as_the_number_is() -> None:
    text = JOBS_TEXT.replace("value: 25", "value: 24.6")
    one = table(text)
    index = Index(DataBook({"jobs": one}, book([one])), "en-GB")
    (numeral,) = numerals("25 openings", "en-GB")

    (known_one,) = index.equal(numeral)

    assert known_one.expression(numeral.step) == "jobs.level.mid-level | decimals(0)"


def test_figures_are_named_by_their_labels_in_the_order_of_the_text() -> None:
    text = ReadText(MarkdownSource("a.md", "On-site or Senior, in the Bay or a London area"))
    words = text.blocks[0].sentences[0].words

    assert list(dict.fromkeys(one.name for one in INDEX.named(words))) == [
        "Place: On site",
        "Level: Senior",
        "Bay Area: Pay a year",
        "London: Pay a year",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("US$", {"USD"}),
        ("US dollars", {"USD"}),
        ("Canadian dollars", {"CAD"}),
        ("£", {"GBP"}),
        ("pounds", {"GBP"}),
        ("euro", {"EUR"}),
        ("CHF", {"CHF"}),
    ],
)
def test_what_a_currency_is_called(written: str, expected: set[str]) -> None:
    assert currencies(written) == expected


def test_a_dollar_may_be_any() -> None:
    assert currencies("$") == currencies("dollars") > {"USD", "SGD"}


@pytest.mark.parametrize(
    ("unit", "written", "expected"),
    [
        (PER_CENT, PER_CENT, True),
        (PER_CENT, "", False),
        ("", PER_CENT, False),
        ("USD", "", True),
        ("USD", "£", False),
        ("", "£", False),
    ],
)
def test_a_unit_is_not_another(unit: str, written: str, expected: bool) -> None:
    assert is_in(unit, written) is expected


def test_halves_are_rounded_up() -> None:
    numbers = [("2.5", "1"), ("-2.5", "1"), ("0.25", "0.1"), ("1450", "100")]

    assert [str(rounded(Decimal(one), Decimal(step))) for one, step in numbers] == [
        "3",
        "-3",
        "0.3",
        "1500",
    ]
