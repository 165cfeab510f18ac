"""What has to be made anew after a change: that which shows it, and nothing else.

Every build here is also compared with one that makes everything anew.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aicareers_site.cache import Cache
from aicareers_site.executor import InMemory, Processes, Serial
from aicareers_site.remembering import Remembering
from tests.originals import BLUE, png
from tests.samples import COUNTRY, NOW, SETTINGS, outputs, post, sources
from tests.workers import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aicareers_site.executor import Executor
    from tests.workers import Given

MAIN_FEEDS = {"/feed.xml", "/atom.xml", "/feed.json"}
TOPICS = {1: "one", 2: "one", 3: "two", 4: "two", 5: "three", 6: "three"}


def article(day: int, **options: str) -> bytes:
    """Article n1 is the oldest; two successive ones are related."""
    more = f"tags: [{TOPICS.get(day, 'four')}]\n{options.pop('more', '')}"
    return post(options.pop("title", f"No. {day}"), date=f"2026-01-0{day}", more=more, **options)


# Lists show two articles a page, feeds the two newest, articles the one that is most related.
SITE = sources(
    {f"articles/n{day}.md": article(day) for day in TOPICS},
    f"{SETTINGS.replace('related: 2', 'related: 1')}feed_size: 2\n",
)
ALL_LISTS = {
    *("/blog/", "/blog/page/2/", "/blog/page/1/"),
    *("/categories/", "/authors/", "/topics/"),
    *("/categories/advice/", "/categories/advice/page/2/", "/categories/advice/page/1/"),
    *("/authors/desk/", "/authors/desk/page/2/", "/authors/desk/page/1/"),
    *("/topics/one/", "/topics/two/", "/topics/three/"),
}
ALL_ARTICLES = {f"/blog/n{day}/" for day in TOPICS}
ALL_PAGES = ALL_LISTS | ALL_ARTICLES | {"/", "/feeds/", "/404.html", "/site.webmanifest"}
ALL_ENTRIES = {f"entry /blog/n{day}/" for day in TOPICS}


def label(given: Given) -> str:
    """What was made: an article, style or script read, an entry of feeds, a page or feed by its
    path, a file of a picture, a card, or a stage."""
    stage, item = given
    if stage in {"article", "asset"}:
        return f"read {item.path}"
    if stage == "page":
        template = item.context.value.template.value.name
        return f"entry {item.path}" if template == "feed-entry.html" else str(item.path)
    if stage == "picture_file":
        return f"{item.width} px {item.form}"
    if stage == "share_card":
        return f"card {item.title}"
    return str(item.path) if stage == "feed" else stage


def build(folder: Path, files: dict[str, bytes], **options: object) -> set[str]:
    """What has to be made with the cache in ``folder``; each thing is made once."""
    workers = Recording()
    with Cache(folder) as results:
        site = outputs(files, executor=Remembering(workers, results), **options)
    assert site == outputs(files, **options)
    made = [label(given) for given in workers.given]
    assert len(made) == len(set(made))
    return set(made)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that knows the site."""
    folder = tmp_path_factory.mktemp("cache")
    build(folder, SITE)
    return folder


