"""Where the links of an article lead: to other articles' addresses, to files, to the web.

Editors link to other articles by the path of the source file, ``../countries/germany.md#visas``,
and to pictures by theirs. A link to something that does not exist is an error.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from aicareers_site import link_hints, notes, pictures
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span, did_you_mean
from aicareers_site.pictures import Shown
from aicareers_site.urls import SCHEMES, Urls, is_active, published_path, scheme, scheme_hint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from aicareers_site.prose import Link, Prose

_TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
_PICTURE = re.compile("\ufdd6(\\d+)\ufdd7(.*?)>\ufdd8", re.DOTALL)
_COMPLETE = "write all of it, such as https://example.org/page"
_CITING_ID = re.compile(r' id="cite:[^"]*"')


Answer: TypeAlias = tuple[int, str | Shown]
"""The number of a link with its address, or with the picture that is there."""


class Standing(Enum):
    """Whether an article can be linked to."""

    PUBLISHED = auto()
    WITHHELD = auto()
    """There is no page yet: a link to it is an error."""
    EXPIRED = auto()
    """There was a page: of links to it, only the words are left."""
    FAULTY = auto()
    """It has errors of its own, so that links to it are not judged."""


class Target(NamedTuple):
    """An article that may be linked to: its path on the site and the ids on its page.

    ``reason`` says why it is not published.
    """

    path: str = ""
    ids: Collection[str] = ()
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


class Reference(NamedTuple):
    """A link that only the whole site can answer: to another article, a file or another page.

    ``number`` is that of the link in the prose, ``sort`` is ``article``, ``picture``, ``file`` or
    ``page``, the last of which may be a file, too. ``file`` is the source path that it may mean,
    and ``suffix`` what follows the path in ``target``: an article's anchor, a file's query.
    ``page`` and ``anchor`` are those of a page. The span is in parts, since few of very many are
    looked at.
    """

    number: int
    sort: str
    file: str
    suffix: str
    target: str
    embedded: bool
    line: int
    column: int
    end_column: int
    page: str = ""
    anchor: str = ""

    def span(self, source: str) -> Span:
        """Where the link stands in the article at ``source``."""
        return Span(source, self.line, self.column, self.end_column)


class Linked(NamedTuple):
    """Where an article's references lead.

    ``answers`` are numbers of links with their addresses: a path on the site, or empty where only
    the words are left. ``files`` are the source paths of the files that the article offers or
    plays, ``pictures`` those of the pictures in its text with the numbers of their links;
    ``pages`` are links to pages, still to be checked.
    """

    answers: tuple[tuple[int, str], ...] = ()
    files: tuple[str, ...] = ()
    pictures: tuple[tuple[int, str], ...] = ()
    pages: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedProse:
    """Prose together with where its links lead.

    ``addresses`` answer its links one by one: a path on the site, a fragment of the page itself
    (``#visas``), an address elsewhere, a picture, or empty where only the words are left.
    """

    prose: Prose
    path: str
    addresses: Sequence[str | Shown] = ()

    def html(self, urls: Urls) -> Markup:
        """The body with its addresses printed by ``urls``."""
        return self._fill(self.prose.html, urls)

    def fragment(self, name: str, urls: Urls) -> Markup:
        """A fragment, likewise."""
        return self._fill(self.prose.fragments[name], urls)

    def _fill(self, html: str, urls: Urls) -> Markup:
        def address(token: re.Match[str]) -> str:
            target = self.addresses[int(token[1])]
            target = target.src if isinstance(target, Shown) else target
            # Quotation marks too: the token stands inside an attribute.
            return str(Markup.escape(urls.resolved(target, self.path)))

        def picture(marked: re.Match[str]) -> str:
            target = self.addresses[int(marked[1])]
            known = target if isinstance(target, Shown) else Shown("")
            return pictures.element(marked[2], known, urls)

        if urls.detached:  # the citing places have their ids on the article's own page only
            html = _CITING_ID.sub("", html)
        for index, target in enumerate(self.addresses):
            if not target:
                link = rf'<a\b[^>]*"\ufdd0{index}\ufdd1"[^>]*>(.*?)</a>'
                html = re.sub(link, r"\1", html, flags=re.DOTALL)
        filled = _TOKEN.sub(address, _PICTURE.sub(picture, html))
        return Markup(filled if urls.detached else notes.with_buttons(filled))


def read(
    source: str, links: Iterable[Link], ids: Collection[str]
) -> Outcome[tuple[tuple[str, ...], tuple[Reference, ...]]]:
    """What the ``links`` of the article at ``source`` say by themselves.

    The addresses answer the links one by one, where nothing else need be known: a fragment of the
    page, whose ``ids`` are given, an address elsewhere, or a path on the site. The references are
    what is still to be checked, and perhaps answered, by :func:`resolve`.
    """
    reader = _Reader(source, ids)
    addresses = tuple(reader.address(index, link) for index, link in enumerate(links))
    return Outcome((addresses, tuple(reader.references)), tuple(reader.diagnostics))


def resolve(
    source: str,
    references: Iterable[Reference],
    targets: Mapping[str, Target],
    files: Collection[str],
) -> Outcome[Linked]:
    """Find where the references of the article at ``source`` lead.

    ``targets`` are all articles by source path, ``files`` the source paths of all files that
    articles may show or offer.
    """
    resolver = _Resolver(source, targets, files)
    answers: list[tuple[int, str]] = []
    pages: list[Reference] = []
    for link in references:
        if link.sort == "page" and link.file not in files:
            pages.append(link)
        else:
            answers.append((link.number, resolver.address(link)))
    shown = tuple(sorted(resolver.shown))
    linked = Linked(tuple(answers), shown, tuple(resolver.pictures), tuple(pages))
    return Outcome(linked, tuple(resolver.diagnostics))


def file_path(source: str, reference: str) -> str:
    """The source path of a file that the article at ``source`` refers to.

    A reference that starts with a slash is below ``static/``, any other relative to the article.
    """
    if reference.startswith("/"):
        return "static/" + posixpath.normpath(unquote(reference)).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(reference)))


def check_pages(
    source: str, links: Iterable[Reference], known: Mapping[str, Collection[str]]
) -> tuple[Diagnostic, ...]:
    """An error for each of the article's links to a page, or an anchor there, that is missing."""
    missing = [
        SitePath(link.page, link.anchor, link.span(source))
        for link in links
        if link.page not in known or (link.anchor and link.anchor not in known[link.page])
    ]
    return check_site_paths(missing, known) if missing else ()


def check_site_paths(
    links: Collection[SitePath], known: Mapping[str, Collection[str]]
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
            else did_you_mean(link.path, known) or link_hints.BY_PATH,
        )
        for link in links
        if link.path not in known or (link.anchor and link.anchor not in known[link.path])
    )


