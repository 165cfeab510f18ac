from datetime import UTC, date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from aicareers_site.data_tables import (
    Amount,
    Breakdown,
    Column,
    ColumnType,
    Part,
    Record,
    Source,
    Table,
)
from aicareers_site.facts import record_table, statistics_table
from aicareers_site.view_parts import StatisticsRow, StatisticsTableView
from aicareers_site.wording import Wording
from tests.samples import SETTINGS, outputs, post, sources

BRITISH = Wording("en-GB", UTC)


PROFILE = """\
country: DE
as_of: 2026-04-22
source: s
sources: [{id: s, name: "A survey's \\"end\\"", retrieved: 2026-04-22}]
hubs: [{name: "Men's Park", note: "Berlin's"}]
employers: [{name: "O'Neil", note: "they're big"}]
visas: [{name: "The expert's visa", how: "It's quick.", source: s}]
salaries: [pay]
working_language: "the team's"
in_favour: ["It's near."]
against: ["It's far."]
faq: [{question: "Who's asking?", answer: "It's us."}]
"""


PAY = """\
title: "Men's pay"
description: "It's what they get."
as_of: 2026-04-22
source: {name: "A survey's", retrieved: 2026-04-22}
columns:
  country: {type: country}
  role: {type: text}
  place: {type: text}
  basis: {type: text}
  pay: {type: money, currency: EUR}
  note: {type: text}
records:
  engineer:
    country: DE
    role: "Engineer -- or chief's deputy"
    place: "Land's End"
    basis: "year's pay"
    pay: {low: 65000, high: 95000}
    note: "it's gross"
  elsewhere:
    country: FR
    role: Engineer
    place: Paris
    basis: "year's pay"
    pay: 1
"""
"""The data table ``pay``, with a row on the profile's country and one on another."""


MARKET = """\
tables: [jobs, pay]
tips: [{title: "Don't wait", text: "It's now."}]
"""


JOBS = """\
title: "The market's openings"
description: "It's what is open."
note: "It doesn't include all."
as_of: 2026-04-22
source: {name: "A survey's", retrieved: 2026-04-22}
unit: "job's"
total: 9
breakdowns:
  level:
    title: "Worker's level"
    complete: false
    rest: "It's unknown"
    acknowledged: "It doesn't add up."
    parts:
      masters: {label: "Master's", value: 8, share: 88, acknowledged: "It's rounded down."}
"""
"""The data table ``jobs``."""


TREND = """\
key_points: ["It's so."]
regions: ["Land's End"]
dateline: "Land's End -- May"
"""


def page_of(kind: str, more: str, settings: str = SETTINGS, *, pay: str = PAY) -> html.HtmlElement:
    """The page of an article of this kind on a site that has only that, and the data tables."""
    files = {
        f"{kind}/a.md": post(more=more),
        "data/pay.yaml": pay.encode(),
        "data/jobs.yaml": JOBS.encode(),
    }
    return html.fromstring(outputs(sources(files, settings))["blog/a/index.html"])


@pytest.mark.parametrize(
    ("kind", "more"), [("countries", PROFILE), ("market", MARKET), ("trends", TREND)]
)
def test_no_mark_of_a_plain_keyboard_reaches_a_reader(kind: str, more: str) -> None:
    page = page_of(kind, more)
    assert [text for text in page.itertext() if "'" in text or "--" in text] == []


@pytest.mark.parametrize(
    ("language", "pay"),
    [("en-GB", "€65,000 to €95,000"), ("de", "65.000\u00a0€ to 95.000\u00a0€")],
)
def test_pay_is_shown_from_its_lower_to_its_upper_end(language: str, pay: str) -> None:
    page = page_of("countries", PROFILE, f"{SETTINGS}language: {language}\n")
    assert page.xpath("//*[@class='pay-range']/text()") == [pay]


def test_pay_that_is_one_amount_is_shown_once() -> None:
    page = page_of("countries", PROFILE, pay=PAY.replace("{low: 65000, high: 95000}", "65000"))
    assert page.xpath("string(//*[@class='pay-range'])") == "€65,000"


def test_pay_that_is_not_reported_is_said_to_be_so() -> None:
    page = page_of(
        "countries", PROFILE, pay=PAY.replace("    pay: {low: 65000, high: 95000}\n", "")
    )
    assert page.xpath("string(//*[@class='pay-range pay-none'])") == "Not reported"


DAY = date(2026, 4, 22)
SOURCE = Source("A survey", None, None, DAY)


def table(total: int, *values: int, stated: int | None = None) -> StatisticsTableView:
    share = None if stated is None else Decimal(stated)
    parts = tuple(Part(f"p{n}", f"No. {n}", Decimal(n), share) for n in values)
    rest = Decimal(max(total - sum(values), 0))
    level = Breakdown("level", "Level", parts, rest, "Not stated", ("Of it.",))
    whole = Table("t", "t.yaml", "Jobs", "", DAY, None, SOURCE, ("Of all.",), "openings")
    return statistics_table(whole._replace(total=Decimal(total)), level, BRITISH)


def test_shares_are_computed_and_the_sources_own_stand_beside_them() -> None:
    assert table(732, 440, stated=61).rows == (
        StatisticsRow("No. 440", "440", "60%", "61%", "60.1"),
    )


def test_what_the_rows_leave_of_the_total_is_shown_as_not_stated() -> None:
    assert table(732, 440, 86, 60, 38, 18).rest == StatisticsRow(
        "Not stated", "90", "12%", None, "12.3"
    )


def test_the_unit_heads_a_column_and_the_caption_names_what_is_told_apart() -> None:
    found = table(9, 9)
    assert (found.id, found.unit, found.caption) == ("t-level", "Openings", "Jobs: level")


def test_remarks_on_the_table_and_on_the_breakdown_stand_together() -> None:
    assert table(9, 9).remarks == ("Of all.", "Of it.")


def test_rows_that_add_up_leave_no_rest() -> None:
    assert table(732, 289, 239, 204).rest is None


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(1, 10**9))
def test_bars_are_never_wider_than_the_whole(values: list[int], total: int) -> None:
    rows = table(total, *(min(value, total) for value in values)).rows
    assert all(0 <= float(row.width) <= 100 for row in rows)


def test_records_are_put_into_words_by_their_columns_types() -> None:
    columns = (
        Column("country", "Country", ColumnType.COUNTRY),
        Column("currency", "Currency", ColumnType.CURRENCY),
        Column("pay", "Pay", ColumnType.MONEY, currency="currency"),
        Column("growth", "Growth", ColumnType.CHANGE),
        Column("read", "Read", ColumnType.DATE),
        Column("year", "Year", ColumnType.YEAR),
    )
    records = (
        Record(
            "de",
            "Germany",
            {
                "country": "DE",
                "currency": "EUR",
                "pay": Amount(Decimal(65_000), None),
                "growth": Amount(Decimal(15), Decimal(20)),
                "read": DAY,
                "year": "2026",
            },
        ),
        Record("sg", "Singapore", {"country": "SG"}),
    )
    whole = Table("t", "t.yaml", "Pay", "", DAY, None, SOURCE, columns=columns, records=records)
    found = record_table(whole, BRITISH)
    assert (found.columns, found.numbers) == (
        ("Country", "Currency", "Pay", "Growth", "Read", "Year"),
        (False, False, True, True, False, False),
    )
    assert found.rows == (
        ("Germany", ("Germany", "EUR", "above €65,000", "15 to 20%", "22 April 2026", "2026")),
        ("Singapore", ("Singapore", "", "", "", "", "")),
    )
