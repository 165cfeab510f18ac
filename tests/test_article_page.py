"""The page of an article: what it shows of the others, and the ids that links may lead to."""

from __future__ import annotations

from datetime import UTC

import pytest
from lxml import html

from aicareers_site.article_page import article_view, company
from aicareers_site.content_types import read
from aicareers_site.documents import parse
from aicareers_site.page_parts import Parts
from aicareers_site.prose import Prose
from aicareers_site.texts import own_ids
from tests.samples import COUNTRY, OPENINGS, SETTINGS, outputs, post, sources
from tests.sites import ABOUT, dated, published, settings, site

SOURCES = "sources: [{id: facts, name: A book of facts, retrieved: 2026-04-22}]\n"
FAQ = "faq: [{question: Why?, answer: Because.}]\n"
KINDS = {
    "articles": SOURCES + FAQ,
    "trends": "key_points: [One.]\n" + SOURCES,
    "countries": SOURCES
    + "country: FR\nas_of: 2026-04-22\nsource: facts\nhubs: [{name: Paris}]\n"
    + "working_language: French\nin_favour: [pay]\nagainst: [rain]\n",
    "market": SOURCES + "tables: [openings.level]\ntips: [{title: Look, text: Again.}]\n",
}


@pytest.mark.parametrize("folder", KINDS)
def test_every_id_that_may_be_linked_to_is_on_the_page(folder: str) -> None:
    path, content = f"content/{folder}/a.md", post(more=KINDS[folder])
    files = sources({f"{folder}/a.md": content, "data/openings.yaml": OPENINGS.encode()})
    page = html.fromstring(outputs(files)["blog/a/index.html"])
    document = parse(path, content).value
    assert document is not None
    article = read(document, UTC).value
    assert article is not None
    assert (
        own_ids(article.front, Prose("")) - {str(found) for found in page.xpath("//@id")} == set()
    )


# What it shows of the others


def test_its_neighbours_are_those_published_before_and_after() -> None:
    whole = site(*dated(3))
    newest, middle, oldest = (company(whole, index) for index in range(3))
    assert (newest.newer, newest.older) == (None, ("No. 2", "/blog/n2/"))
    assert (middle.newer, middle.older) == (("No. 3", "/blog/n3/"), ("No. 1", "/blog/n1/"))
    assert (oldest.newer, oldest.older) == (("No. 2", "/blog/n2/"), None)


def test_the_way_back_is_to_the_list_page_that_holds_it() -> None:
    whole = site(*dated(4))
    assert [company(whole, index).back for index in range(4)] == [
        "/blog/#article:n4",
        "/blog/#article:n3",
        "/blog/page/1/#article:n2",
        "/blog/page/1/#article:n1",
    ]


def test_it_names_its_category_topics_and_authors() -> None:
    person = SETTINGS.replace("    role: Editors\n", "    role: Editor\n    kind: person\n")
    shown = company(site(published(content=post(more="tags: [open-pay]\n")), text=person), 0)
    assert shown.category == ("Advice", "/categories/advice/")
    assert shown.topics == (("Open pay", "/topics/open-pay/"),)
    assert shown.authors == (("The Desk", "/authors/desk/", True),)


def test_related_articles_are_mentioned_closest_first() -> None:
    whole = site(
        published("a", post("A", date="2026-01-04", more="tags: [pay, visas]\n")),
        published("b", post("B", date="2026-01-03", category="figures")),
        published("c", post("C", date="2026-01-02")),
        published("d", post("D", date="2026-01-01", more="tags: [pay, visas]\n")),
    )
    assert [mention.title for mention in company(whole, 0).related.value] == ["D", "C"]


def test_the_next_part_of_its_series_is_not_mentioned_twice() -> None:
    more = "tags: [pay]\nseries: guide\n"
    guide = "series:\n  guide: {title: A guide, description: How to.}\n"
    whole = site(
        published("a", post("A", date="2026-01-01", more=more)),
        published("b", post("B", date="2026-01-02", more=more)),
        published("c", post("C", date="2026-01-03", more="tags: [pay]\n")),
        published("d", post("D", date="2026-01-04")),
        text=SETTINGS + guide,
    )
    shown = company(whole, 3)
    assert shown.series is not None
    assert shown.series.next == ("B", "/blog/b/")
    assert [mention.title for mention in shown.related.value] == ["C", "D"]


def test_of_the_countries_that_a_trend_is_about_it_knows_those_with_a_profile() -> None:
    france = post("France", more=COUNTRY.format(code="FR", hub="Paris"))
    trend = post("Trend", date="2026-02-02", more="key_points: [One.]\ncountries: [FR, DE]\n")
    whole = site(published("fr", france, "countries"), published("t", trend, "trends"))
    assert company(whole, 0).profiles == (("FR", "/blog/fr/"),)


def test_a_page_outside_the_blog_is_no_article() -> None:
    about, whole = published("about", ABOUT, "pages"), site(published())
    with pytest.raises(TypeError, match=r"content/pages/about\.md is no article of the blog"):
        article_view(Parts.of(settings()), about.text, company(whole, 0))
