"""Pictures as a site publishes them: in which sizes and formats, under which names, in what HTML.

An original is not published; what readers get is made from it by
:mod:`aicareers_site.picture_files`, which nothing here loads.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from aicareers_site.html_tokens import attributes
from aicareers_site.urls import published_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicareers_site.fingerprints import Keyed
    from aicareers_site.urls import Urls

WIDTHS = (480, 768, 1200, 1600)
"""In pixels: a telephone, twice its density, a column, twice its density. None is wider."""

_CLOSE = 0.9
"""A width that is not below this part of the widest is not worth a file of its own."""

PLAIN_WIDTH = 1200
"""So wide, or wider, is the file for whoever cannot choose, such as previews and feed readers."""

AVIF, WEBP, JPEG = "avif", "webp", "jpg"
"""The formats that are made, by the ends of their files' names."""

PROSE_SIZES = "(min-width: 49rem) 46rem, 100vw"
"""How wide a picture in the text is at most: the attribute ``sizes`` of HTML, section 4.8.4."""

_NAMES = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WebP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
    "SVG": (".svg",),
}


def among(paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` that are pictures by their names."""
    suffixes = tuple(suffix for known in _NAMES.values() for suffix in known)
    return [path for path in paths if path.lower().endswith(suffixes)]


class Facts(NamedTuple):
    """What an original is: its format, one of JPEG, PNG, WebP, AVIF, GIF and SVG, and its size in
    pixels as it is to be seen. ``is_kept`` tells that it moves, or is a drawing, and is published
    as it is.
    """

    format: str
    width: int
    height: int
    is_kept: bool = False


class Fault(NamedTuple):
    """Why an original cannot be used: the code of a diagnostic, its message behind the file's
    name, and its hint.
    """

    code: str
    message: str
    hint: str


class Shared(NamedTuple):
    """The file of a picture for previews on other sites; the size is 0 where it is not known."""

    path: str
    width: int
    height: int
    type: str


class Shown(NamedTuple):
    """A picture as pages show it, ``width`` by ``height`` pixels at most, 0 where not known.

    ``path`` is that of its file on the site. A picture with several ``widths`` has one in each of
    them and in each format, and ``path`` is what their names begin with.
    """

    path: str
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()

    def file(self, width: int, form: str) -> str:
        """The path of the file in a width and a format."""
        return f"{self.path}-{width}.{form}"

    def height_at(self, width: int) -> int:
        """The height in pixels that goes with a width, at least 1."""
        return max(1, (2 * self.height * width + self.width) // (2 * self.width))

    @property
    def plain_width(self) -> int:
        """The width of the file for whoever cannot choose."""
        return min((one for one in self.widths if one >= PLAIN_WIDTH), default=self.width)

    @property
    def src(self) -> str:
        """The path of that file, which every browser of today can show."""
        return self.file(self.plain_width, WEBP) if self.widths else self.path

    @property
    def shared(self) -> Shared | None:
        """The file for previews on other sites, most of which show no drawings."""
        if self.widths:
            width = self.plain_width
            return Shared(self.file(width, JPEG), width, self.height_at(width), "image/jpeg")
        form = PurePosixPath(self.path).suffix.lower().removeprefix(".")
        return (
            None if form == "svg" else Shared(self.path, self.width, self.height, f"image/{form}")
        )

    def srcset(self, form: str, href: Callable[[str], str]) -> str:
        """The files in a format with their widths, as the attribute ``srcset`` lists them."""
        return ", ".join(f"{href(self.file(width, form))} {width}w" for width in self.widths)


class Job(NamedTuple):
    """A file to be made from an original, with its size in pixels and its format."""

    original: Keyed[bytes]
    width: int
    height: int
    form: str


def misnamed(path: str, facts: Facts) -> Fault | None:
    """What is wrong where the name of the file at ``path`` ends as that of another format."""
    suffixes, file = _NAMES[facts.format], PurePosixPath(path)
    if file.suffix.lower() in suffixes:
        return None
    meant = file.with_suffix(suffixes[0]).name
    return Fault("image-format", f"holds a picture in {facts.format}", f"name it {meant}")


def shown(path: str, original: Keyed[bytes], facts: Facts) -> Shown:
    """How pages show the picture whose source is at ``path``.

    The names of its files change with it, so that they can be kept by browsers for ever.
    """
    place = published_path(path)
    if facts.is_kept:
        return Shown(place, facts.width, facts.height)
    widest = min(facts.width, WIDTHS[-1])
    name = f"{place[: -len(PurePosixPath(path).suffix)]}-{original.key[:5].hex()}"
    full = Shown(name, facts.width, facts.height)
    widths = (*(width for width in WIDTHS if width < widest * _CLOSE), widest)
    return Shown(name, widest, full.height_at(widest), widths)


def jobs(picture: Shown, original: Keyed[bytes], *, is_shared: bool) -> Iterator[tuple[str, Job]]:
    """The files of a picture, each by its path; one more where it ``is_shared`` elsewhere."""
    for width in picture.widths:
        for form in (AVIF, WEBP):
            job = Job(original, width, picture.height_at(width), form)
            yield picture.file(width, form), job
    if is_shared and picture.widths:
        width = picture.plain_width
        job = Job(original, width, picture.height_at(width), JPEG)
        yield picture.file(width, JPEG), job


def element(tag: str, picture: Shown, urls: Urls) -> str:
    """The image whose tag is ``tag``, up to its end, with its size and its files to choose from.

    Text that is shown anywhere gets the size alone: its readers may drop what they do not know.
    """
    given = attributes(tag)
    if picture.width and "width" not in given and "height" not in given:
        tag += f' width="{picture.width}" height="{picture.height}"'
    if urls.detached or not picture.widths:
        return f"{tag}>"

    def choice(form: str) -> str:
        srcset = escape(picture.srcset(form, urls.href))
        return f'srcset="{srcset}" sizes="{PROSE_SIZES}"'

    return f'<picture><source type="image/avif" {choice(AVIF)}>{tag} {choice(WEBP)}></picture>'
