"""What publications have written to a bucket, as the bucket itself keeps it.

One listing of the bucket tells keys and tags (ETag) of all objects. Together with this list, in
which stands what was sent under which tag, that is enough to know what is to be sent.
"""

from __future__ import annotations

import json
from hashlib import md5, sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import publication, serving
from aicareers_site.paths import is_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.outputs import Output

NAME = f"{publication.LIST}.json"
"""The key of the list, below the prefix."""

_FORM = 1
"""Older lists must stay readable."""


class Entry(NamedTuple):
    """An object as it was sent: what stands for its bytes and for its headers; and the tag that the
    storage gave it, empty where that cannot be known.
    """

    digest: str
    headers: str
    tag: str = ""


def headers(path: str) -> dict[str, str]:
    """The headers with which the file at ``path`` is served, as boto3 names them."""
    return {
        "ContentType": serving.content_type(path),
        "CacheControl": serving.cache_control(path),
    }


def wanted(output: Output) -> Entry:
    """The output as an object, without a tag."""
    text = json.dumps(headers(output.path), sort_keys=True)
    return Entry(output.digest.hex(), sha256(text.encode()).hexdigest()[:16])


def expected(output: Output, before: Entry | None) -> Entry:
    """The output as an object that is about to be sent in place of the one ``before``.

    Most storages tag an object with the MD5 of its bytes, so that it can be told later whether it
    has arrived; but not if only its headers were to change.
    """
    entry = wanted(output)
    if before is not None and before.digest == entry.digest:
        return entry
    return entry._replace(tag=md5(output.content(), usedforsecurity=False).hexdigest())


def holds(entry: Entry | None, tag: str | None, output: Output) -> bool:
    """Whether the object with this ``tag``, sent as ``entry``, is the output with its headers."""
    return entry is not None and entry.tag != "" and entry == wanted(output)._replace(tag=tag or "")


def written(entries: Mapping[str, Entry]) -> bytes:
    """The list's bytes."""
    document = {"aicareers": _FORM, "files": dict(sorted(entries.items()))}
    return json.dumps(document, ensure_ascii=False, indent=0).encode() + b"\n"


def read(content: bytes) -> dict[str, Entry] | None:
    """What stands in a list, by path; None where it is damaged."""
    try:
        document: Any = json.loads(content)
        found = {path: Entry(*map(str, entry)) for path, entry in document["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if document.get("aicareers") == _FORM and all(map(is_below, found)) else None
