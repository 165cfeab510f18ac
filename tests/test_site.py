from datetime import timedelta

import pytest

from aicareers_site.configuration import SiteSettings
from aicareers_site.configuration import read as read_settings
from aicareers_site.content_types import Article
from aicareers_site.content_types import read as read_article
from aicareers_site.documents import parse
from aicareers_site.links import LinkedProse
from aicareers_site.prose import Prose
from aicareers_site.site import Site, assemble, check_references, path_of, withheld
from tests.samples import NOW, SETTINGS, post


def settings(text: str = SETTINGS) -> SiteSettings:
    configuration = read_settings(text.encode()).value
    assert configuration is not None
    return configuration.settings


def article(name: str = "a", content: bytes = post(), folder: str = "articles") -> Article:
    document = parse(f"content/{folder}/{name}.md", content).value
    assert document is not None
    outcome = read_article(document, settings().zone)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def site(*articles: Article, text: str = SETTINGS) -> Site:
    texts = [(item, LinkedProse(Prose(""), path_of(item))) for item in articles]
    return assemble(settings(text), texts)


ABOUT = b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n"


def test_articles_live_below_blog_and_pages_at_the_root() -> None:
    assert path_of(article("germany")) == "/blog/germany/"
    assert path_of(article("about", ABOUT, "pages")) == "/about/"


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
    found = withheld(article(content=post(more=more)), now, drafts=False, future=False)
    assert found == reason


def test_an_article_appears_at_its_very_moment() -> None:
    dated = article(content=post(date="2026-11-21 12:00"))
    moments = (NOW - timedelta(seconds=1), NOW)
    found = [withheld(dated, now, drafts=False, future=False) for now in moments]
    assert found == ["dated 2026-11-21 12:00, which is still to come,", ""]


def test_unknown_authors_and_categories_are_errors_with_a_suggestion() -> None:
    text = post(category="advise").replace(b"[desk]", b"[desk, dask]")
    found = check_references(article(content=text), ["desk"], ["advice", "figures"])
    assert [(item.code, item.span.line, item.span.column, item.hint) for item in found] == [
        ("unknown-author", 5, 17, "did you mean 'desk'?"),
        ("unknown-category", 6, 11, "did you mean 'advice'?"),
    ]


def test_terms_stand_in_the_order_of_the_settings_then_by_name() -> None:
    text = f"{SETTINGS}topics:\n  visas: {{title: Work visas, description: How to get in.}}\n"
    tagged = article(content=post(more="tags: [zeal, visas, ability, zeal]\n"))
    topics = site(tagged, text=text).topics.terms
    assert [(term.title, term.path, len(term.posts)) for term in topics.values()] == [
        ("Work visas", "/topics/visas/", 1),
        ("Ability", "/topics/ability/", 1),
        ("Zeal", "/topics/zeal/", 1),
    ]


def test_terms_without_articles_are_left_out() -> None:
    assert list(site(article()).categories.terms) == ["advice"]


def test_titles_get_typographic_quotation_marks() -> None:
    (found,) = site(article(content=post("'\"It''s here\"'"))).posts
    assert found.title == "“It’s here”"
