"""What the preview adds to a page and says to a browser, and to whom it speaks."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from aicareers_site import explanations
from aicareers_site.diagnostics import as_text
from aicareers_site.serving import unfingerprinted
from aicareers_site.urls import NOT_FOUND, output_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.records import Record
    from aicareers_site.wording import Wording

OWN = "/__preview/"
"""The preview's own addresses begin with this."""

EDITORS = {"vscode": "vscode://file/{path}:{line}:{column}"}
"""Addresses by which an editor opens a file, by the editor's name."""

_END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)
_STYLE_VERSION = re.compile(rb"\.[0-9a-f]{10}(?=\.css)")

Problem: TypeAlias = dict[str, str]
"""A diagnostic for the overlay: its ``label``, ``message``, ``place``, the ``link`` that opens it,
``excerpt``, ``hint`` and ``related`` places, and the parts of its code's explanation."""


class Found(NamedTuple):
    """The answer to a request: a file of the site by name with a status, or another address."""

    name: str = ""
    status: int = 200
    location: str = ""


class View(NamedTuple):
    """What a browser shows, or should.

    ``seen`` stands for the page at ``path`` without its styles, for which ``styles`` stands.
    ``followed`` is the number of the last change to be followed and the path where it shows.
    """

    path: str
    seen: str
    styles: str
    problems: tuple[Problem, ...] = ()
    followed: tuple[int, str] = (0, "")


def is_own_host(host: str, port: int) -> bool:
    """Whether a request's Host header (RFC 9110, 7.2) names this machine, and ``port``.

    Another name that leads here is a stranger's, whose pages must not read an editor's drafts.
    """
    name, separator, number = host.lower().rpartition(":")
    return bool(separator) and number == str(port) and name in {"localhost", "127.0.0.1", "[::1]"}


def assets(names: Iterable[str]) -> dict[str, str]:
    """The files among those called ``names`` that have a fingerprint, by the name without it."""
    return {plain: name for name in names if (plain := unfingerprinted(name))}


def find(names: Collection[str], assets: Mapping[str, str], below: str, path: str) -> Found:
    """What answers for ``path``, as sent, among the files called ``names`` of a site ``below``.

    ``below`` is the path of the home page; it begins and ends with a slash. A style, script or font
    as it was, of an earlier moment, leads to what it is now: to that among the :func:`assets`.
    """
    if not path.startswith(below):
        if path in {"/", below.rstrip("/")}:
            return Found(location=below, status=307)
        return Found(output_path(NOT_FOUND), 404)
    name = output_path("/" + path.removeprefix(below))
    if name in names:
        return Found(name)
    if f"{name}/index.html" in names:
        return Found(location=f"{quote(unquote(path))}/", status=307)
    if now := assets.get(unfingerprinted(name) or ""):
        return Found(location=below + quote(now), status=307)
    return Found(output_path(NOT_FOUND), 404)


def below(base_url: str) -> str:
    """The path of the home page at ``base_url``."""
    return urlsplit(base_url).path or "/"


def seen(page: bytes) -> str:
    """What stands for a page: equal for pages that differ in the versions of their styles only."""
    return sha256(_STYLE_VERSION.sub(b"", page)).hexdigest()[:20]


def injected(page: bytes, view: View, ribbon: str = "") -> bytes:
    """The page with the preview's script; ``ribbon`` is what to say of the page, if anything."""
    said = {"seen": view.seen, "styles": view.styles, "ribbon": ribbon}
    said["followed"] = str(view.followed[0])
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items() if value)
    script = f'<script src="{OWN}client.js"{data} defer></script>'.encode()
    ends = list(_END_OF_BODY.finditer(page))
    place = ends[-1].start() if ends else len(page)
    return page[:place] + script + page[place:]


def ribbon(record: Record, now: datetime, wording: Wording) -> str:
    """What to say of an article that readers cannot see ``now``; empty where they can."""
    if record.draft:
        return "Draft"
    if record.date is not None and record.date > now:
        return f"Will be published on {wording.moment(record.date).words}"
    return ""


def editor_link(template: str, file: str, line: int, column: int) -> str:
    """The address that opens ``file``, a complete path, at a place in an editor."""
    path = quote(file.replace("\\", "/"), safe="/:")
    values = {"path": path.removeprefix("/") if "/{path}" in template else path}
    values |= {"line": str(line or 1), "column": str(column or 1)}
    return re.sub(r"{(path|line|column)}", lambda slot: values[slot[1]], template)


def problem(
    diagnostic: Diagnostic, sources: Mapping[str, bytes], root: str, template: str
) -> Problem:
    """The diagnostic for the overlay; ``root`` is the complete path of the site's folder."""
    span = diagnostic.span
    _, *excerpt = as_text(diagnostic, sources).split("\n")
    explained = explanations.shipped()[diagnostic.code]
    return {
        "label": f"{diagnostic.severity.value}[{diagnostic.code}]",
        "message": diagnostic.message,
        "place": str(span),
        "link": editor_link(template, f"{root}/{span.path}", span.line, span.column),
        "excerpt": "\n".join(line for line in excerpt if not line.lstrip().startswith("= ")),
        "hint": diagnostic.hint,
        "related": ", ".join(map(str, diagnostic.related)),
        "meaning": explanations.plain(explained.meaning),
        "why": explanations.plain(explained.why),
        "mend": explanations.plain(explained.mend),
        "wrong": explained.wrong,
        "right": explained.right,
    }


def event(name: str, data: Any) -> bytes:
    """A server-sent event (HTML, 9.2)."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def events(last: View, now: View) -> Iterator[bytes]:
    """What to tell a browser that shows ``last`` and should show ``now``."""
    if now.followed[0] != last.followed[0] and now.followed[1] not in {"", now.path}:
        yield event("open", now.followed[1])
        return
    if now.seen != last.seen:
        yield event("reload", now.seen)
    if now.styles != last.styles:
        yield event("styles", now.styles)
    if now.problems != last.problems:
        yield event("problems", now.problems)
