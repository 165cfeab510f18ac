from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.content_parts import StatisticsTable
from aicareers_site.facts import statistics_table
from aicareers_site.view_parts import StatisticsRow, StatisticsTableView
from aicareers_site.wording import Wording

BRITISH = Wording("en-GB", UTC)


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
        StatisticsRow("No. 440", "440", 440, "60%", "61%", "60.1"),
    )


def test_what_the_rows_leave_of_the_total_is_shown_as_not_stated() -> None:
    assert table(732, 440, 86, 60, 38, 18).rest == StatisticsRow(
        "Not stated", "90", 90, "12%", None, "12.3"
    )


def test_rows_that_add_up_leave_no_rest() -> None:
    assert table(732, 289, 239, 204).rest is None


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(1, 10**9))
def test_bars_are_never_wider_than_the_whole(values: list[int], total: int) -> None:
    assert all(0 <= float(row.width) <= 100 for row in table(total, *values).rows)
