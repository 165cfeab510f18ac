"""On which other templates a template depends: what must be the same for it to give the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FOLDER = "templates/"
"""The folder of the templates, below the project's root."""

_OPENING = re.compile(r"\{%[-+]?\s*(?:extends|from|import|include)\b")
_STRING = re.compile(r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)
_STRINGS = re.compile(rf"{_STRING.pattern}(?:\s*{_STRING.pattern})*", re.DOTALL)
_INSIDE = re.compile(rf"(?:[^'\"%]+|%(?!\}})|{_STRING.pattern})*", re.DOTALL)


def closure(texts: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The names of all templates, sorted, on which the template ``name`` depends, itself included.

    All that exist of those that it extends, imports or includes are among them, and so are theirs.
    There may be more: what a comment mentions counts too.
    """
    found: set[str] = set()
    waiting = {name}
    while waiting:
        current = waiting.pop()
        if current in texts:
            found.add(current)
            waiting |= _named(texts[current], texts.keys()) - found
    return tuple(sorted(found))


def _named(text: str, names: Collection[str]) -> set[str]:
    """All quoted texts in the tags that name other templates; all ``names`` where one is unclear.

    Parsing would tell the same in a hundred times the time. Every tag is read from its own
    beginning, so that nothing before it, such as a quotation mark in a comment, can hide it.
    """
    found: set[str] = set()
    for opening in _OPENING.finditer(text):
        inside = _INSIDE.match(text, opening.end())
        for quoted in _STRINGS.findall(inside[0] if inside else ""):
            # Texts side by side are one text, in Jinja as in Python.
            found.add("".join(part[1:-1] for part in _STRING.findall(quoted)))
    unclear = any("\\" in name or "\r" in name for name in found)
    return found.union(names) if unclear else found
