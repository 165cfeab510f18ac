"""Passages that two articles share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import documents, passages
from aicareers_site.diagnostics import Severity
from tests.samples import post

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.passages import Passages

SHARED = "Twelve words in a row are told of and eleven are not"
TWELVE = " ".join(f"{SHARED} told".split()[:12])
ELEVEN = " ".join(SHARED.split()[:11])


def read(name: str, body: str) -> Passages:
    document = documents.parse(f"content/articles/{name}.md", post(body=body)).value
    assert document is not None
    return passages.passages(document)


def compared(*bodies: str) -> list[Diagnostic]:
    """What is said of articles a, b and so on with these texts."""
    read_again = {
        f"content/articles/{name}.md": read(name, body)
        for name, body in zip("abc", bodies, strict=False)
    }
    found = {path: passages.fingerprints(one) for path, one in read_again.items()}
    return list(passages.check(found, read_again.get))


def told(*bodies: str) -> list[tuple[str, str]]:
    return [(str(one.span), one.message) for one in compared(*bodies)]


def test_a_passage_is_told_of_where_it_stands_again_with_the_first_place() -> None:
    (found,) = compared(f"First. {TWELVE}. Last.", f"Another text.\n\nNow: {TWELVE}!")

    assert str(found.span) == "content/articles/b.md:11:6"
    assert [str(place) for place in found.related] == ["content/articles/a.md:9:8"]
    assert (found.code, found.severity) == ("duplicate-passage", Severity.WARNING)
    assert found.message == (
        "12 words in a row stand in 'content/articles/a.md' too: "
        "“Twelve words in a row are told of …”"
    )


def test_eleven_words_are_not_enough() -> None:
    assert told(f"{ELEVEN} one.", f"{ELEVEN} other.") == []


def test_case_signs_line_ends_and_emphasis_do_not_count() -> None:
    other = TWELVE.upper().replace(" ", ",\n", 3).replace("TOLD", "**TOLD**")
    assert [place for place, _ in told(TWELVE, other)] == ["content/articles/b.md:9:1"]


def test_a_passage_may_go_on_over_paragraphs() -> None:
    (found,) = compared(TWELVE.replace("row ", "row.\n\n"), TWELVE)
    assert found.message.startswith("12 words")


@pytest.mark.parametrize(
    "body",
    [
        f"> {TWELVE}",
        f"They say: “{TWELVE}.”",
        f'They say: "{TWELVE}."',
        f"Text.[^a]\n\n[^a]: {TWELVE}",
        f"```text\n{TWELVE}\n```",
        f"<!-- {TWELVE} -->",
    ],
)
def test_quotations_footnotes_code_and_comments_are_left_aside(body: str) -> None:
    assert told(TWELVE, body) == []


def test_a_few_quoted_words_do_not_hide_a_passage() -> None:
    quoted = TWELVE.replace("in a row", "“in a row”")
    assert len(told(TWELVE, quoted)) == 1


def test_two_passages_are_told_of_each_at_its_place() -> None:
    other = " ".join(f"word{number}" for number in range(20))
    places = [place for place, _ in told(f"{TWELVE}. {other}", f"{other}.\n\nThen: {TWELVE}.")]
    assert places == ["content/articles/b.md:9:1", "content/articles/b.md:11:7"]


def test_a_passage_in_three_articles_is_told_of_twice() -> None:
    assert [place.split("/")[-1] for place, _ in told(TWELVE, TWELVE, TWELVE)] == [
        "b.md:9:1", "c.md:9:1",
    ]  # fmt: skip


def test_an_article_like_many_others_is_compared_with_those_that_it_is_most_like() -> None:
    own = [
        " ".join(f"{name}{number}" for number in range(12 + 30 * more))
        for more, name in enumerate("defg")
    ]
    texts = {f"{name}.md": read(name, text) for name, text in zip("abcd", own, strict=True)}
    texts["z.md"] = read("z", ".\n\n".join(own))
    found = {path: passages.fingerprints(one) for path, one in texts.items()}
    like = [one.related[0].path for one in passages.check(found, texts.get)]
    assert like == [f"content/articles/{name}.md" for name in "dcb"]


def test_what_an_article_says_twice_is_its_own_affair() -> None:
    assert told(f"{TWELVE}. {TWELVE}.") == []


words = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(
    before=words,
    after=words,
    shared=st.lists(st.sampled_from("abcdefgh"), min_size=12, max_size=40),
    other=words,
)
def test_no_shared_passage_of_twelve_words_escapes(
    before: list[str], after: list[str], shared: list[str], other: list[str]
) -> None:
    assert told(" ".join([*before, *shared]), " ".join([*other, *shared, *after])) != []


@given(one=words, other=words)
def test_what_is_told_of_is_shared(one: list[str], other: list[str]) -> None:
    for found in compared(" ".join(one), " ".join(other)):
        place = found.span
        run = " ".join(other)[place.column - 1 : place.end_column - 1]
        assert run in " ".join(one)
        assert len(run.split()) >= passages.SHORTEST
