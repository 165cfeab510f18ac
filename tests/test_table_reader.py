"""From a data file to a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aicareers_site.data_tables import (
    Agreement,
    Amount,
    Column,
    ColumnType,
    Correction,
    Source,
    Table,
)
from aicareers_site.findings import MAX_FINDINGS
from aicareers_site.table_reader import read
from tests.tables import JOBS, JOBS_TEXT, PAY, PAY_TEXT, table

PATH = "content/data/jobs.yaml"


def problem(text: str) -> tuple[str, int, int]:
    """The code, line and column of the one problem of a data file."""
    (found,) = read(PATH, text.encode()).diagnostics
    return (found.code, found.span.line, found.span.column)


def test_a_table_of_breakdowns() -> None:
    found = table(JOBS_TEXT, PATH)
    assert found == Table(
        id="jobs",
        path=PATH,
        title="Open positions",
        description="Open positions in the exchange’s overview.",
        as_of=date(2026, 4, 22),
        review_by=date(2027, 4, 22),
        source=Source("The exchange’s overview", None, None, date(2026, 4, 23)),
        unit="openings",
        total=Decimal(100),
        breakdowns=found.breakdowns,
    )
    assert found == JOBS
    level, place = found.breakdowns
    assert (level.id, level.title) == ("level", "Level")
    assert [(part.id, part.label, part.value, part.stated) for part in level.parts] == [
        ("senior", "Senior", Decimal(60), Decimal(60)),
        ("mid-level", "Mid level", Decimal(25), None),
    ]
    assert (level.rest, level.rest_label) == (Decimal(15), "Other levels")
    assert level.remarks == ("The source does not say what the others are.",)
    assert (place.rest, place.remarks) == (Decimal(0), ())


def test_a_table_of_records() -> None:
    assert PAY.columns == (
        Column("country", "Country", ColumnType.COUNTRY),
        Column("role", "Role", ColumnType.TEXT),
        Column("place", "Place", ColumnType.TEXT),
        Column("basis", "Basis", ColumnType.TEXT),
        Column("currency", "Currency", ColumnType.CURRENCY),
        Column("pay", "Pay a year", ColumnType.MONEY, currency="currency"),
    )
    us, gb, de = PAY.records
    assert (us.id, us.label) == ("us", "Bay Area")
    assert us.cells["pay"] == Amount(Decimal(350000), Decimal(700000), Decimal(500000))
    assert gb.cells["pay"] == Amount(Decimal(120000), Decimal(120000))
    assert "pay" not in de.cells
    assert [PAY.currency(record, PAY.column("pay")) for record in PAY.records] == [
        "USD", "GBP", "EUR",
    ]  # fmt: skip


def test_the_file_gives_the_id_unless_the_table_does() -> None:
    assert table(JOBS_TEXT, "content/data/a-b.yaml").id == "a-b"
    assert table(f"id: mine\n{JOBS_TEXT}", "content/data/a-b.yaml").id == "mine"
    (found,) = read("content/data/A b.yaml", JOBS_TEXT.encode()).diagnostics
    assert (found.code, found.hint) == ("invalid-file-name", "rename it to a-b.yaml")


def test_a_maximum_age_is_counted_from_the_day_of_the_figures() -> None:
    text = JOBS_TEXT.replace("review_by: 2027-04-22", "max_age: 30")
    assert table(text, PATH).review_by == date(2026, 5, 22)


def test_text_gets_its_typography() -> None:
    text = JOBS_TEXT.replace("title: Open positions", "title: \"'Open' positions\"")
    assert table(text, PATH).title == "‘Open’ positions"


def test_agreements_and_corrections() -> None:
    text = f"""{JOBS_TEXT}
agreements:
  - {{figure: total, equals: other.total, acknowledged: They count another week.}}
corrections:
  - {{date: 2026-05-01, figure: level.senior, before: 61, after: 60, why: It was miscounted.}}
