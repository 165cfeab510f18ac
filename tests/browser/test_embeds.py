"""Pages of other sites in frames: they fit the column and keep their shape; paper has links."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from aicareers_site import configuration
from tests.browser.server import ServedSite, serve
from tests.samples import SETTINGS, lay_out, post, sources
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

PLAYER = "https://player.example"
FRAME = f'<iframe {{}} src="{PLAYER}/{{}}" title="A talk of {{}} words"></iframe>\n\n'
BODY = "".join(
    FRAME.format(size, name, name)
    for size, name in [
        ("", "wide"),
        ('width="640" height="480"', "classic"),
        ('width="300" height="300"', "square"),
        ('width="315" height="560"', "tall"),
    ]
)


@pytest.fixture(scope="module")
def site_with_frames(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    root = tmp_path_factory.mktemp("frames")
    files = sources({"articles/a.md": post(body=BODY)}, f"{SETTINGS}embeds: [{PLAYER}]\n")
    lay_out(files, root)
    built.build(root / "public", root=root)
    settings = configuration.read(files["site.yaml"]).value
    assert settings is not None
    site = built.BuiltSite(root / "public", "https://sample.example/")
    with serve(site, settings.settings) as served:
        yield served


@pytest.fixture(params=[360, 1280])
def tab(
    request: pytest.FixtureRequest, browser: Browser, site_with_frames: ServedSite
) -> Iterator[Page]:
    """The article, with a player that answers every request for one."""
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    with contextlib.closing(context.new_page()) as page:
        context.route(f"{PLAYER}/**", _played)
        page.goto(f"{site_with_frames.url}blog/a/")
        for frame in page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        yield page
    context.close()


def _played(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<title>Player</title><p>Playing</p>")


def test_frames_fit_the_column_and_keep_their_shape(tab: Page) -> None:
    column = tab.locator(".prose").bounding_box()
    boxes = [frame.bounding_box() for frame in tab.locator("iframe").all()]

    assert column is not None
    shapes = []
    for box in boxes:
        assert box is not None
        assert box["x"] >= column["x"]
        assert box["x"] + box["width"] <= column["x"] + column["width"] + 0.5
        shapes.append(box["width"] / box["height"])
    assert shapes == pytest.approx([16 / 9, 4 / 3, 1, 9 / 16], rel=0.02)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_in_them_is_shown(tab: Page) -> None:
    shown = [frame.title() for frame in tab.frames if frame != tab.main_frame]
    assert shown == ["Player"] * 4


def test_what_is_in_them_cannot_lead_the_page_away(tab: Page) -> None:
    (frame, *_) = [frame for frame in tab.frames if frame != tab.main_frame]
    blocked = frame.evaluate(
        "() => { try { top.location = 'about:blank' } catch (e) { return e.name } }"
    )
    assert blocked == "SecurityError"
    assert tab.url.endswith("/blog/a/")


def test_on_paper_there_are_links_instead(tab: Page) -> None:
    tab.emulate_media(media="print")
    assert not any(frame.is_visible() for frame in tab.locator("iframe").all())
    assert tab.locator(".embed figcaption a").first.is_visible()
