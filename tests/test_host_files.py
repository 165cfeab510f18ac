"""What hosts are told in files of their own, read as their documentation says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from aicareers_site import host_files, serving
from aicareers_site.hosting import Hosting, Redirect
from aicareers_site.outputs import Output
from tests.test_hosting import FILES, site

if TYPE_CHECKING:
    from aicareers_site.configuration import Host


def described(base_url: str = "https://sample.example/") -> Hosting:
    return Hosting.of(site(base_url), FILES)


def added(hosting: Hosting, *hosts: Host, own: dict[str, bytes] | None = None) -> dict[str, str]:
    """The texts that are added for hosts, by path."""
    files = [Output.of(path, content) for path, content in (own or {}).items()]
    outcome = host_files.added(files, hosting, hosts)
    assert outcome.diagnostics == ()
    return {output.path: output.content().decode() for output in outcome.value}


class Rule(NamedTuple):
    path: str
    headers: tuple[tuple[str, str], ...]


def headers(text: str) -> list[Rule]:
    """The rules of a ``_headers``: a path, then its headers, each further in; # is for remarks."""
    rules: list[Rule] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", " ", "\t")):
            rules.append(Rule(line.strip(), ()))
        elif line.strip() and not line.strip().startswith("#"):
            name, _, value = line.strip().partition(":")
            assert re.fullmatch(r"[A-Za-z-]+", name)
            rules[-1] = Rule(rules[-1].path, (*rules[-1].headers, (name, value.strip())))
    return rules


def answered(text: str, path: str) -> dict[str, str]:
    """What a host that joins the values of all rules that match, as Cloudflare does, sends."""
    found: dict[str, str] = {}
    for rule in headers(text):
        assert rule.path.startswith("/")
        assert rule.path.count("*") <= 1
        if re.fullmatch(".*".join(map(re.escape, rule.path.split("*"))), path):
            for name, value in rule.headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def redirected(text: str, path: str) -> tuple[str, str] | None:
    """Where a ``_redirects`` leads from a path, with the status: the first line that matches."""
    for line in text.splitlines():
        start, target, status = line.split()
        expression = re.escape(start).replace(r"\*", "(?P<splat>.*)")
        if found := re.fullmatch(expression, path):
            return target.replace(":splat", found.groupdict().get("splat") or ""), status
    return None


@pytest.mark.parametrize("host", ["netlify", "cloudflare-pages"])
@pytest.mark.parametrize("home", ["/", "/a/"])
def test_headers_are_those_of_the_description(host: Host, home: str) -> None:
    hosting = described(f"https://sample.example{home}")
    text = added(hosting, host)["_headers"]
    for path in FILES:
        expected = dict(hosting.headers)
        if serving.is_immutable(path):
            expected["Cache-Control"] = serving.KEPT_FOR_EVER
        assert answered(text, home + path) == expected


def test_netlify_is_told_to_redirect_though_there_is_a_page() -> None:
    text = added(described(), "netlify")["_redirects"]
    assert redirected(text, "/old/") == ("/blog/new/", "301!")
    assert redirected(text, "/blog/new/") is None


def test_cloudflare_does_so_anyway() -> None:
    text = added(described(), "cloudflare-pages")["_redirects"]
    assert redirected(text, "/old/") == ("/blog/new/", "301")


def test_a_site_below_a_path_is_found_there_though_its_folder_is_the_root() -> None:
    text = added(described("https://sample.example/blog/"), "netlify")["_redirects"]
    assert redirected(text, "/blog/old/") == ("/blog/blog/new/", "301!")
    assert redirected(text, "/blog/blog/new/") == ("/blog/new/", "200!")
    assert redirected(text, "/blog/") == ("/", "200!")


def test_rules_of_ones_own_follow() -> None:
    own = {"_headers": b"/data/*\n  Access-Control-Allow-Origin: *\n", "_redirects": b"/x /y 302\n"}
    found = added(described(), "netlify", own=own)
    assert headers(found["_headers"])[-1] == Rule(
        "/data/*", (("Access-Control-Allow-Origin", "*"),)
    )
    assert redirected(found["_redirects"], "/x") == ("/y", "302")
    assert redirected(found["_redirects"], "/old/") == ("/blog/new/", "301!")


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://sample.example/", "sample.example\n"),
        ("https://name.github.io/", None),
        ("https://name.github.io/blog/", None),
        ("https://sample.example/blog/", None),
    ],
)
def test_github_is_told_a_domain_of_ones_own(base_url: str, domain: str | None) -> None:
    found = added(described(base_url), "github-pages")
    assert found[".nojekyll"] == ""
    assert found.get("CNAME") == domain


def test_files_for_github_that_stand_in_static_stay() -> None:
    assert added(described(), "github-pages", own={"CNAME": b"other.example"}) == {
        "CNAME": "other.example",
        ".nojekyll": "",
    }


def test_nothing_is_added_for_other_hosts() -> None:
    assert added(described(), own={"index.html": b""}) == {"index.html": ""}


def test_what_cloudflare_would_not_read_is_told() -> None:
    many = tuple(Redirect(f"/old/{number}/", "/new/") for number in range(2001))
    files = tuple(f"{number}.0123456789.css" for number in range(100))
    long = (("Content-Security-Policy", "a" * 2000),)
    hosting = Hosting("https://sample.example/", "/", long, files, many)
    found = host_files.added((), hosting, ["cloudflare-pages"]).diagnostics
    assert [problem.code for problem in found] == ["host-limit"] * 3
    assert [(problem.message, problem.hint) for problem in found] == [
        (
            "the site has 2,001 earlier addresses, and Cloudflare Pages reads 2,000 redirects",
            "take out aliases that nobody asks for any more; those beyond lead on by pages, which "
            "search engines follow, too",
        ),
        (
            "the site needs 101 rules on headers, and Cloudflare Pages reads 100",
            "keep pictures that are published as they are, such as animations, in a folder of "
            "their own, so that one rule serves all others; files beyond are asked for again at "
            "each visit",
        ),
        (
            "the line of Content-Security-Policy has 2,027 characters, and Cloudflare Pages reads "
            "2,000",
            "name fewer 'embeds': a line that is too long is left out, and with it what it does",
        ),
    ]
    assert host_files.added((), hosting, ["netlify"]).diagnostics == ()
