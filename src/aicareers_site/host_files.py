"""The files by which hosts are told how to serve the site, as each of them reads them.

- Netlify: ``_headers`` and ``_redirects`` (docs.netlify.com/routing/headers and
  /routing/redirects/redirect-options). A file goes before a redirect, unless that is forced with
  an exclamation mark: our redirects stand where pages for hosts without any lead on.
- Cloudflare Pages: files of the same names and nearly the same form
  (developers.cloudflare.com/pages/configuration/headers and /redirects). A redirect goes before a
  file, and knows no exclamation mark; there are limits.
- GitHub Pages: ``.nojekyll`` and ``CNAME`` (docs.github.com/pages). It has neither headers nor
  redirects of one's own.

What of these stands in ``static/`` counts, too: rules follow ours, other files stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from aicareers_site import serving
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span
from aicareers_site.findings import shown
from aicareers_site.outputs import Output
from aicareers_site.paths import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from aicareers_site.configuration import Host
    from aicareers_site.hosting import Hosting

HEADERS, REDIRECTS, CNAME, NO_JEKYLL = "_headers", "_redirects", "CNAME", ".nojekyll"

MOST_REDIRECTS, MOST_RULES, LONGEST_LINE = 2000, 100, 2000
"""How many redirects and rules of headers, and how many characters in a line, Cloudflare reads."""


def added(
    outputs: Iterable[Output], hosting: Hosting, hosts: Collection[Host]
) -> Outcome[tuple[Output, ...]]:
    """The site's ``outputs`` with the files for its ``hosts``, and their :func:`limits`."""
    files = {output.path: output for output in outputs}
    if "netlify" in hosts:
        _add_rules(files, _headers(hosting), _redirects(hosting, force="!"))
    if "cloudflare-pages" in hosts:
        _add_rules(files, _headers(hosting), _redirects(hosting))
    if "github-pages" in hosts:
        files.setdefault(NO_JEKYLL, Output.of(NO_JEKYLL, b""))
        if domain := _domain(hosting.base_url):
            files.setdefault(CNAME, Output.of(CNAME, f"{domain}\n".encode()))
    return Outcome(tuple(files.values()), tuple(limits(hosting, hosts)))


def limits(hosting: Hosting, hosts: Collection[Host]) -> Iterator[Diagnostic]:
    """Warnings ``host-limit``: what one of the ``hosts`` would not read."""
    if "cloudflare-pages" in hosts:
        yield from _beyond(list(_headers(hosting)), list(_redirects(hosting)))


def _add_rules(files: dict[str, Output], rules: Iterable[str], redirects: Iterable[str]) -> None:
    for path, entries in ((HEADERS, rules), (REDIRECTS, redirects)):
        own = files[path].content() if path in files else b""
        content = "".join(entries).encode() + own
        if content:
            files[path] = Output.of(path, content)


def _headers(hosting: Hosting) -> Iterator[str]:
    """The rules on headers, of which no two say the same of one file: where they do, Cloudflare
    joins what they say.

    Both hosts have everybody ask again for what no rule names, which suits pages.
    """
    yield _rule("/*", *hosting.headers)
    for pattern in hosting.immutable:
        place = "/" if pattern.startswith("*") else hosting.home
        keeps = ("Cache-Control", serving.KEPT_FOR_EVER)
        yield _rule(place + quote(pattern, safe="/*"), keeps)


def _rule(path: str, *headers: tuple[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers)])


def _redirects(hosting: Hosting, force: str = "") -> Iterator[str]:
    """The redirects; ``force`` lets them go before files.

    A site below a path is found there, though its folder is the root of the host.
    """
    for redirect in hosting.redirects:
        yield f"{hosting.home}{redirect.path[1:]} {redirect.target} 301{force}\n"
    if hosting.home != "/":
        yield f"{hosting.home}* /:splat 200{force}\n"


def _beyond(rules: list[str], redirects: list[str]) -> Iterator[Diagnostic]:
    """What is more than Cloudflare Pages reads."""
    if len(redirects) > MOST_REDIRECTS:
        yield _limit(
            f"the site has {len(redirects):,} earlier addresses, and Cloudflare Pages reads "
            f"{MOST_REDIRECTS:,} redirects",
            "take out aliases that nobody asks for any more; those beyond lead on by pages, which "
            "search engines follow, too",
        )
    if len(rules) > MOST_RULES:
        yield _limit(
            f"the site needs {len(rules):,} rules on headers, and Cloudflare Pages reads "
            f"{MOST_RULES}",
            "keep pictures that are published as they are, such as animations, in a folder of "
            "their own, so that one rule serves all others; files beyond are asked for again at "
            "each visit",
        )
    headers = [line for rule in rules for line in rule.splitlines()]
    longest = max([*headers, *redirects], key=len, default="").rstrip("\n")
    if len(longest) > LONGEST_LINE:
        name = longest.strip().partition(" ")[0].rstrip(":")
        way = "name fewer 'embeds'" if longest in headers else "shorten this address"
        yield _limit(
            f"the line of {shown(name)} has {len(longest):,} characters, and Cloudflare Pages "
            f"reads {LONGEST_LINE:,}",
            f"{way}: a line that is too long is left out, and with it what it does",
        )


def _limit(message: str, hint: str) -> Diagnostic:
    return Diagnostic("host-limit", message, Span(SETTINGS), hint, Severity.WARNING)


def _domain(base_url: str) -> str:
    """The domain of one's own that GitHub is to be told; none for a site below a path, where the
    domain is another repository's.
    """
    parts = urlsplit(base_url)
    own = parts.path == "/" and not (parts.hostname or "").endswith(".github.io")
    return parts.hostname or "" if own else ""
