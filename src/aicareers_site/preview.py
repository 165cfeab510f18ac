"""``aicareers serve``: the session, the watch over its sources and the server, put together."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import uvicorn

from aicareers_site.preview_server import Preview
from aicareers_site.preview_session import Session
from aicareers_site.preview_watch import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from aicareers_site.preview_state import State
    from aicareers_site.run import Options

ADDRESS = "127.0.0.1"
_ATTEMPTS = 100


def listening(port: int) -> socket.socket:
    """A socket on this machine's ``port``, or the next one that is free; 0 takes any.

    Raises OSError where none of a hundred is, or this user may take none.
    """
    for attempt in range(port, min(port + _ATTEMPTS, 65536)):
        # Only where the protocol is named, asyncio sends what is small at once (TCP_NODELAY);
        # browsers would wait 40 ms for the second half of an answer otherwise.
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # Elsewhere, this would share a port that is in use.
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((ADDRESS, attempt))
            found.listen()
        except PermissionError:
            found.close()
            message = f"port {attempt} is for other users, as those below 1024 mostly are: name "
            raise OSError(f"{message}another one with --port") from None
        except OSError:
            found.close()
        else:
            return found
    raise OSError(f"no port from {port} on is free: name another one with --port")


class Served:
    """A site that is served until :meth:`stop`; a context manager around :meth:`run`.

    ``say`` is called, in any thread, with each state of the site. ``editor`` is the address by
    which files open, ``follow`` tells that browsers open the article that has changed.
    """

    def __init__(
        self,
        options: Options,
        port: int,
        *,
        editor: str,
        follow: bool,
        say: Callable[[State], None],
    ) -> None:
        self._socket = listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.origin = f"http://{ADDRESS}:{self.port}"
        self._say = say
        self.session = Session(options, self.origin, self._changed)
        self.preview = Preview(
            lambda: self.session.state,
            self.session.index,
            port=self.port,
            root=os.path.realpath(options.root).replace(os.sep, "/"),
            editor=editor,
            follow=follow,
        )
        self._watcher = Watcher(options.root, self.session)
        self._server = _Server(self.preview)
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._socket)
            stack.enter_context(self.session)
            stack.callback(self.preview.close)
            stack.enter_context(self._watcher)
            builder = threading.Thread(target=self.session.work, name="preview builds")
            builder.start()
            stack.callback(builder.join)
            stack.callback(self.session.end)
            self._resources = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def run(self) -> None:
        """Answer requests until :meth:`stop`, or Ctrl-C."""
        self._server.run([self._socket])

    def stop(self) -> None:
        """End :meth:`run`; for any thread."""
        self.preview.end()
        self._server.should_exit = True

    def _changed(self, state: State) -> None:
        self.preview.changed()
        self._say(state)


class _Server(uvicorn.Server):
    """Ends streams of events with everything else."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(uvicorn.Config(preview.app, log_level="error", lifespan="off"))
        self._preview = preview

    def handle_exit(self, sig: int, frame: object) -> None:
        self._preview.end()
        self.should_exit = True
