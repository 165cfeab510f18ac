"""The live preview, as an editor sees it in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.previewed import PATIENCE, Previewed, preview
from tests.samples import lay_out, post, sources
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

LONG = "\n\n".join(f"Paragraph {number} of many." for number in range(120))
SITE = sources(
    {
        "articles/a.md": post("First article", body=f"{LONG}\n\nThe end of it."),
        "articles/b.md": post("Second article"),
        "articles/draft.md": post("Third article", more="draft: true\n"),
        "articles/future.md": post("Fourth article", date="2027-01-02"),
    }
)
KEPT = "window.kept = true"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A busy machine builds slowly; nothing waits longer than it must."""
    expect.set_options(timeout=1000 * PATIENCE)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def previewed(tmp_path: Path) -> Iterator[Previewed]:
    """A small site."""
    lay_out(SITE, tmp_path)
    with preview(tmp_path) as running:
        yield running


@pytest.fixture
def shipped_preview(tmp_path: Path) -> Iterator[Previewed]:
    """The shipped site."""
    built.copy_sources(tmp_path)
    with preview(tmp_path) as running:
        yield running


def visit(tab: Page, previewed: Previewed, path: str) -> None:
    """Open a page, and wait until it listens to the preview."""
    with tab.expect_request("**/__preview/events**"):
        tab.goto(previewed.origin + path)


def overlay(tab: Page) -> Locator:
    return tab.get_by_role("alert")


# The shipped site


ARTICLE = "content/countries/germany.md"
PAGE = "/blog/germany/"


def test_a_mistake_is_shown_over_the_page_and_goes_when_it_is_mended(
    shipped_preview: Previewed, tab: Page
) -> None:
    visit(tab, shipped_preview, PAGE)
    tab.evaluate(KEPT)
    heading = tab.get_by_role("heading", level=1)
    words = heading.inner_text()
    shipped_preview.replace(ARTICLE, "\nauthors:", "\nauthor:")
    expect(overlay(tab)).to_be_visible()
    expect(overlay(tab)).to_contain_text("The page behind is the last one without errors.")
    expect(overlay(tab)).to_contain_text("did you mean 'authors'?")
    expect(overlay(tab).locator("pre").first).to_contain_text("^^^")
    link = overlay(tab).get_by_role("link").first.get_attribute("href")
    assert link is not None
    assert link.startswith(f"vscode://file{shipped_preview.root}/{ARTICLE}:")
    expect(heading).to_have_text(words)
    shipped_preview.replace(ARTICLE, "\nauthor:", "\nauthors:")
    expect(overlay(tab)).to_have_count(0)
    assert tab.evaluate("window.kept")


def test_a_new_text_appears_and_the_scroll_position_stays(
    shipped_preview: Previewed, tab: Page
) -> None:
    visit(tab, shipped_preview, PAGE)
    tab.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    text = (shipped_preview.root / ARTICLE).read_text(encoding="utf-8")
    shipped_preview.save(ARTICLE, f"{text}\n\nWords at the end of it.\n")
    expect(tab.get_by_text("Words at the end of it.")).to_have_count(1)
    assert tab.evaluate("scrollY") == 900


def test_a_page_with_scripts_is_loaded_again_at_its_scroll_position(
    shipped_preview: Previewed, tab: Page
) -> None:
    visit(tab, shipped_preview, "/countries/")
    tab.evaluate(KEPT)
    tab.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    shipped_preview.replace("templates/base.html", "</footer>", "<p>New words.</p></footer>")
    expect(tab.get_by_text("New words.")).to_have_count(1)
    assert tab.evaluate("window.kept") is None
    tab.wait_for_function("scrollY === 900")


