"""The site as a whole: what is published when, in which order and company."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aicareers_site.diagnostics import Severity, Span
from aicareers_site.site import (
    Published,
    assemble,
    check_dates,
    check_likenesses,
    has_expired,
    traits,
    withheld,
)
from tests.samples import COUNTRY, NOW, SETTINGS, post
from tests.sites import ABOUT, data, dated, published, record, settings, site


def place_of(path: str, field: str) -> Span:
    """Stands for the place of a field."""
    return Span(f"{path} {field}")


def profile(name: str, code: str, date: str = "2026-01-01") -> Published:
    content = post(name, date=date, more=COUNTRY.format(code=code, hub="A town"))
    return published(name, content, "countries")


# What is published when


@pytest.mark.parametrize(
    ("more", "after", "reason"),
    [
        ("", 0, ""),
        ("draft: true\n", 0, "a draft"),
        ("expires: 2026-11-21 12:01\n", 0, ""),
        ("expires: 2026-11-21 12:01\n", 60, "expired since 2026-11-21 12:01"),
    ],
)
def test_an_article_tells_why_it_is_withheld(more: str, after: int, reason: str) -> None:
    now = NOW + timedelta(seconds=after)
    found = withheld(record(content=post(more=more)), now, drafts=False, future=False)
    assert found == reason


def test_an_article_appears_at_its_very_moment() -> None:
    article = record(content=post(date="2026-11-21 12:00"))
    moments = (NOW - timedelta(seconds=1), NOW)
    found = [withheld(article, now, drafts=False, future=False) for now in moments]
    assert found == ["dated 2026-11-21 12:00, which is still to come,", ""]


def test_drafts_and_future_articles_are_published_where_that_is_asked_for() -> None:
    draft = record(content=post(more="draft: true\n"))
    future = record(content=post(date="2030-01-01"))
    assert withheld(draft, NOW, drafts=True, future=False) == ""
    assert withheld(future, NOW, drafts=False, future=True) == ""


def test_a_page_outside_the_blog_has_no_date_to_wait_for() -> None:
    about = record("about", ABOUT, "pages")
    assert withheld(about, NOW - timedelta(days=9999), drafts=False, future=False) == ""


@pytest.mark.parametrize(
    ("more", "expired"),
    [("", False), ("expires: 2026-11-21\n", True), ("expires: 2026-11-21\ndraft: true\n", False)],
)
def test_what_was_published_and_is_no_more_has_expired(more: str, expired: bool) -> None:
    assert has_expired(record(content=post(more=more)), NOW) is expired


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("updated: 2026-11-21 12:00\n", []),
        ("updated: 2026-11-21 12:01\n", ["future-update"]),
        ("updated: 2026-11-21 12:01\ndraft: true\n", []),
        ("updated: 2026-11-21 12:01\nexpires: 2026-11-21\n", []),
    ],
)
def test_a_change_cannot_be_dated_in_the_future(more: str, codes: list[str]) -> None:
    found = list(check_dates([record(content=post(more=more))], NOW, place_of))
    assert [item.code for item in found] == codes
    assert [str(item.span) for item in found] == ["content/articles/a.md updated" for _ in codes]


def test_an_article_that_is_still_to_come_may_have_changes_to_come() -> None:
    article = record(content=post(date="2030-01-01", more="updated: 2030-01-02\n"))
    assert list(check_dates([article], NOW, place_of)) == []


# Order and company


def test_articles_stand_newest_first_and_by_path_on_equal_dates() -> None:
    dates = {"c": "2026-01-01", "b": "2026-01-01", "a": "2026-01-02"}
    given = [published(name, post(name, date=date)) for name, date in dates.items()]
    for order in (given, given[::-1]):
        assert [found.path for found in site(*order).posts] == ["/blog/a/", "/blog/b/", "/blog/c/"]


def test_pages_stand_by_path_and_are_no_posts() -> None:
    found = site(published("b", ABOUT, "pages"), published(), published("about", ABOUT, "pages"))
    assert [page.record.path for page in found.pages] == ["/about/", "/b/"]
    assert [article.path for article in found.posts] == ["/blog/a/"]


def test_terms_stand_in_the_order_of_the_settings_then_by_name() -> None:
    text = f"{SETTINGS}topics:\n  visas: {{title: Work visas, description: How to get in.}}\n"
    tagged = published(content=post(more="tags: [zeal, visas, ability, zeal]\n"))
    topics = site(tagged, text=text).topics.terms
    assert [(term.title, term.path, len(term.posts)) for term in topics.values()] == [
        ("Work visas", "/topics/visas/", 1),
        ("Ability", "/topics/ability/", 1),
        ("Zeal", "/topics/zeal/", 1),
    ]


def test_terms_without_articles_are_left_out() -> None:
    assert list(site(published()).categories.terms) == ["advice"]


def test_titles_get_typographic_quotation_marks() -> None:
    (found,) = site(published(content=post("'\"It''s here\"'"))).posts
    assert found.title == "“It’s here”"


def test_of_a_country_the_newest_profile_counts() -> None:
    old, new = profile("old", "FR"), profile("new", "FR", "2026-02-02")
    found = site(old, profile("be", "BE"), new).profiles
    assert [(code, post.path) for code, post in found.items()] == [
        ("BE", "/blog/be/"),
        ("FR", "/blog/new/"),
    ]


@pytest.mark.parametrize(("zone", "day"), [("UTC", 21), ("Asia/Tokyo", 22)])
def test_today_is_the_day_at_the_site(zone: str, day: int) -> None:
    found = settings(SETTINGS.replace("time_zone: UTC", f"time_zone: {zone}"))
    late = NOW.replace(hour=20)
    assert assemble(found, (), (), (), data(), late).today == date(2026, 11, day)


def test_what_makes_articles_related_is_category_topics_and_countries() -> None:
    tagged = published(content=post(date="2026-03-03", more="tags: [visas, pay]\n"))
    assert traits(site(tagged, profile("fr", "FR")).posts) == (
        ("category advice", "topic visas", "topic pay"),
        ("category advice", "country FR"),
    )


def test_two_articles_with_one_title_are_a_warning_at_the_newer_one() -> None:
    older, newer = published("a"), published("b", post("a TITLE", date="2026-02-02"))
    (found,) = check_likenesses(site(older, newer).posts, place_of)
    assert (found.code, found.severity) == ("duplicate-title", Severity.WARNING)
    assert str(found.span) == "content/articles/b.md title"
    assert [str(span) for span in found.related] == ["content/articles/a.md title"]


def test_two_profiles_of_one_country_are_a_warning_at_the_newer_one() -> None:
    older, newer = profile("old", "FR"), profile("new", "FR", "2026-02-02")
    (found,) = check_likenesses(site(newer, older).posts, place_of)
    assert (found.code, found.severity) == ("duplicate-country", Severity.WARNING)
    assert str(found.span) == "content/countries/new.md country"
    assert [str(span) for span in found.related] == ["content/countries/old.md country"]


def test_the_articles_to_begin_with_stand_as_the_settings_name_them() -> None:
    names = ("b", "missing", "a", "b")
    paths = ", ".join(f"content/articles/{name}.md" for name in names)
    text = f"{SETTINGS}start_here: [{paths}]\n"
    articles = [published("a"), published("b"), published("c")]
    assert [post.path for post in site(*articles, text=text).start] == ["/blog/b/", "/blog/a/"]


# What other pages show


def test_a_mention_holds_what_lists_show_and_no_more() -> None:
    text = SETTINGS.replace("title: Advice", 'title: "Desk\'s advice"')
    shown = post(
        date="2026-01-02 03:04",
        body="A long text.",
        more="tags: [pay]\nupdated: 2026-02-02\naliases: [/blog/old/]\n"
        "image: {src: a.png, alt: A chart, caption: Pay}\n"
        "lead_figure: {value: 6 of 10, label: jobs aren't senior}\n",
    )
    (found,) = site(published(content=shown), text=text).posts
    assert found.mention.value._asdict() == {
        "path": "/blog/a/",
        "slug": "a",
        "title": "A title",
        "description": "About A title.",
        "kind": "post",
        "published": "2026-01-02T03:04:00+00:00",
        "category": ("Desk’s advice", "/categories/advice/"),
        "picture": ("content/articles/a.png", "A chart", "Pay", None),
        "lead_figure": ("6 of 10", "jobs aren’t senior"),
    }


def test_the_blogs_list_counts_its_archive_from_the_oldest() -> None:
    found = site(*dated(5))
    assert [found.blog_page(index) for index in range(5)] == [
        "/blog/",
        "/blog/",
        "/blog/",
        "/blog/page/1/",
        "/blog/page/1/",
    ]
