"""The folder of an article decides its kind."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from aicareers_site.kinds import FOLDERS, Kind, kind_of, misplaced


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/articles/a.md", Kind.POST),
        ("content/countries/a.md", Kind.COUNTRY_PROFILE),
        ("content/countries/europe/north/a.md", Kind.COUNTRY_PROFILE),
        ("content/trends/a.md", Kind.HIRING_TREND),
        ("content/market/a.md", Kind.MARKET_STATISTICS),
        ("content/pages/a.md", Kind.PAGE),
        ("content/a.md", None),
        ("content/other/a.md", None),
        ("articles/a.md", None),
        ("drafts/articles/a.md", None),
        ("content/articles", None),
    ],
)
def test_the_folder_decides_the_kind(path: str, kind: Kind | None) -> None:
    assert kind_of(path) is kind


def test_every_kind_has_a_folder() -> None:
    assert set(FOLDERS.values()) == set(Kind)


@pytest.mark.parametrize(
    "path",
    [
        "content/articles/a.md",
        "content/articles/chart.png",
        "content/charts/chart.png",
        "content/notes.txt",
        "static/readme.md",
        "site.yaml",
    ],
)
def test_what_is_no_markdown_or_stands_right_is_not_misplaced(path: str) -> None:
    assert misplaced(path) is None


@pytest.mark.parametrize(
    ("path", "folder", "hint"),
    [
        ("content/countrys/x.md", "content/countrys", "did you mean 'countries'?"),
        (
            "content/x.md",
            "content/",
            "known here: articles, countries, market, pages, trends",
        ),
        ("content/Articles/deep/x.markdown", "content/Articles", "did you mean 'articles'?"),
    ],
)
def test_markdown_in_an_unknown_folder_is_an_error(path: str, folder: str, hint: str) -> None:
    found = misplaced(path)
    assert found is not None
    assert (found.code, str(found.span), found.hint) == ("unknown-folder", path, hint)
    assert found.message == f"no kind of article belongs in the folder {folder}"


@pytest.mark.parametrize("ending", ["markdown", "mdown", "mdx", "MD"])
def test_markdown_with_another_ending_is_an_error(ending: str) -> None:
    path = f"content/articles/a.{ending}"
    found = misplaced(path)
    assert found is not None
    assert (found.code, str(found.span), found.hint) == (
        "file-extension",
        path,
        f"rename it to {PurePosixPath(path).stem}.md",
    )


@pytest.mark.parametrize("ending", ["md.txt", "MD.txt", "md.docx"])
def test_an_article_with_a_second_ending_is_not_left_out_without_a_word(ending: str) -> None:
    found = misplaced(f"content/articles/a.b.{ending}")
    assert found is not None
    assert (found.code, found.hint) == ("file-extension", "rename it to a.b.md")


@pytest.mark.parametrize("name", [".a.md.swp", "a.md.bak", "a.md.orig", "terms.txt"])
def test_what_programs_leave_beside_an_article_is_none(name: str) -> None:
    assert misplaced(f"content/articles/{name}") is None
