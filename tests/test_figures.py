"""Every figure by its reference."""

from __future__ import annotations

from decimal import Decimal

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.figures import Figure, book, figures_of
from tests.tables import JOBS, PAY, SERIES

BOOK = book([JOBS, PAY, SERIES])


def one(number: int | str) -> Amount:
    return Amount(Decimal(number), Decimal(number))


def test_the_parts_of_a_breakdown_know_their_whole() -> None:
    assert BOOK["jobs.level.senior"] == Figure(
        "jobs.level.senior",
        ColumnType.NUMBER,
        one(60),
        unit="openings",
        whole=Decimal(100),
        as_of="2026-04-22",
    )
    assert BOOK["jobs.total"].amount == one(100)
    assert BOOK["jobs.level.rest"].amount == one(15)
    assert "jobs.place.rest" not in BOOK


def test_money_knows_its_currency() -> None:
    assert (BOOK["pay.us.pay"].unit, BOOK["pay.gb.pay"].unit) == ("USD", "GBP")


def test_a_range_has_ends_a_median_and_a_middle() -> None:
    ends = {name: BOOK[f"pay.us.pay.{name}"].amount for name in ("low", "median", "middle", "high")}
    assert ends == {
        "low": one(350000),
        "median": one(500000),
        "middle": one(525000),
        "high": one(700000),
    }
    assert "pay.gb.pay.low" not in BOOK


def test_what_is_not_reported_is_no_figure() -> None:
    assert "pay.de.pay" not in BOOK
    assert BOOK["pay.de.place"].text == "Berlin"


def test_a_table_stands_for_itself() -> None:
    assert BOOK["jobs"] == Figure("jobs", None, text="Open positions", as_of="2026-04-22")


def test_every_reference_begins_with_its_table() -> None:
    for table in (JOBS, PAY, SERIES):
        assert {figure.table for figure in figures_of(table)} == {table.id}


def test_references_are_unique() -> None:
    found = [figure.reference for table in (JOBS, PAY, SERIES) for figure in figures_of(table)]
    assert len(found) == len(set(found))
