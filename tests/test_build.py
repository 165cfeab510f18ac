"""The site as a whole: what is published where, and the laws that hold for every build."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from aicareers_site.diagnostics import Severity
from aicareers_site.outputs import digest
from tests.originals import plain, png, saved
from tests.samples import COUNTRY, NOW, SETTINGS, built, outputs, post, sources
from tests.tables import JOBS_TEXT, PAY_TEXT

if TYPE_CHECKING:
    from random import Random

PUBLISHED = post("Published", date="2026-01-02")
GIF = saved(plain(), "GIF")


def links_of(page: bytes) -> list[str]:
    return [str(href) for href in html.fromstring(page).xpath("//a/@href")]


def text_of(page: bytes, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in html.fromstring(page).xpath(path)]


# What is published where


def test_every_kind_of_article_stands_at_blog_and_its_slug() -> None:
    france = post("France", more=COUNTRY.format(code="FR", hub="Paris"))
    files = sources({"articles/a.md": PUBLISHED, "countries/deep/france.md": france})
    site = outputs(files)
    assert {"blog/a/index.html", "blog/france/index.html"} <= site.keys()


def test_a_slug_in_the_front_matter_replaces_the_files_name() -> None:
    site = outputs(sources({"articles/2026-01-02-a.md": post(more="slug: better\n")}))
    assert "blog/better/index.html" in site
    assert not any("2026-01-02" in path for path in site)


def test_a_site_without_articles_builds() -> None:
    site = outputs(sources())
    assert {"index.html", "blog/index.html", "feed.xml", "404.html"} <= site.keys()
    assert not any(path.startswith(("categories", "countries", "newsletter")) for path in site)


def test_a_change_cannot_be_dated_in_the_future() -> None:
    (found,) = built(sources({"articles/a.md": post(more="updated: 2027-01-01\n")})).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("future-update", 7, 10)


def test_two_articles_with_one_title_are_a_warning() -> None:
    (found,) = built(sources({"articles/a.md": post(), "articles/b.md": post()})).diagnostics
    assert (found.severity, found.code) == ("warning", "duplicate-title")


def test_articles_are_listed_newest_first_and_by_path_on_equal_dates() -> None:
    site = outputs(
        sources(
            {
                "articles/c.md": post("C", date="2026-01-01"),
                "articles/b.md": post("B", date="2026-01-01"),
                "articles/a.md": post("A", date="2026-01-02"),
            }
        )
    )
    assert text_of(site["blog/index.html"], "//article//h2") == ["A", "B", "C"]


def test_the_way_back_leads_to_the_page_of_the_index_where_the_article_stands() -> None:
    files = sources(
        {f"articles/n{day}.md": post(f"No. {day}", date=f"2026-01-0{day}") for day in range(1, 8)}
    )
    site = outputs(files)
    assert "/blog/page/1/#article:n1" in links_of(site["blog/n1/index.html"])
    assert "/blog/page/2/#article:n3" in links_of(site["blog/n3/index.html"])
    assert "/blog/#article:n7" in links_of(site["blog/n7/index.html"])
    for page, slug in (("blog/page/1", "n1"), ("blog/page/2", "n3"), ("blog", "n7")):
        assert (
            html.fromstring(site[f"{page}/index.html"]).get_element_by_id(f"article:{slug}")
            is not None
        )


def test_older_and_newer_articles_are_offered() -> None:
    files = sources(
        {f"articles/n{day}.md": post(f"No. {day}", date=f"2026-01-0{day}") for day in (1, 2, 3)}
    )
    middle = links_of(outputs(files)["blog/n2/index.html"])
    assert {"/blog/n1/", "/blog/n3/"} <= set(middle)


def test_an_alias_leads_to_the_article() -> None:
    site = outputs(sources({"articles/new.md": post(more="aliases: [/blog/old/]\n")}))
    page = site["blog/old/index.html"].decode()
    assert re.search(r'http-equiv="refresh" content="0; ?url=/blog/new/"', page)
    assert b"/blog/old/" not in site["sitemap.xml"]


def test_the_feeds_know_an_article_by_its_first_address() -> None:
    old = outputs(sources({"articles/old.md": PUBLISHED}))
    renamed = post("Published", date="2026-01-02", more="aliases: [/blog/old/]\n")
    new = outputs(sources({"articles/new.md": renamed}))
    for site in (old, new):
        (item,) = json.loads(site["feed.json"])["items"]
        assert item["id"] == "tag:sample.example,2026:old"


def test_a_site_below_a_path_names_it_everywhere() -> None:
    files = sources({"articles/a.md": PUBLISHED, "articles/b.md": post("B", body="[A](a.md)")})
    site = outputs(files, base_url="https://sample.example/careers/")
    assert "/careers/blog/a/" in links_of(site["blog/b/index.html"])
    internal = [
        href
        for path, page in site.items()
        if path.endswith(".html")
        for href in links_of(page)
        if href.startswith("/")
    ]
    assert internal
    assert [href for href in internal if not href.startswith("/careers/")] == []


def test_the_navigation_shows_only_what_exists() -> None:
    navigation = """\
