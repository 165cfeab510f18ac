"""What has changed between two builds of a site, in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aicareers_site.difference_reports import text
from aicareers_site.differences import compare
from aicareers_site.site_abstract import of_files
from tests.samples import SETTINGS, outputs, post, sources
from tests.tables import JOBS_TEXT

if TYPE_CHECKING:
    from aicareers_site.site_abstract import SiteAbstract

LONG = "Some words that stand here and that nobody has any reason to change. " * 5
TEXTS = {
    "content/articles/one.md": post(
        "One", body=f"{LONG}\n\n## A part\n\nOf {{{{ jobs.total }}}}: {{{{ jobs.level.senior }}}}."
    ),
    "content/articles/two.md": post(
        "Two",
        date="2026-01-02",
        body=f"See [one](one.md).\n\n{LONG}\n\nNow {{{{ jobs.level.senior }}}}.\n\n"
        "{{ chart jobs.level kind=bars }}",
    ),
    "content/articles/three.md": post(
        "Three", date="2026-01-03", category="figures", body="Words of another kind. " * 20
    ),
    "content/data/jobs.yaml": JOBS_TEXT.encode(),
}


def site_of(*changes: tuple[str, str, str], **files: bytes | None) -> SiteAbstract:
    """The sample site after ``changes`` (path, what stood there, what stands there now)."""
    found = {**sources(settings=SETTINGS.replace("page_size: 2", "page_size: 9")), **TEXTS}
    for name, content in files.items():
        path = f"content/articles/{name}.md"
        if content is None:
            del found[path]
        else:
            found[path] = content
    for path, old, new in changes:
        changed = found[path].replace(old.encode(), new.encode())
        assert changed != found[path]
        found[path] = changed
    made = outputs(found)
    return of_files(sorted(made.items()), made["index.html"])


@cache
def before() -> SiteAbstract:
    return site_of()


def told(*changes: tuple[str, str, str], **files: bytes | None) -> dict[str, list[str]]:
    """What is told of these changes: the lines of each section, by its title."""
    return in_sections(text(compare(before(), site_of(*changes, **files))))


def in_sections(words: str) -> dict[str, list[str]]:
    first, *others = words.split("\n\n")
    found = {"": [first]}
    for part in others:
        title, *lines = part.split("\n")
        found[title.rpartition(" (")[0]] = [line.strip() for line in lines]
    return found


ONE, TWO, THREE = (f"content/articles/{name}.md" for name in ("one", "two", "three"))
JOBS = "content/data/jobs.yaml"
FOLLOW = "Lists of pages and links follow what is added, removed, moved or renamed"
ALL = (
    "15 pages: /, /404.html, /authors/, /authors/desk/, /blog/, /blog/one/, /blog/three/, "
    "/blog/two/ and 7 more"
)


def test_the_same_site_has_no_differences() -> None:
    found = compare(before(), before())
    assert not found
    assert text(found) == "Nothing has changed: 15 pages, byte for byte the same."


def test_another_title_is_told_with_its_page_and_followed_by_lists() -> None:
    found = told((ONE, "title: One", "title: First"))
    assert found[""][0].startswith("8 pages changed, 1 feed entry changed; 7 pages are as they")
    assert found["Pages changed"] == [
        "/blog/one/ “First”  1%: 1 of 111 words", "title: “One” → “First”",
    ]  # fmt: skip
    assert found["The same change on several pages"][0] == f"{FOLLOW}  7"
    assert found["Feeds"][0] == "“First”  title: “One” → “First”"
    assert "To look at before publishing" not in found


def test_titles_of_which_one_begins_another_are_followed_each() -> None:
    changes = [(ONE, "title: One", "title: O"), (TWO, "title: Two", "title: One more")]
    old = site_of((TWO, "title: Two", "title: One two"), (THREE, "title: Three", "title: Tre"))
    found = in_sections(text(compare(old, site_of(*changes, (THREE, "title: Three", "title: T")))))
    assert found["The same change on several pages"][0].startswith(FOLLOW)
    assert [line for line in found["Pages changed"] if "→" in line] == [
        "title: “One” → “O”", "title: “Tre” → “T”", "title: “One two” → “One more”",
    ]  # fmt: skip


def test_another_text_is_told_with_its_share() -> None:
    found = told((ONE, "Some words that stand here", "Few words that stand here"))
    page, change = found["Pages changed"]
    assert page == "/blog/one/ “One”  5%: 5 of 111 words"
    assert change.startswith("text: “Some words that stand here and that nobody")
    assert "→ “Few words that stand here and that nobody" in change
    assert found[""] == ["1 page changed, 1 feed entry changed; 14 pages are as they were."]
    assert found["Feeds"] == [
        "“One”  text changed",
        "5 feeds: /atom.xml, /authors/desk/feed.xml, /categories/advice/feed.xml and 2 more",
    ]


def test_another_heading_is_told_as_one() -> None:
    assert told((ONE, "## A part", "## Another part"))["Pages changed"] == [
        "/blog/one/ “One”  1%: 1 of 111 words", "heading: “A part” → “Another part”",
    ]  # fmt: skip


def test_another_figure_is_told_once_with_every_page_that_shows_it() -> None:
    found = told((JOBS, "value: 60, share: 60", "value: 61, share: 61"))
    assert found["Figures"] == [
        "jobs / level / rest (“Other levels”): 15 → 14",
        "on 2 pages: /blog/two/, /data/jobs/",
        "jobs / level / senior (“Senior”): 60 → 61",
        "on 3 pages: /blog/one/, /blog/two/, /data/jobs/",
    ]
    assert "Pages changed" not in found


def test_a_calculation_with_figures_is_told_as_it_is_written() -> None:
    old = site_of((ONE, "Of {{ jobs.total }}", "Of {{ jobs.level.senior | share }}"))
    new = site_of(
        (ONE, "Of {{ jobs.total }}", "Of {{ jobs.level.senior | share }}"),
        (JOBS, "value: 60, share: 60", "value: 61, share: 61"),
    )
    lines = in_sections(text(compare(old, new)))["Figures"]
    assert lines[-2:] == ["jobs.level.senior | share: 60% → 61%", "on 1 page: /blog/one/"]


def test_a_link_that_comes_or_goes_is_told() -> None:
    changed = told((TWO, "See [one](one.md).", "See [three](three.md)."))["Pages changed"]
    assert changed == [
        "/blog/two/ “Two”  1%: 1 of 168 words",
        "text: “See one.” → “See three.”",
        "link removed: /blog/one/",
        "link added: /blog/three/",
    ]
    added = told((TWO, "See [one]", "See [us](https://x.example/) and [one]"))["Pages changed"]
    assert added[1:] == ["text: “See one.” → “See us and one.”", "link added: https://x.example/"]


def test_another_description_is_told() -> None:
    found = told((ONE, "About One", "All about One"))
    assert found["Pages changed"] == [
        "/blog/one/ “One”  2%: 2 of 112 words",
        "description: “About One.” → “All about One.”",
    ]
    assert found["The same change on several pages"][0] == f"{FOLLOW}  6"


def test_a_page_that_is_added_is_told() -> None:
    found = told(four=post("Four", date="2026-01-04", category="figures", body="New words."))
    assert found["Pages added"] == ["/blog/four/  “Four”"]
    assert found["Feeds"][0] == "“Four”  added"
    assert "To look at before publishing" not in found


def test_a_page_that_is_gone_is_told_and_that_nothing_leads_on_from_there() -> None:
    found = told(three=None)
    assert found["To look at before publishing"] == [
        "/blog/three/ is gone, and its address leads nowhere: no alias names it.",
        "/categories/figures/ is gone, and its address leads nowhere: no alias names it.",
    ]
    assert found["Pages removed"][:2] == ["/blog/three/  “Three”", "leads nowhere"]
    assert found["Feeds"][0] == "“Three”  no longer in"


def test_a_page_that_is_gone_may_lead_elsewhere() -> None:
    content = TEXTS[TWO].replace(b"date:", b"aliases: [/blog/three/]\ndate:")
    found = told(three=None, two=content)
    assert found["Pages removed"][:2] == ["/blog/three/  “Three”", "leads to /blog/two/"]
    # The first alias of an article makes its guid.
    assert found["To look at before publishing"] == [
        "/categories/figures/ is gone, and its address leads nowhere: no alias names it.",
        "The guid of “Two” is another: subscribers get it once more.",
    ]


def test_a_page_that_moves_with_an_alias_is_told() -> None:
    content = TEXTS[THREE].replace(b"date:", b"aliases: [/blog/three/]\ndate:")
    found = told(three=None, drei=content)
    assert found["Pages moved"] == [
        "/blog/three/ → /blog/drei/  “Three”", "the old address leads to the new one",
    ]  # fmt: skip
    assert found["Feeds"][0] == "“Three”  link: /blog/three/ → /blog/drei/"
    assert not {"Pages added", "Pages removed", "To look at before publishing"} & found.keys()


def test_a_page_that_moves_without_one_is_a_warning_and_so_is_its_new_guid() -> None:
    found = told(three=None, drei=TEXTS[THREE])
    assert found["Pages moved"] == ["/blog/three/ → /blog/drei/  “Three”", "without a redirect"]
    assert found["To look at before publishing"] == [
        "/blog/three/ has moved to /blog/drei/ without a redirect: no alias names it.",
        "The guid of “Three” is another: subscribers get it once more.",
    ]
    assert "Pages added" not in found


def test_a_page_that_moves_and_changes_is_told_of_both() -> None:
    content = TEXTS[THREE].replace(b"title: Three", b"title: Drei")
    content = content.replace(b"date:", b"aliases: [/blog/three/]\ndate:")
    found = told(three=None, drei=content)
    assert found["Pages moved"][0] == "/blog/three/ → /blog/drei/  “Drei”"
    assert found["Pages changed"][1:] == ["title: “Three” → “Drei”"]


def test_redirects_that_come_change_and_go_are_told() -> None:
    one = TEXTS[ONE].replace(b"date:", b"aliases: [/eins/]\ndate:")
    two = TEXTS[TWO].replace(b"date:", b"aliases: [/eins/]\ndate:")
    with_one, with_two = site_of(one=one), site_of(two=two)

    def redirects(old: SiteAbstract, new: SiteAbstract) -> list[str]:
        return in_sections(text(compare(old, new)))["Redirects"]

    assert redirects(before(), with_one) == ["/eins/: none → /blog/one/"]
    assert redirects(with_one, with_two) == ["/eins/: /blog/one/ → /blog/two/"]
    assert redirects(with_one, before()) == ["/eins/: /blog/one/ → none"]
    assert in_sections(text(compare(with_one, before())))["To look at before publishing"] == [
        "/eins/ led elsewhere, and leads nowhere any more."
    ]


def test_what_changes_on_all_pages_is_told_once() -> None:
    found = told(("templates/base.html", "Skip to the content", "Go to the content"))
    assert found["The same change on several pages"] == [
        "text: “Skip to the content” → “Go to the content”  15", ALL,
    ]  # fmt: skip
    assert found.keys() == {"", "The same change on several pages"}


def test_another_style_is_told_once() -> None:
    found = told(("static/site.css", "margin", "padding"))
    change, pages = found["The same change on several pages"]
    assert change.startswith("file of the theme: /site.")
    assert change.endswith("  15")
    assert pages == ALL
    assert "Pages changed" not in found
    # The style under its own name; that with the fingerprint has been told.
    assert found["Other files"] == ["site.css  changed"]


def test_another_name_of_the_site_is_told_once() -> None:
    found = told(("site.yaml", "title: Sample", "title: Example"))
    assert found["The same change on several pages"] == [
        "site name: “Sample” → “Example”  15", ALL,
    ]  # fmt: skip
    assert "Pages changed" not in found


def test_what_no_reader_sees_is_told_as_that() -> None:
    found = told(
        ("templates/page.html", "<h1>", "<h1 >"), ("templates/_macros.html", "<h1>", "<h1 >")
    )
    assert "nothing that is read: markup or data for machines" in str(found)


def test_another_address_of_the_site_makes_no_page_another() -> None:
    found = told(("site.yaml", "https://sample.example/", "https://example.org/x/"))
    assert found["To look at before publishing"] == [
        "The site's address was https://sample.example/ and is https://example.org/x/."
    ]
    pages = {"Pages added", "Pages removed", "Pages moved", "Pages changed"}
    assert not pages & found.keys()
