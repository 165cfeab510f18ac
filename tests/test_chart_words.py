import pytest

from aicareers_site.chart_data import ChartKind
from aicareers_site.chart_words import described
from tests.chart_samples import BRITISH, ONE_OF_EACH, chart, course, data, rows


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            ChartKind.BARS,
            "Ranked bars, 3 rows. Openings; 732 in all. Largest: Senior, 440 (60%). "
            "Smallest: Junior, 18 (2%). The rest: Not stated, 214 (29%).",
        ),
        (
            ChartKind.SHARES,
            "One bar, divided into parts, 3 rows. Openings; 732 in all. "
            "Largest: Senior, 440 (60%). Smallest: Junior, 18 (2%). "
            "The rest: Not stated, 214 (29%).",
        ),
        (
            ChartKind.RANGES,
            "Dots and ranges, 4 rows. Lowest: Entry level, US$100,000 to US$130,000. "
            "Highest: Lead, above US$250,000. Not reported: Intern.",
        ),
        (
            ChartKind.LINE,
            "Lines over time, 2 series. Openings. From 2024 to 2026. "
            "Remote: 180 in 2024, 289 in 2026. On-site: 260 in 2024, 204 in 2026. "
            "Not reported: On-site, 2025.",
        ),
        (
            ChartKind.SLOPE,
            "Before and after, 2 series. From 2024 to 2026. "
            "Remote: 31% in 2024, 39% in 2026. On-site: 33% in 2024, 28% in 2026.",
        ),
    ],
)
def test_a_chart_is_told_by_its_size_its_extremes_and_its_ends(kind: ChartKind, words: str) -> None:
    assert described(ONE_OF_EACH[kind], BRITISH) == words


def test_one_row_is_neither_the_largest_nor_the_smallest() -> None:
    one = chart(ChartKind.BARS, data(rows({"Senior": 2})))
    assert described(one, BRITISH) == "Ranked bars, 1 row. Openings. Senior, 2."


def test_a_single_series_needs_no_name() -> None:
    one = chart(ChartKind.LINE, data(course("", {"2024": 1, "2026": 2})))
    assert described(one, BRITISH) == (
        "Lines over time, 1 series. Openings. From 2024 to 2026. 1 in 2024, 2 in 2026."
    )
