"""The codes of all diagnostics that the program can give, read off its source.

A code is the first argument of what makes a problem. A function that passes one of its parameters
on as a code makes problems, too; so do those that call it in the same way.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import aicareers_site

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(aicareers_site.__file__).parent

_SEEDS = ("Diagnostic", "Fault", "FigureError", "PydanticCustomError", "Refusal")
_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


class Emitted(NamedTuple):
    """The codes, with the modules that give them, and arguments in which no code can be read."""

    codes: dict[str, set[str]]
    unread: set[str]


class _Call(NamedTuple):
    module: str
    node: ast.Call
    within: tuple[ast.AST, ...]


def emitted(folder: Path = FOLDER) -> Emitted:
    """What the modules in ``folder`` give."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in folder.glob("*.py")}
    calls = [call for module, tree in trees.items() for call in _calls(module, tree, (tree,))]
    makers = {("", name): 0 for name in _SEEDS}
    found = Emitted({}, set())
    while True:
        known = len(makers)
        for call in calls:
            _take(call, makers, found)
        if len(makers) == known:
            break
    for module, tree in trees.items():
        for code in _of_classes(tree):
            found.codes.setdefault(code, set()).add(module)
    return found


def _calls(module: str, node: ast.AST, within: tuple[ast.AST, ...]) -> Iterator[_Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield _Call(module, child, within)
        inner = (*within, child) if isinstance(child, ast.FunctionDef) else within
        yield from _calls(module, child, inner)


def _of_classes(tree: ast.Module) -> Iterator[str]:
    """Codes that are attributes of classes, such as exceptions."""
    for node in ast.walk(tree):
        for part in node.body if isinstance(node, ast.ClassDef) else ():
            match part:
                case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                    yield code


def _take(call: _Call, makers: dict[tuple[str, str], int], found: Emitted) -> None:
    name = _name(call.node.func)
    position = makers.get((call.module, name), makers.get(("", name)))
    argument = None if position is None else _argument(call.node, position)
    if argument is None:
        return
    function = call.within[-1]
    if isinstance(argument, ast.Name) and isinstance(function, ast.FunctionDef):
        names = [one.arg for one in function.args.args if one.arg != "self"]
        if argument.id in names:
            scope = call.module if function.name.startswith("_") else ""
            makers.setdefault((scope, function.name), names.index(argument.id))
            _note(call.module, _default(function, argument.id), found)
            return
    codes = set(_codes(argument, call.within))
    _note(call.module, codes, found)
    if not codes:
        found.unread.add(f"{call.module}: {ast.unparse(argument)}")


def _default(function: ast.FunctionDef, name: str) -> Iterator[str]:
    """The code that a parameter has when a call says nothing of it."""
    optional = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    for parameter, value in zip(optional, function.args.defaults, strict=True):
        if parameter.arg == name:
            yield from _codes(value, (function,))


def _note(module: str, codes: set[str] | Iterator[str], found: Emitted) -> None:
    for code in codes:
        found.codes.setdefault(code, set()).add(module)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _argument(call: ast.Call, position: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == "code":
            return keyword.value
    return call.args[position] if position < len(call.args) else None


def _codes(value: ast.expr, within: tuple[ast.AST, ...]) -> Iterator[str]:
    """The codes that ``value`` may be."""
    match value:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from _codes(body, within)
            yield from _codes(orelse, within)
        case ast.Name() | ast.Starred(value=ast.Name()):
            for text in _strings(value, within, set()):
                if _CODE.fullmatch(text):
                    yield text


def _strings(value: ast.AST, within: tuple[ast.AST, ...], seen: set[str]) -> Iterator[str]:
    """All texts in ``value``, and in what its names are assigned."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            for assigned in _assigned(node.id, within):
                yield from _strings(assigned, within, seen)


def _assigned(name: str, within: tuple[ast.AST, ...]) -> Iterator[ast.expr]:
    for scope in within:
        nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
        for node in nodes:
            match node:
                case ast.Assign(targets=targets, value=value):
                    yield from (value for target in targets if _binds(target, name))
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    yield from (value for _ in [0] if _binds(target, name))
                case (
                    ast.For(target=target, iter=value)
                    | ast.comprehension(target=target, iter=value)
                ):
                    yield from (value for _ in [0] if _binds(target, name))
                case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="append")):
                    yield from (node.args if owner == name else ())


def _binds(target: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))
