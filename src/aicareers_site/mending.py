"""Sources mended on disk, each file wholly old or wholly new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import files, fixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.fixes import Mended


def mend(
    root: Path, sources: Mapping[str, bytes], found: Iterable[Diagnostic]
) -> tuple[Mended, ...]:
    """Mend what :mod:`.fixes` can of what was ``found``, and say what that was.

    ``sources`` are the files below ``root`` as they were read, by path. A file that has changed
    since then, or that cannot be written, is left alone.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.span.path in sources:
            by_path.setdefault(one.span.path, []).append(one)
    done: list[Mended] = []
    for path, here in by_path.items():
        content, mended = fixes.mended(sources[path], here)
        if mended and _written(root / path, sources[path], content):
            done += mended
    return tuple(done)


def _written(path: Path, before: bytes, content: bytes) -> bool:
    """Whether the file at ``path`` held what it did ``before``, and holds the ``content`` now."""
    try:
        if path.read_bytes() != before:
            return False
        files.replace(path, content)
    except OSError:
        return False
    return True
