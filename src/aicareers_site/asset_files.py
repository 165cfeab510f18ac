"""The theme's styles, scripts and fonts under names that change with them.

Readers keep such a file for ever, and a page never meets a style of another build. Files of static/
are published under their own names as well, for whoever knows them by these: a service worker, a
page of one's own, another site.
"""

from __future__ import annotations

from posixpath import dirname, normpath, relpath, splitext
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from aicareers_site import stages
from aicareers_site.asset_links import SCRIPTS, STYLES, Job, encoded
from aicareers_site.assets import STATIC
from aicareers_site.diagnostics import Diagnostic, Outcome, did_you_mean
from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.outputs import Output, digest
from aicareers_site.serving import FINGERPRINTABLE, fingerprinted
from aicareers_site.urls import SEARCH_INDEX, output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aicareers_site.asset_links import Link
    from aicareers_site.executor import Executor
    from aicareers_site.results import Result
    from aicareers_site.urls import Urls

    ReadAsset = Result[Outcome[tuple[Link, ...]]]

_ALWAYS = (*STYLES, *SCRIPTS, ".otf", ".ttf", ".woff", ".woff2")
"""What the names end with of files that have a fingerprint even if no style refers to them."""


class _Target(NamedTuple):
    """Where a link leads: a source of static/ or a path on the site, and what follows in it."""

    source: str
    path: str
    rest: str


class Assets(NamedTuple):
    """The files of static/ with a fingerprint.

    ``paths`` are theirs on the site by source, ``inputs`` the sources of all that each refers to,
    and its own, by that path.
    """

    paths: Mapping[str, str]
    inputs: Mapping[str, tuple[str, ...]]
    outputs: tuple[Output, ...]


def addresses(published: Mapping[str, str], paths: Mapping[str, str], urls: Urls) -> dict[str, str]:
    """Addresses of the ``published`` files of static/ by name; ``paths`` are those of assets."""
    return {
        source.removeprefix(STATIC): urls.href(paths.get(source, path))
        for path, source in published.items()
        if source.startswith(STATIC)
    }


def made(
    published: Mapping[str, str],
    files: Mapping[str, bytes],
    exists: Callable[[str], bool],
    executor: Executor,
) -> Outcome[Assets]:
    """The files of static/ with a fingerprint, in which links lead to others of these.

    ``published`` maps paths on the site to sources, whose bytes are in ``files``; ``exists`` tells
    whether the site has anything at a path. Links to what it does not have are errors
    (``missing-asset``), as are styles that import each other in a circle (``style-circle``).
    """
    sources = {source: path for path, source in published.items() if source.startswith(STATIC)}
    texts = sorted(source for source in sources if source.endswith((*STYLES, *SCRIPTS)))
    jobs = [Job(source, Keyed(files[source])) for source in texts]
    read = dict(zip(texts, executor.map(stages.asset, jobs), strict=True))
    theme = _Theme(sources, files, read, exists)
    found = [one for result in read.values() for one in result.head.diagnostics]
    found += [*theme.check(), *theme.circles()]
    return Outcome(Assets(theme.paths, theme.inputs(), tuple(theme.outputs())), tuple(found))


