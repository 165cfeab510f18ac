"""Paths of files as text: relative, with forward slashes, the same on every system."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTINGS = "site.yaml"
"""The file of a site's settings, in its root."""

PUBLISHED = "content/published.yaml"
"""The file of what a site has published, and must keep."""

# Control characters and line ends, undecodable bytes, and the separator of another system.
_BAD_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")

_NO_NAMES = frozenset(["", ".", ".."])


def is_plain_name(name: str) -> bool:
    """Whether ``name`` can name a file everywhere and be shown on one line."""
    return "/" not in name and is_below(name)


def is_below(path: str) -> bool:
    """Whether ``path`` is a plain relative path that cannot leave the folder it starts from."""
    return _NO_NAMES.isdisjoint(path.split("/")) and not _BAD_IN_NAME.search(path)


def prefixes(path: str) -> list[str]:
    """The folders of ``path`` from the outermost, then ``path`` itself: a, a/b, a/b/c."""
    return list(accumulate(path.split("/"), lambda folder, name: f"{folder}/{name}"))


def parent(path: str) -> str:
    """The folder of ``path``; empty for a path that has none."""
    return path.rpartition("/")[0]


def folders(paths: Iterable[str]) -> set[str]:
    """All folders on the way to ``paths``, each of them once however many share it."""
    found = {""}
    for path in paths:
        folder = parent(path)
        while folder not in found:
            found.add(folder)
            folder = parent(folder)
    return found - {""}


def key(path: str) -> str:
    """Equal for paths that some file systems take for the same: caseless, in any Unicode form.

    The canonical caseless matching of the Unicode Standard, section 3.13 (D145). The key of a
    folder begins the keys of all that is in it.
    """
    if path.isascii():
        return path.lower()  # The same, and far quicker.
    caseless = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFD", caseless)
