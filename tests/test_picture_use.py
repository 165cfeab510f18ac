"""Pictures in articles: checked where they stand, and published in files of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from lxml import html
from PIL import Image

from aicareers_site.diagnostics import Severity
from aicareers_site.executor import InMemory
from tests.originals import opened, plain, png, saved
from tests.samples import built, outputs, post, sources
from tests.workers import Recording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.diagnostics import Diagnostic

LEAD = "image: {src: photo.png, alt: A lead, caption: Where}\n"
PAGE = "blog/a/index.html"


def site_of(article: bytes, **pictures: bytes) -> dict[str, bytes]:
    """The sources of a site with one article and pictures beside it: ``photo_png`` and so on."""
    files = sources({"articles/a.md": article})
    for name, content in pictures.items():
        files[f"content/articles/{name.replace('_', '.')}"] = content
    return files


def problems(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    return built(files).diagnostics


def images(page: bytes) -> list[html.HtmlElement]:
    return list(html.fromstring(page).xpath("//img"))


def published(site: Mapping[str, bytes], end: str) -> list[str]:
    """The published files whose names end so."""
    return [path for path in site if path.endswith(end) and path.startswith("media/")]


# Files


def test_readers_get_files_made_from_the_original_and_never_that_itself() -> None:
    original = png(540, 270)
    site = outputs(site_of(post(body="![Red](photo.png)"), photo_png=original))
    assert original not in site.values()
    assert [path.rpartition("-")[2] for path in site if path.startswith("media/")] == [
        *("480.avif", "480.webp", "540.avif", "540.webp"),
    ]
    for path in published(site, ""):
        width, form = path.rpartition("-")[2].split(".")
        image = opened(site[path])
        assert (image.width, image.height) == (int(width), int(width) // 2)
        assert str(image.format).lower() == form


def test_every_file_that_a_page_names_is_published() -> None:
    site = outputs(site_of(post(body="![Red](photo.png)", more=LEAD), photo_png=png(540, 360)))
    named = set()
    for page in ("index.html", "blog/index.html", PAGE):
        tree = html.fromstring(site[page])
        named |= set(tree.xpath("//img/@src"))
        for srcset in tree.xpath("//@srcset"):
            named |= {candidate.split()[0] for candidate in srcset.split(", ")}
        named |= {
            url.removeprefix("https://sample.example")
            for url in tree.xpath("//meta[@property='og:image']/@content")
        }
    assert len([path for path in named if "photo" in path]) == 5
    assert {path.removeprefix("/") for path in named} <= site.keys()


def test_a_picture_that_is_offered_as_a_file_is_published_as_it_is() -> None:
    original = png(540, 270)
    body = "![Red](photo.png) and [the file](photo.png)"
    site = outputs(site_of(post(body=body), photo_png=original))
    assert site["media/articles/photo.png"] == original
    assert b'href="/media/articles/photo.png"' in site[PAGE]
    assert len(published(site, ".webp")) == 2


def test_a_picture_of_static_is_published_in_its_place_unless_the_theme_names_it() -> None:
    files = site_of(post(body="![Red](/photo.png) ![Icon](/icon-512.png)"))
    files["static/photo.png"] = png(400, 300)
    site = outputs(files)
    assert "photo.png" not in site
    assert "icon-512.png" in site
    names = sorted(path for path in site if path.endswith(".webp"))
    assert [name.partition("-")[0] for name in names] == ["icon", "photo"]


@pytest.mark.parametrize("name", ["moving.gif", "bars.svg"])
def test_what_moves_or_is_a_drawing_is_published_as_it_is(name: str) -> None:
    content = {
        "moving.gif": saved(plain(8, 6), "GIF"),
        "bars.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"/>',
    }[name]
    site = outputs(site_of(post(body=f"![It]({name})"), **{name.replace(".", "_"): content}))
    assert site[f"media/articles/{name}"] == content
    (image,) = images(site[PAGE])
    assert (image.get("src"), image.get("width"), image.get("height")) == (
        f"/media/articles/{name}",
        "8",
        "6",
    )


def test_part_of_a_drawing_can_be_shown() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"/>'
    site = outputs(site_of(post(body="![It](bars.svg#part)"), bars_svg=drawing))
    assert images(site[PAGE])[0].get("src") == "/media/articles/bars.svg#part"


def test_media_that_are_no_pictures_of_the_text_stay_files() -> None:
    poster = png()
    body = '<video src="a.mp4" poster="photo.png"></video>'
    site = outputs(site_of(post(body=body), photo_png=poster, a_mp4=b"film"))
    assert site["media/articles/photo.png"] == poster


# HTML


def test_pictures_of_the_text_are_lazy_and_hold_their_place() -> None:
    site = outputs(site_of(post(body="![Red](photo.png 'Where')"), photo_png=png(540, 270)))
    (image,) = images(site[PAGE])
    assert image.xpath("ancestor::figure/picture")
    assert {
        name: image.get(name) for name in ("alt", "width", "height", "loading", "decoding")
    } == {
        "alt": "Red",
        "width": "540",
        "height": "270",
        "loading": "lazy",
        "decoding": "async",
    }


def test_the_lead_picture_comes_first_and_is_not_lazy() -> None:
    site = outputs(site_of(post(body="![Red](photo.png)", more=LEAD), photo_png=png(540, 360)))
    lead, other = images(site[PAGE])
    assert (lead.get("alt"), lead.get("fetchpriority"), lead.get("loading")) == (
        "A lead",
        "high",
        None,
    )
    assert (other.get("fetchpriority"), other.get("loading")) == (None, "lazy")


def test_of_the_cards_only_the_home_pages_lead_has_a_picture_that_is_not_lazy() -> None:
    files = site_of(post(more=LEAD), photo_png=png(540, 360))
    files["content/articles/b.md"] = post("B", date="2025-01-01", more=LEAD)
    site = outputs(files)
    assert [image.get("loading") for image in images(site["index.html"])] == [None, "lazy", "lazy"]
    assert [image.get("loading") for image in images(site["blog/index.html"])] == ["lazy", "lazy"]


def test_feeds_hold_plain_images_with_complete_addresses_and_sizes() -> None:
    files = site_of(post(body="![Red](photo.png)", more=LEAD), photo_png=png(540, 360))
    (item,) = json.loads(outputs(files)["feed.json"])["items"]
    start = "https://sample.example/media/articles/photo-"
    assert item["image"].startswith(start)
    assert item["image"].endswith("-540.jpg")
    for image in images(item["content_html"].encode()):
        assert image.get("src").startswith(start)
        assert (image.get("width"), image.get("height")) == ("540", "360")
        assert image.get("srcset") is None
    assert "<picture" not in item["content_html"]


def test_the_lead_picture_is_shared_as_a_jpeg_with_its_size() -> None:
    site = outputs(site_of(post(more=LEAD), photo_png=png(540, 270)))
    meta = {
        element.get("property") or element.get("name"): element.get("content")
        for element in html.fromstring(site[PAGE]).xpath("//meta")
    }
    assert meta["og:image"].endswith("-540.jpg")
    assert meta["twitter:image"] == meta["og:image"]
    assert [meta[f"og:image:{key}"] for key in ("type", "width", "height", "alt")] == [
        *("image/jpeg", "540", "270", "A lead")
    ]
    assert meta["twitter:card"] == "summary_large_image"


def test_pages_outside_the_blog_show_pictures_too() -> None:
    files = site_of(post(), photo_png=png(500, 250))
    files["content/pages/about.md"] = (
        b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\n"
        b"![Red](../articles/photo.png)\n"
    )
    (image,) = images(outputs(files)["about/index.html"])
    assert image.get("width") == "500"


# Problems


def test_a_damaged_picture_is_an_error_at_each_place_where_it_is_used() -> None:
    files = site_of(post(body="![Red](photo.png) and ![again](photo.png)", more=LEAD))
    files["content/articles/photo.png"] = png()[:40]
    assert [(found.code, str(found.span)) for found in problems(files)] == [
        ("damaged-image", "content/articles/a.md:7:14"),
        ("damaged-image", "content/articles/a.md:10:8"),
        ("damaged-image", "content/articles/a.md:10:32"),
    ]


def test_a_problem_names_the_file_and_what_to_do() -> None:
    (found,) = problems(site_of(post(body="![Red](photo.png)"), photo_png=saved(plain(), "JPEG")))
    assert (found.code, found.message, found.hint) == (
        "image-format",
        "'content/articles/photo.png' holds a picture in JPEG",
        "name it photo.jpg",
    )


def test_a_picture_with_too_many_pixels_is_an_error() -> None:
    large = saved(Image.new("1", (16_001, 1)))
    (found,) = problems(site_of(post(body="![Red](photo.png)"), photo_png=large))
    assert (found.code, found.severity) == ("oversized-image", Severity.ERROR)


def test_in_a_draft_a_damaged_picture_is_a_note() -> None:
    draft = post(body="![Red](photo.png)", more="draft: true\n")
    files = {**site_of(post()), "content/articles/b.md": draft}
    files["content/articles/photo.png"] = b"picture"
    (found,) = problems(files)
    assert (found.code, found.severity) == ("damaged-image", Severity.NOTE)
    assert built(files, drafts=True).failed


def test_a_picture_of_an_article_that_is_still_to_come_is_checked() -> None:
    future = post(body="![Red](photo.png)", date="2027-01-01")
    assert [found.code for found in problems(site_of(future, photo_png=b"picture"))] == [
        "damaged-image"
    ]


# Work


def test_a_picture_is_read_once_however_often_it_is_shown() -> None:
    workers = Recording()
    files = site_of(post(body="![Red](photo.png) ![Red](photo.png)"), photo_png=png(400, 200))
    files["content/articles/b.md"] = post("B", body="![Red](photo.png)")
    outputs(files, executor=InMemory(workers))
    stages = [given.stage for given in workers.given]
    assert (stages.count("picture"), stages.count("picture_file")) == (1, 2)


def test_files_of_pictures_that_are_not_published_are_not_made() -> None:
    workers = Recording()
    draft = post(body="![Red](photo.png)", more="draft: true\n")
    outputs(site_of(draft, photo_png=png(400, 200)), executor=InMemory(workers))
    assert "picture_file" not in {given.stage for given in workers.given}
