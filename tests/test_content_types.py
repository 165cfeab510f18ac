from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from aicareers_site import configuration, content_types, documents, texts
from aicareers_site.content_types import (
    CountryProfile,
    FrontMatter,
    HiringTrend,
    MarketStatistics,
    PageFrontMatter,
    Post,
)
from aicareers_site.diagnostics import Span
from aicareers_site.kinds import Kind, kind_of
from aicareers_site.manuscripts import Rules
from tools.document_content_types import DOCUMENT, MODELS, updated

if TYPE_CHECKING:
    from aicareers_site.content_types import Article
    from aicareers_site.diagnostics import Diagnostic, Outcome

BERLIN = ZoneInfo("Europe/Berlin")
PROJECT = Path(__file__).resolve().parent.parent
MANUAL = DOCUMENT.read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = dict(
    re.findall(r"`(content/\S+\.md)`:\n\n```markdown\n(.*?)```\n", MANUAL, re.DOTALL)
)
"""The examples of the manual, by path."""

LEADING = "title: A\ndescription: B\ndate: 2026-04-22\nauthors: [desk]\ncategory: advice\n"


def read(text: str, path: str) -> Outcome[Article]:
    document = documents.parse(path, text.encode())
    assert document.diagnostics == ()
    assert document.value is not None
    return content_types.read(document.value, BERLIN)


def article(text: str, path: str) -> Article:
    outcome = read(text, path)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def example(kind: Kind) -> tuple[str, str]:
    """Path and text of the manual's example of ``kind``."""
    return next((path, text) for path, text in EXAMPLES.items() if kind_of(path) is kind)


def post(more: str) -> str:
    return f"---\n{LEADING}{more}\n---\nText.\n"


def problems(text: str, path: str = "content/articles/a.md") -> list[tuple[str, str]]:
    """Place and code of each problem."""
    found = sorted(read(text, path).diagnostics, key=lambda item: item.sort_key)
    return [(f"{item.span.line}:{item.span.column}", item.code) for item in found]


def only(found: Outcome[Article]) -> Diagnostic:
    (item,) = found.diagnostics
    return item


def changed(kind: Kind, old: str, new: str) -> tuple[str, str]:
    """Text and path of the example of ``kind`` with ``old`` replaced."""
    path, text = example(kind)
    assert old in text
    return text.replace(old, new, 1), path


def test_every_kind_has_an_example() -> None:
    assert {kind_of(path) for path in EXAMPLES} == set(Kind)


def test_a_document_elsewhere_is_no_article() -> None:
    document = documents.parse("other/a.md", b"---\n---\n").value
    assert document is not None
    with pytest.raises(ValueError, match="is in no folder of articles"):
        content_types.read(document, BERLIN)


def test_a_post() -> None:
    path, text = example(Kind.POST)
    found = article(text, path)
    assert (found.kind, found.slug, found.path) == (Kind.POST, "first-steps", path)
    front = found.front
    assert isinstance(front, Post)
    assert front.date == datetime(2026, 4, 22, tzinfo=BERLIN)
    assert (front.updated, front.draft, front.featured) == (None, False, False)
    assert front.tags == ("entry-level", "skills")
    assert front.sources[0].published == date(2026, 3, 1)
    assert list(front.markdown_texts()) == [(("faq", 0, "answer"), "Not for every role [@survey].")]
    assert list(front.source_references()) == []


def test_a_country_profile() -> None:
    path, text = example(Kind.COUNTRY_PROFILE)
    front = article(text, path).front
    assert isinstance(front, CountryProfile)
    assert (front.country, front.as_of) == ("PT", date(2026, 4, 20))
    assert list(front.table_references()) == [(("salaries", 0), "ai-pay")]
    assert [place for place, _ in front.markdown_texts()] == [
        ("visas", 0, "how"),
        ("in_favour", 0),
        ("against", 0),
    ]
    assert [place for place, _ in front.source_references()] == [
        ("source",),
        ("visas", 0, "source"),
    ]


def test_a_hiring_trend() -> None:
    path, text = example(Kind.HIRING_TREND)
    front = article(text, path).front
    assert isinstance(front, HiringTrend)
    assert front.countries == ("DE", "NO")
    assert [place for place, _ in front.markdown_texts()] == [("key_points", 0)]


def test_market_statistics() -> None:
    path, text = example(Kind.MARKET_STATISTICS)
    front = article(text, path).front
    assert isinstance(front, MarketStatistics)
    assert list(front.table_references()) == [(("tables", 0), "openings.seniority")]
    assert [place for place, _ in front.markdown_texts()] == [("tips", 0, "text")]
    assert list(front.source_references()) == []


def test_a_page() -> None:
    path, text = example(Kind.PAGE)
    front = article(text, path).front
    assert isinstance(front, PageFrontMatter)
    assert front.updated == datetime(2026, 4, 22, tzinfo=BERLIN)
    assert front.sources == ()
    assert list(front.markdown_texts()) == []


