"""Where the links of an article lead: to other articles' addresses, to files, to the web.

Editors link to other articles by the path of the source file, ``../countries/germany.md#visas``,
and to pictures by theirs. A link to something that does not exist is an error.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span, did_you_mean
from aicareers_site.urls import Urls, published_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from aicareers_site.prose import Link, Prose

_TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
_CITING_ID = re.compile(r' id="cite:[^"]*"')
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Standing(Enum):
    """Whether an article can be linked to."""

    PUBLISHED = auto()
    WITHHELD = auto()
    """There is no page yet: a link to it is an error."""
    EXPIRED = auto()
    """There was a page: of links to it, only the words are left."""
    FAULTY = auto()
    """It has errors of its own, so that links to it are not judged."""


@dataclass(frozen=True, slots=True)
class Target:
    """An article that may be linked to: its path on the site and the ids on its page.

    ``reason`` says why it is not published.
    """

    path: str = ""
    ids: frozenset[str] = frozenset()
    standing: Standing = Standing.PUBLISHED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SitePath:
    """A link to a path on the site (``/about/#team``), to be checked when all pages are known."""

    path: str
    anchor: str
    span: Span

    @classmethod
    def of(cls, address: str, span: Span) -> SitePath:
        """The link to ``address``, which starts with a slash."""
        parts = urlsplit(address)
        return cls(quote(unquote(parts.path)), unquote(parts.fragment), span)


@dataclass(frozen=True, slots=True)
class LinkedProse:
    """Prose together with where its links lead.

    ``addresses`` answer ``prose.links`` one by one: a path on the site, a fragment of the page
    itself (``#visas``), an address elsewhere, or empty where only the words are left. ``files`` are
    the source paths of the files that it shows or offers; ``site_paths`` are links still to be
    checked.
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
        for index, target in enumerate(self.addresses):
            if not target:
                link = rf'<a\b[^>]*"\ufdd0{index}\ufdd1"[^>]*>(.*?)</a>'
                html = re.sub(link, r"\1", html, flags=re.DOTALL)
        return Markup(_TOKEN.sub(address, html))


def resolve(
    source: str,
    prose: Prose,
    path: str,
    ids: frozenset[str],
    targets: Mapping[str, Target],
    files: Collection[str],
) -> Outcome[LinkedProse]:
    """Find where the links of the article at ``source`` lead; its page is at ``path``.

    ``ids`` are all ids on its page, ``targets`` all articles by source path, ``files`` the source
    paths of all files that articles may show or offer.
    """
    resolver = _Resolver(source, ids, targets, files)
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


def check_site_paths(
    links: Collection[SitePath], known: Mapping[str, frozenset[str]]
) -> tuple[Diagnostic, ...]:
    """An error for each link to a path, or to an anchor there, that the site does not have.

    ``known`` maps all paths of pages and files to the ids that can be linked to.
    """
    return tuple(
        Diagnostic(
            "broken-anchor" if link.path in known else "broken-link",
            f"'{link.path}' has no heading or id '{link.anchor}'"
            if link.path in known
            else f"this site has nothing at '{link.path}'",
            link.span,
            did_you_mean(link.anchor, known[link.path])
            if link.path in known
            else did_you_mean(link.path, known),
        )
        for link in links
        if link.path not in known or (link.anchor and link.anchor not in known[link.path])
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
        return self._file(link, target, parts.path)

    def _elsewhere(self, link: Link, target: str, scheme: str) -> str:
        if len(scheme) == 1:  # a Windows path
            hint = "copy the file beside the article and write its name"
            return self._problem(link, "broken-link", f"'{target}' is on your disk only", hint)
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
        if target is None:
            return self._problem(
                link,
                "broken-link",
                f"there is no article '{source}'",
                self._meant(source, self.targets),
            )
        if target.standing is Standing.FAULTY:
            return "#"
        if target.standing is Standing.EXPIRED:
            message = f"'{source}' is {target.reason}: only the words of the link are left"
            found = Diagnostic("link-expired", message, link.span, severity=Severity.NOTE)
            self.diagnostics.append(found)
            return ""
        if target.standing is Standing.WITHHELD:
            return self._problem(
                link,
                "link-unpublished",
                f"'{source}' is {target.reason} and has no page now",
                "publish it first, or take the link out",
            )
        if not fragment:
            return target.path
        self._check_anchor(link, fragment, target.ids, f"'{source}'")
        return f"{target.path}#{fragment}"

    def _on_site(self, link: Link, target: str, path: str) -> str:
        embedded_file = link.embedded and not path.endswith("/")  # an iframe may show a page
        if embedded_file or file_path(self.source, path) in self.files:
            return self._file(link, target, path)
        self.site_paths.append(SitePath.of(target, link.span))
        return target

    def _file(self, link: Link, target: str, path: str) -> str:
        file = file_path(self.source, path)
        if not path or file not in self.files:
            return self._missing_file(link, target, path, file)
        self.shown.add(file)
        return published_path(file) + target.removeprefix(path)

    def _missing_file(self, link: Link, target: str, path: str, file: str) -> str:
        if not target:
            return self._problem(link, "broken-link", "the link has no address", "write one")
        what = "picture" if link.embedded else "file"
        if "\\" in path:
            hint = "use / instead of \\"
        elif target.startswith("www."):
            hint = "web addresses start with https://"
        elif not link.embedded and not posixpath.splitext(path)[1]:
            hint = "link to an article by the path of its .md file"
        else:
            hint = self._meant(file, [name for name in self.files if not name.endswith(".md")])
        code = "missing-image" if link.embedded else "broken-link"
        return self._problem(link, code, f"there is no {what} '{file}'", hint)

    def _meant(self, file: str, known: Iterable[str]) -> str:
        """What may have been meant by ``file``, as the editor has to write it here."""
        here = posixpath.dirname(self.source)
        return did_you_mean(
            posixpath.relpath(file, here), (posixpath.relpath(name, here) for name in known)
        )

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
