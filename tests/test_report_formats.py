"""Problems for other programs: what GitHub, readers of SARIF and readers of JUnit XML are told."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import __version__, explanations
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.report_formats import Report, github, junit, sarif

PATH = "content/articles/a.md"
TAGS = Diagnostic("unknown-key", "'tgas' is not a key", Span(PATH, 4, 1, 5), "write 'tags'")
OLD = Diagnostic(
    "figure-stale", "50% are old", Span("content/data/b.yaml", 7), severity=Severity.WARNING
)
TWICE = Diagnostic(
    "duplicate-title", "there are two", Span(PATH), "", Severity.NOTE, (Span("b c.md", 2, 8, 9),)
)
SOURCES = {PATH: b"---\ntitle: A\ndate: 2026-01-01\ntgas: [b]\n---\n"}


def report(*found: Diagnostic, folder: str = "", strict: bool = False) -> Report:
    return Report("check", found, SOURCES, folder, strict)


# GitHub


def test_a_command_names_the_place_the_code_and_the_hint() -> None:
    assert github(report(TAGS)) == (
        "::error file=content/articles/a.md,line=4,col=1,endColumn=5,title=unknown-key::"
        "'tgas' is not a key%0AHint: write 'tags'"
    )


def test_what_is_not_known_of_the_place_is_left_out() -> None:
    assert github(report(OLD, TWICE)).splitlines() == [
        "::warning file=content/data/b.yaml,line=7,title=figure-stale::50%25 are old",
        "::notice file=content/articles/a.md,title=duplicate-title::there are two",
    ]


def test_signs_with_a_meaning_are_escaped() -> None:
    odd = Diagnostic("file-name", "a%\r\n:,b", Span("a%\r\n:,b.md"))
    assert github(report(odd)) == (
        "::error file=a%25%0D%0A%3A%2Cb.md,title=file-name::a%25%0D%0A:,b"
    )


@given(message=st.text(), hint=st.text(), path=st.text(min_size=1))
def test_a_command_can_be_read_back(message: str, hint: str, path: str) -> None:
    written = github(report(Diagnostic("a-code", message, Span(path, 1, 2, 3), hint)))

    properties, text = re.fullmatch(r"::error ([^\n\r]*?)::([^\n\r]*)", written).groups()  # type: ignore[union-attr]

    def read(value: str) -> str:
        return re.sub("%(0A|0D|25|2C|3A)", lambda sign: chr(int(sign[1], 16)), value)

    told = {
        name: read(value)
        for name, _, value in (one.partition("=") for one in properties.split(","))
    }
    assert told == {"file": path, "line": "1", "col": "2", "endColumn": "3", "title": "a-code"}
    assert read(text) == (f"{message}\nHint: {hint}" if hint else message)


def test_files_are_named_as_seen_from_the_repository() -> None:
    assert github(report(TAGS, folder="blog")).startswith("::error file=blog/content/articles/a.md")


def test_without_problems_there_are_no_commands() -> None:
    assert github(report()) == ""


# SARIF


def logged(made: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(sarif(made, explanations.shipped()))
    return log


def test_a_log_has_what_the_schema_requires() -> None:
    log = logged(report(OLD, TAGS, TWICE))
    (run,) = log["runs"]

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == (
        "aicareers", __version__,
    )  # fmt: skip
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
    levels = [result["level"] for result in run["results"]]
    assert levels == ["warning", "error", "note"]


def test_a_result_names_the_region_with_its_end_exclusive() -> None:
    assert logged(report(TAGS))["runs"][0]["results"] == [
        {
            "ruleId": "unknown-key",
            "level": "error",
            "message": {"text": "'tgas' is not a key\nHint: write 'tags'"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": PATH},
                        "region": {"startLine": 4, "startColumn": 1, "endColumn": 5},
                    }
                }
            ],
        }
    ]


def test_a_file_as_a_whole_has_no_region_and_paths_are_uris() -> None:
    (result,) = logged(report(TWICE, folder="my blog"))["runs"][0]["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": f"my%20blog/{PATH}"}}}
    ]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "my%20blog/b%20c.md"}


def test_the_rules_are_the_codes_that_were_found_each_once() -> None:
    rules = logged(report(TAGS, OLD, TAGS))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["figure-stale", "unknown-key"]
    explained = explanations.shipped()["unknown-key"]
    assert rules[1]["shortDescription"]["text"] == explained.meaning
    assert explained.mend in rules[1]["help"]["markdown"]


def test_a_clean_log_has_no_results() -> None:
    (run,) = logged(report())["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


# JUnit


def cases(made: Report) -> list[tuple[str | None, str | None, list[str]]]:
    root = ET.fromstring(junit(made))
    return [
        (one.get("classname"), one.get("name"), [part.tag for part in one])
        for one in root.iter("testcase")
    ]


def test_a_problem_is_a_case_in_the_suite_of_its_file() -> None:
    root = ET.fromstring(junit(report(TAGS, TWICE, OLD)))
    assert [(one.get("name"), one.get("tests"), one.get("failures")) for one in root] == [
        (PATH, "2", "1"),
        ("content/data/b.yaml", "1", "0"),
    ]
    assert (root.get("name"), root.get("tests"), root.get("failures")) == (
        "aicareers check", "3", "1",
    )  # fmt: skip


@pytest.mark.parametrize(("strict", "part"), [(False, "system-out"), (True, "failure")])
def test_a_warning_fails_when_warnings_count_as_errors(strict: bool, part: str) -> None:
    assert cases(report(TAGS, OLD, TWICE, strict=strict)) == [
        (PATH, "unknown-key at 4:1", ["failure"]),
        ("content/data/b.yaml", "figure-stale at 7", [part]),
        (PATH, "duplicate-title", ["system-out"]),
    ]


def test_a_failure_shows_the_excerpt() -> None:
    (failure,) = ET.fromstring(junit(report(TAGS))).iter("failure")
    assert (failure.get("type"), failure.get("message")) == ("unknown-key", "'tgas' is not a key")
    assert failure.text is not None
    assert " 4 | tgas: [b]\n   | ^^^^\n" in failure.text


def test_no_problem_is_one_case_that_passes() -> None:
    assert cases(report()) == [("check", "no problems", [])]


@given(message=st.text(), path=st.text(min_size=1))
def test_any_words_make_well_formed_xml(message: str, path: str) -> None:
    ET.fromstring(junit(report(Diagnostic("a-code", message, Span(path), message))))
