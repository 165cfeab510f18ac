"""Names for addresses: what a text is called in ids, links and the names of files."""

from __future__ import annotations

import re
import unicodedata

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""What ids and the last parts of addresses look like."""

# Letters that Unicode does not take apart, as their languages spell them without.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug(text: str) -> str:
    """``text`` as an id: ASCII letters and digits, other signs and spaces as single hyphens.

    Letters lose their marks: "Überblick Größe" is ``uberblick-grosse``. Nothing is left of scripts
    other than Latin.
    """
    # Marks of their own would part words.
    composed = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[\W_]+", "-", re.sub("['’]", "", composed))
    plain = unicodedata.normalize("NFD", words.translate(_LETTERS)).encode("ascii", "ignore")
    return re.sub("-{2,}", "-", plain.decode()).strip("-")