@pytest.fixture
def cache(built_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to be used once."""
    for file in built_once.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The site with another text in one of its files."""
    assert old.encode() in SITE[path]
    return {**SITE, path: SITE[path].replace(old.encode(), new.encode())}


# Nothing has changed


def test_a_first_build_makes_everything_once(tmp_path: Path) -> None:
    reads = {f"read content/articles/n{day}.md" for day in TOPICS}
    reads |= {f"read static/{name}" for name in ("compare.js", "search.js", "site.css")}
    feeds = {
        *MAIN_FEEDS,
        *("/categories/advice/feed.xml", "/authors/desk/feed.xml"),
        *(f"/topics/{topic}/feed.xml" for topic in ("one", "two", "three")),
    }
    assert build(tmp_path, SITE) == (ALL_PAGES | ALL_ENTRIES | feeds | reads | {"theme", "related"})


def test_a_build_in_which_nothing_changed_makes_nothing(cache: Path) -> None:
    assert build(cache, SITE) == set()


def test_time_alone_changes_nothing(cache: Path) -> None:
    assert build(cache, SITE, now=NOW + timedelta(days=1000)) == set()


def test_what_was_undone_is_still_known(cache: Path) -> None:
    assert build(cache, changed("content/articles/n3.md", "No. 3", "Other")) != set()
    assert build(cache, SITE) == set()


# An article


def test_another_text_makes_its_own_page_and_the_feeds_that_hold_it(cache: Path) -> None:
    assert build(cache, changed("content/articles/n3.md", "Some text.", "Other text.")) == {
        "read content/articles/n3.md",
        "/blog/n3/",
        "entry /blog/n3/",
        "/topics/two/feed.xml",
    }


def test_another_text_of_the_newest_article_makes_the_main_feeds(cache: Path) -> None:
    assert build(cache, changed("content/articles/n6.md", "Some text.", "Other text.")) == {
        "read content/articles/n6.md",
        "/blog/n6/",
        "entry /blog/n6/",
        *MAIN_FEEDS,
        "/categories/advice/feed.xml",
        "/authors/desk/feed.xml",
        "/topics/three/feed.xml",
    }


def test_another_title_makes_the_pages_that_mention_the_article(cache: Path) -> None:
    assert build(cache, changed("content/articles/n2.md", "title: No. 2", "title: Other")) == {
        "read content/articles/n2.md",
        "/blog/n2/",
        # Older and newer, and one of them related.
        *("/blog/n1/", "/blog/n3/"),
        # The lists' pages that hold it. To the home page it is one of the five latest.
        *("/blog/page/1/", "/categories/advice/page/1/", "/authors/desk/page/1/"),
        *("/topics/one/", "/"),
        # Templates of entries see what those of pages see; feeds that get the same stay.
        *("entry /blog/n1/", "entry /blog/n2/", "entry /blog/n3/"),
        "/topics/one/feed.xml",
    }


def test_a_file_with_other_words_for_the_same_makes_nothing_but_itself(cache: Path) -> None:
    commented = changed("content/articles/n3.md", "authors: [desk]", "authors: [desk] # us")
    assert build(cache, commented) == {"read content/articles/n3.md"}


def test_a_new_article_leaves_archive_pages_and_older_articles(cache: Path) -> None:
    assert build(cache, {**SITE, "content/articles/n7.md": article(7)}) == {
        "read content/articles/n7.md",
        "related",
        *("/blog/n7/", "/blog/n6/"),
        *("/", "/404.html", "/feeds/"),
        *("/blog/", "/categories/advice/", "/authors/desk/", "/topics/four/"),
        *("/categories/", "/authors/", "/topics/"),
        *("entry /blog/n7/", "entry /blog/n6/"),
        *MAIN_FEEDS,
        "/categories/advice/feed.xml",
        "/authors/desk/feed.xml",
        "/topics/four/feed.xml",
    }


def test_an_archive_page_is_made_when_it_is_full_and_tells_its_neighbour(cache: Path) -> None:
    more = {f"content/articles/n{day}.md": article(day) for day in (7, 8)}
    made = build(cache, {**SITE, **more})
    assert {path for path in made if "/page/" in path} == {
        *("/blog/page/3/", "/categories/advice/page/3/", "/authors/desk/page/3/"),
        *("/blog/page/2/", "/categories/advice/page/2/", "/authors/desk/page/2/"),
    }
    # The articles on the new archive page lead back there.
    assert {path for path in made if path.startswith("/blog/n")} == {
        *("/blog/n5/", "/blog/n6/", "/blog/n7/", "/blog/n8/"),
    }


def test_a_draft_makes_nothing_but_itself(cache: Path) -> None:
    draft = article(7, more="draft: true\n")
    assert build(cache, {**SITE, "content/articles/n7.md": draft}) == {
        "read content/articles/n7.md"
    }


def test_an_article_that_goes_makes_what_showed_it_and_reads_nothing(tmp_path: Path) -> None:
    build(tmp_path, {**SITE, "content/articles/n7.md": article(7)})
    made = build(tmp_path, SITE)
    assert {path for path in made if path.startswith("/blog/n")} == {"/blog/n6/"}
    assert {path for path in made if path.startswith("read")} == set()


def test_an_article_that_moves_makes_the_pages_that_link_to_it(tmp_path: Path) -> None:
    linking = {**SITE, "content/articles/n1.md": article(1, body="See [it](n6.md).")}
    build(tmp_path, linking)
    made = build(tmp_path, {**linking, "content/articles/n6.md": article(6, more="slug: six\n")})
    assert {path for path in made if path.startswith("/blog/")} == {
        *("/blog/n1/", "/blog/n5/", "/blog/six/"),
        "/blog/",
    }
    assert {path for path in made if path.startswith("read")} == {"read content/articles/n6.md"}


def test_a_new_heading_of_an_article_leaves_those_that_link_to_it(tmp_path: Path) -> None:
    linking = {**SITE, "content/articles/n1.md": article(1, body="See [it](n6.md).")}
    build(tmp_path, linking)
    made = build(tmp_path, {**linking, "content/articles/n6.md": article(6, body="## New\n\nHm.")})
    assert {path for path in made if path.startswith("/blog/")} == {"/blog/n6/"}


def test_a_page_outside_the_blog_makes_itself_only(tmp_path: Path) -> None:
    about = b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\nWe.\n"
    files = {**SITE, "content/pages/about.md": about}
    build(tmp_path, files)
    files["content/pages/about.md"] = about.replace(b"We.", b"Us.").replace(b"About", b"We")
    assert build(tmp_path, files) == {"read content/pages/about.md", "/about/"}


def test_a_profile_makes_the_comparison_of_countries(tmp_path: Path) -> None:
    def with_hub(hub: str) -> dict[str, bytes]:
        france = post("France", date="2025-01-01", more=COUNTRY.format(code="FR", hub=hub))
        return {**SITE, "content/countries/fr.md": france}

    build(tmp_path, with_hub("Paris"))
    made = build(tmp_path, with_hub("Lyon"))
    assert made == {"read content/countries/fr.md", "/blog/fr/", "/countries/"}


def test_another_file_of_the_same_name_makes_nothing(tmp_path: Path) -> None:
    files = {**SITE, "content/articles/n1.md": article(1, body="[A table](table.csv)")}
    files["content/articles/table.csv"] = b"table"
    build(tmp_path, files)
    assert build(tmp_path, {**files, "content/articles/table.csv": b"another"}) == set()


# Pictures and cards


def test_another_picture_makes_its_files_and_what_shows_it(tmp_path: Path) -> None:
    files = {**SITE, "content/articles/n1.md": article(1, body="![A chart](chart.png)")}
    files["content/articles/chart.png"] = png()
    build(tmp_path, files)
    assert build(tmp_path, {**files, "content/articles/chart.png": png(colour=BLUE)}) == {
        "picture",
        *("8 px avif", "8 px webp"),
        *("/blog/n1/", "entry /blog/n1/", "/topics/one/feed.xml"),
    }


def test_another_article_with_a_known_picture_makes_no_files(tmp_path: Path) -> None:
    files = {**SITE, "content/articles/n1.md": article(1, body="![A chart](chart.png)")}
    files["content/articles/chart.png"] = png()
    build(tmp_path, files)
    files["content/articles/n2.md"] = article(2, body="![A chart](chart.png)")
    assert build(tmp_path, files) == {
        "read content/articles/n2.md",
        *("/blog/n2/", "entry /blog/n2/", "/topics/one/feed.xml"),
    }


@pytest.fixture
def carded(tmp_path: Path) -> dict[str, bytes]:
    """The site with share cards, which the cache in the test's folder knows."""
    settings = SITE["site.yaml"].replace(b"share_cards: false", b"share_cards: true")
    files = {**SITE, "site.yaml": settings}
    build(tmp_path, files)
    return files


def cards(made: set[str]) -> set[str]:
    return {name for name in made if name.startswith("card")}


def test_another_title_figure_or_category_makes_the_card_of_the_article(
    tmp_path: Path, carded: dict[str, bytes]
) -> None:
    path = "content/articles/n3.md"
    for changed in (
        article(3, title="Other"),
        article(3, category="figures"),
        article(3, more="lead_figure: {value: 60%, label: of it}\n"),
    ):
        title = "Other" if b"Other" in changed else "No. 3"
        assert cards(build(tmp_path, {**carded, path: changed})) == {f"card {title}"}


def test_nothing_else_makes_a_card(tmp_path: Path, carded: dict[str, bytes]) -> None:
    changes = {
        "content/articles/n3.md": article(3, body="Other.", more="updated: 2026-02-02\n"),
        "static/site.css": b"body { margin: 0 }\n",
        "templates/article.html": carded["templates/article.html"] + b"\n",
        "static/more.png": png(),
    }
    assert cards(build(tmp_path, {**carded, **changes})) == set()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("site.yaml", b"title: Sample", b"title: Example"),
        ("static/fonts/newsreader.woff2", None, b""),
    ],
)
def test_another_name_of_the_site_or_font_makes_all_cards(
    tmp_path: Path, carded: dict[str, bytes], path: str, old: bytes | None, new: bytes
) -> None:
    files = dict(carded)
    if old is None:
        files["static/fonts/zzz.woff2"] = files[path]
    else:
        files[path] = files[path].replace(old, new)
    expected = {"card A site for tests", *(f"card No. {day}" for day in TOPICS)}
    assert cards(build(tmp_path, files)) == expected


