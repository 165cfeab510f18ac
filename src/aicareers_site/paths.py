"""Paths of files as text: relative, with forward slashes, the same on every system."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# Control characters and line ends, undecodable bytes, and the separator of another system.
_BAD_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")


def is_plain_name(name: str) -> bool:
    """Whether ``name`` can name a file everywhere and be shown on one line."""
    return name not in {"", ".", ".."} and "/" not in name and not _BAD_IN_NAME.search(name)


def is_below(path: str) -> bool:
    """Whether ``path`` is a plain relative path that cannot leave the folder it starts from."""
    return all(is_plain_name(name) for name in path.split("/"))


def prefixes(path: str) -> list[str]:
    """The folders of ``path`` from the outermost, then ``path`` itself: a, a/b, a/b/c."""
    return list(accumulate(path.split("/"), lambda folder, name: f"{folder}/{name}"))


def key(path: str) -> str:
    """Equal for paths that some file systems take for the same: caseless, in any Unicode form.

    The canonical caseless matching of the Unicode Standard, section 3.13 (D145).
    """
    caseless = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFD", caseless)
