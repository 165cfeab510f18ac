"""Differences as text for a terminal, as Markdown for a comment on GitHub, and as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from aicareers_site.difference_words import Row, Section, Style, sections, summary
from aicareers_site.page_facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aicareers_site.differences import Differences

LIMIT = 65_536
"""Characters that a comment on GitHub may have."""

_FOLDED_FROM = 10
_ROOM = 200
"""Characters kept free for saying that there is more."""


def text(found: Differences) -> str:
    """The differences for a terminal."""
    lines = [summary(found)]
    for section in sections(found, Style(lambda words: f"“{words}”", lambda name: name)):
        lines += ["", f"{section.title} ({len(section.rows)})"]
        for row in section.rows:
            lines.append(f"  {_line(section, row)}")
            lines += [f"      {more}" for more in row.more]
    return "\n".join(lines)


def _line(section: Section, row: Row) -> str:
    if section.columns[1:] == ("Was", "Is"):
        return f"{row.cells[0]}: {row.cells[1]} → {row.cells[2]}"
    if section.columns[:2] == ("From", "To"):
        return f"{row.cells[0]} → {row.cells[1]}  {row.cells[2]}"
    return "  ".join(row.cells)


def markdown(found: Differences, limit: int = LIMIT) -> str:
    """The differences as GitHub Flavored Markdown, in no more than ``limit`` characters."""
    parts = [f"**{summary(found)}**\n"]
    room = limit - len(parts[0]) - _ROOM
    left_out = 0
    for section in sections(found, Style(_quoted, _code)):
        fitting = _fitting(section, room)
        if not fitting:
            left_out += len(section.rows)
            continue
        part = _section(section, fitting)
        room -= len(part) + 1
        parts.append(part)
    if left_out:
        parts.append(f"… and {left_out} more, for which there is no room here.\n")
    return "\n".join(parts)


def _fitting(section: Section, room: int) -> int:
    """How many rows of the section there is room for."""
    low, high = 0, len(section.rows)
    while low < high:
        middle = (low + high + 1) // 2
        if len(_section(section, middle)) < room:
            low = middle
        else:
            high = middle - 1
    return low


def _section(section: Section, count: int) -> str:
    rows = section.rows[:count]
    body = _table(section, rows) if section.columns else _list(rows)
    if more := len(section.rows) - count:
        body += f"\n… and {more} more, for which there is no room here.\n"
    title = f"{section.title} ({len(section.rows)})"
    if len(section.rows) >= _FOLDED_FROM:
        return f"<details>\n<summary><b>{title}</b></summary>\n\n{body}\n</details>\n"
    return f"### {title}\n\n{body}"


def _list(rows: Iterable[Row]) -> str:
    return "".join(f"- ⚠️ {'; '.join(row.cells)}\n" for row in rows)


def _table(section: Section, rows: Sequence[Row]) -> str:
    has_more = any(row.more for row in rows)
    head = [*section.columns, *([section.more] * has_more)]
    lines = [_cells(head), _cells(["---"] * len(head))]
    lines += [_cells([*row.cells, *(["<br>".join(row.more)] * has_more)]) for row in rows]
    return "\n".join(lines) + "\n"


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&])")
_MENTION = re.compile(r"([@#])(?=\w)|(?<=GH)(-)(?=\d)|(https?)(?=://)|(www)(?=\.)")


def _quoted(words: str) -> str:
    """A text as it is, between quotation marks: nothing in it is markup, mention or link."""
    joined = _MENTION.sub("\\g<0>\u2060", words)
    return f"“{_SPECIAL.sub(_escaped, joined)}”"


def _escaped(special: re.Match[str]) -> str:
    return f"\\{special[0]}"


def _code(name: str) -> str:
    """A path or another name, as it is."""
    fence = "`" * (max(map(len, re.findall("`+", name)), default=0) + 1)
    space = " " if "`" in name else ""
    return f"{fence}{space}{name}{space}{fence}".replace("|", "\\|")


def as_json(found: Differences) -> str:
    """The differences for programs: what :class:`~.differences.Differences` holds, by its names."""
    document = {"diff": 1, "identical": not found, **_plain(found)}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, Fact):
        return {"kind": value.kind.value, "old": value.old, "new": value.new}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