def test_a_new_part_of_a_series_makes_the_pages_of_its_parts(tmp_path: Path) -> None:
    series = b"series:\n  guide: {title: A guide, description: How to.}\n"
    files = {**SITE, "site.yaml": SITE["site.yaml"] + series}
    for day in (1, 3):
        files[f"content/articles/n{day}.md"] = article(day, more="series: guide\n")
    build(tmp_path, files)
    made = build(tmp_path, {**files, "content/articles/n5.md": article(5, more="series: guide\n")})
    assert {path for path in made if path.startswith(("/blog/", "/series/"))} == {
        *("/blog/n1/", "/blog/n3/", "/blog/n5/"),
        *("/series/", "/series/guide/", "/series/guide/feed.xml"),
    }


def test_other_words_of_a_part_leave_the_other_parts(tmp_path: Path) -> None:
    series = b"series:\n  guide: {title: A guide, description: How to.}\n"
    files = {**SITE, "site.yaml": SITE["site.yaml"] + series}
    for day in (1, 5):
        files[f"content/articles/n{day}.md"] = article(day, more="series: guide\n")
    build(tmp_path, files)
    other = article(5, more="series: guide\n", body="Other text.")
    made = build(tmp_path, {**files, "content/articles/n5.md": other})
    assert {path for path in made if path.startswith(("/blog/", "/series/"))} == {
        *("/blog/n5/", "/series/guide/feed.xml")
    }


