"""What a build was made of and what it gave, as one JSON document: ``build.json``.

The same sources, settings, moment and versions give the same document, on any machine:

- ``manifest``: the version of this form, 1. A reader of another one says so and stops.
- ``generator``: the version of this program, of Python, and of the packages that shape bytes.
- ``request``: ``base_url``, ``now`` (ISO 8601), ``drafts`` and ``future``, as the build had them.
- ``sources``: the SHA-256 of every source file, in hexadecimal digits, by path. ``site.yaml`` is
  the configuration.
- ``templates``: for each template, all on which it depends, itself included.
- ``every_page``: inputs of all pages, which are not repeated at each of them.
- ``outputs``: for each file of the site its ``sha256``, ``size`` in bytes, media ``type`` and
  ``inputs`` (see :mod:`~.origins` for what they mean, and what they do not); of a page, a feed and
  a data table also what it ``says``, in the form of :mod:`~.site_abstract`, so that two manifests
  can be compared without the sites.

Paths have forward slashes and are relative to the project, or for outputs to the output folder.
Nothing in it is absolute. The manifest does not list itself where it is among the outputs.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import __version__, origins, site_abstract
from aicareers_site.articles import Request
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.outputs import digest
from aicareers_site.page_abstract import Addresses
from aicareers_site.serving import content_type
from aicareers_site.template_closure import FOLDER as TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aicareers_site.origins import Plan
    from aicareers_site.outputs import Output
    from aicareers_site.site import Site
    from aicareers_site.site_abstract import SiteAbstract

FORM = 1
BEGINNING = b'{\n "manifest":'
"""How every manifest begins, so that no other file is taken for one."""


class Manifest(NamedTuple):
    """What a manifest says: digests are bytes, by path; ``abstract`` is what the site says."""

    request: Request
    base_url: str
    sources: Mapping[str, bytes]
    outputs: Mapping[str, bytes]
    abstract: SiteAbstract


def written(
    files: Mapping[str, bytes],
    outputs: Iterable[Output],
    site: Site,
    plan: Plan,
    request: Request,
    versions: Mapping[str, str],
) -> bytes:
    """The manifest of ``outputs``, made from the source ``files`` as it was planned.

    ``versions`` are those of Python and of packages, by name.
    """
    texts = {
        path.removeprefix(TEMPLATES): content.decode("utf-8", "replace")
        for path, content in files.items()
        if path.startswith(TEMPLATES)
    }
    known, everything = origins.origins(files, site, plan), origins.everything(files)
    addresses = Addresses(site.settings.base_url)
    document = {
        "manifest": FORM,
        "generator": {"aicareers-site": __version__, **versions},
        "request": {
            "base_url": site.settings.base_url,
            "now": request.now.isoformat(),
            "drafts": request.drafts,
            "future": request.future,
        },
        "sources": {path: digest(files[path]).hex() for path in sorted(files)},
        "templates": origins.templates(texts),
        "every_page": origins.EVERY_PAGE,
        "outputs": {
            output.path: _entry(
                output, addresses, known.get(site_abstract.original(output.path), everything)
            )
            for output in sorted(outputs, key=lambda output: output.path)
        },
    }
    return _lines(document).encode()


def _lines(document: Mapping[str, Any]) -> str:
    """The document as JSON with a line for each source and output, so that lines compare."""
    parts = []
    for name, value in document.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict) and value:
            entries = (
                f"  {json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}"
                for key, one in value.items()
            )
            said = "{\n" + ",\n".join(entries) + "\n }"
        parts.append(f' "{name}": {said}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _entry(output: Output, addresses: Addresses, inputs: Sequence[str]) -> dict[str, Any]:
    content = output.content()
    says = site_abstract.as_json(site_abstract.said(output.path, content, addresses))
    return {
        "sha256": output.digest.hex(),
        "size": len(content),
        "type": content_type(output.path),
        "inputs": inputs,
        **({"says": says} if says else {}),
    }


def read(path: str, content: bytes) -> Outcome[Manifest | None]:
    """The manifest in the file at ``path``; an error (``manifest-unreadable``) where it is none."""
    try:
        document = json.loads(content)
        form = document["manifest"]
        if form != FORM:
            message = f"this manifest has the form {form!r}, and this program reads {FORM}"
            return _unreadable(path, message, "use the version of aicareers that wrote it")
        return Outcome(_read(document))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        message = "this is no manifest of a build, or it is damaged"
        return _unreadable(path, message, "write it anew with aicareers build --manifest")


def _read(document: Mapping[str, Any]) -> Manifest:
    asked, outputs = document["request"], document["outputs"]
    now = datetime.fromisoformat(asked["now"])
    if now.tzinfo is None:
        raise ValueError("a moment without an offset")
    return Manifest(
        Request(now, bool(asked["drafts"]), bool(asked["future"])),
        str(asked["base_url"]),
        {path: bytes.fromhex(one) for path, one in document["sources"].items()},
        {path: bytes.fromhex(one["sha256"]) for path, one in outputs.items()},
        site_abstract.site_of(
            str(asked["base_url"]),
            {
                path: (str(one["sha256"]), site_abstract.of_json(one.get("says", {})))
                for path, one in outputs.items()
            },
        ),
    )


def _unreadable(path: str, message: str, hint: str) -> Outcome[Manifest | None]:
    return Outcome(None, (Diagnostic("manifest-unreadable", message, Span(path), hint),))
