"""Servers are asked politely, and their answers remembered: on a server of this machine."""

from __future__ import annotations

import json
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from aicareers_site import external_asking
from aicareers_site.cli import main
from aicareers_site.external_asking import BAD_FOR, GOOD_FOR, Asking, Memory
from aicareers_site.external_links import Answer
from tests.samples import lay_out, post, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 21, tzinfo=UTC)
REDIRECTS = {
    "moved": (301, "/200"),
    "elsewhere": (302, "/200"),
    "both": (301, "/elsewhere"),
    "circle": (302, "/circle"),
}


class Site:
    """What a server of other people does, and what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.agents: set[str | None] = set()
        self.meeting = threading.Barrier(2, timeout=60)
        self.silence = threading.Event()
        self._lock = threading.Lock()
        self._inside = 0
        self.most_inside = 0
        self.base = ""

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def answer(self, method: str, path: str) -> tuple[int, dict[str, str]]:
        """The status and the headers for a request."""
        self.asked[f"{method} {path}"] += 1
        times = self.asked[f"{method} {path}"]
        match path.removeprefix("/").split("/"):
            case [name] if name in REDIRECTS:
                status, place = REDIRECTS[name]
                return status, {"Location": place}
            case ["no-head"]:
                return (405, {}) if method == "HEAD" else (200, {})
            case ["busy", code]:
                return (int(code), {"Retry-After": "7"}) if times == 1 else (200, {})
            case ["late"]:
                return 429, {"Retry-After": "86400"}
            case ["silent"]:
                self.silence.wait()
                return 200, {}
            case ["pair", _]:
                self._meet()
                return 200, {}
            case [code]:
                return int(code), {}
        raise AssertionError(path)

    def _meet(self) -> None:
        """Wait for another request, and count how many there are at once."""
        with self._lock:
            self._inside += 1
            self.most_inside = max(self.most_inside, self._inside)
        self.meeting.wait()
        with self._lock:
            self._inside -= 1


@contextmanager
def served(site: Site) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            site.agents.add(self.headers["User-Agent"])
            status, headers = site.answer(self.command, self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield
    finally:
        site.silence.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with served(made):
        yield made


class Patience:
    """Waits in no time, and knows for how long."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)


def asked(site: Site, path: str, patience: Patience | None = None, timeout: float = 20) -> Answer:
    url = site.url(path)
    return Asking(timeout=timeout, pause=patience or Patience()).answers([url])[url]


@pytest.mark.parametrize("status", [200, 404, 410, 403])
def test_an_answer_is_its_status(site: Site, status: int) -> None:
    patience = Patience()
    assert asked(site, f"/{status}", patience) == Answer(status)
    assert patience.pauses == []


def test_a_good_head_is_enough_and_says_who_asks(site: Site) -> None:
    asked(site, "/200")
    assert site.asked == {"HEAD /200": 1}
    (agent,) = site.agents
    assert agent is not None
    assert agent.startswith("aicareers-site/")


def test_where_head_is_refused_get_is_tried(site: Site) -> None:
    assert asked(site, "/no-head") == Answer(200)
    assert site.asked == {"HEAD /no-head": 1, "GET /no-head": 1}


def test_a_page_has_moved_if_all_steps_are_for_good(site: Site) -> None:
    assert asked(site, "/moved") == Answer(200, moved=site.url("/200"))
    assert asked(site, "/elsewhere") == Answer(200)
    assert asked(site, "/both") == Answer(200)


def test_circles_are_told_of(site: Site) -> None:
    assert asked(site, "/circle") == Answer(0, problem="it leads in circles")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_who_is_busy_is_asked_again_when_he_wants(site: Site, status: int) -> None:
    patience = Patience()
    assert asked(site, f"/busy/{status}", patience) == Answer(200)
    assert patience.pauses == [7]


def test_after_three_times_it_is_enough_and_no_pause_is_long(site: Site) -> None:
    patience = Patience()
    assert asked(site, "/500", patience) == Answer(500)
    assert patience.pauses == [1, 4]
    assert asked(site, "/late", patience) == Answer(429)
    assert patience.pauses == [1, 4, 30, 30]
    assert site.asked["HEAD /500"] == 3


