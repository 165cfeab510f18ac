"""Problems in the formats that other programs read: workflow commands of GitHub, SARIF, JUnit."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from aicareers_site import __version__
from aicareers_site.diagnostics import Severity, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.diagnostics import Diagnostic, Span
    from aicareers_site.explanations import Explanation

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})
# What XML 1.0 cannot hold, section 2.2.
_NOT_IN_XML = {
    code: "\ufffd"
    for code in (*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
    if code not in {0x09, 0x0A, 0x0D}
}


class Report(NamedTuple):
    """What was found by a ``command``, in order.

    ``sources`` are the files that were read, by path; ``folder`` is where they lie, as seen from
    the folder in which the command was run, empty if it is that one. If ``strict``, warnings count
    as errors.
    """

    command: str
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, bytes]
    folder: str = ""
    strict: bool = False

    def path(self, span: Span) -> str:
        """The path of the file, as seen from the folder in which the command was run."""
        return f"{self.folder}/{span.path}" if self.folder else span.path


def github(report: Report) -> str:
    """Workflow commands, which annotate the lines of a pull request.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_command(one, report) for one in report.diagnostics)


def _command(one: Diagnostic, report: Report) -> str:
    span = one.span
    properties: dict[str, str | int] = {"file": report.path(span)}
    if span.line:
        properties["line"] = span.line
    if span.line and span.column:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = one.code
    listed = ",".join(
        f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items()
    )
    return f"::{_COMMANDS[one.severity]} {listed}::{_message(one).translate(_IN_MESSAGES)}"


def _message(one: Diagnostic) -> str:
    return f"{one.message}\nHint: {one.hint}" if one.hint else one.message


def sarif(report: Report, explained: Mapping[str, Explanation]) -> str:
    """A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).

    Its rules are the codes that were found, as they are ``explained``.
    """
    codes = sorted({one.code for one in report.diagnostics} & explained.keys())
    run = {
        "tool": {
            "driver": {
                "name": "aicareers",
                "version": __version__,
                "rules": [_rule(explained[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, report) for one in report.diagnostics],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(one: Explanation) -> dict[str, Any]:
    parts = (one.meaning, f"Why it matters: {one.why}", f"How to mend it: {one.mend}")
    text = "\n\n".join(parts)
    return {
        "id": one.code,
        "shortDescription": {"text": one.meaning},
        "help": {"text": text.replace("`", ""), "markdown": text},
    }


def _result(one: Diagnostic, report: Report) -> dict[str, Any]:
    related = [{"physicalLocation": _location(span, report)} for span in one.related]
    return {
        "ruleId": one.code,
        "level": one.severity.value,
        "message": {"text": _message(one)},
        "locations": [{"physicalLocation": _location(one.span, report)}],
        **({"relatedLocations": related} if related else {}),
    }


def _location(span: Span, report: Report) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(report.path(span))}}
    if span.line:
        location["region"] = {"startLine": span.line}
    if span.line and span.column:
        location["region"] |= {"startColumn": span.column, "endColumn": span.end_column}
    return location


def junit(report: Report) -> str:
    """JUnit XML as CI systems read it: a suite for each file, a case for each problem in it.

    What stops a publication is a failure; the rest passes, with its words as output. Without a
    problem there is one case, since many systems take a report without any for a mistake.
    """
    root = ET.Element("testsuites", name=f"aicareers {report.command}")
    for path, found in groupby(report.diagnostics, key=lambda one: report.path(one.span)):
        suite = ET.SubElement(root, "testsuite", name=_xml(path))
        for one in found:
            suite.append(_case(one, path, report))
        _count(suite)
    if not report.diagnostics:
        suite = ET.SubElement(root, "testsuite", name=report.command)
        ET.SubElement(suite, "testcase", name="no problems", classname=report.command)
        _count(suite)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode")


def _case(one: Diagnostic, path: str, report: Report) -> ET.Element:
    place = ":".join(str(number) for number in one.span[1:3] if number)
    name = f"{one.code} at {place}" if place else one.code
    case = ET.Element("testcase", name=name, classname=_xml(path))
    stops = (Severity.ERROR, *([Severity.WARNING] if report.strict else []))
    if one.severity in stops:
        part = ET.SubElement(case, "failure", message=_xml(one.message), type=one.code)
    else:
        part = ET.SubElement(case, "system-out")
    part.text = _xml(as_text(one, report.sources))
    return case


def _count(element: ET.Element) -> None:
    """Say how many cases there are in ``element``, and how many of them failed."""
    for name, tag in (("tests", "testcase"), ("failures", "failure")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _xml(text: str) -> str:
    return text.translate(_NOT_IN_XML)
