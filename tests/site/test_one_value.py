"""One value changed in a data table: everything that shows it changes, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache

from tests.samples import NOW, PROJECT, built

TABLE = "content/data/ml-jobs-2026.yaml"
ARTICLE = "blog/entry-level-and-internships/index.html"
DRAWN = "blog/ml-job-market-2026/index.html"
"""The other article that shows the value, in a chart."""
CHART = "blog/entry-level-and-internships/ml-jobs-2026-seniority-shares.svg"


def shipped() -> dict[str, bytes]:
    """The sources of the shipped site."""
    return {
        path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for folder in ("site.yaml", "content", "templates", "static")
        for path in [PROJECT / folder, *sorted((PROJECT / folder).rglob("*"))]
        if path.is_file()
    }


@cache
def site(students: int) -> dict[str, str]:
    """The text files of the shipped site with so many openings for students."""
    sources = shipped()
    table = sources[TABLE].replace(b"student: {value: 38", f"student: {{value: {students}".encode())
    outcome = built({**sources, TABLE: table}, NOW)
    assert outcome.diagnostics == ()
    return {
        output.path: output.content().decode()
        for output in outcome.value.outputs
        if not output.path.endswith((".png", ".woff2"))
    }


def phrase(students: int) -> str:
    """What lists say of the value, in the article's description."""
    return f"18 are junior, {students} are for students"


def lead_figure(students: int) -> str:
    """What lists may show of it besides, in the article's lead figure: with the 18 juniors."""
    return f">{students + 18}<"


def shown(text: str) -> str:
    """What readers read."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", text))


def structured(page: str) -> str:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return str(data)


def value_in_json(text: str) -> int:
    """The number of openings for students in the table's JSON."""
    (seniority,) = [one for one in json.loads(text)["breakdowns"] if one["id"] == "seniority"]
    (student,) = [one for one in seniority["parts"] if one["id"] == "student"]
    return int(student["value"])


def cells_of_row(page: str) -> list[str]:
    """What readers read in the row on students of the table's own page, cell by cell."""
    (row,) = re.findall(r'<tr id="seniority\.student">.*?</tr>', page, re.DOTALL)
    return [shown(cell) for cell in re.findall("<t[hd].*?</t[hd]>", row, re.DOTALL)]


def test_the_value_stands_in_the_table_of_the_shipped_site() -> None:
    assert site(38) != site(39)


def test_prose_description_chart_and_its_table_change() -> None:
    before, after = site(38)[ARTICLE], site(39)[ARTICLE]
    for one, page in (("38", before), ("39", after)):
        assert f"{one} are for students" in shown(page)
        (description,) = re.findall('<meta name="description" content="([^"]*)"', page)
        assert one in description
        assert one in structured(page)
        (chart,) = re.findall('<figure class="chart".*?</figure>', page, re.DOTALL)
        (drawing,) = re.findall("<svg.*?</svg>", chart, re.DOTALL)
        assert one in shown(drawing)
        (table,) = re.findall("<table.*?</table>", chart, re.DOTALL)
        assert f">{one}</td>" in table
    assert "38" in shown(site(38)[CHART])
    assert "39" in shown(site(39)[CHART])


def test_what_is_calculated_from_it_changes() -> None:
    assert "that is 56" in shown(site(38)[ARTICLE])
    assert "that is 57" in shown(site(39)[ARTICLE])


def test_downloads_change() -> None:
    for students in (38, 39):
        files = site(students)
        rows = list(csv.DictReader(io.StringIO(files["data/ml-jobs-2026.csv"])))
        found = [row["value"] for row in rows if row["row_id"] == "seniority.student"]
        assert found == [str(students)]
        assert value_in_json(files["data/ml-jobs-2026.json"]) == students


def test_the_page_of_the_table_changes() -> None:
    for students in (38, 39):
        page = site(students)["data/ml-jobs-2026/index.html"]
        assert cells_of_row(page) == ["Student", str(students), "5%"]


def test_nothing_else_changes() -> None:
    before, after = site(38), site(39)
    assert before.keys() == after.keys()
    changed = {path for path in before if before[path] != after[path]}
    listing = {path for path in changed if phrase(39) in after[path]}
    assert changed - listing == {
        *(CHART, DRAWN),
        "blog/ml-job-market-2026/ml-jobs-2026-seniority-bars.svg",
        "data/ml-jobs-2026.csv",
        "data/ml-jobs-2026.json",
        "data/ml-jobs-2026/index.html",
        "topics/remote-work/feed.xml",
    }
    assert ARTICLE in listing
    for path in listing:
        if path.endswith(".html") and path != ARTICLE:
            told = before[path].replace(phrase(38), phrase(39))
            assert told.replace(lead_figure(38), lead_figure(39)) == after[path]


def test_a_page_that_does_not_show_it_stays_as_it_is() -> None:
    for path in ("blog/germany/index.html", "countries/index.html", "data/ml-pay-2026.csv"):
        assert site(38).get(path) == site(39).get(path)
        assert path in site(38)
