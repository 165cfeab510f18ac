"""A data table as CSV and JSON: everything in it, as it is in the table."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.data_files import (
    Job,
    claims,
    file_path,
    jobs,
    page_path,
    to_csv,
    to_json,
    variables,
    written,
)
from aicareers_site.data_tables import Amount, Column, ColumnType, Record, Source
from aicareers_site.urls import Urls
from tests.tables import JOBS, JOBS_TEXT, PAY, SERIES, table

URL = "https://sample.example/data/jobs/"


def rows(text: str) -> list[dict[str, str]]:
    """What a program reads from a CSV file."""
    return list(csv.DictReader(StringIO(text, newline="")))


def labelled(label: str) -> dict[str, str]:
    """The row of a record whose label and only text are ``label``."""
    columns = (Column("text", "Text", ColumnType.TEXT),)
    (row,) = rows(
        to_csv(PAY._replace(columns=columns, records=(Record("a", label, {"text": label}),)))
    )
    return row


# CSV


def test_every_part_has_a_row_and_the_total_the_first() -> None:
    assert to_csv(JOBS).split("\r\n") == [
        "row_id,breakdown,label,value,unit,share,stated_share",
        "total,,Total,100,openings,100.0000,",
        "level.senior,Level,Senior,60,openings,60.0000,60",
        "level.mid-level,Level,Mid level,25,openings,25.0000,",
        "level.rest,Level,Other levels,15,openings,15.0000,",
        "place.remote,Place,Remote,41,openings,41.0000,41",
        "place.on-site,Place,On site,59,openings,59.0000,59",
        "",
    ]


def test_a_range_has_a_column_for_each_end_and_for_the_median() -> None:
    assert [
        (row["row_id"], row["pay_low"], row["pay_median"], row["pay_high"], row["currency"])
        for row in rows(to_csv(PAY))
    ] == [
        ("us", "350000", "500000", "700000", "USD"),
        ("gb", "120000", "", "120000", "GBP"),
        ("de", "", "", "", "EUR"),
    ]


def test_records_have_the_columns_of_the_table_with_their_units() -> None:
    assert to_csv(SERIES).split("\r\n")[:3] == [
        "row_id,label,year,openings,openings_unit,growth_low,growth_high,growth_unit,"
        "remote,remote_unit",
        "y2024,2024,2024,80,openings,,,%,30,%",
        "y2025,2025,2025,90,openings,12.5,12.5,%,35.5,%",
    ]


def test_a_fixed_currency_is_the_unit() -> None:
    columns = tuple(
        column._replace(currency="USD") if column.id == "pay" else column for column in PAY.columns
    )
    first = rows(to_csv(PAY._replace(columns=columns)))[0]
    assert first["pay_unit"] == "USD"


def test_a_table_of_both_kinds_keeps_all_its_cells() -> None:
    found = rows(to_csv(JOBS._replace(columns=SERIES.columns, records=SERIES.records)))
    assert len(found) == 6 + 3
    assert (found[1]["row_id"], found[1]["value"], found[1]["year"]) == ("level.senior", "60", "")
    assert (found[6]["row_id"], found[6]["value"], found[6]["year"]) == ("y2024", "", "2024")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@SUM(A1)", "＝1", "\t=1"])
def test_a_text_cannot_be_taken_for_a_formula(text: str) -> None:
    assert labelled(text) == {"row_id": "a", "label": f"'{text}", "text": f"'{text}"}


@pytest.mark.parametrize("text", ["1 = 1", "Mid-level", "'quoted'", "a@b.example"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert labelled(text)["label"] == text


def test_a_negative_number_is_a_number() -> None:
    record = SERIES.records[1]
    shrunk = record._replace(cells={**record.cells, "growth": Amount(Decimal(-2), Decimal(-2))})
    (row,) = rows(to_csv(SERIES._replace(records=(shrunk,))))
    assert row["growth"] == "-2"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    read = labelled(text)["label"]
    assert read in {text, f"'{text}"}
    assert not read.startswith(("=", "+", "-", "@"))


# JSON


def test_json_says_where_the_figures_come_from() -> None:
    source = Source("A survey", "https://example.org/", date(2026, 4, 1), date(2026, 4, 23))
    found = json.loads(to_json(JOBS._replace(source=source, remarks=("Mind the gap.",)), URL))
    assert {key: found[key] for key in list(found)[:10]} == {
        "id": "jobs",
        "title": "Open positions",
        "description": "Open positions in the exchange’s overview.",
        "url": URL,
        "source": {
            "name": "A survey",
            "url": "https://example.org/",
            "published": "2026-04-01",
            "retrieved": "2026-04-23",
        },
        "as_of": "2026-04-22",
        "review_by": "2027-04-22",
        "remarks": ["Mind the gap."],
        "unit": "openings",
        "total": 100,
    }


def test_json_has_every_part_and_what_they_leave() -> None:
    level, place = json.loads(to_json(JOBS, URL))["breakdowns"]
    assert level == {
        "id": "level",
        "title": "Level",
        "remarks": ["The source does not say what the others are."],
        "parts": [
            {"id": "senior", "label": "Senior", "value": 60, "share": 60, "stated_share": 60},
            {
                "id": "mid-level",
                "label": "Mid level",
                "value": 25,
                "share": 25,
                "stated_share": None,
            },
        ],
        "rest": {
            "id": "rest",
            "label": "Other levels",
            "value": 15,
            "share": 15,
            "stated_share": None,
        },
    }
    assert place["rest"] is None


def test_json_has_every_record_with_null_for_what_is_not_reported() -> None:
    found = json.loads(to_json(PAY, URL))
    assert found["columns"][-1] == {
        "id": "pay",
        "label": "Pay a year",
        "type": "money",
        "unit": None,
        "currency": "currency",
    }
    assert [record["values"]["pay"] for record in found["records"]] == [
        {"low": 350000, "high": 700000, "median": 500000},
        120000,
        None,
    ]


def test_json_numbers_are_numbers_with_or_without_decimals() -> None:
    _, second, third = json.loads(to_json(SERIES, URL))["records"]
    assert second["values"] == {"year": "2025", "openings": 90, "growth": 12.5, "remote": 35.5}
    assert isinstance(third["values"]["openings"], int)


def test_json_tells_of_corrections() -> None:
    correction = "{date: 2026-05-01, figure: place.remote, before: 14, after: 41, why: A slip.}"
    corrected = table(f"{JOBS_TEXT}corrections: [{correction}]\n")
    assert json.loads(to_json(corrected, URL))["corrections"] == [
        {
            "date": "2026-05-01",
            "figure": "place.remote",
            "before": 14,
            "after": 41,
            "why": "A slip.",
        }
    ]


# The files


def test_a_table_has_a_page_and_two_files_beside_it() -> None:
    assert page_path("jobs") == "/data/jobs/"
    assert list(jobs([JOBS, PAY], Urls("https://sample.example/"))) == [
        "/data/jobs.csv",
        "/data/jobs.json",
        "/data/pay.csv",
        "/data/pay.json",
    ]


def test_files_are_claimed_for_the_field_that_names_them() -> None:
    assert list(claims([JOBS])) == [
        (file_path("jobs", "csv"), "content/data/jobs.yaml", "id"),
        (file_path("jobs", "json"), "content/data/jobs.yaml", "id"),
    ]


def test_a_file_is_the_same_wherever_its_source_stands() -> None:
    here = jobs([JOBS], Urls("https://sample.example/"))
    assert here == jobs([JOBS._replace(path="else.yaml")], Urls("https://sample.example/"))
    assert here["/data/jobs.json"] == Job("json", JOBS._replace(path=""), URL)


def test_files_are_utf_8_and_end_with_a_line() -> None:
    made = [written(job) for job in jobs([JOBS], Urls("https://sample.example/")).values()]
    assert [one.body for one in made] == [to_csv(JOBS).encode(), to_json(JOBS, URL).encode()]
    assert all(one.body.endswith(b"\n") for one in made)
    assert "’".encode() in made[1].body


def test_what_a_table_measures() -> None:
    assert list(variables(JOBS)) == [("Level", "openings"), ("Place", "openings")]
    assert list(variables(SERIES)) == [("Openings", "openings"), ("Growth", "%"), ("Remote", "%")]
    assert list(variables(PAY)) == [("Pay a year", "")]
