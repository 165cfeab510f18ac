"""Pages look as they did when their pictures were taken, pixel by pixel but for a hair.

``make appearance`` takes the pictures anew; look at them before they are committed. A test that
fails leaves what it saw, and what differs in white, in dist/appearance/.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest
from PIL import Image

from tests.browser.pictures import difference, taken
from tests.browser.server import ALL_KINDS, serve
from tests.site.built import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.browser.server import ServedSite
    from tests.site.built import BuiltSite

REFERENCES = PROJECT / "tests" / "browser" / "references"
FAILURES = PROJECT / "dist" / "appearance"

# The share of pixels that may differ noticeably. On one machine none do, whatever else it is doing;
# a link of the menu in another colour is 0.0002 of a window.
ALLOWED = 0.0001

# A reference has few colours, since it is kept for ever. That makes 0.00002 of its pixels differ.
COLOURS = 64

HEIGHTS = {360: 1200, 1280: 1000}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

# Pictures are there, fonts are in use, and the contents list knows where the reader is.
SETTLE = """
async () => {
  for (const it of document.images) {
    it.loading = "eager";
    await it.decode().catch(() => {});
  }
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""


class View(NamedTuple):
    """A kind of page in a window of some width, by day or by night."""

    kind: str
    width: int
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        return f"{self.kind.replace(' ', '-')}-{self.width}-{self.scheme}"


# Each kind is seen in both schemes, each width in both; a new kind changes nothing for the others.
VIEWS = [
    View(kind, width, SCHEMES[(len(kind) + place) % 2])
    for kind in ALL_KINDS
    for place, width in enumerate(HEIGHTS)
]
GUIDES = [View("styleguide", width, scheme) for width in HEIGHTS for scheme in SCHEMES]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_page_looks_as_it_did(
    view: View, served_site: ServedSite, steady_browser: Browser, writes_references: bool
) -> None:
    address = served_site.page_of_kind(view.kind)
    with opened(address, view, steady_browser) as tab:
        picture = taken(tab)
    if writes_references:
        keep(picture, view.name)
    assert share_that_differs(picture, view.name, FAILURES) <= ALLOWED


@pytest.mark.parametrize("view", GUIDES, ids=lambda view: view.name)
def test_the_style_guide_looks_as_it_did(
    view: View, drafted_site: BuiltSite, steady_browser: Browser, writes_references: bool
) -> None:
    """Every element of the theme: the page in pieces, each as high as the window."""
    with serve(drafted_site) as served:
        address = served.address(drafted_site.url_of("styleguide/index.html"))
        with opened(address, view, steady_browser) as tab:
            pieces = dict(_pieces(tab, view))
    if writes_references:
        for gone in references(view.name) - pieces.keys():
            (REFERENCES / f"{gone}.png").unlink()
        for name, piece in pieces.items():
            keep(piece, name)
    assert references(view.name) == pieces.keys()
    shares = {name: share_that_differs(piece, name, FAILURES) for name, piece in pieces.items()}
    assert {name: share for name, share in shares.items() if share > ALLOWED} == {}


def test_a_link_in_another_colour_is_found(
    served_site: ServedSite, steady_browser: Browser, tmp_path: Path
) -> None:
    view = VIEWS[0]
    with opened(served_site.page_of_kind(view.kind), view, steady_browser) as tab:
        tab.add_style_tag(content="nav li:first-child a { color: #c00 !important }")
        assert share_that_differs(taken(tab), view.name, tmp_path) > ALLOWED
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"{view.name}.actual.png", f"{view.name}.difference.png"}


def test_every_reference_is_looked_at(writes_references: bool) -> None:
    unseen = references("") - {view.name for view in VIEWS} - references("styleguide")
    if writes_references:
        for name in unseen:
            (REFERENCES / f"{name}.png").unlink()
    else:
        assert unseen == set()


@contextlib.contextmanager
def opened(address: str, view: View, browser: Browser) -> Iterator[Page]:
    """The page at an address in the window of a view, with its pictures and fonts."""
    with contextlib.closing(
        browser.new_page(
            viewport={"width": view.width, "height": HEIGHTS[view.width]},
            color_scheme=view.scheme,
            reduced_motion="reduce",
            bypass_csp=True,
        )
    ) as tab:
        tab.route("**/site.*.css", _with_its_font)
        tab.goto(address)
        tab.evaluate(SETTLE)
        yield tab


def _with_its_font(route: Route) -> None:
    """The stylesheet, made to wait for the font, however busy the machine is."""
    response = route.fetch()
    route.fulfill(
        response=response,
        body=response.text().replace("font-display:optional", "font-display:block"),
    )


def _pieces(tab: Page, view: View) -> Iterator[tuple[str, Image.Image]]:
    height = tab.evaluate("document.documentElement.scrollHeight")
    for number, top in enumerate(range(0, height, HEIGHTS[view.width]), start=1):
        tab.evaluate("top => scrollTo(0, top)", top)
        yield f"{view.name}-{number:02}", taken(tab)


def references(prefix: str) -> set[str]:
    """The names of all kept pictures that begin with ``prefix``."""
    return {path.stem for path in REFERENCES.glob(f"{prefix}*.png")}


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture as the reference of that name, in few colours."""
    REFERENCES.mkdir(exist_ok=True)
    few = picture.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
    few.save(REFERENCES / f"{name}.png", optimize=True)


def share_that_differs(picture: Image.Image, name: str, folder: Path) -> float:
    """The share of pixels by which a picture differs from its reference.

    Where it is too large, the picture and what differs are left in ``folder``.
    """
    reference = REFERENCES / f"{name}.png"
    assert reference.exists(), f"no picture of {name} has been taken: make appearance"
    share, mask = difference(picture, Image.open(reference).convert("RGB"))
    if share > ALLOWED:
        folder.mkdir(parents=True, exist_ok=True)
        picture.save(folder / f"{name}.actual.png")
        mask.save(folder / f"{name}.difference.png")
    return share
