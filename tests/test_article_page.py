"""The ids that links may lead to are those that the theme really gives."""

from datetime import UTC

import pytest
from lxml import html

from aicareers_site.article_page import own_ids
from aicareers_site.content_types import read
from aicareers_site.documents import parse
from aicareers_site.prose import Prose
from tests.samples import outputs, post, sources

SOURCES = "sources: [{id: facts, name: A book of facts, retrieved: 2026-04-22}]\n"
FAQ = "faq: [{question: Why?, answer: Because.}]\n"
KINDS = {
    "articles": SOURCES + FAQ,
    "trends": "key_points: [One.]\n" + SOURCES,
    "countries": SOURCES
    + "country: FR\nas_of: 2026-04-22\nsource: facts\nhubs: [{name: Paris}]\n"
    + "working_language: French\nin_favour: [pay]\nagainst: [rain]\n",
    "market": SOURCES
    + "as_of: 2026-04-22\nsource: facts\ntips: [{title: Look, text: Again.}]\n"
    + "tables: [{id: level, caption: By level, property: Level, unit: jobs, total: 3, "
    + "rows: [{label: All, value: 3}]}]\n",
}


@pytest.mark.parametrize("folder", KINDS)
def test_every_id_that_may_be_linked_to_is_on_the_page(folder: str) -> None:
    path, content = f"content/{folder}/a.md", post(more=KINDS[folder])
    files = sources({f"{folder}/a.md": content})
    page = html.fromstring(outputs(files)["blog/a/index.html"])
    document = parse(path, content).value
    assert document is not None
    article = read(document, UTC).value
    assert article is not None
    assert (
        own_ids(article.front, Prose("")) - {str(found) for found in page.xpath("//@id")} == set()
    )