# Time


def test_an_article_that_expires_makes_what_showed_it_and_reads_nothing(tmp_path: Path) -> None:
    files = {**SITE, "content/articles/n7.md": article(7, more="expires: 2026-11-22\n")}
    build(tmp_path, files)
    made = build(tmp_path, files, now=NOW + timedelta(days=2))
    assert {path for path in made if path.startswith("/blog/n")} == {"/blog/n6/"}
    assert {path for path in made if path.startswith("read")} == set()


# The theme


def test_a_changed_template_makes_the_pages_that_it_makes(cache: Path) -> None:
    files = changed("templates/article.html", "Read next", "Read on")
    assert build(cache, files) == {"theme", *ALL_ARTICLES}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("_sources.html", ALL_ARTICLES),
        ("base.html", ALL_PAGES - {"/site.webmanifest"}),
        ("_macros.html", (ALL_PAGES - {"/site.webmanifest"}) | ALL_ENTRIES),
        ("feed-entry.html", ALL_ENTRIES),
        ("directory.html", {"/categories/", "/authors/", "/topics/"}),
        ("site.webmanifest", {"/site.webmanifest"}),
        ("newsletter.html", set()),
    ],
)
def test_a_changed_template_makes_the_pages_that_hold_it(
    cache: Path, name: str, made: set[str]
) -> None:
    path = f"templates/{name}"
    # A comment: the pages are made, and are the same, so that no feed is.
    assert build(cache, {**SITE, path: b"{# New. #}" + SITE[path]}) == {"theme", *made}