def _anchor_problem(
    anchor: str, span: Span, ids: Collection[str], where: str
) -> tuple[Diagnostic, ...]:
    if unquote(anchor) in ids:
        return ()
    headings = [name for name in ids if ":" not in name]
    message = f"{where} has no heading or id '{anchor}'"
    return (Diagnostic("broken-anchor", message, span, did_you_mean(anchor, headings)),)


class _Reader:
    """One article's links, one after the other."""

    def __init__(self, source: str, ids: Collection[str]) -> None:
        self.source = source
        self.ids = ids
        self.diagnostics: list[Diagnostic] = []
        self.references: list[Reference] = []

    def address(self, number: int, link: Link) -> str:
        target = link.target.strip()
        if target.startswith("#"):
            self.diagnostics += _anchor_problem(target[1:], link.span, self.ids, "this page")
            return target
        try:
            parts = urlsplit(target)
        except ValueError:
            return self._problem(link, "broken-link", "this is not an address", _COMPLETE)
        start = scheme(target)
        if start or target.startswith(("//", "\\\\")):
            return self._elsewhere(link, target, start)
        sort = "picture" if link.is_picture else "file"
        path, suffix = parts.path, target.removeprefix(parts.path)
        page = anchor = ""
        if path.endswith(".md"):
            sort, path, suffix = "article", path.lstrip("/"), parts.fragment
        elif target.startswith("/") and (not link.embedded or path.endswith("/")):
            # An iframe may show a page.
            sort, page, anchor = "page", quote(unquote(path)), unquote(parts.fragment)
        span, file = link.span, file_path(self.source, path)
        place = (span.line, span.column, span.end_column)
        self.references.append(
            Reference(number, sort, file, suffix, target, link.embedded, *place, page, anchor)
        )
        return target if sort == "page" else ""

    def _elsewhere(self, link: Link, target: str, start: str) -> str:
        if len(start) == 1:  # a Windows path
            hint = "copy the file beside the article and write its name"
            return self._problem(link, "broken-link", f"'{target}' is on your disk only", hint)
        if start not in SCHEMES:
            return self._problem(
                link,
                "link-scheme",
                f"links may not start with '{start + ':' if start else target[:2]}'",
                scheme_hint(start),
            )
        return target

    def _problem(self, link: Link, code: str, message: str, hint: str) -> str:
        self.diagnostics.append(Diagnostic(code, message, link.span, hint))
        return "#"