"""
    found = table(text, PATH)
    assert found.agreements == (Agreement("total", "other.total", "They count another week."),)
    assert found.remarks == ("They count another week.",)
    assert found.corrections == (
        Correction(
            date(2026, 5, 1), "level.senior", Decimal(61), Decimal(60), "It was miscounted."
        ),
    )


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("250000", Amount(Decimal(250000), Decimal(250000))),
        ("{low: 1, high: 2}", Amount(Decimal(1), Decimal(2))),
        ("{low: 250000}", Amount(Decimal(250000), None)),
        ("{high: 2.50}", Amount(None, Decimal("2.50"))),
    ],
)
def test_an_amount_is_a_number_or_a_range_that_may_be_open(written: str, amount: Amount) -> None:
    text = PAY_TEXT.replace("pay: 120000", f"pay: {written}")
    assert table(text, PATH).records[1].cells["pay"] == amount


def test_a_column_may_be_called_like_a_method_of_python() -> None:
    text = PAY_TEXT.replace("basis", "copy")
    assert table(text, PATH).records[0].cells["copy"] == "a year"


@pytest.mark.parametrize("kind", ["[]", "[text]", "{text: text}"])
def test_the_type_of_a_column_is_one_word(kind: str) -> None:
    text = PAY_TEXT.replace("{type: country}", f"{{type: {kind}}}")
    assert {found.code for found in read(PATH, text.encode()).diagnostics} >= {"invalid-value"}


def test_bytes_that_cannot_be_read_are_an_error() -> None:
    (found,) = read(PATH, b"\xff").diagnostics
    assert found.code == "not-utf-8"
    assert problem("title: [")[0] == "yaml-syntax"
    assert problem("[]\n")[0] in {"wrong-type", "yaml-syntax"}


def test_of_thousands_of_unknown_keys_the_first_are_told() -> None:
    """All are left out at once to look at the rest: it takes minutes otherwise."""
    text = JOBS_TEXT + "".join(f"k{number}: a\n" for number in range(20_000))
    found = read(PATH, text.encode()).diagnostics
    first = len(JOBS_TEXT.splitlines()) + 1
    assert [(one.code, one.span.line) for one in found] == [
        ("unknown-key", line) for line in range(first, first + MAX_FINDINGS)
    ]


SHOPS = """\
title: Shops
description: How many shops there are.
as_of: 2026-04-22
source: {{name: A book of facts, retrieved: 2026-04-22}}
columns:
  shops: {{type: number, unit: shops}}
records:
  berlin: {{shops: {}}}
  hamburg: {{shops: {}}}
  cologne: {{shops: {}}}
"""


@pytest.mark.parametrize(
    ("numbers", "written", "meant"),
    [
        (("1.250", "980", "410"), "1.250", ("1250", "1.25")),
        (("980", "1.255", "410"), "1.255", ("1255", "1.2550")),
        (("980", "{low: 1.250, high: 1400}", "410"), "1.250", ("1250", "1.25")),
    ],
)
def test_a_number_of_three_decimals_among_whole_ones_may_be_meant_in_thousands(
    numbers: tuple[str, str, str], written: str, meant: tuple[str, str]
) -> None:
    text = SHOPS.format(*numbers)
    (found,) = read(PATH, text.encode()).diagnostics
    at = text[: text.index(written)]
    assert (found.code, found.span.line, found.span.column) == (
        "wrong-type",
        at.count("\n") + 1,
        len(at) - at.rindex("\n"),
    )
    assert found.message == (
        f"'{written}' may be read as two numbers: the others of this column are whole"
    )
    assert found.hint == f"write {meant[0]} for thousands, or {meant[1]} for what is less"


@pytest.mark.parametrize(
    "numbers", [("1.250", "0.980", "0.410"), ("1.250", "2.375", "4.5"), ("1.25", "980", "1")]
)
def test_numbers_of_three_decimals_among_others_with_decimals_are_what_they_are(
    numbers: tuple[str, str, str],
) -> None:
    assert read(PATH, SHOPS.format(*numbers).encode()).diagnostics == ()
