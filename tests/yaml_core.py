"""YAML as editors' language servers understand it: version 1.2 with the core schema.

YAML 1.2.2, section 10.3: https://yaml.org/spec/1.2.2/#103-core-schema.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"


class _Core(yaml.SafeLoader):
    """Of what PyYAML takes for more than text, no more than 1.2 does."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as in PyYAML


for _name, _pattern, _first in (
    ("null", r"(?:null|Null|NULL|~|)$", ["n", "N", "~", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", [*"tTfF"]),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", [*"-+0123456789"]),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$|[-+]?\.(?:inf|Inf|INF)$",
        [*"-+.0123456789"],
    ),
):
    _Core.add_implicit_resolver(f"{_TAG}{_name}", re.compile(_pattern), _first)


def _integer(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    bases = {"0x": 16, "0o": 8}
    return int(text.lstrip("0ox") or "0", bases[text[:2]]) if text[:2] in bases else int(text)


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf"))


_Core.add_constructor(f"{_TAG}int", _integer)
_Core.add_constructor(f"{_TAG}float", _number)


def loaded(text: str | bytes) -> Any:
    """The data in ``text``."""
    return yaml.load(text, Loader=_Core)


def front_matter(article: str) -> Any:
    """The front matter of a Markdown file."""
    return loaded(article.split("\n---", 1)[0].removeprefix("---\n"))
