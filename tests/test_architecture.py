"""The shape of the code, kept: who may import whom, who may touch the world, how long a module is.

The imports are read from the source, so that a forbidden one is found even in a function that no
test runs.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import aicareers_site

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "aicareers_site"
FOLDER = Path(aicareers_site.__file__).parent

# The way of the data, from the notions that all share to the command line. A module may import
# those above it and no other. A new module is put where it belongs, or this test fails.
ORDER = [
    "__init__",
    "outputs", "serving", "cbor", "bare_words", "fingerprints", "results",
    "diagnostics", "explanations", "report_formats", "fixes",
    "paths", "publication", "bucket_list", "publish_address", "publish_failures", "publish_target",
    "slugs", "kinds", "data_tables",
    "yaml_words", "yaml_tree", "yaml_reader", "documents",
    "model_fields", "schema_forms", "findings", "written_values", "models",
    "recovery", "validation",
    "picture_parts", "view_parts", "views", "urls", "wording",
    "newsletter", "content_parts", "content_types", "configuration",
    "table_schema", "table_checks", "table_recovery", "table_files", "schemas", "chart_data",
    "figures", "figure_expressions", "figure_values", "table_selection", "figure_marks",
    "chart_text", "chart_svg", "chart_scale", "chart_labels", "chart_rows", "chart_words",
    "chart_bars", "chart_shares", "chart_ranges", "chart_line", "chart_slope",
    "world", "map_frame", "map_labels", "map_layout", "map_shapes", "chart_map",
    "charts", "chart_figure",
    "markdown_code", "markdown_source", "markdown_limits",
    "markdown_links", "markdown_inline", "markdown_speed",
    "typography", "table_reader",
    "markdown_extensions", "markdown_traps", "references",
    "html_tokens", "html_allowed", "html_nesting", "html_headings", "html_tables", "html_text",
    "html_attributes", "html_embeds", "html_cleaning", "html_pass",
    "figure_filling", "prose",
    "pictures", "picture_files",
    "pagination", "notes", "link_hints", "links", "related", "start_pages",
    "manuscripts", "promises", "records", "data_book", "data_checks", "facts", "texts",
    "beginnings", "starter",
    "figure_lint_numerals", "figure_lint_prose", "figure_lint_known", "figure_lint_matching",
    "figure_lint_calculations", "figure_lint_reading", "figure_lint", "passages", "text_checks",
    "silences", "external_links",
    "site", "identity",
    "announcements", "security_policy", "structured_data", "feeds", "sitemap",
    "template_closure", "template_source", "render",
    "assets", "asset_links", "style_links", "script_links", "data_files", "haystacks",
    "share_cards", "line_breaking", "share_card_marks", "share_card_type", "share_card_drawing",
    "page_parts", "listings", "series_pages", "article_page", "comparison", "data_pages",
    "styleguide_sample", "styleguide", "search_texts", "search_index", "search_page", "pages",
    "site_header", "syndication", "printing",
    "compression", "stages",
    "hosting", "host_files", "server_syntax", "nginx_configuration", "caddy_configuration",
    "executor", "cache", "remembering", "recalling", "watch",
    "asset_files",
    "tables", "picture_use", "articles", "needles", "stand_ins", "artwork",
    "freshness", "site_checks", "checks",
    "upcoming", "origins", "build", "page_abstract", "site_abstract", "manifest",
    "page_facts", "feed_differences", "figure_differences", "differences",
    "difference_words", "difference_reports", "precompression",
    "leaks", "indexer", "output_folder", "survey", "files", "run", "verifying", "forecasting",
    "external_asking", "mending", "checking",
    "git_branch", "publish_folder", "publish_git", "publish_rsync", "publish_s3",
    "announcing", "publishing",
    "preview_parts", "settling", "preview_state", "preview_haste", "preview_session",
    "preview_watch", "preview_server", "preview_report", "preview",
    "invocation", "reports", "publish_report", "command_options", "build_command", "check_command",
    "diff_command", "explain_command", "schema_command", "init_command", "new_command",
    "upcoming_command", "serve_command", "publish_command", "server_config_command", "cli",
    "__main__",
]  # fmt: skip

# Only these know the clock, the environment, the file system, processes and the network. Others may
# name their types, but not import them to run.
OUTER = frozenset([
    "starter",
    "executor", "cache", "remembering", "watch", "indexer", "output_folder", "survey", "files",
    "run", "verifying", "forecasting", "external_asking", "mending", "checking",
    "git_branch", "publish_folder", "publish_git", "publish_rsync", "publish_s3",
    "announcing", "publishing",
    "preview_session", "preview_watch", "preview_server", "preview_report", "preview",
    "invocation", "reports", "publish_report", "command_options", "build_command", "check_command",
    "diff_command", "explain_command", "schema_command", "init_command", "new_command",
    "upcoming_command", "serve_command", "publish_command", "server_config_command", "cli",
    "__main__",
])  # fmt: skip

WORLD = frozenset([
    "asyncio", "concurrent", "fcntl", "fileinput", "getpass", "glob", "http", "httpx", "io",
    "linecache", "locale", "mmap", "multiprocessing", "os", "platform", "random", "requests",
    "resource", "secrets", "select", "shutil", "signal", "socket", "ssl", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib.request", "uuid",
])  # fmt: skip
# Files in memory are no part of the world.
HARMLESS = frozenset(["io.BytesIO", "io.StringIO"])
# What depends on the clock, the machine's time zone, its files, or the seed of hashes.
WORLDLY_METHODS = frozenset(["now", "today", "utcnow"])
WORLDLY_FUNCTIONS = frozenset(["breakpoint", "hash", "input", "open", "print"])

MAX_LINES = 400


@dataclass(frozen=True)
class Import:
    """``from module import name``, or ``import module`` with an empty name."""

    module: str
    name: str
    line: int
    for_types: bool

    @property
    def own(self) -> str | None:
        """The module of this package that is imported, if it is one."""
        package, _, rest = self.module.partition(".")
        if package != PACKAGE:
            return None
        return rest or (self.name if (FOLDER / f"{self.name}.py").exists() else "__init__")


@dataclass(frozen=True)
class Module:
    name: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def imports(self) -> list[Import]:
        return list(_imports(self.tree, for_types=False))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def _imports(node: ast.AST, *, for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        types = for_types or (isinstance(node, ast.If) and _asks_for_types(node, child))
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, "", child.lineno, types)
        elif isinstance(child, ast.ImportFrom):
            module = ".".join(filter(None, [PACKAGE if child.level else "", child.module]))
            for alias in child.names:
                yield Import(module, alias.name, child.lineno, types)
        yield from _imports(child, for_types=types)


def _asks_for_types(node: ast.If, child: ast.AST) -> bool:
    test = node.test
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING" and child in node.body


def misdirected_imports(module: Module, order: list[str]) -> list[str]:
    """Imports of modules that stand in ``order`` where ``module`` stands, or after it."""
    if module.name not in order:
        return [f"{module.name} has no place in the order"]
    above = order[: order.index(module.name)]
    return [
        f"line {found.line}: {module.name} may not import {found.own}, which comes after it"
        for found in module.imports
        if found.own is not None and found.own not in above
    ]


def worldly_imports(module: Module) -> list[str]:
    """What ``module`` imports from the world outside, to run it."""
    problems = []
    for found in module.imports:
        names = {found.module, found.module.partition(".")[0], f"{found.module}.{found.name}"}
        if found.for_types or f"{found.module}.{found.name}" in HARMLESS:
            continue
        impure_path = found.module == "pathlib" and not found.name.startswith("Pure")
        if names & WORLD or impure_path or found.own in OUTER:
            problems.append(f"line {found.line}: {found.module} {found.name}".rstrip())
    return problems


def worldly_calls(module: Module) -> list[str]:
    """Where ``module`` asks the clock, opens a file, or depends on the machine it runs on."""
    problems = []
    for call in module.calls():
        match call.func:
            case ast.Name(id=name):
                worldly = name in WORLDLY_FUNCTIONS
            case ast.Attribute(attr=name):
                # Without a time zone, this takes the machine's.
                local = name in {"astimezone", "fromtimestamp"} and len(call.args) < (
                    2 if name == "fromtimestamp" else 1
                )
                worldly = name in WORLDLY_METHODS or (local and not call.keywords)
            case _:
                continue
        if worldly:
            problems.append(f"line {call.lineno}: {name}()")
    return problems


MODULES = [
    Module(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))
]
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
every_pure_module = pytest.mark.parametrize(
    "module",
    [module for module in MODULES if module.name not in OUTER],
    ids=lambda module: module.name,
)


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == [module.name for module in MODULES], (
        "put a new module where it belongs in ORDER, and take out one that is gone"
    )


@every_module
def test_imports_point_one_way(module: Module) -> None:
    assert misdirected_imports(module, ORDER) == []


@every_pure_module
def test_pure_modules_do_not_reach_for_the_world(module: Module) -> None:
    assert worldly_imports(module) + worldly_calls(module) == []


@every_module
def test_modules_stay_short(module: Module) -> None:
    lines = module.source.count("\n")

    assert lines <= MAX_LINES, "a module that outgrows this is two things"


# The rules themselves


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from os import environ",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from pathlib import Path",
        "import pathlib",
        "import io",
        "from io import open",
        "def late():\n    import subprocess",
        "from concurrent.futures import ProcessPoolExecutor",
        "from aicareers_site import files",
        "from aicareers_site.files import read",
        "from .files import read",
    ],
)
def test_an_import_of_the_world_is_found(source: str) -> None:
    assert len(worldly_imports(Module("pages", source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import PurePosixPath",
        "from urllib.parse import urljoin",
        "from io import BytesIO",
        "from datetime import datetime",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        "    from aicareers_site.executor import Executor",
    ],
)
def test_other_imports_are_not(source: str) -> None:
    assert worldly_imports(Module("pages", source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "date.today()",
        "datetime.datetime.utcnow()",
        "open('x')",
        "hash(x)",
        "moment.astimezone()",
        "datetime.fromtimestamp(0)",
    ],
)
def test_a_call_to_the_world_is_found(source: str) -> None:
    assert len(worldly_calls(Module("pages", source))) == 1


@pytest.mark.parametrize(
    "source", ["request.now", "moment.astimezone(zone)", "datetime.fromtimestamp(0, tz=UTC)"]
)
def test_other_calls_are_not(source: str) -> None:
    assert worldly_calls(Module("pages", source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "from aicareers_site.pages import plan",
        "from aicareers_site import pages",
        "import aicareers_site.pages",
        "if TYPE_CHECKING:\n    from aicareers_site.pages import plan",
        "def late():\n    from .pages import plan",
    ],
)
def test_an_import_against_the_order_is_found(source: str) -> None:
    assert misdirected_imports(Module("site", source), ["site", "pages"]) == [
        f"line {1 + source.count(chr(10))}: site may not import pages, which comes after it"
    ]
    assert misdirected_imports(Module("site", source), ["pages", "site"]) == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5 gets them wrong (gh-106052); possessive sets of signs are right."""
    group = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")
    found = [module.name for module in MODULES if group.search(module.source)]
    assert found == []
