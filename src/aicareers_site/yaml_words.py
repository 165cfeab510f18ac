"""What is wrong with a text that is not YAML, in words for people who do not program.

PyYAML's parsers say what they expected where they gave up; that is often behind the slip, and in
the words of YAML's grammar. The slips that people make are looked for in the text first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

INVISIBLE = "\u00a0\u00ad\u2007\u200b\u200c\u200d\u202f\u2060\u3000\ufeff"
"""Characters that look like a space or like nothing, and are no space to YAML."""

# The nearest lines above are looked at, too: of a key without a space after its colon, the parsers
# make a text that goes on in the next line.
_LINES_BACK = 2


class Slip(NamedTuple):
    """What is wrong in line ``line`` (from 0), from ``start`` to ``end``, and what helps."""

    line: int
    start: int
    end: int
    message: str
    hint: str


def slip(text: str, error: yaml.MarkedYAMLError) -> Slip:
    """The slip that the parser's ``error`` in ``text`` is about."""
    mark, opened, context = error.problem_mark, error.context_mark, error.context or ""
    assert mark is not None  # both parsers set it
    line, column = mark.line, mark.column
    written = len(text.rstrip())
    if mark.index >= written:
        before = text[: max(written - 1, 0)]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    if opened and re.search(_OPENED, context):
        elsewhere = mark.line != opened.line or mark.index >= written
        if elsewhere or re.search(_NAMED, context):
            line, column = opened.line, opened.column
    lines = text.split("\n")
    if found := _hash_in_brackets(lines, mark.line):
        return found
    if opened and (found := _in_brackets(text, opened.index, mark.index, context)):
        return found
    if not re.search(_BRACKETED, context) and (found := _known_slip(lines, line, column)):
        return found
    if found := _open_quotation(lines, line, column):
        return found
    message, hint = _in_words(error, lines[line][column : column + 1])
    return Slip(line, column, column + 1, message, hint)


def _hash_in_brackets(lines: list[str], line: int) -> Slip | None:
    """A tag with its number sign, as other sites write it, in a list between brackets."""
    for number in range(min(line, len(lines) - 1), max(line - 1 - _LINES_BACK, -1), -1):
        if found := re.match(_HASH, lines[number]):
            message = "everything from '#' on is taken for a comment and lost"
            hint = "leave '#' out, or put the text between quotation marks"
            return Slip(number, *found.span("hash"), message, hint)
    return None


def _in_brackets(text: str, opened: int, index: int, context: str) -> Slip | None:
    """What is missing where a parser gave up at ``index``, in what was ``opened`` above it."""
    if "plain scalar" in context:
        key = text[opened:index]
        if not re.match(_NO_VALUE, text[index:]) or not re.fullmatch(_NAME, key):
            return None
        hint = "leave the key out where nothing is reported"
        return _slip_at(text, opened, index + 1, f"'{key}:' has no value", hint)
    if "flow" not in context:
        return None
    entries = re.compile(_ENTRY).finditer(text, opened, index)
    quoted = next((one for one in entries if one.end() == index), None)
    if quoted and re.search(_RUN_OVER, quoted["inside"]):
        message = "the quotation mark that opens here is not closed before the next one"
        start = quoted.start("mark")
        return _slip_at(text, start, start + 1, message, "write the closing quotation mark")
    return _missing_comma(text, opened, index)


def _missing_comma(text: str, opened: int, index: int) -> Slip | None:
    """A key that nothing parts from the value before it: it begins or ends at ``index``."""
    if opened < text.rfind("\n", 0, index) and _indent(text, index) <= _indent(text, opened):
        return None  # rather, the bracket should have been closed above
    message, hint = "a comma is missing before '{}'", "write ',' between the keys"
    if found := re.match(rf"({_NAME}):\s", text[index : index + _LONGEST_KEY]):
        return _slip_at(text, index, index + found.end(1), message.format(found[1]), hint)
    entry = text[max(text.rfind(sign, opened, index) for sign in ",{[") + 1 : index]
    words = entry.split()
    if text[index : index + 1] != ":" or len(words) < 3 or words[0][-1] != ":":
        return None
    key, start = words[-1], index - len(words[-1])
    if not re.fullmatch(_NAME, key) or not entry.endswith(key):
        return None
    is_first = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    if not is_first and not (len(words) == 3 and re.fullmatch(_NUMBER, words[1])):
        message += ", or the text needs quotation marks"
        hint = "write ',' before a key; put text that holds ': ' between quotation marks"
    return _slip_at(text, start, index, message.format(key), hint)


def _indent(text: str, index: int) -> int:
    """How many spaces stand at the start of the line of ``text[index]``."""
    line = text[text.rfind("\n", 0, index) + 1 :].partition("\n")[0]
    return len(line) - len(line.lstrip(" "))


