"""Share cards among the files of a site."""

from __future__ import annotations

from lxml import html

from aicareers_site.diagnostics import Severity
from tests.originals import opened, png
from tests.samples import SETTINGS, built, outputs, post, sources

WITH_CARDS = SETTINGS.replace("share_cards: false", "share_cards: true")
FIGURE = "lead_figure: {value: 60%, label: of openings are for seniors}\n"


def meta(page: bytes) -> dict[str, str]:
    """The page's metadata by name."""
    return {
        element.get("property") or element.get("name"): element.get("content")
        for element in html.fromstring(page).xpath("//meta[@property or @name]")
    }


def test_every_article_has_a_card_and_every_other_page_the_sites() -> None:
    site = outputs(sources({"articles/a.md": post(more=FIGURE)}, WITH_CARDS))
    found = meta(site["blog/a/index.html"])
    assert {key: found[key] for key in found if key.startswith(("og:image", "twitter:image"))} == {
        "og:image": "https://sample.example/blog/a/card.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A title – 60% of openings are for seniors",
        "twitter:image": "https://sample.example/blog/a/card.png",
        "twitter:image:alt": "A title – 60% of openings are for seniors",
    }
    assert found["twitter:card"] == "summary_large_image"
    assert b'"image":"https://sample.example/blog/a/card.png"' in site["blog/a/index.html"]
    for path in ("index.html", "blog/index.html", "404.html", "feeds/index.html"):
        found = meta(site[path])
        assert found["og:image"] == "https://sample.example/card.png"
        assert found["og:image:alt"] == "Sample: A site for tests"
    for path in ("card.png", "blog/a/card.png"):
        assert opened(site[path]).size == (1200, 630)


def test_an_article_with_a_lead_picture_has_no_card() -> None:
    files = sources({"articles/a.md": post(more="image: {src: a.png, alt: A}\n")}, WITH_CARDS)
    files["content/articles/a.png"] = png(600, 400)
    assert [path for path in outputs(files) if path.endswith("card.png")] == ["card.png"]


def test_a_site_can_do_without_cards() -> None:
    site = outputs(sources({"articles/a.md": post()}))
    assert [path for path in site if path.endswith("card.png")] == []
    found = meta(site["blog/a/index.html"])
    assert found["og:image"] == "https://sample.example/icon-512.png"
    assert found["twitter:card"] == "summary"


def test_nothing_of_a_draft_is_on_a_card() -> None:
    draft = post("Zebra", more="draft: true\n")
    site = outputs(sources({"articles/a.md": post(), "articles/b.md": draft}, WITH_CARDS))
    assert sorted(path for path in site if path.endswith("card.png")) == [
        "blog/a/card.png",
        "card.png",
    ]


def test_a_card_cannot_take_the_place_of_a_file() -> None:
    files = sources({"articles/a.md": post()}, WITH_CARDS)
    files["static/blog/a/card.png"] = png()
    (found,) = built(files).diagnostics
    assert (found.code, str(found.span)) == ("url-clash", "content/articles/a.md:2:8")


def test_a_title_that_a_card_cannot_show_is_a_note() -> None:
    files = sources({"articles/a.md": post("Work in 東京")}, WITH_CARDS)
    outcome = built(files)
    assert [(found.code, found.severity, str(found.span)) for found in outcome.diagnostics] == [
        ("card-characters", Severity.NOTE, "content/articles/a.md:2:8")
    ]
    assert "blog/a/card.png" in {output.path for output in outcome.value.outputs}


# The figure that an article is about


def test_a_lead_figure_is_taken_from_a_table_and_shown_on_cards_and_in_the_article() -> None:
    table = (
        "title: Jobs\ndescription: Open jobs.\nas_of: 2026-01-01\nunit: jobs\ntotal: 10\n"
        "source: {name: A census, retrieved: 2026-01-01}\n"
        "breakdowns: {level: {title: Level, parts: {senior: {value: 6}, junior: {value: 4}}}}\n"
    )
    more = "lead_figure: {value: '{{ jobs.level.senior | share }}', label: of jobs are senior}\n"
    files = sources({"articles/a.md": post(more=more), "data/jobs.yaml": table.encode()})
    files["templates/article.html"] = b"{{ page.lead_figure.value }} {{ page.lead_figure.label }}"
    files["templates/home.html"] = b"{{ page.lead.lead_figure.value }}"
    site = outputs(files)
    assert site["blog/a/index.html"] == b"60% of jobs are senior"
    assert site["index.html"] == b"60%"
    assert b"blog/a/" in site["data/jobs/index.html"]
