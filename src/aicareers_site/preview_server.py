"""The preview over HTTP: the site's pages with a script, and events for that script."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from aicareers_site import preview_parts, serving
from aicareers_site.outputs import digest
from aicareers_site.preview_parts import OWN, Problem, View, injected, is_own_host, seen
from aicareers_site.preview_state import errors
from aicareers_site.urls import SEARCH_INDEX, output_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.outputs import Output
    from aicareers_site.preview_state import State

T = TypeVar("T")

_UNKNOWN: tuple[Problem, ...] = ({},)
"""What problems a browser shows that has just come: it is told of the present ones in any case."""

_PAGE = "index.html"

_BUILDING = "The site is being built. This page appears by itself."
_FAULTY = "There is no page to show until the errors are mended. It appears by itself then."


class Shown(NamedTuple):
    """A page as it is served: what is built, and the errors that it has by itself."""

    content: bytes
    view: View
    is_whole: bool = True


class Preview:
    """Answers requests with the present state; ``index`` makes the files of its search index.

    ``follow`` tells that browsers open what has changed. ``root`` is the complete path of the
    site's folder, ``editor`` the address by which files open.
    """

    def __init__(
        self,
        state: Callable[[], State],
        index: Callable[[State], dict[str, Output]],
        *,
        port: int,
        root: str,
        editor: str,
        follow: bool,
    ) -> None:
        self._state = state
        self._index = index
        self._root = root
        self._editor = editor
        self._follow = follow
        # One prints pages, the other waits for the index.
        self._printer = ThreadPoolExecutor(1)
        self._indexer = ThreadPoolExecutor(1)
        self._listeners: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False
        routes = [
            Route(f"{OWN}events", self._events),
            Route(OWN + "{name}", _own_file),
            Route("/{path:path}", self._answer),
        ]
        self.app: ASGIApp = OwnHostOnly(Starlette(routes=routes), port)

    def changed(self) -> None:
        """Tell browsers that there is another state; for any thread."""
        if self._loop is not None:
            with suppress(RuntimeError):  # It has just been closed.
                self._loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """End the streams of events; for any thread."""
        self._ended = True
        self.changed()

    def close(self) -> None:
        """Wait for what is still being made, when no more requests come."""
        self._printer.shutdown(cancel_futures=True)
        self._indexer.shutdown(cancel_futures=True)

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()

    async def _answer(self, request: Request) -> Response:
        state, path = self._state(), request.scope["raw_path"].decode("ascii", "replace")
        found = state.found(path)
        if found.location:
            return RedirectResponse(found.location, found.status)
        name = path.removeprefix(state.below)
        if found.status == HTTPStatus.NOT_FOUND and name.startswith(SEARCH_INDEX[1:]):
            files = await self._in(self._indexer, partial(self._index, state))
            if name in files:
                return _response(files[name].content(), name, request)
        if found.name in state.files and not found.name.endswith(".html"):
            content = await self._in(self._printer, state.files[found.name].content)
            return _response(content, found.name, request)
        page = await self._in(self._printer, partial(self._shown, state, path))
        content = injected(page.content, page.view, state.ribbon(path))
        status = found.status if page.is_whole else HTTPStatus.SERVICE_UNAVAILABLE
        return _response(content, _PAGE, request, status)

    def _shown(self, state: State, path: str) -> Shown:
        """The page for a path, with what is wrong with it."""
        found = state.found(path)
        content, faults = state.content(found.name) if found.name in state.files else (b"", ())
        own = errors(faults)
        view = self._view(state, path, b"" if own else content, (*state.errors, *own))
        if content and not own:
            return Shown(content, view)
        if state.files and not own:
            return Shown(_empty("There is no such page."), view)
        words = _FAULTY if view.problems else _BUILDING
        return Shown(_empty(words), view, is_whole=False)

    def _view(self, state: State, path: str, content: bytes, found: tuple[Diagnostic, ...]) -> View:
        problems = tuple(
            preview_parts.problem(one, state.sources, self._root, self._editor) for one in found
        )
        number, place = state.followed if self._follow else (0, "")
        target = state.below + place[1:] if output_path(place) in state.files else ""
        shown = seen(content + state.ribbon(path).encode())
        return View(path, shown, state.styles, problems, (number, target))

    async def _events(self, request: Request) -> Response:
        said = request.query_params
        number = said.get("followed", "")
        followed = (int(number) if number.isdecimal() else 0, "")
        page, shown = said.get("page", "/"), said.get("seen", "")
        last = View(page, shown, said.get("styles", ""), _UNKNOWN, followed)
        headers = {"Cache-Control": "no-store"}
        stream = self._stream(last)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def _stream(self, last: View) -> AsyncIterator[bytes]:
        """What a browser that shows ``last`` is to know, now and later."""
        self._loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._listeners.add(woken)
        try:
            yield b": here\n\n"
            while not self._ended:
                woken.clear()
                show = partial(self._shown, self._state(), last.path)
                page = await self._in(self._printer, show)
                # Without a page to show, that which it showed before stays.
                now = page.view if page.is_whole else page.view._replace(seen=last.seen)
                for message in preview_parts.events(last, now):
                    yield message
                last = now
                await woken.wait()
        finally:
            self._listeners.discard(woken)

    async def _in(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        self._loop = asyncio.get_running_loop()
        return await self._loop.run_in_executor(pool, work)


class OwnHostOnly:
    """Refuses requests that do not name this machine and ``port`` as their host."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        app = self._app
        if len(hosts) != 1 or not is_own_host(hosts[0].decode("latin-1"), self._port):
            words = "This preview answers on this machine only.\n"
            app = PlainTextResponse(words, HTTPStatus.MISDIRECTED_REQUEST)
        await app(scope, receive, send)


async def _own_file(request: Request) -> Response:
    """The preview's own script and styles."""
    name = request.path_params["name"]
    if name not in {"client.js", "client.css", "empty.css"}:
        return PlainTextResponse("There is no such file.\n", HTTPStatus.NOT_FOUND)
    return _response(_packaged(name), name, request)


def _empty(words: str) -> bytes:
    """A page that says why there is no other; ``words`` are HTML."""
    return f"""<!DOCTYPE html>
<html lang="en" data-empty>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Preview</title>
<link rel="stylesheet" href="{OWN}empty.css">
</head>
<body>
<p role="status">{words}</p>
</body>
</html>
""".encode()


@cache
def _packaged(name: str) -> bytes:
    return Path(__file__).with_name(f"preview_{name}").read_bytes()


def _response(content: bytes, name: str, request: Request, status: int = HTTPStatus.OK) -> Response:
    """A file whose bytes browsers may keep as long as they ask each time."""
    headers = {
        "Cache-Control": "no-cache",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": f'"{digest(content).hex()[:32]}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = serving.content_type(name)
    return Response(content, status, headers)