navigation:
  - {label: Blog, url: /blog/}
  - {label: Countries, url: /countries/}
  - {label: Advice, url: /categories/advice/}
  - {label: Figures, url: /categories/figures/}
"""
    site = outputs(sources({"articles/a.md": PUBLISHED}, SETTINGS + navigation))
    header = html.fromstring(site["index.html"]).xpath("//header//nav")[0]
    hrefs = [str(href) for href in header.xpath(".//a/@href")]
    assert hrefs == ["/blog/", "/categories/advice/"]


@pytest.mark.parametrize("menu", ["", "navigation", "footer"])
def test_a_menu_leads_to_the_page_on_feeds_and_the_footer_where_none_does(menu: str) -> None:
    more = f"{menu}:\n  - {{label: Follow us, url: /feeds/}}\n" if menu else ""
    site = outputs(sources({"articles/a.md": PUBLISHED}, SETTINGS + more))
    links = html.fromstring(site["index.html"]).xpath("//nav[contains(@aria-label, 'oter')]//a")
    expected = {"": ["Feeds"], "navigation": [], "footer": ["Follow us"]}[menu]
    assert [link.text for link in links if link.get("href") == "/feeds/"] == expected


def test_countries_are_compared_by_name() -> None:
    files = sources(
        {
            "countries/fr.md": post("Work in France", more=COUNTRY.format(code="FR", hub="Paris")),
            "countries/be.md": post("Work in Belgium", more=COUNTRY.format(code="BE", hub="Ghent")),
        }
    )
    page = outputs(files)["countries/index.html"]
    assert [href for href in links_of(page) if href in {"/blog/be/", "/blog/fr/"}][:2] == [
        "/blog/be/",
        "/blog/fr/",
    ]
    assert "/blog/fr/#source:facts" in links_of(page)


@pytest.mark.parametrize("folder", ["static/", "content/articles/"])
def test_any_name_of_a_file_can_be_addressed(folder: str) -> None:
    name, quoted = "Größe 50% #1?.gif", "Gr%C3%B6%C3%9Fe%2050%25%20%231%3F.gif"
    reference = f"/{quoted}" if folder == "static/" else quoted
    files = sources({"articles/a.md": post(body=f"![A chart]({reference})")})
    files[folder + name] = GIF
    site = outputs(files)
    path = name if folder == "static/" else f"media/articles/{name}"
    assert site[path] == GIF
    printed = quoted if folder == "static/" else f"media/articles/{quoted}"
    assert f'src="/{printed}"'.encode() in site["blog/a/index.html"]


def test_archive_pages_stay_byte_for_byte_when_an_article_is_added() -> None:
    articles = {
        f"articles/n{day}.md": post(f"No. {day}", date=f"2026-01-0{day}") for day in range(1, 8)
    }
    before = outputs(sources(articles))
    after = outputs(sources({**articles, "articles/n8.md": post("No. 8", date="2026-01-08")}))
    archive = [path for path in before if "/page/" in path]
    changed = [path for path in archive if before[path] != after[path]]
    assert len(archive) == 6
    # The newest archive page leads to one that is newer now.
    assert [path for path in changed if "/page/2/" not in path] == []


def test_a_file_beside_an_article_is_published_with_it() -> None:
    files = sources({"articles/a.md": post(body="![A chart](chart.gif), [a table](table.csv)")})
    files["content/articles/chart.gif"] = GIF
    files["content/articles/table.csv"] = b"table"
    files["content/articles/unused.gif"] = b"unused"
    site = outputs(files)
    assert site["media/articles/chart.gif"] == GIF
    assert site["media/articles/table.csv"] == b"table"
    assert b"unused" not in site.values()
    assert b'src="/media/articles/chart.gif"' in site["blog/a/index.html"]


# Law 1: same input, same bytes


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(random: Random) -> None:
    articles = {f"articles/n{i}.md": post(f"No. {i}", more="tags: [one, two]\n") for i in range(5)}
    files = sources(articles)
    shuffled = list(files.items())
    random.shuffle(shuffled)
    assert outputs(dict(shuffled)) == outputs(files)


def test_every_output_tells_its_digest_before_its_bytes_are_made() -> None:
    files = sources({"articles/a.md": post(body="![A chart](chart.png)")})
    files["content/articles/chart.png"] = png()
    found = built(files).value.outputs
    assert [output.digest for output in found] == [digest(output.content()) for output in found]


def test_outputs_stand_by_path_and_each_once() -> None:
    paths = [output.path for output in built(sources({"articles/a.md": post()})).value.outputs]
    assert paths == sorted(set(paths))


# Law 4: no leak

FILING = "tags: [zebra-tag]\nseries: zebra-series\n"
ZEBRAS = f"{SETTINGS}series:\n  zebra-series: {{title: Zebra, description: Stripes.}}\n"
SECRETS = {
    "draft": (post("Zebra-title", more=f"draft: true\n{FILING}"), {"drafts": True}),
    "future": (post("Zebra-title", date="2026-11-21 12:01", more=FILING), {"future": True}),
    "expired": (
        post("Zebra-title", more=f"expires: 2026-11-21 12:00\n{FILING}"),
        {"now": NOW - timedelta(days=1)},
    ),
}


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_of_an_unpublished_article_is_in_any_file(secret: str) -> None:
    article, shown_by = SECRETS[secret]
    body = b"Zebra text. ![Zebra](zebra.png) ![Z](/zebra.png) ![A](/zebra.gif)"
    article = article.replace(b"Some text.", body)
    article = article.replace(b"---\n", b"---\nimage: {src: /zebra.jpg, alt: Zebra}\n", 1)
    article += b"\nOf {{ zebra.total }}.\n\n{{ chart zebra.level }}\n"
    files = sources({"articles/a.md": PUBLISHED, "articles/zebra.md": article}, ZEBRAS)
    files["content/articles/zebra.png"] = png()
    files["static/zebra.png"] = png()
    files["static/zebra.gif"] = GIF
    files["static/zebra.jpg"] = saved(plain(), "JPEG")
    files["content/data/zebra.yaml"] = JOBS_TEXT.encode()
    hidden = outputs(files)
    leaks = [
        path
        for path, content in hidden.items()
        if b"zebra" in content.lower() or "zebra" in path.lower()
    ]
    assert leaks == []
    shown = outputs(files, **shown_by)  # type: ignore[arg-type]
    assert {
        "blog/zebra/index.html",
        "blog/zebra/zebra-level-shares.svg",
        "data/zebra.csv",
        "series/zebra-series/index.html",
        "topics/zebra-tag/index.html",
        "zebra.gif",
    } <= shown.keys()
    made = {path for path in shown if re.search(r"zebra-[0-9a-f]{10}-8\.", path)}
    assert {path.partition("-")[0] for path in made} == {"media/articles/zebra", "zebra"}


def test_nothing_of_the_tables_of_a_draft_that_cannot_be_read_is_in_any_file() -> None:
    files = sources(
        {
            "articles/a.md": post(body="Of {{ jobs.total }}."),
            "articles/b.md": post("B", date="soon", more="draft: true\n", body="{{ zebra.total }}"),
            "data/jobs.yaml": JOBS_TEXT.encode(),
            "data/zebra.yaml": JOBS_TEXT.encode(),
            "data/free.yaml": JOBS_TEXT.encode(),
        }
    )
    paths = {output.path for output in built(files).value.outputs}
    assert {path for path in paths if path.endswith(".csv")} == {"data/jobs.csv", "data/free.csv"}


# Figures outside the blog, and in feeds


CORRECTED_JOBS = f"""\
{JOBS_TEXT}corrections:
  - {{date: 2026-05-01, figure: level.senior, before: 59, after: 60, why: Miscounted.}}
