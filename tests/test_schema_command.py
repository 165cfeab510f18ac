from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from aicareers_site.schemas import NAMES, schema
from tests.folders import open_folder as open_folder
from tests.folders import powerless
from tests.samples import PROJECT, SETTINGS, contents, lay_out

if TYPE_CHECKING:
    from pathlib import Path


def printed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", *arguments])


@pytest.mark.parametrize("name", NAMES)
def test_one_schema_is_printed_by_its_name(name: str, tmp_path: Path) -> None:
    result = printed(name, "--root", str(tmp_path))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema(name)


def test_without_a_name_all_are_printed(tmp_path: Path) -> None:
    found = json.loads(printed("--root", str(tmp_path)).stdout)
    assert found == {name: schema(name) for name in NAMES}


def test_authors_and_categories_are_those_of_the_site(tmp_path: Path) -> None:
    lay_out({"site.yaml": SETTINGS.encode()}, tmp_path)
    keys = json.loads(printed("post", "--root", str(tmp_path)).stdout)["properties"]
    assert keys["authors"]["items"]["enum"] == ["desk"]
    assert keys["category"]["enum"] == ["advice", "figures"]
    assert keys["category"]["enumDescriptions"] == ["What to do.", "What is counted."]


def test_any_id_will_do_where_yaml_may_take_one_for_a_number(tmp_path: Path) -> None:
    text = SETTINGS.replace("  advice:", "  2026:")
    lay_out({"site.yaml": text.encode()}, tmp_path)
    keys = json.loads(printed("post", "--root", str(tmp_path)).stdout)["properties"]
    assert "enum" not in keys["category"]


def test_settings_with_errors_name_nothing(tmp_path: Path) -> None:
    lay_out({"site.yaml": b"title: ["}, tmp_path)
    assert json.loads(printed("post", "--root", str(tmp_path)).stdout) == schema("post")


def test_all_are_written_into_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "where"
    result = printed("--root", str(tmp_path), "--write", str(folder))
    assert result.stdout == f"{folder}: 7 schemas written.\n"
    assert {name: json.loads(text) for name, text in contents(folder).items()} == {
        f"{name}.json": schema(name) for name in NAMES
    }
    assert printed("post", "--write", str(folder)).exit_code == 2


def test_what_cannot_be_written_or_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "out/country-profile.json").mkdir(parents=True)
    result = printed("--root", str(tmp_path), "--write", str(tmp_path / "out"))
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {tmp_path}/out/country-profile.json cannot be written: Is a directory\n",
    )


def test_settings_that_nobody_may_read_are_told(open_folder: Path) -> None:
    lay_out({"site.yaml": SETTINGS.encode()}, open_folder)
    (open_folder / "site.yaml").chmod(0)
    with powerless():
        result = printed("--root", str(open_folder))
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {open_folder}/site.yaml cannot be read: Permission denied\n",
    )


def test_the_shipped_schemas_are_up_to_date(tmp_path: Path) -> None:
    """If not: ``aicareers schema --write .vscode/schemas``."""
    printed("--root", str(PROJECT), "--write", str(tmp_path))
    assert contents(tmp_path) == contents(PROJECT / ".vscode" / "schemas")