def test_styles_change_without_loading_the_page_again(
    shipped_preview: Previewed, tab: Page
) -> None:
    visit(tab, shipped_preview, PAGE)
    tab.evaluate(KEPT)
    old = shipped_preview.get(PAGE).content.partition(b"/site.")[2][:10]
    style = (shipped_preview.root / "static/site.css").read_text(encoding="utf-8")
    shipped_preview.save("static/site.css", f"{style}\nh1 {{ color: rgb(1, 2, 3) !important }}\n")
    expect(tab.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
    # The complete build names the style anew in all pages: that alone loads none of them again.
    shipped_preview.until(lambda state: old not in state.content(f"{PAGE[1:]}index.html")[0])
    expect(tab.locator('link[rel="stylesheet"]')).to_have_count(1)
    # What is told comes in order: this after all that the new style has to say.
    shipped_preview.replace(ARTICLE, "\nauthors:", "\nauthor:")
    expect(overlay(tab)).to_be_visible()
    assert tab.evaluate("window.kept")


# What may happen


def test_an_error_that_was_closed_stays_closed(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    previewed.save("content/articles/b.md", post(more="hue: red\n"))
    overlay(tab).get_by_role("button", name="Close").click()
    expect(overlay(tab)).to_have_count(0)
    previewed.save("content/articles/b.md", post(more="huge: red\n"))
    expect(overlay(tab)).to_contain_text("huge")


def test_what_an_error_means_opens_below_it(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    previewed.save("content/articles/b.md", post("B", more="hue: red\n"))
    meaning = overlay(tab).get_by_text("There is a key that this kind of file does not know.")
    expect(meaning).to_be_hidden()
    overlay(tab).get_by_text("What error[unknown-key] means").click()
    expect(meaning).to_be_visible()
    expect(overlay(tab)).to_contain_text("How to mend it: write it as the hint says")
    expect(overlay(tab).locator("details pre").last).to_have_text("category: career-advice")


def test_a_page_that_is_opened_while_there_is_an_error_shows_it(
    previewed: Previewed, tab: Page
) -> None:
    previewed.save("content/articles/b.md", post(more="hue: red\n"))
    previewed.until(lambda state: bool(state.errors))
    visit(tab, previewed, "/blog/a/")
    expect(overlay(tab)).to_contain_text("content/articles/b.md:7:1")
    expect(tab.get_by_role("heading", level=1)).to_have_text("First article")


def test_a_broken_configuration_is_shown_and_goes(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    previewed.save("site.yaml", "title: [\n")
    expect(overlay(tab)).to_contain_text("site.yaml:")
    previewed.save("site.yaml", SITE["site.yaml"].replace(b"title: Sample", b"title: Renamed"))
    expect(overlay(tab)).to_have_count(0)
    expect(tab).to_have_title("First article · Renamed")


def test_a_site_that_cannot_be_built_appears_when_it_can(tmp_path: Path, tab: Page) -> None:
    lay_out({**SITE, "site.yaml": b"title: [\n"}, tmp_path)
    with preview(tmp_path) as running:
        visit(tab, running, "/blog/a/")
        expect(overlay(tab)).to_contain_text("site.yaml:")
        expect(tab.get_by_role("status")).to_contain_text("There is no page to show")
        expect(overlay(tab)).not_to_contain_text("The page behind")
        running.save("site.yaml", SITE["site.yaml"])
        expect(tab.get_by_role("heading", level=1)).to_have_text("First article")
        expect(tab.locator('link[rel="stylesheet"]')).to_have_count(1)


def test_the_article_that_was_saved_opens_itself(tmp_path: Path, tab: Page) -> None:
    lay_out(SITE, tmp_path)
    with preview(tmp_path, follow=True) as running:
        visit(tab, running, "/blog/a/")
        running.save("content/articles/b.md", post("Second article", body="Other words."))
        tab.wait_for_url("**/blog/b/")
        expect(tab.get_by_text("Other words.")).to_be_visible()
        # Whoever goes elsewhere is not called back.
        visit(tab, running, "/blog/a/")
        running.save("content/articles/a.md", post("First article", body="New words."))
        expect(tab.get_by_text("New words.")).to_be_visible()
        # A new one too, as soon as there is a page.
        running.save("content/articles/new.md", post("Fifth article"))
        tab.wait_for_url("**/blog/new/")


def test_without_that_wish_the_browser_stays(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    tab.evaluate(KEPT)
    previewed.save("content/articles/b.md", post("Second article", body="Other words."))
    previewed.until(lambda state: b"Other words." in state.content("blog/b/index.html")[0])
    previewed.save("static/site.css", "h1 { color: rgb(1, 2, 3) }")
    expect(tab.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
    assert tab.evaluate("window.kept")


@pytest.mark.parametrize(
    ("path", "words"),
    [("/blog/draft/", "Draft"), ("/blog/future/", "Will be published on January 2, 2027")],
)
def test_what_readers_do_not_see_yet_has_a_ribbon(
    previewed: Previewed, tab: Page, path: str, words: str
) -> None:
    visit(tab, previewed, path)
    expect(tab.get_by_role("complementary", name="Preview")).to_have_text(words)


def test_the_ribbon_goes_when_the_draft_is_finished(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/draft/")
    previewed.save("content/articles/draft.md", post("Third article"))
    expect(tab.get_by_role("complementary", name="Preview")).to_have_count(0)


def test_what_is_published_has_none(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    expect(tab.get_by_role("complementary", name="Preview")).to_have_count(0)


def test_a_deleted_article_becomes_a_missing_page_and_comes_back(
    previewed: Previewed, tab: Page
) -> None:
    visit(tab, previewed, "/blog/b/")
    (previewed.root / "content/articles/b.md").unlink()
    expect(tab.get_by_role("heading", level=1)).not_to_have_text("Second article")
    previewed.save("content/articles/b.md", SITE["content/articles/b.md"])
    expect(tab.get_by_role("heading", level=1)).to_have_text("Second article")


def test_a_page_from_the_browsers_memory_catches_up(previewed: Previewed, tab: Page) -> None:
    visit(tab, previewed, "/blog/a/")
    visit(tab, previewed, "/blog/b/")
    previewed.save("content/articles/a.md", post("First article", body="Other words."))
    previewed.until(lambda state: b"Other words." in state.content("blog/a/index.html")[0])
    tab.go_back()
    expect(tab.get_by_text("Other words.")).to_be_visible()


def test_the_overlay_fits_a_small_screen(previewed: Previewed, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    visit(tab, previewed, "/blog/a/")
    previewed.save("content/articles/b.md", post("x" * 200, more=f"hue: {'red ' * 40}\n"))
    expect(overlay(tab)).to_be_visible()
    overlay(tab).locator("summary").first.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert overlay(tab).evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    box = overlay(tab).bounding_box()
    assert box is not None
    assert box["y"] > 150, "the page behind it is to be seen"