"""


def page(body: str) -> bytes:
    return f"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\n{body}\n".encode()


def test_a_page_outside_the_blog_prints_and_draws_figures_and_lists_corrections() -> None:
    body = "Of these, {{ jobs.level.senior }} are senior.\n\n{{ chart jobs.level kind=bars }}"
    site = outputs(
        sources({"pages/about.md": page(body), "data/jobs.yaml": CORRECTED_JOBS.encode()})
    )
    about = site["about/index.html"]
    assert "Of these, 60 are senior." in text_of(about, "//div[@class='prose']/p")
    assert text_of(about, "//ul[@class='corrections']/li") == [
        "May 1, 2026: Level: Senior is 60, not 59. Miscounted."
    ]
    assert "/about/jobs-level-bars.svg" in links_of(about)
    assert site["about/jobs-level-bars.svg"].startswith(b"<svg")
    assert not any(path.startswith("blog/about") for path in site)


def test_a_page_was_last_changed_when_a_figure_on_it_was_corrected() -> None:
    files = sources(
        {
            "pages/about.md": page("{{ jobs.level.senior }}"),
            "data/jobs.yaml": CORRECTED_JOBS.encode(),
        }
    )
    (byline,) = text_of(outputs(files)["about/index.html"], "//div[@class='byline']")
    assert byline == "Last changed May 1, 2026"


def test_the_chart_of_a_page_cannot_take_the_place_of_a_file() -> None:
    files = sources(
        {"pages/about.md": page("{{ chart jobs.level }}"), "data/jobs.yaml": JOBS_TEXT.encode()}
    )
    files["static/about/jobs-level-shares.svg"] = b"<svg/>"
    assert [found.code for found in built(files).diagnostics] == ["url-clash"]


def test_feeds_hold_the_records_that_an_article_lists_with_their_remarks() -> None:
    pay = PAY_TEXT.replace("columns:", "note: Before tax.\ncolumns:")
    article = post(more="tables: [pay]\n")
    feed = outputs(sources({"market/m.md": article, "data/pay.yaml": pay.encode()}))["feed.json"]
    (item,) = json.loads(feed)["items"]
    text = item["content_html"].encode()
    assert text_of(text, "//table/caption") == ["Pay of engineers"]
    assert text_of(text, "//table//tr[1]/th") == [
        *("Country", "Role", "Place", "Basis", "Currency", "Pay a year"),
        *("Bay Area",),
    ]
    assert text_of(text, "//tbody/tr[3]/*") == [
        *("Berlin", "Germany", "Engineer", "Berlin", "a year", "EUR", "not reported")
    ]
    assert "Before tax." in text_of(text, "//p")


# Articles that are not published


def test_unpublished_articles_are_counted_with_the_reason() -> None:
    files = sources({f"articles/{name}.md": SECRETS[name][0] for name in SECRETS}, ZEBRAS)
    assert built(files).value.skipped == {
        "content/articles/draft.md": "a draft",
        "content/articles/expired.md": "expired since 2026-11-21 12:00",
        "content/articles/future.md": "dated 2026-11-21 12:01, which is still to come",
    }


def test_an_unpublished_article_to_begin_with_is_left_out_with_a_warning() -> None:
    start = "start_here: [content/articles/draft.md, content/articles/a.md]\n"
    articles = {"articles/a.md": PUBLISHED, "articles/draft.md": post("D", more="draft: true\n")}
    outcome = built(sources(articles, SETTINGS + start))
    assert [(found.code, found.severity) for found in outcome.diagnostics] == [
        ("start-unpublished", Severity.WARNING)
    ]
    made = {output.path: output.content() for output in outcome.value.outputs}
    links = html.fromstring(made["404.html"]).xpath("//main//article//h3/a/@href")
    assert links == ["/blog/a/"]


def test_a_published_article_may_not_link_to_an_unpublished_one() -> None:
    linking = post(body="[Soon](draft.md)")
    articles = {"articles/a.md": linking, "articles/draft.md": SECRETS["draft"][0]}
    (found,) = built(sources(articles, ZEBRAS)).diagnostics
    assert (found.code, str(found.span)) == ("link-unpublished", "content/articles/a.md:9:8")


def test_faults_of_a_draft_are_notes_until_drafts_are_built() -> None:
    draft = post(body="[?](nowhere.md)", more="draft: true\nauthor: x\n")
    files = sources({"articles/draft.md": draft})
    assert not built(files).failed
    assert built(files).diagnostics != ()
    assert built(files, drafts=True).failed


@pytest.mark.parametrize(
    "target", ["../../site.yaml", "../../templates/base.html", "b.md", "../pages/b.md"]
)
def test_sources_cannot_be_offered_as_files(target: str) -> None:
    files = sources({"articles/a.md": post(more=f"image: {{src: {target}, alt: A}}\n")})
    files["content/articles/b.md"] = post("B", more="draft: true\n")
    assert [found.code for found in built(files).diagnostics] == ["missing-image"]


def test_a_link_to_a_draft_that_has_faults_is_an_error() -> None:
    files = sources({"articles/a.md": post(body="[Soon](b.md)")})
    files["content/articles/b.md"] = b"---\ntitle: B\ndraft: true\n---\n"
    outcome = built(files)
    assert "link-unpublished" in [found.code for found in outcome.diagnostics]
    del files["content/articles/a.md"]
    assert built(files).value.skipped == {"content/articles/b.md": "a draft"}


def test_an_article_that_expires_takes_only_links_to_itself_away() -> None:
    files = sources({"articles/a.md": post(body="See [the old one](b.md).")})
    files["content/articles/b.md"] = post("B", more="expires: 2026-11-21\n")
    before, after = built(files, NOW - timedelta(days=1)), built(files)
    assert (before.diagnostics, after.failed) == ((), False)
    assert [found.code for found in after.diagnostics] == ["link-expired"]
    page = {output.path: output.content() for output in after.value.outputs}["blog/a/index.html"]
    assert b"<p>See the old one.</p>" in page


def test_a_file_of_the_theme_is_published_even_if_a_draft_shows_it() -> None:
    draft = post("Z", body="![Icon](/icon-512.png)", more="draft: true\n")
    assert "icon-512.png" in outputs(sources({"articles/z.md": draft}))


def test_a_picture_that_a_published_article_shows_too_is_no_secret() -> None:
    body = "![Both](/shared.gif)"
    files = sources(
        {"articles/a.md": post(body=body), "articles/z.md": post(body=body, more="draft: true\n")}
    )
    files["static/shared.gif"] = GIF
    assert "shared.gif" in outputs(files)


# Law 5: no silent loss


@pytest.mark.parametrize(
    "other",
    [
        {"articles/deep/a.md": post("Again")},
        {"trends/a.md": post("Again", more="key_points: [one]\n")},
        {"articles/b.md": post("Again", more="slug: a\n")},
        {"articles/b.md": post("Again", more="aliases: [/blog/a/]\n")},
        {"articles/b.md": post("Again", more="aliases: [/blog/A/]\n")},
    ],
    ids=["same name", "same name of another kind", "slug", "alias", "alias in capitals"],
)
def test_two_files_for_one_address_are_an_error_naming_both(other: dict[str, bytes]) -> None:
    files = sources({"articles/a.md": post(), **other})
    (found,) = built(files).diagnostics
    assert found.code == "url-clash"
    assert {found.span.path, *(span.path for span in found.related)} == {
        "content/articles/a.md",
        *(f"content/{path}" for path in other),
    }


def test_problems_of_all_stages_are_told_together() -> None:
    files = sources(
        {
            "articles/a.md": post(category="advise", body="[A](nowhere.md) [@nobody]"),
            "articles/b.md": post(more="slug: a\n"),
            "trends/c.md": b"---\ntitle: [\n---\n",
        }
    )
    files["templates/page.html"] = b"{% if %}"
    codes = sorted(found.code for found in built(files).diagnostics)
    assert codes == [
        "broken-link",
        "template-syntax",
        "unknown-category",
        "unknown-source",
        "url-clash",
        "yaml-syntax",
    ]


def test_a_fault_of_a_template_is_told_once_with_the_first_page() -> None:
    files = sources({"articles/a.md": post("A"), "articles/b.md": post("B")})
    files["templates/article.html"] = b"{{ page.titel }}"
    (found,) = built(files).diagnostics
    assert (found.code, str(found.span)) == ("template-undefined", "templates/article.html:1:9")
    assert [str(page) for page in found.related] == ["/blog/a/"]


# Dates


def test_dates_without_an_offset_are_in_the_sites_time_zone() -> None:
    tokyo = SETTINGS.replace("time_zone: UTC", "time_zone: Asia/Tokyo")
    article = post(date="2026-11-21 12:00")
    noon_in_tokyo = datetime(2026, 11, 21, 3, tzinfo=UTC)
    files = sources({"articles/a.md": article}, tokyo)
    assert "blog/a/index.html" in outputs(files, now=noon_in_tokyo)
    assert "blog/a/index.html" not in outputs(files, now=noon_in_tokyo - timedelta(seconds=1))


def test_the_sitemap_tells_when_articles_last_changed() -> None:
    files = sources(
        {
            "articles/a.md": post(date="2026-01-02"),
            "articles/b.md": post("B", date="2026-01-03", more="updated: 2026-02-01\n"),
        }
    )
    sitemap = outputs(files)["sitemap.xml"].decode()
    modified = dict(re.findall("<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", sitemap))
    assert modified["https://sample.example/blog/a/"].startswith("2026-01-02")
    assert modified["https://sample.example/blog/b/"].startswith("2026-02-01")
    assert modified["https://sample.example/blog/"].startswith("2026-02-01")


def test_the_feeds_own_date_is_that_of_the_newest_change() -> None:
    files = sources({"articles/b.md": post(date="2026-01-03", more="updated: 2026-02-01\n")})
    feed = outputs(files)["feed.xml"].decode()
    assert re.findall("<lastBuildDate>(.*?)</lastBuildDate>", feed) == [
        "Sun, 01 Feb 2026 00:00:00 +0000"
    ]