def _slip_at(text: str, start: int, end: int, message: str, hint: str) -> Slip:
    first = text.rfind("\n", 0, start) + 1
    return Slip(text.count("\n", 0, start), start - first, end - first, message, hint)


def _known_slip(lines: list[str], line: int, column: int) -> Slip | None:
    written = [n for n in range(line + 1) if lines[n].strip() and lines[n].strip()[0] != "#"]
    near = written[-1 : -2 - _LINES_BACK : -1]
    for number in near:
        if found := _invisible(number, lines[number]) or _spacing(number, lines[number]):
            return found
    return (
        (_quotation(line, lines[line]) or _indentation(lines, line, column))
        if line in near
        else None
    )


# Patterns of slips are text: re compiles each when it is first needed, which few builds do.
_START = r"[ \t]*(?:-[ \t]+)*"
_KEY = rf"(?P<before>{_START})(?P<key>[^\W\d][\w-]*):"
_HASH = r"[^#]*:[ \t]+[\[{](?:[^#]*,)?[ \t]*(?P<hash>#\S)"
_LEADING = rf"[ \t]*([{INVISIBLE}])"
_NO_SPACE = rf"{_KEY}(?P<next>[^\s/]|[{INVISIBLE}])"
_NO_SPACE_ENTRY = r"[ \t]*(?P<dash>-)[^\W\d]"
_OTHER_ENTRY = rf"[ \t]*(?P<dash>[–—•·])[ \t{INVISIBLE}]*\S"
_MAY_START_WRONG = rf"\n[ \t]*(?:[{INVISIBLE}–—•·]|-[^\W\d])"


def may_start_wrong(text: str) -> bool:
    """False where :func:`wrong_start` finds nothing in any line of ``text``."""
    return re.search(_MAY_START_WRONG, "\n" + text) is not None


def wrong_start(number: int, line: str) -> Slip | None:
    """What keeps the ``line`` with this ``number`` from being an entry of a list, or a key."""
    return _invisible(number, line) or _entry(number, line)


def _invisible(number: int, line: str) -> Slip | None:
    found = re.match(_LEADING, line)
    if found is None:
        return None
    message = f"an invisible character (U+{ord(found[1]):04X}) stands at the start of the line"
    return Slip(number, found.start(1), found.end(1), message, "retype the spaces before the text")


def _entry(number: int, line: str) -> Slip | None:
    """An entry of a list without a space after its hyphen, or with another sign than a hyphen."""
    hint = "write '-' and a space before each entry of a list"
    if found := re.match(_NO_SPACE_ENTRY, line):
        hint = "write a space after '-'"
        return Slip(number, found.start(1), found.end(1), "a space is missing after '-'", hint)
    if found := re.match(_OTHER_ENTRY, line):
        message = f"'{found[1]}' does not start an entry of a list"
        return Slip(number, found.start(1), found.end(1), message, hint)
    return None


def _spacing(number: int, line: str) -> Slip | None:
    found = re.match(_NO_SPACE, line)
    if found is None:
        return _entry(number, line)
    key, sign = found["key"], found["next"]
    message = f"a space is missing after '{key}:'"
    if sign in INVISIBLE:
        message = f"an invisible character (U+{ord(sign):04X}) follows '{key}:'"
    start, end = found.span("key")
    return Slip(number, start, end + 1, message, f"write a space after '{key}:'")


_VALUE = rf"{_START}(?:[^\W\d][\w-]*:[ \t]+)?"
# What was found ahead is then matched as a whole: nothing inside is taken for the end.
_QUOTED = r"""(?P<mark>["'])(?=(?P<inside>(?:(?!(?P=mark))[^\\]|\\.|'')*))(?P=inside)(?P=mark)"""
# Between brackets: a quoted text; what it holds if it was meant to end before; what keys are like.
_ENTRY = rf"(?:[\[{{,]|:\s)\s*{_QUOTED}"
_RUN_OVER = r"\n|,\s*[\w-]+:\s"
_NAME = "[a-z][a-z0-9_]*"
_NUMBER = "[0-9][0-9.:/-]*"
_NO_VALUE = r":[,\]}]"
_LONGEST_KEY = 50
_CLOSED_EARLY = rf"{_VALUE}(?P<text>{_QUOTED})[ \t]*[^\s#,:]"
_CURLY = rf"{_VALUE}(?P<mark>[“”„‟‘‚«])"


def _quotation(number: int, line: str) -> Slip | None:
    if found := re.match(_CLOSED_EARLY, line):
        end, mark = found.end("text"), found["mark"]
        other, name = ("'", "single") if mark == '"' else ('"', "double")
        escape = "''" if mark == "'" else '\\"'
        message = "the quotation mark closes here, yet text follows"
        hint = (
            f"put the whole text between {name} quotation marks, {other} and {other}; or write "
            f"{escape} for a mark inside"
        )
        return Slip(number, end - 1, end, message, hint)
    if found := re.match(_CURLY, line):
        message = f"'{found['mark']}' does not hold a text with ': ' together"
        hint = "put the text between straight quotation marks, \" or ', not “ ”"
        return Slip(number, *found.span("mark"), message, hint)
    return None


