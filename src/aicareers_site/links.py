"""Where the links of an article lead: to other articles' addresses, to files, to the web.

Editors link to other articles by the path of the source file, ``../countries/germany.md#visas``,
and to pictures by theirs. A link to something that does not exist is an error.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from aicareers_site.diagnostics import Diagnostic, Outcome, Span, did_you_mean
from aicareers_site.urls import Urls, media_path

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from aicareers_site.prose import Link, Prose

_TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
_CITING_ID = re.compile(r' id="cite:[^"]*"')
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Target:
    """An article that can be linked to: its path on the site and the ids on its page.

    ``withheld`` says why there is no such page now ("a draft"); then nothing may link to it.
    """

    path: str
    ids: frozenset[str] = frozenset()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class SitePath:
    """A link to a path on the site (``/newsletter/``), to be checked when all pages are known."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class LinkedProse:
    """Prose together with where its links lead.

    ``addresses`` answer ``prose.links`` one by one: a path on the site, a fragment of the page
    itself (``#visas``), or an address elsewhere. ``files`` are the source paths of the files that
    it shows or offers; ``site_paths`` are links still to be checked.
    """

    prose: Prose
    path: str
    addresses: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    site_paths: tuple[SitePath, ...] = ()

    def html(self, urls: Urls) -> Markup:
        """The body with its addresses printed by ``urls``."""
        return self._fill(self.prose.html, urls)

    def fragment(self, name: str, urls: Urls) -> Markup:
        """A fragment, likewise."""
        return self._fill(self.prose.fragments[name], urls)

    def _fill(self, html: str, urls: Urls) -> Markup:
        def address(token: re.Match[str]) -> str:
            # Quotation marks too: the token stands inside an attribute.
            return str(Markup.escape(urls.resolved(self.addresses[int(token[1])], self.path)))

        if urls.detached:  # the citing places have their ids on the article's own page only
            html = _CITING_ID.sub("", html)
        return Markup(_TOKEN.sub(address, html))


def resolve(
    source: str,
    prose: Prose,
    path: str,
    own_ids: Collection[str],
    targets: Mapping[str, Target],
    files: Collection[str],
) -> Outcome[LinkedProse]:
    """Find where the links of the article at ``source`` lead; its page is at ``path``.

    ``own_ids`` are the ids on its page beyond the prose's, ``targets`` all articles by source
    path, ``files`` the source paths of all files of ``content/`` and ``static/``.
    """
    resolver = _Resolver(source, frozenset(own_ids) | prose.ids, targets, files)
    addresses = tuple(resolver.address(link) for link in prose.links)
    linked = LinkedProse(
        prose, path, addresses, frozenset(resolver.shown), tuple(resolver.site_paths)
    )
    return Outcome(linked, tuple(resolver.diagnostics))


def file_path(source: str, reference: str) -> str:
    """The source path of a file that the article at ``source`` refers to.

    A reference that starts with a slash is below ``static/``, any other relative to the article.
    """
    if reference.startswith("/"):
        return "static/" + posixpath.normpath(unquote(reference)).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(reference)))


def published_path(file: str) -> str:
    """Where the file with this source path is published."""
    return file.removeprefix("static") if file.startswith("static/") else media_path(file)


def check_site_paths(links: Collection[SitePath], known: Collection[str]) -> tuple[Diagnostic, ...]:
    """An error for each link to a path where the site has no page and no file."""
    return tuple(
        Diagnostic(
            "broken-link",
            f"this site has nothing at '{link.path}'",
            link.span,
            did_you_mean(link.path, known)
            if len(known) < 500
            else "link to an article by the path of its file",
        )
        for link in links
        if link.path not in known
    )


class _Resolver:
    """One article's links, one after the other."""

    def __init__(
        self,
        source: str,
        ids: frozenset[str],
        targets: Mapping[str, Target],
        files: Collection[str],
    ) -> None:
        self.source = source
        self.ids = ids
        self.targets = targets
        self.files = files
        self.diagnostics: list[Diagnostic] = []
        self.shown: set[str] = set()
        self.site_paths: list[SitePath] = []

    def address(self, link: Link) -> str:
        target = link.target.strip()
        if target.startswith("#"):
            self._check_anchor(link, target[1:], self.ids, "this page")
            return target
        try:
            parts = urlsplit(target)
        except ValueError:
            return self._problem(link, "broken-link", "this is not an address", "")
        if parts.scheme or target.startswith("//"):
            return self._elsewhere(link, target, parts.scheme)
        if parts.path.endswith(".md"):
            return self._article(link, parts.path, parts.fragment)
        if target.startswith("/"):
            return self._on_site(link, target, parts.path)
        return self._file(link, parts.path)

    def _elsewhere(self, link: Link, target: str, scheme: str) -> str:
        if scheme.lower() not in _SCHEMES:
            return self._problem(
                link,
                "link-scheme",
                f"links may not start with '{scheme + ':' if scheme else '//'}'",
                "use https: or mailto:",
            )
        return target

    def _article(self, link: Link, path: str, fragment: str) -> str:
        source = file_path(self.source, path.lstrip("/") if path.startswith("/") else path)
        target = self.targets.get(source)
        if target is None and source in self.files:
            return "#"  # it exists, but cannot be read: it has errors of its own
        if target is None:
            return self._problem(
                link,
                "broken-link",
                f"there is no article '{source}'",
                did_you_mean(source, self.targets),
            )
        if target.withheld:
            return self._problem(
                link,
                "link-unpublished",
                f"'{source}' is {target.withheld} and has no page now",
                "publish it first, or take the link out",
            )
        if not fragment:
            return target.path
        self._check_anchor(link, fragment, target.ids, f"'{source}'")
        return f"{target.path}#{fragment}"

    def _on_site(self, link: Link, target: str, path: str) -> str:
        if link.embedded or file_path(self.source, path) in self.files:
            return self._file(link, path)
        self.site_paths.append(SitePath(path, link.span))
        return target

    def _file(self, link: Link, path: str) -> str:
        file = file_path(self.source, path)
        if file not in self.files:
            kind, what = ("missing-image", "picture") if link.embedded else ("broken-link", "file")
            hint = (
                did_you_mean(file, self.files)
                if posixpath.splitext(file)[1]
                else "link to an article by the path of its .md file"
            )
            return self._problem(link, kind, f"there is no {what} '{file}'", hint)
        self.shown.add(file)
        return published_path(file)

    def _check_anchor(self, link: Link, anchor: str, ids: frozenset[str], where: str) -> None:
        if unquote(anchor) not in ids:
            headings = [name for name in ids if ":" not in name]
            self._problem(
                link,
                "broken-anchor",
                f"{where} has no heading or id '{anchor}'",
                did_you_mean(anchor, headings),
            )

    def _problem(self, link: Link, code: str, message: str, hint: str) -> str:
        self.diagnostics.append(Diagnostic(code, message, link.span, hint))
        return "#"