def test_a_template_that_nothing_uses_makes_nothing(cache: Path) -> None:
    assert build(cache, {**SITE, "templates/new.html": b"{{ page }}"}) == {"theme"}


def test_a_changed_stylesheet_makes_all_pages(cache: Path) -> None:
    files = changed("static/site.css", "margin", "padding")
    assert build(cache, files) == ALL_PAGES | ALL_ENTRIES | {"read static/site.css"}


# The settings


def test_another_name_of_the_site_makes_all_pages_and_feeds_and_reads_nothing(
    cache: Path,
) -> None:
    made = build(cache, changed("site.yaml", "title: Sample", "title: Example"))
    assert made >= ALL_PAGES | MAIN_FEEDS
    assert {path for path in made if path.startswith("read") or "/" not in path} == set()


def test_another_description_of_a_category_makes_what_shows_it(cache: Path) -> None:
    assert build(cache, changed("site.yaml", "What to do.", "What one can do.")) == {
        *("/categories/advice/", "/categories/advice/page/1/", "/categories/advice/page/2/"),
        *("/categories/", "/blog/"),
        "/categories/advice/feed.xml",
    }


def test_another_description_of_an_author_makes_what_shows_it(cache: Path) -> None:
    assert build(cache, changed("site.yaml", "A desk that writes", "A desk that reads")) == {
        *("/authors/desk/", "/authors/desk/page/1/", "/authors/desk/page/2/"),
        "/authors/",
        "/authors/desk/feed.xml",
    }


def test_a_category_without_articles_makes_articles_be_read_and_nothing_else(cache: Path) -> None:
    added = "  more:\n    title: More\n    description: And so on.\n"
    files = {
        **SITE,
        "site.yaml": SITE["site.yaml"].replace(b"  figures:", f"{added}  figures:".encode()),
    }
    assert build(cache, files) == {f"read content/articles/n{day}.md" for day in TOPICS}


# Who does the work


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2, threshold=2) as workers:
        yield workers


def test_all_executors_give_the_same_site(tmp_path: Path, processes: Processes) -> None:
    expected = outputs(SITE)
    with Cache(tmp_path / "one") as one, Cache(tmp_path / "other") as other:
        executors: list[Executor] = [
            InMemory(processes),
            Remembering(processes, one),
            Remembering(Serial(), one),
            Remembering(Serial(), other),
            Remembering(processes, other),
        ]
        for executor in executors:
            assert outputs(SITE, executor=executor) == expected


def test_what_processes_made_is_known_without_them(tmp_path: Path, processes: Processes) -> None:
    with Cache(tmp_path) as results:
        outputs(SITE, executor=Remembering(processes, results))
    assert build(tmp_path, SITE) == set()
