"""The settings with which VS Code helps those who write; it is not run here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from aicareers_site.cli import main
from aicareers_site.table_files import is_table
from tests.samples import PROJECT, lay_out, post, sources

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = PROJECT / ".vscode"


def settings(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def test_each_yaml_file_that_editors_write_has_its_schema() -> None:
    schemas = settings("settings.json")["yaml.schemas"]
    assert list(schemas.values()) == ["site.yaml", "content/data/*.yaml"]
    for path, pattern in schemas.items():
        files = [file.relative_to(PROJECT).as_posix() for file in PROJECT.glob(pattern)]
        expected = "data-table" if all(map(is_table, files)) else "site"
        assert (PROJECT / path).resolve() == FOLDER / "schemas" / f"{expected}.json"
        assert files != []


def test_the_extension_that_reads_the_schemas_is_recommended() -> None:
    assert settings("extensions.json") == {"recommendations": ["redhat.vscode-yaml"]}


def test_problems_are_found_in_what_the_task_prints(tmp_path: Path) -> None:
    (task,) = settings("tasks.json")["tasks"]
    table = b"title: [\n"
    articles = {
        "articles/a.md": post(category="advise"),
        "articles/b.md": post(more="draft: true\nhue: red\n"),
        "data/t.yaml": table,
    }
    lay_out(sources(articles), tmp_path)
    command = [*task["args"], "--root", str(tmp_path), "--jobs", "1", "--no-cache"]
    lines = CliRunner().invoke(main, command).stderr.splitlines()
    pattern = task["problemMatcher"]["pattern"]
    names = ("file", "line", "column", "severity", "code", "message")
    matches = [found for line in lines if (found := re.search(pattern["regexp"], line))]
    assert [tuple(found[pattern[name]] for name in names)[:5] for found in matches] == [
        ("content/articles/a.md", "6", "11", "error", "unknown-category"),
        ("content/articles/b.md", "8", "1", "note", "unknown-key"),
        ("content/data/t.yaml", "1", "8", "error", "yaml-syntax"),
    ]
    assert all(found[pattern["message"]] for found in matches)
