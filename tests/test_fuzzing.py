"""No file that an editor may save makes a stage fail, or take long; ``python -m tools.fuzz`` tries
more of them than there is time for here."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site.diagnostics import Diagnostic, Span
from tools import fuzz_laws
from tools.fuzz import reduced
from tools.fuzz_inputs import damaged, originals
from tools.fuzz_laws import Broken, Input, examine, prepare

PATH = "content/articles/articles.md"


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare()


@settings(max_examples=200, derandomize=True)
@given(damaged(originals()))
def test_a_damaged_file_is_read_without_an_exception_and_in_time(one: Input) -> None:
    examine(one)


@settings(max_examples=20, derandomize=True)
@given(damaged(originals()))
def test_a_site_with_a_damaged_file_is_built_and_checked(one: Input) -> None:
    examine(one, whole=True)


def test_thousands_of_numbers_in_one_sentence_are_looked_at_in_time() -> None:
    front = "title: x\ntables: [openings.level]"
    examine(Input("content/market/market.md", f"---\n{front}\n---\n\nx{'|2' * 9900}".encode()))


def test_the_codes_that_were_told_are_given_back() -> None:
    assert examine(Input(PATH, b"title: x\n")) == {"front-matter-delimiter"}


def reading(monkeypatch: pytest.MonkeyPatch, *found: Diagnostic) -> None:
    """Have one stage read articles, which finds this."""

    def stage(_: Input) -> tuple[Diagnostic, ...]:
        return found

    monkeypatch.setattr(fuzz_laws, "_stages", lambda _: (stage,))


@pytest.mark.parametrize(
    ("found", "law"),
    [
        (Diagnostic("no-code", "Wrong.", Span(PATH, 1, 1, 2)), "code is not explained"),
        (Diagnostic("empty-body", "Wrong.", Span(PATH, 2, 1, 2)), "span is outside the file"),
        (Diagnostic("empty-body", "Wrong.", Span(PATH, 1, 3, 5)), "span is outside the file"),
        (Diagnostic("empty-body", "Wrong.", Span("x.md", 1)), "span is outside the file"),
        (Diagnostic("empty-body", "NoneType", Span(PATH)), "message is not for editors"),
        (Diagnostic("empty-body", " ", Span(PATH)), "message is not for editors"),
    ],
)
def test_a_diagnostic_that_helps_nobody_breaks_a_law(
    found: Diagnostic, law: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(monkeypatch, found)
    with pytest.raises(Broken, match=law):
        examine(Input(PATH, b"abc"))


def test_an_exception_breaks_a_law_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def stage(_: Input) -> tuple[Diagnostic, ...]:
        date(2026, 13, 1)
        return ()

    monkeypatch.setattr(fuzz_laws, "_stages", lambda _: (stage,))
    with pytest.raises(Broken, match="stage raises · ValueError"):
        examine(Input(PATH, b""))


def test_what_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def stage(_: Input) -> tuple[Diagnostic, ...]:
        while time.process_time() > 0:
            pass
        return ()

    monkeypatch.setattr(fuzz_laws, "_stages", lambda _: (stage,))
    monkeypatch.setattr(fuzz_laws, "GIVEN_UP", 0.01)
    with pytest.raises(Broken, match="hangs · stage · given up"):
        examine(Input(PATH, b""))


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_a_file_is_made_as_small_as_what_breaks_the_law(before: bytes, behind: bytes) -> None:
    content = before + b"X\nY" + behind
    assert reduced(content, lambda one: b"X" in one and b"Y" in one, float("inf")) in {
        b"XY",
        b"YX",
    }
