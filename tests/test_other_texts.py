"""An article that was saved in another format is told of; what articles offer is published."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Diagnostic, Severity, Span
from tests.samples import built, post, sources

ARTICLE = post("What cheese costs")


def found(articles: dict[str, bytes]) -> list[Diagnostic]:
    """What is said of the names of files."""
    problems = built(sources(articles)).diagnostics
    return [problem for problem in problems if problem.code == "file-extension"]


@pytest.mark.parametrize(
    "name", [f"cheese.{end}" for end in ("txt", "TXT", "doc", "docx", "odt", "rtf", "html", "htm")]
)
@pytest.mark.parametrize("folder", ["articles", "countries", "pages"])
def test_a_text_that_no_article_offers_is_an_error(folder: str, name: str) -> None:
    (problem,) = found({f"{folder}/{name}": b"Cheese is dear.", "articles/a.md": post()})
    assert (problem.severity, problem.span) == (Severity.ERROR, Span(f"content/{folder}/{name}"))
    assert problem.message == "articles are Markdown, and their names end in '.md'"
    assert problem.hint == (
        "save it as Markdown, as cheese.md; if it is no article, keep it elsewhere"
    )


@pytest.mark.parametrize("content", [ARTICLE, b"\xef\xbb\xbf" + ARTICLE])
def test_front_matter_in_a_file_without_an_ending_is_an_error(content: bytes) -> None:
    spans = [problem.span for problem in found({"articles/cheese": content})]
    assert spans == [Span("content/articles/cheese")]


@pytest.mark.parametrize(
    "path",
    [
        "articles/Makefile",
        "articles/~$cheese.docx",
        "articles/cheese.csv",
        "articles/files/cheese.txt",
        "cheese.txt",
    ],
)
def test_other_files_are_nothing_to_tell_of(path: str) -> None:
    assert found({path: b"Cheese is dear."}) == []


@pytest.mark.parametrize(
    "link",
    ["[all](cheese%20list.txt)", "[all](<cheese list.txt>)", '<a href="cheese list.txt">x</a>'],
)
@pytest.mark.parametrize("more", ["", "draft: true\n", "colour: red\n", "date: [\n"])
def test_what_an_article_offers_is_none_whatever_else_is_wrong_there(link: str, more: str) -> None:
    article = post(body=link, more=more)
    assert found({"articles/cheese list.txt": b"Brie: 20", "articles/a.md": article}) == []


def test_an_article_may_stand_beside_what_it_was_made_of() -> None:
    assert found({"articles/cheese.docx": b"PK", "articles/cheese.md": ARTICLE}) == []
