"""The articles to begin with: named by their paths, and left out while they have no page."""

from __future__ import annotations

import pytest

from aicareers_site import configuration
from aicareers_site.diagnostics import Severity
from aicareers_site.links import Standing, Target
from aicareers_site.start_pages import check
from tests.samples import SETTINGS

TARGETS = {
    "content/articles/a.md": Target("/blog/a/"),
    "content/countries/fr.md": Target("/blog/fr/"),
    "content/pages/about.md": Target("/about/"),
    "content/articles/draft.md": Target("/blog/draft/", (), Standing.WITHHELD, "a draft"),
    "content/articles/faulty.md": Target(standing=Standing.FAULTY),
}


def problems(*paths: str) -> list[tuple[str, str, Severity]]:
    """Code, column and severity of what is said of articles to begin with, all on one line."""
    text = f"start_here: [{', '.join(paths)}]\n{SETTINGS}"
    configured = configuration.read(text.encode()).value
    assert configured is not None
    found = check(configured, TARGETS)
    return [(item.code, str(item.span), item.severity) for item in found]


def test_published_articles_of_the_blog_are_fine() -> None:
    assert problems("content/countries/fr.md", "content/articles/a.md") == []


@pytest.mark.parametrize(
    "path", ["content/articles/b.md", "content/pages/about.md", "/blog/a/", "articles/a.md"]
)
def test_anything_else_is_an_error_at_its_place(path: str) -> None:
    assert problems("content/articles/a.md", path) == [
        ("unknown-article", "site.yaml:1:37", Severity.ERROR)
    ]


def test_the_hint_is_the_path_that_was_meant() -> None:
    text = f"start_here: [content/countries/fra.md]\n{SETTINGS}"
    configured = configuration.read(text.encode()).value
    assert configured is not None
    (found,) = check(configured, TARGETS)
    assert found.hint == "did you mean 'content/countries/fr.md'?"


def test_an_article_that_is_not_published_is_a_warning() -> None:
    assert problems("content/articles/draft.md") == [
        ("start-unpublished", "site.yaml:1:14", Severity.WARNING)
    ]


def test_of_an_article_with_faults_nothing_more_is_said() -> None:
    assert problems("content/articles/faulty.md") == []
