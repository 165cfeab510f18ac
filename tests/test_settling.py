"""When a change is over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.settling import AT_MOST, MANY, PATIENCE, QUIET, remaining


@pytest.mark.parametrize(
    ("count", "incomplete", "quiet"),
    [(1, False, QUIET), (MANY, False, QUIET), (MANY + 1, False, PATIENCE), (1, True, PATIENCE)],
)
def test_a_change_is_over_when_nothing_more_has_come(
    count: int, incomplete: bool, quiet: float
) -> None:
    def wait(now: float) -> float:
        return remaining(10.0, 11.0, now, count, incomplete=incomplete)

    assert wait(11.0) == pytest.approx(quiet)
    assert wait(11.0 + quiet) <= 1e-9


def test_a_file_that_is_truncated_and_then_written_is_one_change() -> None:
    truncated = remaining(0.0, 0.0, QUIET, 1, incomplete=True)
    assert truncated > 0
    assert remaining(0.0, 0.1, 0.1 + QUIET, 1, incomplete=False) <= 1e-9


@given(st.floats(0, 100), st.integers(1, 1000), st.booleans())
def test_changes_without_end_are_shown_all_the_same(
    last: float, count: int, incomplete: bool
) -> None:
    assert remaining(0.0, last, AT_MOST, count, incomplete=incomplete) <= 0
