"""The preview as a server: what it answers, to whom, and what it notices."""

from __future__ import annotations

import asyncio
import shutil
import socket
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from aicareers_site.preview import listening
from tests.previewed import PATIENCE, Previewed, preview
from tests.samples import lay_out, post, sources
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE = sources({"articles/a.md": post("A"), "articles/b.md": post("B")})


@pytest.fixture
def previewed(tmp_path: Path) -> Iterator[Previewed]:
    lay_out(SITE, tmp_path)
    with preview(tmp_path) as running:
        yield running


def shows(path: str, words: bytes) -> object:
    """Whether a state shows these words at this path."""
    return lambda state: path in state.files and words in state.content(path)[0]


# What it answers


def test_a_page_comes_with_the_script_and_other_files_as_they_are(previewed: Previewed) -> None:
    page = previewed.get("/blog/a/")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.content.count(b"/__preview/client.js") == 1
    style = previewed.get("/site.css?v=1")
    assert style.content == SITE["static/site.css"]
    assert style.headers["content-type"] == "text/css; charset=utf-8"


def test_what_a_browser_has_already_is_not_sent_again(previewed: Previewed) -> None:
    first = previewed.get("/site.css")
    again = previewed.get("/site.css", If_None_Match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/", "/site.yaml", "/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml",
        "//site.yaml", "/static/site.css", "/content/articles/a.md",
        "/.aicareers-cache/results.sqlite", "/__preview/x",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(previewed: Previewed, path: str) -> None:
    assert previewed.get(path).status == 404


def test_a_page_that_is_missing_is_the_sites_own(previewed: Previewed) -> None:
    page = previewed.get("/nothing/")
    assert page.status == 404
    assert b"<h1" in page.content


def test_an_address_without_its_last_slash_leads_on(previewed: Previewed) -> None:
    answer = previewed.get("/blog/a")
    assert (answer.status, answer.headers["location"]) == (307, "/blog/a/")


def test_nothing_is_changed_by_a_request(previewed: Previewed) -> None:
    assert [previewed.get("/", method=method).status for method in ("POST", "PUT", "DELETE")] == [
        405, 405, 405,
    ]  # fmt: skip


def test_other_hosts_are_refused(previewed: Previewed) -> None:
    port = previewed.served.port
    hosts = [
        f"localhost:{port}",
        f"127.0.0.1:{port}",
        f"[::1]:{port}",
        "example.org",
        "localhost:1",
    ]
    assert [previewed.get("/", host).status for host in hosts] == [200, 200, 200, 421, 421]
    events = previewed.get("/__preview/events", f"example.org:{port}")
    assert events.status == 421


def test_a_site_below_a_path_is_served_there(tmp_path: Path) -> None:
    text = SITE["site.yaml"].replace(b"https://sample.example/", b"https://sample.example/under/")
    lay_out({**SITE, "site.yaml": text}, tmp_path)
    with preview(tmp_path) as running:
        answer = running.get("/")
        assert (answer.status, answer.headers["location"]) == (307, "/under/")
        assert running.get("/under/blog/a/").status == 200
        assert running.get("/blog/a/").status == 404


def test_every_page_of_the_shipped_site_is_the_built_one(tmp_path: Path) -> None:
    built.copy_sources(tmp_path)
    with preview(tmp_path) as running:
        output = tmp_path / "public"
        below = urlsplit(built.shipped_base_url()).path
        address = f"{running.origin}{below}"
        built.build(output, "--drafts", "--future", f"--base-url={address}", root=tmp_path)
        site = built.BuiltSite(output, address)
        different = []
        for path in sorted(site.files):
            expected = (output / path).read_bytes()
            answer = running.get(below + quote(path)).content
            if path.endswith(".html"):
                start = answer.index(b'<script src="/__preview/client.js"')
                end = answer.index(b"</script>", start) + len(b"</script>")
                answer = answer[:start] + answer[end:]
            if answer != expected:
                different.append(path)
        assert different == []
        assert len(site.pages) > 50


# What it notices


def test_a_file_that_is_saved_in_two_steps_is_one_change(previewed: Previewed) -> None:
    place = previewed.root / "content/articles/a.md"
    with place.open("wb") as file:  # truncates it
        file.flush()
        file.write(post("A", body="Other words."))
    state = previewed.until(lambda state: True)
    assert state.errors == ()
    assert b"Other words." in state.content("blog/a/index.html")[0]


def test_many_files_that_change_at_once_are_all_noticed(previewed: Previewed) -> None:
    names = [f"n{number}" for number in range(40)]
    previewed.save("content/articles/a.md", post("A", body="Checked out."))
    lay_out({f"content/articles/{name}.md": post(name) for name in names}, previewed.root)
    (previewed.root / "content/articles/b.md").unlink()
    wanted = {f"blog/{name}/index.html" for name in ["a", *names]}
    state = previewed.until(lambda state: wanted <= state.files.keys())
    assert "blog/b/index.html" not in state.files
    assert b"Checked out." in state.content("blog/a/index.html")[0]


def test_a_folder_may_go_and_come_back(previewed: Previewed) -> None:
    content, aside = previewed.root / "content", previewed.root / "aside"
    content.rename(aside)
    previewed.until(lambda state: "blog/a/index.html" not in state.files)
    aside.rename(content)
    previewed.until(lambda state: "blog/a/index.html" in state.files)
    # What is in there is watched again.
    previewed.save("content/articles/a.md", post("A", body="Other words."))
    previewed.until(shows("blog/a/index.html", b"Other words."))  # type: ignore[arg-type]


def test_a_deleted_folder_is_an_error_that_goes_when_it_is_back(previewed: Previewed) -> None:
    shutil.rmtree(previewed.root / "templates")
    previewed.until(lambda state: bool(state.errors))
    assert previewed.get("/blog/a/").status == 200
    lay_out({path: text for path, text in SITE.items() if "templates/" in path}, previewed.root)
    previewed.until(lambda state: not state.errors)


def test_a_broken_configuration_is_an_error_that_goes_when_it_is_mended(
    previewed: Previewed,
) -> None:
    previewed.save("site.yaml", "title: [\n")
    state = previewed.until(lambda state: bool(state.errors))
    assert [error.span.path for error in state.errors] == ["site.yaml"]
    assert previewed.get("/blog/a/").status == 200
    previewed.save("site.yaml", SITE["site.yaml"])
    previewed.until(lambda state: not state.errors)


def test_editors_left_overs_are_no_change(previewed: Previewed) -> None:
    previewed.save("content/articles/.a.md.swp", "x")
    previewed.save("content/articles/a.md~", "x")
    previewed.save("content/articles/a.md", post("A", body="Other words."))
    state = previewed.until(lambda state: True)
    assert b"Other words." in state.content("blog/a/index.html")[0]


# Ports


def test_a_port_in_use_is_left_for_the_next_one() -> None:
    with closing(listening(0)) as taken, closing(listening(taken.getsockname()[1])) as found:
        assert found.getsockname()[0] == "127.0.0.1"
        assert found.getsockname()[1] > taken.getsockname()[1]


def test_answers_are_sent_at_once_and_not_in_two_halves() -> None:
    async def accepted(listener: socket.socket) -> int:
        """The option TCP_NODELAY of a connection that asyncio, and so uvicorn, accepts."""
        option: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            option.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(note, sock=listener):
            with socket.create_connection(listener.getsockname(), timeout=PATIENCE):
                return await option

    assert asyncio.run(accepted(listening(0))) != 0


def test_no_free_port_is_an_error() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(OSError, match="no port from 65535 on is free: name another one with"):
            listening(65535)


def test_a_port_that_is_for_others_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(OSError, match=r"port 80 is for other users, .* name another one with"):
        listening(80)


def test_events_end_with_the_preview(tmp_path: Path) -> None:
    lay_out(SITE, tmp_path)
    with preview(tmp_path) as running:
        stream = socket.create_connection(("127.0.0.1", running.served.port), timeout=PATIENCE)
        host = f"localhost:{running.served.port}"
        stream.sendall(f"GET /__preview/events?page=/ HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        received = b""
        while b"event: reload" not in received:
            received += stream.recv(4096)
    with closing(stream):
        while stream.recv(4096):
            pass