def test_silence_is_told_of(site: Site) -> None:
    assert asked(site, "/silent", timeout=0.05) == Answer(0, problem="no answer came in time")


def test_nobody_at_home_is_told_of() -> None:
    gone = Site()
    with served(gone):
        pass
    assert asked(gone, "/200") == Answer(0, problem="no connection could be made")


def test_a_host_gets_two_requests_at_a_time(site: Site) -> None:
    urls = [site.url(f"/pair/{number}") for number in range(6)]
    answers = Asking(pause=Patience()).answers(urls)
    assert set(answers.values()) == {Answer(200)}
    assert site.most_inside == 2


def test_each_address_is_asked_once(site: Site) -> None:
    Asking().answers([site.url("/200")] * 3)
    assert site.asked == {"HEAD /200": 1}


# What is remembered


@pytest.mark.parametrize(("path", "held"), [("/200", GOOD_FOR), ("/404", BAD_FOR)])
def test_an_answer_holds_for_a_while(
    site: Site, tmp_path: Path, path: str, held: timedelta
) -> None:
    def times_asked(now: datetime) -> int:
        Memory(tmp_path / "cache", now).answers([site.url(path)], Asking(pause=Patience()))
        return site.asked[f"HEAD {path}"]

    assert times_asked(NOW) == 1
    assert times_asked(NOW + held - timedelta(seconds=1)) == 1
    assert times_asked(NOW + held) == 2


def test_what_was_kept_is_what_was_said(site: Site, tmp_path: Path) -> None:
    urls = [site.url(path) for path in ("/200", "/moved", "/404")]
    first = Memory(tmp_path, NOW).answers(urls, Asking())
    assert Memory(tmp_path, NOW).answers(urls, Asking()) == first
    assert site.asked["HEAD /moved"] == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"answers": {"a": 1}}', '{"answers": {"a": ["x"]}}']
)
def test_a_damaged_file_is_as_good_as_none(site: Site, tmp_path: Path, content: str) -> None:
    (tmp_path / "external-links.json").write_text(content, encoding="utf-8")
    url = site.url("/200")
    assert Memory(tmp_path, NOW).answers([url], Asking()) == {url: Answer(200)}


def test_without_a_folder_nothing_is_kept(site: Site) -> None:
    for _ in range(2):
        Memory(None, NOW).answers([site.url("/200")], Asking())
    assert site.asked["HEAD /200"] == 2


# The command


def test_a_check_asks_when_told_to_and_remembers(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_asking, "_PAUSES", ())
    links = f"[One]({site.url('/404')}), [two]({site.url('/200')}), [three]({site.url('/moved')})."
    lay_out(sources({"articles/a.md": post(body=links)}), tmp_path)

    def codes(*arguments: str) -> list[str]:
        options = ["check", "--root", str(tmp_path), "--jobs", "1", "--format", "json"]
        report = json.loads(CliRunner().invoke(main, [*options, *arguments]).stdout)
        return [one["code"] for one in report["diagnostics"] if one["code"] != "description-length"]

    assert codes() == []
    assert site.asked == {}
    assert codes("--external") == ["dead-link", "moved-link"]
    assert codes("--external") == ["dead-link", "moved-link"]
    assert site.asked["HEAD /404"] == 1


def test_a_build_asks_nobody(site: Site, tmp_path: Path) -> None:
    lay_out(sources({"articles/a.md": post(body=f"[One]({site.url('/404')}).")}), tmp_path)
    result = CliRunner().invoke(main, ["build", "--root", str(tmp_path), "--jobs", "1", "--strict"])
    assert (result.exit_code, site.asked) == (0, {})


def test_without_the_extra_package_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aicareers_site.check_command.find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["check", "--root", str(tmp_path), "--external"])
    assert result.exit_code == 2
    assert "pip install 'aicareers-site[external]'" in result.stderr
