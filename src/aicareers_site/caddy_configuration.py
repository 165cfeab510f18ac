"""The description of :mod:`.hosting` as configuration of Caddy, 2.6 or later
(caddyserver.com/docs/caddyfile).

What is printed stands inside a site block, whose address is the administrator's.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aicareers_site import serving
from aicareers_site.server_syntax import expression, indented, quoted
from aicareers_site.urls import NOT_FOUND, output_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aicareers_site.configuration import Encoding
    from aicareers_site.hosting import Hosting

_NAMES: dict[Encoding, str] = {"br": "br", "zst": "zstd", "gz": "gzip"}
"""How Caddy calls what it sends compressed; the smallest is asked for first."""


def printed(hosting: Hosting, folder: str, precompressed: Collection[Encoding]) -> str:
    """The configuration for the site in ``folder``, a complete path.

    ``precompressed`` are the compressed copies that it has.
    """
    below = hosting.home != "/"
    lines = [
        f"# How Caddy serves {hosting.base_url}: import this inside a site block.",
        "# Written by aicareers server-config; make it anew when an article has moved.",
        "",
        *([f"redir {quoted(hosting.home[:-1])} {quoted(hosting.home)} 301"] if below else []),
        f"handle_path {quoted(f'{hosting.home}*')} {{",
        f"    root * {quoted(folder)}",
        "    route {",
        *indented(indented(_steps(hosting, precompressed))),
        "    }",
        "}",
        *_errors(hosting, folder),
    ]
    return "\n".join(lines) + "\n"


def _steps(hosting: Hosting, precompressed: Collection[Encoding]) -> Iterator[str]:
    """What is done with a request, one after the other; paths are below the site's own."""
    yield from _headers(hosting, serving.KEPT_SHORTLY)
    yield r'@pages path_regexp "(/|[.]html)$"'
    yield f"header @pages Cache-Control {serving.REVALIDATED}"
    if hosting.immutable:
        forever = "|".join(map(expression, hosting.immutable))
        yield f'@immutable path_regexp "^/({forever})$"'
        yield f"header @immutable Cache-Control {quoted(serving.KEPT_FOR_EVER)}"
    yield from _types()
    for redirect in hosting.redirects:
        yield f"redir {quoted(redirect.path)} {quoted(redirect.target)} 301"
    yield "# The build's own notes, and what starts with a dot, are not for readers."
    yield "@hidden {"
    yield f"    path */.* {NOT_FOUND}"
    yield "    not path /.well-known/*"
    yield "}"
    yield "error @hidden 404"
    yield "encode zstd gzip"
    names = [name for encoding, name in _NAMES.items() if encoding in precompressed]
    if names:
        yield "file_server {"
        yield f"    precompressed {' '.join(names)}"
        yield "}"
    else:
        yield "file_server"


def _errors(hosting: Hosting, folder: str) -> Iterator[str]:
    file = output_path(NOT_FOUND)
    yield "handle_errors {"
    yield f"    @lost path {quoted(f'{hosting.home}*')}"
    yield "    handle @lost {"
    yield f"        root * {quoted(folder)}"
    yield from indented(indented(_headers(hosting, serving.REVALIDATED)))
    yield f"        header Content-Type {quoted(serving.content_type(file))}"
    yield "        encode zstd gzip"
    yield f"        rewrite * /{file}"
    yield "        file_server"
    yield "    }"
    yield "}"


def _headers(hosting: Hosting, keeping: str) -> Iterator[str]:
    for name, value in (*hosting.headers, ("Cache-Control", keeping)):
        yield f"header {name} {quoted(value)}"


def _types() -> Iterator[str]:
    """Media types, which Caddy would else take from the machine's list."""
    yield f"header Content-Type {serving.UNKNOWN}"
    paths: dict[str, list[str]] = defaultdict(list)
    for suffix, name in serving.TYPES.items():
        paths[name].append(f"*{suffix}")
    paths[serving.content_type("index.html")].append("*/")
    for file, name in serving.NAMED_TYPES.items():
        paths[name].append(f"*/{file}")
    for number, (name, known) in enumerate(paths.items(), start=1):
        yield f"@type{number} path {' '.join(known)}"
        yield f"header @type{number} Content-Type {quoted(name)}"
