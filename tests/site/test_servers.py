"""Real servers with the configuration that the product prints serve the site as it is described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from aicareers_site import security_policy, serving
from tests.browser.server import settings_of
from tests.hosted import ALIAS, Answer, Hosted, ask, hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sharing import Shared

ENCODINGS = {"gzip": "gz", "br": "br", "zstd": "zst"}


@dataclass(frozen=True)
class Server:
    """A running server with a site."""

    hosted: Hosted
    port: int
    encodings: tuple[str, ...]

    def ask(self, path: str, encoding: str = "identity", **headers: str) -> Answer:
        return ask(self.port, path, encoding, **headers)

    def of_file(self, path: str) -> str:
        """The address of a file."""
        return next(address for address, file in self.hosted.files.items() if file == path)

    @property
    def security(self) -> dict[str, str]:
        headers = security_policy.headers(settings_of(self.hosted.site))
        return {name.lower(): value for name, value in headers}


@pytest.fixture(scope="module", params=["/", "/blog/"], ids=["at the root", "below a path"])
def site(request: pytest.FixtureRequest, shared: Shared) -> Hosted:
    return hosted(shared, request.param)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, site: Hosted, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    program = request.getfixturevalue(request.param)
    encodings = ("gzip", "br") if request.param == "nginx" else ("gzip", "br", "zstd")
    folder = tmp_path_factory.mktemp(request.param)
    with program.serve(site.configuration(request.param), folder) as port:
        yield Server(site, port, encodings)


def test_each_file_comes_whole_with_its_type_its_keeping_and_the_security_headers(
    server: Server,
) -> None:
    site = server.hosted.site
    for address, path in server.hosted.files.items():
        answer = server.ask(address)
        assert (path, answer.status) == (path, 200)
        assert answer.body == (site.folder / path).read_bytes()
        expected = {
            "content-type": serving.content_type(path),
            "cache-control": serving.cache_control(path),
            **server.security,
        }
        assert (path, answer.headers) == (path, {**answer.headers, **expected})


def test_what_never_changes_is_kept_for_ever_and_pages_are_asked_for_again(server: Server) -> None:
    keeping = {server.ask(address).headers["cache-control"] for address in server.hosted.files}
    assert keeping == {serving.KEPT_FOR_EVER, serving.KEPT_SHORTLY, serving.REVALIDATED}


def test_a_browser_that_has_a_file_is_told_so(server: Server) -> None:
    for encoding in ("identity", "gzip"):
        for path in ("index.html", "feed.xml"):
            first = server.ask(server.of_file(path), encoding)
            again = server.ask(
                server.of_file(path), encoding, **{"If-None-Match": first.headers["etag"]}
            )
            assert (again.status, again.body) == (304, b"")
            assert again.headers["cache-control"] == serving.cache_control(path)


def test_who_takes_compressed_texts_gets_the_copies_that_the_build_made(server: Server) -> None:
    folder = server.hosted.site.folder
    for encoding in server.encodings:
        for path in ("index.html", "feed.xml", "sitemap.xml", "data/ml-jobs-2026.json"):
            answer = server.ask(server.of_file(path), encoding)
            assert answer.headers["content-encoding"] == encoding
            assert answer.headers["content-type"] == serving.content_type(path)
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert answer.body == (folder / f"{path}.{ENCODINGS[encoding]}").read_bytes()


def test_what_is_compressed_in_itself_is_sent_as_it_is(server: Server) -> None:
    answer = server.ask(server.of_file("card.png"), "gzip, br, zstd")
    assert "content-encoding" not in answer.headers


def test_earlier_addresses_lead_to_present_ones(server: Server) -> None:
    home = server.hosted.home
    addresses = {
        home + ALIAS: home + server.hosted.moved,
        f"{home}about": f"{home}about/",
        **({"/blog": "/blog/"} if home == "/blog/" else {}),
    }
    for address, expected in addresses.items():
        answer = server.ask(address)
        assert (address, answer.status // 100) == (address, 3)
        asked = f"http://127.0.0.1:{server.port}"
        assert urljoin(asked + address, answer.headers["location"]) == asked + expected
    assert server.ask(home + ALIAS).status == 301


@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "blog/nowhere/",
        "missing.0123456789.css",
        "fonts/",
        "404.html",
        ".aicareers-files",
        "blog/.hidden/file",
        "index.html/more",
    ],
)
def test_what_does_not_exist_is_answered_with_the_page_that_says_so(
    path: str, server: Server
) -> None:
    answer = server.ask(server.hosted.home + path)
    assert answer.status == 404
    assert answer.body == (server.hosted.site.folder / "404.html").read_bytes()
    expected = {
        "content-type": serving.content_type("404.html"),
        "cache-control": serving.REVALIDATED,
        **server.security,
    }
    assert answer.headers == {**answer.headers, **expected}
