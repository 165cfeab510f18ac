"""The audit's arithmetic: what of Lighthouse's reports counts, and when a page misses its goals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.server import ALL_KINDS
from tools.audit import CATEGORIES, PAGES, Run, circumstances, document, middle, read, shortcomings

FAULTLESS = Run((100, 100, 100, 100), 800, 0, 0)


def report(paint: float = 812.4, contrast: float | None = 1) -> dict[str, Any]:
    """A report as Lighthouse writes it, without what nobody reads here."""
    nodes = [{"node": {"selector": "p.faint"}}]
    return {
        "lighthouseVersion": "13.0.0",
        "environment": {
            "hostUserAgent": "Mozilla/5.0 (X11; Linux) HeadlessChrome/140.0.0.0 Safari/537.36",
            "benchmarkIndex": 1500.4,
        },
        "categories": {
            name: {"score": 0.96 if name == "accessibility" else 1, "auditRefs": []}
            for name in CATEGORIES
        }
        | {
            "accessibility": {
                "score": 0.96,
                "auditRefs": [
                    {"id": "color-contrast", "weight": 7},
                    {"id": "video-caption", "weight": 10},
                    {"id": "unweighed", "weight": 0},
                ],
            }
        },
        "audits": {
            "largest-contentful-paint": {"numericValue": paint},
            "cumulative-layout-shift": {"numericValue": 0},
            "total-blocking-time": {"numericValue": 12.5},
            "color-contrast": {
                "id": "color-contrast",
                "title": "Contrast",
                "score": contrast,
                "scoreDisplayMode": "binary",
                "details": {"items": nodes},
            },
            "video-caption": {"score": None, "scoreDisplayMode": "notApplicable"},
            "unweighed": {"score": 0, "scoreDisplayMode": "binary"},
        },
    }


def test_a_report_is_read() -> None:
    assert read(report()) == Run((100, 96, 100, 100), 812.4, 0, 12.5)


def test_what_lowers_a_score_is_named_with_its_place() -> None:
    assert read(report(contrast=0)).missed == {"color-contrast (Contrast) p.faint"}


def test_the_median_of_each_number_counts_and_every_fault() -> None:
    runs = [
        Run((90, 100, 100, 100), 700, 0.0, 5, frozenset(["a"])),
        Run((100, 99, 100, 100), 900, 0.2, 0),
        Run((100, 100, 100, 100), 800, 0.1, 9, frozenset(["b"])),
    ]
    assert middle(runs) == Run((100, 100, 100, 100), 800, 0.1, 5, frozenset(["a", "b"]))


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (FAULTLESS, []),
        (FAULTLESS._replace(paint=999.9), []),
        (
            FAULTLESS._replace(paint=1000),
            ["Home: the largest contentful paint comes after 1000 ms"],
        ),
        (FAULTLESS._replace(shift=0.0004), ["Home: the layout shifts by 0.0004"]),
        (FAULTLESS._replace(scores=(100, 99, 100, 100)), ["Home: Accessibility is 99, not 100"]),
    ],
)
def test_a_page_that_misses_a_goal_is_told(run: Run, expected: list[str]) -> None:
    assert shortcomings("Home", run) == expected


def test_the_record_names_pages_numbers_and_circumstances() -> None:
    told = circumstances("2026-11-21", report())
    written = document({"Home": FAULTLESS._replace(shift=0.01)}, told, 3)
    assert "Lighthouse 13.0.0 with HeadlessChrome/140.0.0.0 on 2026-11-21" in written
    assert "| Home | 100 | 100 | 100 | 100 | 0.80 s | 0.01 | 0 ms |" in written


def test_the_pages_are_of_known_kinds() -> None:
    assert set(PAGES.values()) <= set(ALL_KINDS)
