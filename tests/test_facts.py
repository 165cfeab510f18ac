from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from aicareers_site.content_parts import StatisticsTable
from aicareers_site.facts import statistics_table
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
salaries:
  - role: "Engineer -- or chief's deputy"
    low: 65000
    high: 95000
    currency: EUR
    place: "Land's End"
    basis: "year's pay"
    as_of: 2026-04-22
    source: s
    note: "it's gross"
working_language: "the team's"
in_favour: ["It's near."]
against: ["It's far."]
faq: [{question: "Who's asking?", answer: "It's us."}]
"""


MARKET = """\
as_of: 2026-04-22
source: s
sources: [{id: s, name: "A survey's", retrieved: 2026-04-22}]
tables:
  - id: t
    caption: "The market's openings"
    property: "Worker's level"
    unit: "job's"
    total: 9
    rows: [{label: "Master's", value: 8, share: 88}]
    note: "It doesn't add up."
tips: [{title: "Don't wait", text: "It's now."}]
"""


TREND = """\
key_points: ["It's so."]
regions: ["Land's End"]
dateline: "Land's End -- May"
"""


def page_of(kind: str, more: str, settings: str = SETTINGS) -> html.HtmlElement:
    """The page of an article of this kind on a site that has only that."""
    article = {f"{kind}/a.md": post(more=more)}
    return html.fromstring(outputs(sources(article, settings))["blog/a/index.html"])


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
    assert page.xpath("string(//*[@class='pay-range'])") == pay


def test_pay_that_is_one_amount_is_shown_once() -> None:
    page = page_of("countries", PROFILE.replace("95000", "65000"))
    assert page.xpath("string(//*[@class='pay-range'])") == "€65,000"


def test_pay_that_is_not_reported_is_said_to_be_so() -> None:
    profile = PROFILE.replace("    low: 65000\n    high: 95000\n", "")
    assert page_of("countries", profile).xpath("string(//*[@class='pay-range pay-none'])") == (
        "Not reported"
    )


def table(total: int, *values: int, stated: int | None = None) -> StatisticsTableView:
    rows = [{"label": f"No. {n}", "value": n, "share": stated} for n in values]
    return statistics_table(
        StatisticsTable.model_validate(
            {
                "id": "t",
                "caption": "Openings",
                "property": "Level",
                "unit": "openings",
                "total": total,
                "rows": rows,
            }
        ),
        BRITISH,
    )


def test_shares_are_computed_and_the_sources_own_stand_beside_them() -> None:
    assert table(732, 440, stated=61).rows == (
        StatisticsRow("No. 440", "440", "60%", "61%", "60.1"),
    )


def test_what_the_rows_leave_of_the_total_is_shown_as_not_stated() -> None:
    assert table(732, 440, 86, 60, 38, 18).rest == StatisticsRow(
        "Not stated", "90", "12%", None, "12.3"
    )


def test_the_unit_heads_a_column() -> None:
    assert table(9, 9).unit == "Openings"


def test_rows_that_add_up_leave_no_rest() -> None:
    assert table(732, 289, 239, 204).rest is None


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(1, 10**9))
def test_bars_are_never_wider_than_the_whole(values: list[int], total: int) -> None:
    rows = table(total, *(min(value, total) for value in values)).rows
    assert all(0 <= float(row.width) <= 100 for row in rows)
