"""The articles with which a reader should begin, as ``start_here`` in ``site.yaml`` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Severity, did_you_mean
from aicareers_site.kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.configuration import Configuration
    from aicareers_site.links import Target


def check(configuration: Configuration, targets: Mapping[str, Target]) -> Iterator[Diagnostic]:
    """An error for each that is no article of the blog, a warning for each that has no page now.

    ``targets`` are all articles by source path.
    """
    articles = {path for path in targets if kind_of(path) is not Kind.PAGE}
    for index, path in enumerate(configuration.settings.start_here):
        span = configuration.tree.span(("start_here", index))
        if path not in articles:
            is_page = path in targets
            yield Diagnostic(
                "unknown-article",
                f"'{path}' is a page, not an article"
                if is_page
                else f"there is no article '{path}'",
                span,
                (not is_page and did_you_mean(path, articles))
                or "write the path of an article's file, such as content/articles/first-steps.md",
            )
        elif reason := targets[path].reason:
            yield Diagnostic(
                "start-unpublished",
                f"'{path}' is {reason} and has no page now: it is left out",
                span,
                "publish it first, or take it off the list",
                Severity.WARNING,
            )
