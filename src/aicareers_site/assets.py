"""Files that are published as they are: the theme's, and those that articles show or offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import pictures
from aicareers_site.diagnostics import Diagnostic, Span, did_you_mean
from aicareers_site.paths import PUBLISHED
from aicareers_site.serving import is_immutable
from aicareers_site.table_files import is_table
from aicareers_site.template_closure import FOLDER as TEMPLATES
from aicareers_site.urls import output_path, published_path

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from aicareers_site.diagnostics import Locate
    from aicareers_site.records import Record

STATIC = "static/"

_THEME_TEXTS = (".css", ".js", ".svg", ".webmanifest")


def shareable(files: Collection[str]) -> frozenset[str]:
    """The source paths of files that articles may show or offer: no articles, tables, templates."""
    return frozenset(
        path
        for path in files
        if path.startswith(STATIC)
        or (path.startswith("content/") and not path.endswith(".md") and not is_table(path))
    ) - {PUBLISHED}


def check_lead_picture(
    record: Record, known: Collection[str], locate: Locate
) -> tuple[Diagnostic, ...]:
    """An error where the lead picture is not among the ``known`` files."""
    if record.picture is None or record.picture.file in known:
        return ()
    file, span = record.picture.file, locate(record.source, "image.src")
    if ":/" in file:  # normalised: https:/example.org
        message, hint = "the lead picture must be a file of this site", "put it beside the article"
    else:
        message, hint = (
            f"there is no picture '{file}'",
            did_you_mean(file, pictures.among(known)) or "put it beside the article",
        )
    return (Diagnostic("missing-image", message, span, hint),)


def published_files(
    files: Mapping[str, bytes],
    shown: Collection[str],
    hidden: Collection[str],
    replaced: Collection[str] = (),
) -> dict[str, str]:
    """Source paths of what is published as it is, by path on the site.

    That is all of static/, and of content/ what published articles show; but nothing that only
    unpublished articles show (``hidden``), and no original of a picture for which articles show
    other files (``replaced``), unless the theme itself names it.
    """
    static = {path for path in files if path.startswith(STATIC)}
    secret = {*hidden, *replaced} - set(shown)
    if secret:
        theme = b"\n".join(
            content
            for path, content in files.items()
            if path.startswith(TEMPLATES) or (path in static and path.endswith(_THEME_TEXTS))
        )
        secret = {path for path in secret if path.rpartition("/")[2].encode() not in theme}
    return {published_path(path): path for path in sorted((static - secret) | set(shown))}


def check_names(published: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Errors for files whose names say that they never change: readers would keep the old ones.

    ``published`` maps paths on the site to the sources that are published there as they are.
    """
    message = "the name has the form of those that the build gives to files that never change"
    hint = "rename it: browsers would keep this file for ever, and never ask for a newer one"
    return tuple(
        Diagnostic("reserved-name", message, Span(source), hint)
        for path, source in published.items()
        if is_immutable(output_path(path))
    )
