"""Pictures in a browser: each is shown, in a file of the right size, and nothing moves."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.server import ServedSite, serve
from tests.originals import gradient, saved
from tests.samples import lay_out, post, sources
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LEAD = "image: {src: wide.jpg, alt: A wide lead, caption: Where}\n"
TEXT = "Some text that goes on for a while.\n\n" * 8
BODY = (
    f"{TEXT}![High](high.jpg 'A high picture')\n\n{TEXT}Small: ![Small](small.png)\n\n"
    f"{TEXT}![Moving](moving.gif)\n\n{TEXT}![Drawing](bars.svg 'Bars')\n\n{TEXT}"
)
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10z"/></svg>'
)
PLACES = """
images => images.map(image => {
  const {x, y, width, height} = image.getBoundingClientRect();
  return [image.alt, x + scrollX, y + scrollY, width, height];
})
"""
# Neither the stylesheet nor the font is waited for when a document has been read.
STYLED = """
async () => {
  const link = document.querySelector("link[rel=stylesheet]");
  if (!link.sheet) await new Promise(done => link.addEventListener("load", done));
  await document.fonts.load("1em Newsreader");
}
"""
PICTURES = """
images => images.map(image => [
  image.alt, image.complete && image.naturalWidth > 0, new URL(image.currentSrc).pathname
])
"""


@pytest.fixture(scope="module")
def illustrated_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A site whose articles have pictures."""
    root = tmp_path_factory.mktemp("illustrated")
    files = sources(
        {
            "articles/a.md": post("A", date="2026-01-02", body=BODY, more=LEAD),
            "articles/b.md": post("B", more="image: {src: high.jpg, alt: A high lead}\n"),
        }
    )
    folder = "content/articles"
    files[f"{folder}/wide.jpg"] = saved(gradient(2000, 1000), "JPEG")
    files[f"{folder}/high.jpg"] = saved(gradient(900, 1300), "JPEG")
    files[f"{folder}/small.png"] = saved(gradient(60, 40))
    files[f"{folder}/moving.gif"] = saved(gradient(90, 60), "GIF")
    files[f"{folder}/bars.svg"] = DRAWING
    lay_out(files, root)
    built.build(root / "public", root=root)
    with serve(built.BuiltSite(root / "public", "https://sample.example/")) as served:
        yield served


@pytest.fixture(params=[(360, 1), (360, 3), (1280, 1)], ids=["360", "360 dense", "1280"])
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, density = request.param
    page = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=density)
    with contextlib.closing(page) as opened:
        yield opened


def scrolled(page: Page, address: str) -> list[tuple[str, bool, str]]:
    """The pictures of the page, once a reader has seen all of it."""
    page.goto(address, wait_until="networkidle")
    for image in page.locator("img").all():
        if image.is_visible():
            image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "[...document.images].every(image => image.complete || !image.checkVisibility())"
    )
    found: list[tuple[str, bool, str]] = page.locator("img:visible").evaluate_all(PICTURES)
    return found


PAGES = {
    "blog/a/": ["A wide lead", "High", "Small", "Moving", "Drawing", "A high lead"],
    "blog/": ["A wide lead", "A high lead"],
    "": ["A wide lead"],
}


@pytest.mark.parametrize("path", PAGES)
def test_every_picture_is_shown(path: str, illustrated_site: ServedSite, tab: Page) -> None:
    found = scrolled(tab, illustrated_site.url + path)
    assert [alt for alt, loaded, _ in found if loaded] == PAGES[path]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_pictures_arrive(
    path: str, illustrated_site: ServedSite, tab: Page
) -> None:
    tab.route("**/media/**", lambda _: None)  # they do not arrive
    tab.goto(illustrated_site.url + path, wait_until="domcontentloaded")
    tab.evaluate(STYLED)
    before = tab.locator("img:visible").evaluate_all(PLACES)
    tab.unroute_all()
    scrolled(tab, illustrated_site.url + path)
    after = tab.locator("img:visible").evaluate_all(PLACES)
    assert [alt for alt, *_ in before] == [alt for alt, *_ in after] == PAGES[path]
    for (_, *one), (_, *other) in zip(before, after, strict=True):
        # In each file the height is a whole number of pixels, whatever the shape.
        assert one == pytest.approx(other, abs=2)


def test_a_browser_takes_the_modern_format_in_the_size_that_it_needs(
    illustrated_site: ServedSite, browser: Browser
) -> None:
    chosen = {}
    for width, density in ((360, 1), (360, 2), (1280, 1)):
        with contextlib.closing(
            browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=density)
        ) as page:
            (_, _, path), *_ = scrolled(page, f"{illustrated_site.url}blog/a/")
            chosen[width, density] = path.rpartition("-")[2]
    assert chosen == {(360, 1): "480.avif", (360, 2): "768.avif", (1280, 1): "1600.avif"}


def test_a_picture_keeps_its_shape_and_is_not_made_larger(
    illustrated_site: ServedSite, tab: Page
) -> None:
    tab.goto(f"{illustrated_site.url}blog/a/")
    boxes: dict[str, Any] = {
        name: tab.locator(f"img[alt='{name}']").bounding_box() or {} for name in ("High", "Small")
    }
    assert boxes["High"]["width"] / boxes["High"]["height"] == pytest.approx(900 / 1300, abs=0.01)
    assert (boxes["Small"]["width"], boxes["Small"]["height"]) == (60, 40)
