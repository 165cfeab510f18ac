"""What the preview shows at one moment, and what it answers then."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from aicareers_site.asset_links import STYLES
from aicareers_site.diagnostics import Severity, has_errors, in_order
from aicareers_site.preview_parts import find
from aicareers_site.recalling import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.outputs import Output
    from aicareers_site.preview_parts import Found
    from aicareers_site.recalling import Recalling
    from aicareers_site.search_index import Texts


@dataclass(frozen=True, slots=True)
class State:
    """The site as the preview has it, which may be that of the last good build.

    ``files`` are by path below the output folder; ``assets`` are the paths of those that have a
    fingerprint, by the path without it. ``below`` is the path of the home page,
    ``ribbons`` what to say on pages, by their paths on the site. ``diagnostics`` are those of the
    last build, which read ``sources``. ``searched`` is what an index for search is to be made of,
    ``followed`` are the number of the last change of a single
    article and the path where it shows. ``complete`` tells that the first build is over.
    """

    files: Mapping[str, Output] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    below: str = "/"
    ribbons: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, bytes] = field(default_factory=dict)
    searched: Texts | None = None
    followed: tuple[int, str] = (0, "")
    number: int = 0
    complete: bool = False

    def found(self, path: str) -> Found:
        """What answers for a path, as a browser sends it."""
        return find(self.files.keys(), self.assets, self.below, path)

    def ribbon(self, path: str) -> str:
        """What to say on the page at a path, as a browser sends it."""
        return self.ribbons.get("/" + path.removeprefix(self.below), "")

    def content(self, name: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """The bytes of the file called ``name``, and what is wrong with its template."""
        output = self.files[name]
        body = getattr(output.content, "__self__", None)
        return output.content(), page_faults(body) if isinstance(body, Deferred) else ()

    @property
    def styles(self) -> str:
        """What stands for all styles."""
        digests = (self.files[path].digest for path in self._styles())
        return sha256(b"".join(digests)).hexdigest()[:10]

    def _styles(self) -> Iterator[str]:
        return (self.assets[plain] for plain in sorted(self.assets) if plain.endswith(STYLES))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors of the last build."""
        return errors(self.diagnostics)


def errors(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The errors among ``diagnostics``, in order."""
    return in_order(found for found in diagnostics if found.severity is Severity.ERROR)


def page_faults(page: Deferred) -> tuple[Diagnostic, ...]:
    """What is wrong with a page's template, which shows when it is printed."""
    head = page.made().head
    return head if isinstance(head, tuple) and has_errors(head) else ()


def faults(executor: Recalling, at_most: int) -> tuple[Diagnostic, ...]:
    """What is wrong with pages: with all, or one of each sort of more than ``at_most``.

    A fault of a template shows on many pages; it is told with the first.
    """
    pages = list(executor.pages())
    looked_at = pages if len(pages) <= at_most else _one_of_each_sort(pages)
    found: dict[tuple[str, object], Diagnostic] = {}
    for page in looked_at:
        for diagnostic in page_faults(page):
            found.setdefault((diagnostic.message, diagnostic.span), diagnostic)
    return tuple(found.values())


def _one_of_each_sort(pages: list[Deferred]) -> Iterator[Deferred]:
    return iter({page.item.context.key: page for page in pages}.values())
