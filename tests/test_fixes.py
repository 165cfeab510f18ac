"""Slips that are mended, and what is left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import fixes
from aicareers_site.cli import main
from aicareers_site.diagnostics import Diagnostic, Span, normalised
from aicareers_site.manuscripts import Manuscript
from aicareers_site.mending import mend
from aicareers_site.texts import read
from tests.samples import lay_out, post, sources
from tests.sites import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

A = "content/articles/a.md"
COUNTRY = "content/countries/a.md"


def mended(content: bytes, path: str = A) -> tuple[str, list[str]]:
    """An article after its slips are mended, and what is said of it."""
    found = read(Manuscript(path, content, RULES)).head.diagnostics
    after, done = fixes.mended(content, found)
    return after.decode(), [str(one) for one in done]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("tgas: [one]", "tags: [one]"),
        ("expiers: 2030-01-01", "expires: 2030-01-01"),
        ("updated: 2026/01/05", "updated: 2026-01-05"),
        ("updated: 2026.1.5", "updated: 2026-01-05"),
        ("updated: '2026/01/05'", "updated: '2026-01-05'"),
        ("updated: 5.1.2026", "updated: 2026-01-05"),
        ("updated: 20260105", "updated: 2026-01-05"),
    ],
)
def test_a_slip_becomes_what_its_hint_says(wrong: str, right: str) -> None:
    content = post(more=f"{wrong}\n")
    after, done = mended(content)
    assert after == content.decode().replace(wrong, right)
    assert len(done) == 1


def test_what_was_mended_is_told_with_its_place() -> None:
    _, done = mended(post(more="tgas: [one]\n"))
    assert done == [f"{A}:7:1: mended: tgas is now tags"]


@pytest.mark.parametrize(
    "wrong",
    [
        "topics: [one]",  # far from any key
        "tgas: [one]\ntags: [two]",  # taken
        "updated: yesterday",
        "updated: 2026/13/05",
        "updated: 05/01/2026",  # April or May?
        "draft: maybe",
    ],
)
def test_what_needs_judgement_is_left_alone(wrong: str) -> None:
    content = post(more=f"{wrong}\n")
    assert mended(content) == (content.decode(), [])


def test_names_of_the_settings_are_mended_where_they_are_close() -> None:
    assert "category: figures" in mended(post(category="figure"))[0]
    assert mended(post(category="figs"))[1] == []


def test_a_country_is_named_by_its_code() -> None:
    one = Diagnostic("unknown-country", "…", Span(COUNTRY, 1, 10, 17), "write DE")
    assert fixes.mended(b"country: Germany", [one])[0] == b"country: DE"


@pytest.mark.parametrize(
    ("text", "hint", "after"),
    [("usd", "write USD", "USD"), ("$", "write USD", "$")],
)
def test_the_code_of_a_currency_is_mended_and_a_sign_is_not(
    text: str, hint: str, after: str
) -> None:
    span = Span("content/data/a.yaml", 1, 1, len(text) + 1)
    found = [Diagnostic("unknown-currency", "…", span, hint)]
    assert fixes.mended(text.encode(), found)[0] == after.encode()


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    content = b"\xef\xbb\xbf" + post(more="tgas: [one]\n").replace(b"\n", b"\r\n")
    assert mended(content)[0].encode() == content.replace(b"tgas", b"tags")


def test_what_is_not_utf_8_stays() -> None:
    found = [Diagnostic("unknown-key", "…", Span(A, 1, 1, 5), "did you mean 'tags'?")]
    assert fixes.mended(b"tgas: \xff", found) == (b"tgas: \xff", ())


lines = st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), max_size=5)
ends = st.sampled_from(["\n", "\r\n", "\r"])


@given(above=lines, below=lines, end=ends, mark=st.sampled_from(["", "\ufeff"]))
def test_bytes_outside_of_the_place_stay(
    above: list[str], below: list[str], end: str, mark: str
) -> None:
    """Whatever stands around it, with whatever ends of lines."""
    before = mark + "".join(f"{line}{end}" for line in above)
    after = "".join(f"{end}{line}" for line in below)
    written = f"{before}lang: tgas,{after}"
    number = normalised(written)[: len(normalised(before))].count("\n") + 1
    found = [Diagnostic("unknown-series", "…", Span(A, number, 7, 11), "did you mean 'tags'?")]
    made, _ = fixes.mended(written.encode(), found)
    assert made == f"{before}lang: tags,{after}".encode()


@given(
    spans=st.lists(
        st.builds(Span, st.just(A), st.integers(0, 4), st.integers(0, 9), st.integers(0, 12))
    )
)
def test_places_that_are_none_do_no_harm(spans: list[Span]) -> None:
    text = b"tgas\ntgas tgas\n\ntgas"
    found = [Diagnostic("unknown-series", "…", span, "did you mean 'tags'?") for span in spans]
    made, done = fixes.mended(text, found)
    assert made.replace(b"tags", b"tgas") == text
    assert made.count(b"tags") == len(done)


# On disk


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a slip behind a slip."""
    lay_out(sources({"articles/a.md": post(more="updatd: 2026/01/05\n")}), tmp_path / "site")
    return tmp_path / "site"


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root), "--jobs", "1", *arguments])


def test_a_check_mends_until_nothing_is_left_and_then_nothing(root: Path) -> None:
    first = check(root, "--fix")
    mended = re.findall(r"^.*: mended: .*$", first.stderr, re.MULTILINE)
    assert (first.exit_code, mended) == (
        0,
        [
            f"{A}:7:1: mended: updatd is now updated",
            f"{A}:7:10: mended: 2026/01/05 is now 2026-01-05",
        ],
    )
    after = (root / A).read_bytes()
    assert b"updated: 2026-01-05\n" in after
    assert "mended" not in check(root, "--fix").stderr
    assert (root / A).read_bytes() == after


def test_without_being_told_to_a_check_mends_nothing(root: Path) -> None:
    before = (root / A).read_bytes()
    assert check(root).exit_code == 1
    assert (root / A).read_bytes() == before


def test_rights_and_links_stay_and_no_draft_is_left(root: Path) -> None:
    real = root / "content/articles/real.txt"
    (root / A).rename(real)
    real.chmod(0o640)
    (root / A).symlink_to("real.txt")
    check(root, "--fix")
    assert (root / A).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert b"updated: 2026-01-05\n" in real.read_bytes()
    assert sorted(one.name for one in real.parent.iterdir()) == ["a.md", "real.txt"]


def test_a_file_that_has_changed_in_the_meantime_is_left_alone(root: Path) -> None:
    found = [Diagnostic("unknown-key", "…", Span(A, 7, 1, 7), "did you mean 'updated'?")]
    before = (root / A).read_bytes()
    (root / A).write_bytes(before + b"More.\n")
    assert mend(root, {A: before}, found) == ()
    assert (root / A).read_bytes() == before + b"More.\n"