def _open_quotation(lines: list[str], number: int, column: int) -> Slip | None:
    """The quotation mark above that a later text's opening one, before ``column``, has closed."""
    mark = lines[number][max(column - 1, 0) : column]
    if not mark or mark not in "\"'":
        return None
    above = next((n for n in range(number - 1, -1, -1) if mark in lines[n]), None)
    found = above is not None and re.match(rf"{_VALUE}(?P<mark>{mark})[^{mark}]*$", lines[above])
    if above is None or not found:
        return None
    message = "the quotation mark that opens here is not closed in this line"
    return Slip(above, *found.span("mark"), message, "write the closing quotation mark")


_WHOLE_KEY = rf"{_KEY}(?:[ \t]|$)"


def _indentation(lines: list[str], number: int, column: int) -> Slip | None:
    """A key that does not start in the column of the keys above it."""
    found = re.match(_WHOLE_KEY, lines[number])
    if found is None or "-" in found["before"] or column not in found.span("key"):
        return None
    keys = [above for line in lines[:number] if (above := re.match(_WHOLE_KEY, line))]
    if not keys or keys[-1].start("key") == found.start("key"):
        return None
    wanted = keys[-1].start("key")
    if not found.start("key"):  # then it is the first key that has spaces before it
        number = next(n for n, line in enumerate(lines) if re.match(_WHOLE_KEY, line))
        found, wanted = keys[0], 0
    start, key = found.start("key"), found["key"]
    if wanted:
        hint = f"indent '{key}' by {wanted} spaces, like '{keys[-1]['key']}'"
    else:
        hint = f"remove the {'space' if start == 1 else 'spaces'} before '{key}'"
    message = f"'{key}' does not start where the other keys start"
    return Slip(number, start, found.end("key"), message, hint)


# What the parsers were within when they gave up, where its beginning tells more than its end.
_OPENED = "flow (?:sequence|mapping)|quoted|simple key|alias|anchor"
_NAMED = "alias|anchor"
_BRACKETED = "flow|quoted"

_QUOTE = "put text that holds ': ', ' #', quotes or brackets between quotation marks"

# Parts of the two parsers' messages, what they mean, and what helps.
_WORDS = (
    (
        r"mapping values are not allowed",
        "YAML takes this ': ' for the end of a key",
        "put text that holds ': ' between quotation marks; else check the indentation",
    ),
    (
        r"cannot start any token",
        "text must not start with '{character}'",
        "put the text between quotation marks",
    ),
    (
        r"unexpected end of stream",
        "the quotation mark that opens here is never closed",
        "write the closing quotation mark",
    ),
    (
        r"expected ',' or '([\]}])'",
        "expected ',' between the entries in brackets, or '{0}' behind them",
        "close the bracket; put text that holds ': ' or a bracket between quotation marks",
    ),
    (
        r"could not find expected ':'",
        "expected 'key: value' here",
        "write ': ' behind the key; indent the further lines of a long text",
    ),
    (
        r"escape|hexdecimal|hexadecimal",
        "a backslash has a meaning of its own between double quotation marks",
        "write two backslashes, or use single quotation marks",
    ),
    (
        r"sequence entries are not allowed",
        "a list must start on its own line",
        "write each '- item' on a line of its own, below the key",
    ),
    (
        r"alphabetic or numeric character",
        "text must not start with '*' or '&'",
        "put the text between quotation marks",
    ),
    (
        r"comment or (?:a )?line break|chomping",
        "text behind '|' or '>' must start on the next line",
        "go on in the next line, indented",
    ),
    (
        r"expected key|expected '-'|block end",
        "this does not fit what stands above it",
        "check the indentation and the quotation marks; " + _QUOTE,
    ),
    (
        r"document start",
        "the text was ended above, yet something follows",
        "remove the line with '...' or '%' above",
    ),
    (r"node content", "expected a value here", _QUOTE),
    (r"tag", "text must not start with '!'", "put the text between quotation marks"),
)


def _in_words(error: yaml.MarkedYAMLError, character: str) -> tuple[str, str]:
    """The parser's error for people: what is wrong with ``character``, and what helps."""
    problem = error.problem or "this is not YAML"
    if character == "\t" or "tab character" in problem:
        return "a tab must not stand here", "indent with spaces, not with tabs"
    for pattern, message, hint in _WORDS:
        if found := re.search(pattern, problem):
            return message.format(*found.groups(), character=character), hint
    return problem, _QUOTE
