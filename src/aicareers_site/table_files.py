"""Which files are data tables, and where their parts stand."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aicareers_site import documents
from aicareers_site.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from aicareers_site.yaml_tree import Location

FOLDER = "content/data/"

# What people may give such a file for a name; pictures and the like may stand there.
_NEARLY = frozenset([".yml", ".json", ".csv", ".tsv", ".toml", ".xlsx", ".ods"])


def is_table(path: str) -> bool:
    """Whether the file at ``path`` is a data table."""
    return path.startswith(FOLDER) and path.endswith(".yaml")


def misplaced(path: str) -> Diagnostic | None:
    """An error for a file of data that would be left out without a word."""
    if not path.startswith(FOLDER) or PurePosixPath(path).suffix.lower() not in _NEARLY:
        return None
    return Diagnostic(
        "file-extension", "data tables are YAML and end in '.yaml'", Span(path), "convert the file"
    )


def ids(path: str, content: bytes) -> tuple[str, ...]:
    """The ids that a table which cannot be read may have: its file's name, and what it says."""
    said = re.findall(rb"^id:[ \t]*([a-z0-9-]+)", content, re.MULTILINE)
    return (PurePosixPath(path).stem, *(one.decode() for one in said))


def locate(path: str, content: bytes, location: Location) -> Span:
    """Where the value at ``location`` stands in a data file that could be read before."""
    tree = documents.parse_yaml(path, content).value
    return tree.span(location) if tree else Span(path)
