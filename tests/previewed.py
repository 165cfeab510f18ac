"""A project that is previewed by a server on this machine, for tests that change its files."""

from __future__ import annotations

import http.client
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from aicareers_site.preview import Served
from aicareers_site.preview_parts import EDITORS
from aicareers_site.run import Options
from tests.samples import NOW, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from aicareers_site.preview_state import State

PATIENCE = 60
"""Seconds after which something that should happen is taken for missing."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Previewed:
    """The project at ``root``, previewed by ``served``; ``states`` are those it has shown."""

    root: Path
    served: Served
    states: SimpleQueue[State]

    @property
    def origin(self) -> str:
        return self.served.origin

    def save(self, path: str, content: str | bytes) -> None:
        """Save a source as most editors do."""
        lay_out({path: content.encode() if isinstance(content, str) else content}, self.root)

    def replace(self, path: str, one: str, other: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert one in text
        self.save(path, text.replace(one, other))

    def until(self, is_meant: Callable[[State], bool]) -> State:
        """Wait for the first state of a kind."""
        while not is_meant(state := self.states.get(timeout=PATIENCE)):
            pass
        return state

    def get(self, path: str, host: str = "", *, method: str = "GET", **headers: str) -> Answer:
        """What the server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(connection):
            given = {"Host": host} if host else {}
            connection.request(method, path, headers={**given, **named})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())


@contextmanager
def preview(root: Path, *, port: int = 0, follow: bool = False) -> Iterator[Previewed]:
    """Preview the project at ``root``, once its first build is over."""
    states: SimpleQueue[State] = SimpleQueue()
    options = Options(root, None, NOW, True, True, 1, root / ".aicareers-cache", False)
    served = Served(options, port, editor=EDITORS["vscode"], follow=follow, say=states.put)
    with served:
        thread = threading.Thread(target=served.run)
        thread.start()
        try:
            previewed = Previewed(root, served, states)
            previewed.until(lambda state: state.complete)
            yield previewed
        finally:
            served.stop()
            thread.join()
