"""Pagefind at work: the program that makes the search index of the printed pages' texts.

It runs as a service: requests and answers are JSON in Base64, each with a comma behind it. Texts
are added one after the other, since their order shows in the index; its own wrapper for Python
would wait a tenth of a second after each.
"""

from __future__ import annotations

import json
import os
import subprocess
import zlib
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from aicareers_site import search_index
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.paths import SETTINGS
from aicareers_site.watch import INDEXING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from aicareers_site.executor import Executor
    from aicareers_site.outputs import Output
    from aicareers_site.results import Made
    from aicareers_site.search_index import Part, Texts

T = TypeVar("T")

_AT_ONCE = 1 << 20


class Progress(Protocol):
    """Passes on what comes, and shows under a name how much of the total that is."""

    def __call__(self, name: str, made: Iterator[T], total: int, /) -> Iterator[T]: ...


class IndexingError(Exception):
    """Pagefind could not do its work; the message says why."""

    code = "search-failed"
    hint = "install the package pagefind-bin anew, or write 'search: false' in site.yaml"


class NotInstalledError(IndexingError):
    """There is no Pagefind for this system."""

    code = "search-missing"
    hint = "run pip install 'aicareers-site[search]', or write 'search: false' in site.yaml"


def program() -> Path | None:
    """Pagefind's program, as the package pagefind-bin holds it for this system; None without."""
    with suppress(ImportError, FileNotFoundError):
        import pagefind_bin

        return Path(pagefind_bin.get_executable())
    return None


def indexed(texts: Texts, executor: Executor, progress: Progress) -> Outcome[tuple[Output, ...]]:
    """The files of the index; none with the errors ``search-missing`` and ``search-failed``."""
    try:
        (index,) = executor.map(Indexer(progress).search_index, [texts])
    except IndexingError as error:
        return Outcome((), (Diagnostic(error.code, str(error), Span(SETTINGS), error.hint),))
    return Outcome(search_index.outputs(index))


class Indexer:
    """Makes indexes, and says to ``progress`` how far it is."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def search_index(self, texts: Texts) -> Made[tuple[Part, ...]]:
        """The index of the texts; raises :class:`IndexingError`."""
        with _Service() as service:
            index = service.ask({"type": "NewIndex"})["index_id"]
            pages = self._progress(INDEXING, iter(texts.pages), len(texts.pages))
            for path, text in pages:
                page = f'<html lang="{texts.language}">{text.content().decode()}</html>'
                request = {"type": "AddFile", "index_id": index, "url": path}
                service.ask({**request, "file_contents": page})
            listed = service.ask({"type": "GetFiles", "index_id": index})["files"]
        files = {file["path"].replace("\\", "/"): b64decode(file["content"]) for file in listed}
        try:
            return search_index.packed(search_index.settled(files))
        except (ValueError, KeyError, EOFError, OSError, zlib.error) as error:
            raise IndexingError(f"Pagefind’s files are not as expected: {error!r}") from error


class _Service:
    """The program, waiting for requests until this context is left."""

    def __init__(self) -> None:
        pagefind = program()
        if pagefind is None:
            raise NotInstalledError("search needs Pagefind, which is not installed here")
        # Neither a configuration file of Pagefind's nor its variables may change what comes out.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")
        }
        try:
            self._process = subprocess.Popen(
                [pagefind, "--service"],
                cwd=pagefind.parent,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise IndexingError(f"Pagefind cannot be run: {error}") from error
        self._requests = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        with suppress(OSError):  # what it was not given any more
            self._process.communicate()

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Its answer to ``request``."""
        self._requests += 1
        message = json.dumps({"message_id": self._requests, "payload": request})
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise TypeError("the service has pipes")
        try:
            requests.write(b64encode(message.encode()) + b",")
            requests.flush()
            read = [os.read(answers.fileno(), _AT_ONCE)]
            while read[-1] and not read[-1].endswith(b","):
                read.append(os.read(answers.fileno(), _AT_ONCE))
            answer: dict[str, Any] = json.loads(b64decode(b"".join(read)[:-1]))["payload"]
        except (OSError, ValueError, KeyError) as error:
            raise IndexingError("Pagefind ended before it had answered") from error
        if answer["type"] == "Error":
            raise IndexingError(f"Pagefind says: {answer['message']}")
        return answer
