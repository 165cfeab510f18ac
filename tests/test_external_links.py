"""Links to other sites: where they are found, and what is said of the answers."""

from __future__ import annotations

import pytest

from aicareers_site import external_links
from aicareers_site.diagnostics import Severity, Span
from aicareers_site.external_links import Answer
from tests.samples import SETTINGS
from tests.sites import settings

A = "content/articles/a.md"
PAGE = "https://whereitis.io/page"


def found(text: str, path: str = A) -> list[tuple[str, str]]:
    files = {path: text.encode()}
    return [(address, str(span)) for address, span in external_links.found(files, settings())]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"[words]({PAGE})", PAGE),
        (f'[words]({PAGE} "title")', PAGE),
        (f"<{PAGE}>", PAGE),
        (f"[words][one]\n\n[one]: {PAGE}", PAGE),
        (f'<a href="{PAGE}">', PAGE),
        (f"See {PAGE}?a=b&c=d#e.", f"{PAGE}?a=b&c=d#e"),
        ("[x](https://en.whereitis.io/wiki/A_(b))", "https://en.whereitis.io/wiki/A_(b)"),
        (f"---\nsources:\n  - url: {PAGE}\n---\n", PAGE),
    ],
)
def test_an_address_is_found_as_it_is_written(text: str, address: str) -> None:
    assert [one for one, _ in found(text)] == [address]


def test_the_place_is_that_of_the_address() -> None:
    files = {A: f"One.\n\nSee [it]({PAGE}).".encode()}
    ((_, span),) = external_links.found(files, settings())
    assert span == Span(A, 3, 10, 10 + len(PAGE))


def test_articles_tables_and_settings_are_read_and_the_theme_is_not() -> None:
    for path in (A, "content/data/a.yaml", "site.yaml"):
        assert found(f"url: {PAGE}", path) == [(PAGE, f"{path}:1:6")]
    assert found(f"url: {PAGE}", "templates/base.html") == []


@pytest.mark.parametrize(
    "text",
    [
        f"`{PAGE}`",
        f"```text\n{PAGE}\n```",
        f"<!-- {PAGE} -->",
        "https://example.org/ and https://www.example.com/a",
        "http://localhost:8000/ and https://a.test/",
        "https://sample.example/blog/",
        "https:///path",
        "https://[x/",
    ],
)
def test_code_comments_samples_and_the_site_itself_are_left_aside(text: str) -> None:
    assert found(text) == []


def test_the_address_of_the_newsletters_form_is_none_to_read() -> None:
    action = "https://buttondown.com/api/emails/embed-subscribe/x"
    newsletter = f"newsletter: {{provider: buttondown, action: {action}, promise: Weekly.}}\n"
    files = {"site.yaml": (SETTINGS + newsletter).encode()}
    assert list(external_links.found(files, settings(SETTINGS + newsletter))) == []


def told(answer: Answer) -> list[tuple[str, Severity, str]]:
    said = external_links.check([(PAGE, Span(A, 1))], {PAGE: answer})
    return [(one.code, one.severity, one.message) for one in said]


@pytest.mark.parametrize("status", [200, 204, 401, 403, 405, 451, 999])
def test_what_readers_find_is_good_and_so_is_what_only_programs_do_not(status: int) -> None:
    assert told(Answer(status)) == []


@pytest.mark.parametrize("status", [400, 404, 410, 418])
def test_what_is_gone_is_a_warning(status: int) -> None:
    message = f"'{PAGE}' is not there any more ({status})"
    assert told(Answer(status)) == [("dead-link", Severity.WARNING, message)]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_be_back_is_a_note(status: int) -> None:
    message = f"'{PAGE}' could not be checked: the server said {status}"
    assert told(Answer(status)) == [("unanswered-link", Severity.NOTE, message)]


def test_why_there_is_no_answer_is_told() -> None:
    ((_, _, message),) = told(Answer(0, problem="no answer came in time"))
    assert message == f"'{PAGE}' could not be checked: no answer came in time"


def test_where_a_page_has_moved_is_the_hint() -> None:
    answers = {PAGE: Answer(200, "https://whereitis.io/new")}
    (one,) = external_links.check([(PAGE, Span(A, 1))], answers)
    assert (one.code, one.severity) == ("moved-link", Severity.NOTE)
    assert one.hint == "write https://whereitis.io/new"
