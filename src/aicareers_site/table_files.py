"""Which files are data tables, and where their parts stand."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aicareers_site import documents, kinds
from aicareers_site.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from aicareers_site.yaml_tree import Location

FOLDER = "content/data/"

_PICTURES = frozenset([".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".avif"])


def is_table(path: str) -> bool:
    """Whether the file at ``path`` is a data table."""
    return path.startswith(FOLDER) and path.endswith(".yaml")


def misplaced(path: str) -> Diagnostic | None:
    """An error for a file that would be left out without a word.

    Pictures may stand among the tables; Markdown is told of as an article in the wrong folder.
    """
    file = PurePosixPath(path)
    if not path.startswith(FOLDER) or is_table(path) or kinds.misplaced(path):
        return None
    if file.name.startswith(".") or file.suffix.lower() in _PICTURES:
        return None
    return Diagnostic(
        "file-extension",
        "data tables are YAML and end in '.yaml'",
        Span(path),
        "rename the file if it is YAML, convert it if not, or keep it elsewhere",
    )


def ids(path: str, content: bytes) -> tuple[str, ...]:
    """The ids that a table which cannot be read may have: its file's name, and what it says."""
    said = re.findall(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", content, re.MULTILINE)
    return (PurePosixPath(path).stem, *(one.decode() for one in said))


def locate(path: str, content: bytes, location: Location) -> Span:
    """Where the value at ``location`` stands in a data file that could be read before."""
    tree = documents.parse_yaml(path, content).value
    return tree.span(location) if tree else Span(path)