def test_moments_with_an_offset_keep_it() -> None:
    front = article(post("updated: 2026-04-23 08:00Z"), "content/articles/a.md").front
    assert front.updated == datetime(2026, 4, 23, 8, tzinfo=UTC)


def test_the_slug_is_the_file_name_unless_given() -> None:
    assert article(post(""), "content/articles/old/a-b.md").slug == "a-b"
    assert article(post("slug: c-d"), "content/articles/A b.md").slug == "c-d"


@pytest.mark.parametrize("name", ["A.md", "a b.md", "a_b.md", "é.md", "-a.md", "a--b.md", "a.b.md"])
def test_a_file_name_that_cannot_be_an_address_is_an_error(name: str) -> None:
    assert problems(post(""), f"content/articles/{name}") == [("0:0", "invalid-file-name")]


def test_a_better_file_name_is_offered() -> None:
    found = only(read(post(""), "content/articles/Überblick Größe.md"))
    assert (found.span, found.hint) == (
        Span("content/articles/Überblick Größe.md"),
        "rename it to uberblick-grosse.md",
    )
    assert "or give a 'slug'" in only(read(post(""), "content/articles/漢.md")).hint


def test_a_plain_post_in_another_folder_is_one_error() -> None:
    found = only(read(post(""), "content/countries/a.md"))
    assert (found.code, found.span.line, found.span.column) == ("wrong-folder", 2, 1)
    assert " needs " in found.message
    assert found.hint == "a plain post belongs in content/articles/; else write what is missing"


@pytest.mark.parametrize("folder", ["trends", "market"])
def test_a_post_that_lacks_one_key_is_told_which(folder: str) -> None:
    assert [code for _, code in problems(post(""), f"content/{folder}/a.md")] == ["missing-key"]


def test_a_profile_that_lacks_little_stays_where_it_is() -> None:
    text, path = changed(Kind.COUNTRY_PROFILE, "country: PT\n", "")
    assert only(read(text, path)).code == "missing-key"


def test_a_source_that_is_not_listed_is_an_error_at_its_place() -> None:
    found = only(read(*changed(Kind.COUNTRY_PROFILE, "    source: guide", "    source: guid")))
    assert (found.code, found.hint) == ("unknown-source", "did you mean 'guide'?")
    assert (found.span.line, found.span.column) == (20, 13)


def test_without_sources_the_hint_says_where_to_list_one() -> None:
    path, text = example(Kind.COUNTRY_PROFILE)
    text = re.sub(r"sources:\n.*?---", "---", text, flags=re.DOTALL)
    hints = [item.hint for item in read(text, path).diagnostics]
    assert hints == ["list it under 'sources'"] * 2


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("updated: 2026-04-21", "7:10"),
        ("expires: 2026-04-21 23:59", "7:10"),
        (
            "sources:\n  - {id: a, name: A, published: 2026-05-01, retrieved: 2026-04-01}",
            "8:56",
        ),
    ],
)
def test_dates_are_in_order(more: str, place: str) -> None:
    assert problems(post(more)) == [(place, "date-order")]


def test_dates_may_be_equal() -> None:
    assert problems(post("updated: 2026-04-22\nexpires: 2026-04-22")) == []


def test_two_sources_with_one_id_are_an_error() -> None:
    sources = "sources:\n" + "  - {id: a, name: A, retrieved: 2026-04-01}\n" * 2
    assert problems(post(sources)) == [("9:10", "duplicate-id")]


@pytest.mark.parametrize("alias", ["/old/", "/blog/old-name/", "/2024/A.b_c~d/"])
def test_an_alias_is_an_address_on_the_site(alias: str) -> None:
    assert article(post(f"aliases: [{alias}]"), "content/articles/a.md").front.aliases == (alias,)


@pytest.mark.parametrize(
    "alias", ["old", "/old", "old/", "/", "//", "/a//b/", "/../", "/a/./", "/a b/", "/a?b/", "/é/"]
)
def test_other_aliases_are_errors_at_their_place(alias: str) -> None:
    assert problems(post(f"aliases: [/x/, {alias}]")) == [("7:16", "invalid-alias")]


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_field_says_what_it_means_and_the_manual_repeats_it(model: type[FrontMatter]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        assert field.description, name
        assert field.description in MANUAL
        assert f"| `{name}` |" in MANUAL


def test_the_manual_is_up_to_date() -> None:
    assert updated(MANUAL) == MANUAL, "run tools/document_content_types.py"


@pytest.mark.parametrize("path", EXAMPLES)
def test_the_examples_of_the_manual_fit_the_shipped_site(path: str) -> None:
    configured = configuration.read((PROJECT / configuration.PATH).read_bytes()).value
    assert configured is not None
    found = article(EXAMPLES[path], path)
    rules = Rules.of(configured.settings, drafts=False)
    assert texts.check_references(found, rules) == ()


def test_links_within_the_manual_lead_to_its_headings() -> None:
    headings = re.findall(r"^#+ (.+)$", MANUAL, re.MULTILINE)
    anchors = {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", MANUAL)) <= anchors