class _Resolver:
    """One article's references to other articles and to files, one after the other."""

    def __init__(self, source: str, targets: Mapping[str, Target], files: Collection[str]) -> None:
        self.source = source
        self.targets = targets
        self.files = files
        self.diagnostics: list[Diagnostic] = []
        self.shown: set[str] = set()
        self.pictures: list[tuple[int, str]] = []

    def address(self, link: Reference) -> str:
        return self._article(link) if link.sort == "article" else self._file(link)

    def _article(self, link: Reference) -> str:
        target = self.targets.get(link.file)
        if target is None:
            return self._problem(
                link,
                "broken-link",
                f"there is no article '{link.file}'",
                link_hints.meant(self.source, link.file, self.targets),
            )
        if target.standing is Standing.FAULTY:
            return "#"
        if target.standing is Standing.EXPIRED:
            message = f"'{link.file}' is {target.reason}: only the words of the link are left"
            span = link.span(self.source)
            self.diagnostics.append(
                Diagnostic("link-expired", message, span, severity=Severity.NOTE)
            )
            return ""
        if target.standing is Standing.WITHHELD:
            return self._problem(
                link,
                "link-unpublished",
                f"'{link.file}' is {target.reason} and has no page now",
                "publish it first, or take the link out",
            )
        if not link.suffix:
            return target.path
        self.diagnostics += _anchor_problem(
            link.suffix, link.span(self.source), target.ids, f"'{link.file}'"
        )
        return f"{target.path}#{link.suffix}"

    def _file(self, link: Reference) -> str:
        path = link.target.removesuffix(link.suffix)
        if not path or link.file not in self.files:
            return self._missing_file(link, path)
        if link.sort == "picture":
            self.pictures.append((link.number, link.file))
        elif is_active(link.file):
            hint = "make it a page or, where it is a drawing, show it: ![What it shows](…)"
            message = f"'{path}' is a file of the kind that browsers run"
            return self._problem(link, "active-file", message, hint)
        else:
            self.shown.add(link.file)
        return published_path(link.file) + link.suffix

    def _missing_file(self, link: Reference, path: str) -> str:
        if not link.target:
            return self._problem(link, "broken-link", "the link has no address", "write one")
        message, hint = link_hints.missing_file(
            self.source,
            path,
            link.file,
            self.files,
            embedded=link.embedded,
            is_picture=link.sort == "picture",
        )
        return self._problem(
            link, "missing-image" if link.embedded else "broken-link", message, hint
        )

    def _problem(self, link: Reference, code: str, message: str, hint: str) -> str:
        self.diagnostics.append(Diagnostic(code, message, link.span(self.source), hint))
        return "#"
