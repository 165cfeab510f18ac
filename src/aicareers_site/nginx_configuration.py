"""The description of :mod:`.hosting` as configuration of nginx, 1.18 or later (nginx.org/en/docs).

What is printed stands inside a ``server`` block, whose names, ports and certificates are the
administrator's. Locations are nested so that the site keeps to itself below its path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicareers_site import serving
from aicareers_site.compression import SMALLEST
from aicareers_site.server_syntax import expression, indented, quoted
from aicareers_site.urls import NOT_FOUND, output_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aicareers_site.configuration import Encoding
    from aicareers_site.hosting import Hosting


def printed(hosting: Hosting, folder: str, precompressed: Collection[Encoding]) -> str:
    """The configuration for the site in ``folder``, a complete path.

    ``precompressed`` are the compressed copies that it has. nginx knows no Zstandard.
    """
    lines = [
        f"# How nginx serves {hosting.base_url}: include this inside a server block.",
        "# Written by aicareers server-config; make it anew when an article has moved.",
        "",
        *_keeping(hosting),
        "",
        *_redirects(hosting),
        "",
        *_not_found(hosting, folder),
        "",
        *_site(hosting, folder, precompressed),
    ]
    return "\n".join(lines) + "\n"


def _keeping(hosting: Hosting) -> Iterator[str]:
    """How long files keep, as a variable: headers cannot depend on a file's name here."""
    name = _variable(hosting)
    home = re.escape(hosting.home)
    forever = "|".join(map(expression, hosting.immutable))
    yield f"set {name} {quoted(serving.KEPT_SHORTLY)};"
    kinds = [(f"^{home}(.*/|.*[.]html)?$", serving.REVALIDATED)]
    kinds += [(f"^{home}({forever})$", serving.KEPT_FOR_EVER)] if forever else []
    for kind, keeping in kinds:
        yield f"if ($uri ~ {quoted(kind)}) {{"
        yield f"    set {name} {quoted(keeping)};"
        yield "}"


def _redirects(hosting: Hosting) -> Iterator[str]:
    yield "# Redirects keep the scheme, the host and the port that the reader used."
    yield "absolute_redirect off;"
    if hosting.home != "/":
        yield f"location = {quoted(hosting.home[:-1])} {{ return 301 {quoted(hosting.home)}; }}"
    for redirect in hosting.redirects:
        path = quoted(hosting.home + redirect.path[1:])
        yield f"location = {path} {{ return 301 {quoted(redirect.target)}; }}"


def _not_found(hosting: Hosting, folder: str) -> Iterator[str]:
    file = output_path(NOT_FOUND)
    yield f"location = {quoted(hosting.home + file)} {{"
    yield "    internal;"
    yield f"    error_page 404 {quoted(hosting.home + file)};"
    yield f"    alias {quoted(f'{folder}/{file}')};"
    yield "    types { }"
    yield f"    default_type {quoted(serving.content_type(file))};"
    yield f"    add_header Cache-Control {serving.REVALIDATED} always;"
    yield from indented(_headers(hosting))
    yield "}"


def _site(hosting: Hosting, folder: str, precompressed: Collection[Encoding]) -> Iterator[str]:
    # Expressions of the same server are not for what is below the path.
    yield f"location {'' if hosting.home == '/' else '^~ '}{quoted(hosting.home)} {{"
    yield f"    alias {quoted(f'{folder}/')};"
    yield "    index index.html;"
    yield f"    error_page 403 404 =404 {quoted(hosting.home + output_path(NOT_FOUND))};"
    yield ""
    yield f"    add_header Cache-Control ${{{_variable(hosting)[1:]}}};"
    yield from indented(_headers(hosting))
    yield ""
    yield from indented(_compression(precompressed))
    yield ""
    yield from indented(_types())
    yield ""
    yield "    # The build's own notes, and what starts with a dot, are not for readers."
    yield r'    location ~ "/\\.(?!well-known/)" { return 404; }'
    yield "}"


def _headers(hosting: Hosting) -> Iterator[str]:
    for name, value in hosting.headers:
        yield f"add_header {name} {quoted(value)} always;"


def _compression(precompressed: Collection[Encoding]) -> Iterator[str]:
    yield "gzip on;"
    yield "gzip_vary on;"
    yield f"gzip_min_length {SMALLEST};"
    types = {*serving.TYPES.values(), *serving.NAMED_TYPES.values()}
    names = " ".join(quoted(name) for name in sorted(filter(serving.is_compressible, types)))
    yield f"gzip_types {names};"
    if "gz" in precompressed:
        yield "gzip_static on;"
    if "br" in precompressed:
        yield "brotli_static on; # Debian: libnginx-mod-http-brotli-static"


def _types() -> Iterator[str]:
    yield f"default_type {serving.UNKNOWN};"
    yield "types {"
    for suffix, name in serving.TYPES.items():
        yield f"    {quoted(name)} {suffix[1:]};"
    yield "}"
    for file, name in serving.NAMED_TYPES.items():
        last = quoted(f"/{re.escape(file)}$")
        yield f"location ~ {last} {{ types {{ }} default_type {name}; }}"


def _variable(hosting: Hosting) -> str:
    """A name that two sites of one server do not share."""
    return "$aicareers" + re.sub("[^a-z0-9]+", "_", hosting.home.lower()) + "keeping"