class _Theme:
    """The published files of static/: paths on the site by source, and what refers to what."""

    def __init__(
        self,
        sources: Mapping[str, str],
        files: Mapping[str, bytes],
        read: Mapping[str, ReadAsset],
        exists: Callable[[str], bool],
    ) -> None:
        self._sources = sources
        self._files = files
        self._read = read
        self._exists = exists
        self._targets = {
            source: [self._target(source, link.address) for link in result.head.value]
            for source, result in read.items()
        }
        named = {source for source in sources if source.endswith(_ALWAYS)}
        linked = {one.source for targets in self._targets.values() for one in targets}
        named |= {one for one in linked if splitext(one)[1] in FINGERPRINTABLE}
        self.paths = {
            source: fingerprinted(sources[source], self._fingerprint(source))
            for source in sorted(named)
        }

    def check(self) -> Iterator[Diagnostic]:
        """Errors for links to what the site does not have."""
        for source, targets in self._targets.items():
            for link, target in zip(self._read[source].head.value, targets, strict=True):
                if not (target.source or self._is_known(target.path, link.address)):
                    message = f"there is no file '{target.path.removeprefix('/')}' on the site"
                    known = self._hint(source, link.address)
                    yield Diagnostic("missing-asset", message, link.span, known)

    def circles(self) -> Iterator[Diagnostic]:
        """An error for each circle of styles; scripts may import each other."""
        told: set[str] = set()
        for source in filter(_is_style, self._read):
            circle = [one for one in self._reached(source) if source in self._reached(one)]
            if circle and told.isdisjoint(circle):
                told.update(circle)
                links = zip(self._read[source].head.value, self._targets[source], strict=True)
                span = next(link.span for link, target in links if target.source in circle)
                names = " and ".join(sorted({source, *circle} - {source}) or ["itself"])
                message = f"this style imports what imports it: {names}"
                hint = "leave one of the imports out: browsers pass over it"
                yield Diagnostic("style-circle", message, span, hint)

    def inputs(self) -> dict[str, tuple[str, ...]]:
        """All sources on which a file depends, sorted, by its path."""
        return {path: self._used(source) for source, path in self.paths.items()}

    def outputs(self) -> Iterator[Output]:
        """The files with a fingerprint, links in them led to such files."""
        for source, path in self.paths.items():
            yield Output.of(output_path(path), self._linked(source))

    def _target(self, source: str, address: str) -> _Target:
        """Where ``address`` in the file ``source`` leads (RFC 3986, section 5.2)."""
        place = min((at for at in map(address.find, "?#") if at >= 0), default=len(address))
        folder = "/" if address.startswith("/") else dirname(self._sources[source])
        name = normpath(f"{unquote(folder)}/{unquote(address[:place])}").lstrip("/")
        found = STATIC + name if STATIC + name in self._sources else ""
        return _Target(found, "/" + quote(name), address[place:])

    def _is_known(self, path: str, address: str) -> bool:
        is_folder = address.endswith(("/", "/.", "/..")) or address in {".", ".."}
        return is_folder or path.startswith(SEARCH_INDEX) or self._exists(path)

    def _hint(self, source: str, address: str) -> str:
        """The address that may be meant."""
        folder = dirname(self._sources[source])
        known = {_written(relpath(path, folder), address) for path in self._sources.values()}
        return did_you_mean(unquote(address), map(unquote, known)) or "put it into static/"

    def _reached(self, source: str) -> dict[str, None]:
        """All that ``source`` refers to, and what that refers to, in order; itself in a circle."""
        reached: dict[str, None] = {}
        waiting = [source]
        while waiting:
            for target in self._targets.get(waiting.pop(), ()):
                if target.source and target.source not in reached:
                    reached[target.source] = None
                    waiting.append(target.source)
        return reached

    def _fingerprint(self, source: str) -> str:
        """What stands for a file and for all that it reaches, whose names are in it."""
        used = [(one, self._digest(one)) for one in self._used(source)]
        return fingerprint((source, used)).hex()

    def _used(self, source: str) -> tuple[str, ...]:
        return tuple(sorted({source, *self._reached(source)}))

    def _digest(self, source: str) -> bytes:
        result = self._read.get(source)
        return result.body.digest if result else digest(self._files[source])

    def _linked(self, source: str) -> bytes:
        """The bytes of a file, with the addresses of today in its links."""
        if source not in self._read:
            return self._files[source]
        content, folder = self._read[source].body.content(), dirname(self._sources[source])
        parts, place = [], 0
        links = self._read[source].head.value
        for link, target in zip(links, self._targets[source], strict=True):
            path = self.paths.get(target.source, target.path)
            if path != target.path or link.address.startswith("/"):
                address = _written(relpath(path, folder), link.address) + target.rest
                parts += [content[place : link.start], encoded(address)]
                place = link.end
        return b"".join([*parts, content[place:]])


def _is_style(source: str) -> bool:
    return source.endswith(STYLES)


def _written(path: str, like: str) -> str:
    """A relative ``path`` as an address: like the other one, it looks like none of a package."""
    return f"./{path}" if like.startswith((".", "/")) and not path.startswith(".") else path
