"""What to write instead of a link to an article, a picture or a file that there is not."""

from __future__ import annotations

import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from aicareers_site import pictures
from aicareers_site.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BY_PATH = "link to an article by the path of its .md file"


def missing_file(
    source: str, path: str, file: str, files: Collection[str], *, embedded: bool, is_picture: bool
) -> tuple[str, str]:
    """What is wrong with the address ``path`` in the article at ``source``, and what helps.

    ``file`` is the source path that it may mean, ``files`` are all that articles may show or offer.
    """
    what = "picture" if embedded else "file"
    message = f"there is no {what} '{file}'"
    if "\\" in path:
        return message, "use / instead of \\"
    if path.startswith("www."):
        return message, "web addresses start with https://"
    if not embedded and _MAIL.fullmatch(path):
        return f"'{path}' is an address for letters, and not a file", f"write mailto:{path}"
    name = posixpath.basename(path)
    beside = f"put {name} into {posixpath.dirname(source)}/, beside the article, and write its name"
    if file.startswith("../"):
        message = f"'{path}' leads out of this site's folder, where nothing is published"
        return message, _elsewhere(source, file, files) or beside
    if not embedded and not posixpath.splitext(path)[1]:
        return message, BY_PATH
    known = pictures.among(files) if is_picture else files
    hint = meant(source, file, [name for name in known if not name.endswith(".md")])
    if is_picture and (not hint or hint.startswith("known here")):
        hint = beside
    return message, hint


def meant(source: str, file: str, known: Iterable[str]) -> str:
    """What may have been meant by ``file``, as the editor has to write it in ``source``.

    Names are compared without their folders, which are the same for many.
    """
    known = tuple(known)
    here = posixpath.dirname(source)
    by_name = {_stem(one): one for one in known}
    close = get_close_matches(_stem(file), by_name, n=1, cutoff=0.6)
    written = [posixpath.relpath(one, here) for one in known]
    if found := _elsewhere(source, file, known):
        return found
    if close and len(by_name) == len(known):
        return f"did you mean '{posixpath.relpath(by_name[close[0]], here)}'?"
    return did_you_mean(posixpath.relpath(file, here) if close else "", written)


def _stem(file: str) -> str:
    return posixpath.splitext(posixpath.basename(file))[0].casefold()


def _elsewhere(source: str, file: str, known: Iterable[str]) -> str:
    """The one file of this name that there is in another folder."""
    name = posixpath.basename(file).casefold()
    same = [one for one in known if posixpath.basename(one).casefold() == name]
    if len(same) != 1:
        return ""
    return f"did you mean '{posixpath.relpath(same[0], posixpath.dirname(source))}'?"
