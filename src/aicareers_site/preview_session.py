"""The preview's site: kept in memory, and made anew where its sources change.

A change is shown in two steps. Where it can be known at once which bytes it gives, as with the text
of an article, these are shown first (:mod:`.preview_haste`). A complete build follows and decides.
"""

from __future__ import annotations

import gc
import threading
import traceback
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from aicareers_site import build, checks, files, indexer, preview_haste, stages
from aicareers_site.cache import Cache
from aicareers_site.diagnostics import Diagnostic, Span, has_errors
from aicareers_site.executor import InMemory, Serial, workers_for
from aicareers_site.paths import SETTINGS
from aicareers_site.preview_haste import Good
from aicareers_site.preview_parts import assets, below, ribbon
from aicareers_site.preview_state import State, faults
from aicareers_site.recalling import Deferred, Guarded, Recalling
from aicareers_site.records import Record
from aicareers_site.remembering import Remembering
from aicareers_site.run import without_garbage_collection
from aicareers_site.search_index import Texts
from aicareers_site.silences import Silences
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from aicareers_site.articles import Request
    from aicareers_site.configuration import Configuration
    from aicareers_site.diagnostics import Outcome
    from aicareers_site.executor import Executor, Workers
    from aicareers_site.outputs import Output
    from aicareers_site.recalling import Kept
    from aicareers_site.run import Options

T = TypeVar("T")

ALL_AT_ONCE = 400
"""So many pages are all printed with each build, to find faults of templates. Of more, one of each
sort is, and the others when somebody opens them."""

REST = 0.25
"""Seconds in which browsers fetch what was shown in haste, before the complete build begins."""


class Session:
    """The site of ``options`` as it is served at ``origin``, such as ``http://127.0.0.1:8000``.

    ``changed`` is called, in any thread, when there is another state to show. A context manager;
    inside, one thread may :meth:`work` while others :meth:`save`.
    """

    def __init__(self, options: Options, origin: str, changed: Callable[[State], None]) -> None:
        self.state = State()
        self._options = options
        self._origin = origin
        self._changed = changed
        self._good: Good | None = None
        self._kept: Kept = {}
        self._sources: dict[str, bytes] = {}
        self._found: tuple[Diagnostic, ...] = ()
        self._changes: list[frozenset[str]] = []
        self._has_hurried = False
        self._is_warm = False
        self._index: tuple[Texts, dict[str, Output]] | None = None
        self._lock = threading.RLock()
        self._stages = threading.RLock()
        self._waiting = threading.Event()
        self._ended = threading.Event()
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        self._cache = None
        if self._options.results is not None:
            self._cache = self._resources.enter_context(Cache(self._options.results))
        self._one = self._executor(Serial())
        self.read()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def end(self) -> None:
        """End :meth:`work`; for any thread."""
        self._ended.set()
        self._waiting.set()

    def read(self) -> None:
        """Read all sources anew."""
        tree = files.read(self._options.root)
        with self._lock:
            old = self._sources
            new = {
                path: old[path] if old.get(path) == content else content
                for path, content in tree.value.files.items()
            }
            names = new.keys() | old.keys()
            changed = frozenset(name for name in names if new.get(name) is not old.get(name))
            self._take(new, changed, tree.diagnostics)

    def save(self, paths: Iterable[str]) -> None:
        """Take in that the sources at ``paths`` have changed."""
        with self._lock:
            saved = {path: files.content(self._options.root, path) for path in paths}
            known = {path: content for path, content in saved.items() if content is not None}
            if known.keys() == saved.keys() and known.keys() <= self._sources.keys():
                changed = frozenset(p for p in known if known[p] != self._sources[p])
                self._take(self._sources | known, changed, self._found)
            else:
                self.read()

    def holds(self, path: str) -> bool:
        """Whether there was something in the source at ``path``."""
        return bool(self._sources.get(path))

    def _take(
        self, sources: dict[str, bytes], changed: frozenset[str], found: tuple[Diagnostic, ...]
    ) -> None:
        """Go on with these sources; ``found`` is what was wrong with reading them."""
        if not changed and found == self._found and self._changes:
            return
        self._sources, self._found = sources, found
        self._changes.append(changed)
        hasty = None if found else self._in_haste()
        self._has_hurried = hasty is not None
        if hasty:
            self._show(hasty)
        self._waiting.set()

    def _in_haste(self) -> State | None:
        """What the site becomes by all changes since the last good build, where that is known."""
        if self._good is None:
            return None
        changed = frozenset[str]().union(*self._changes[self._good.changes :])
        state = preview_haste.shown(self._good, self._sources, changed, self._one)
        return replace(state, followed=self._followed(self._good)) if state else None

    def _followed(self, good: Good) -> tuple[int, str]:
        """The number of the last change of a single article, and the path where it shows."""
        for number in range(len(self._changes), 1, -1):
            articles = good.executor.results(stages.article)
            paths = self._changes[number - 1] & articles.keys()
            if len(self._changes[number - 1]) == len(paths) == 1:
                (source,) = paths
                record = articles[source][1].head.value
                return (number, record.path if isinstance(record, Record) else "")
        return (0, "")

    def _show(self, state: State) -> None:
        self.state = replace(state, number=self.state.number + 1)
        self._changed(self.state)

    def work(self) -> None:
        """Build whenever there is something to build, until :meth:`end`."""
        while not self._ended.is_set():
            self._waiting.wait()
            if self._has_hurried:
                self._ended.wait(REST)
            self._waiting.clear()
            if self._ended.is_set():
                return
            try:
                with without_garbage_collection():
                    self.build()
                    self._warm_up()
            except Exception:  # A fault of ours: say so, and keep the preview.
                hint = "this is a fault of the program and not of yours: please report these lines"
                problem = Diagnostic("preview-failed", traceback.format_exc(), Span(SETTINGS), hint)
                self._fail((problem,), {})
            gc.freeze()  # What has been built lives long: do not look through it again and again.

    def _warm_up(self) -> None:
        """Load what reads an article and prints a page before the first change, not with it."""
        if self._good is not None and not self._is_warm:
            self._is_warm = True
            for manuscript, _ in islice(self._good.executor.results(stages.article).values(), 1):
                with self._stages:
                    stages.article(manuscript)

    def build(self) -> None:
        """Build the whole site, and show it unless its sources have changed in the meantime."""
        with self._lock:
            sources, found, changes = self._sources, self._found, len(self._changes)
        with workers_for(self._options.jobs) as workers:
            executor = Recalling(self._executor(workers), self._one, self._kept)
            outcome, good = self._built(sources, found, changes, executor)
        executor.forget()
        self._kept = executor.kept if good else {**self._kept, **executor.kept}
        with self._lock:
            if good is not None:
                self._good = good
            if changes == len(self._changes):
                if good is None:
                    self._fail(outcome, sources)
                else:
                    self._show(replace(good.state, followed=self._followed(good)))
            elif good is not None and (hasty := self._in_haste()):
                self._show(hasty)

    def _built(
        self,
        sources: Mapping[str, bytes],
        found: tuple[Diagnostic, ...],
        changes: int,
        executor: Recalling,
    ) -> tuple[tuple[Diagnostic, ...], Good | None]:
        """What a complete build of ``sources`` finds, and what it makes unless that is an error."""
        if has_errors(found):
            return found, None
        configured = self._configured(sources, executor)
        if configured.value is None:
            return (*found, *configured.diagnostics), None
        settings = configured.value.settings
        request = self._options.request(settings.zone)
        built = build.build(sources, configured.value, request, executor)
        told = Silences(sources, configured.value).heard(built.diagnostics)
        found = (*found, *configured.diagnostics, *told)
        if not has_errors(found):
            found += faults(executor, ALL_AT_ONCE)
        if has_errors(found):
            return found, None
        files = {output.path: output for output in built.value.outputs}
        state = State(
            files,
            assets(files),
            below(settings.base_url),
            _ribbons(executor, request, Wording(settings.language, settings.zone)),
            diagnostics=found,
            sources=sources,
            searched=built.value.searched,
            complete=True,
        )
        data = checks.data_book(sources, self._one)
        return found, Good(state, sources, data, executor, changes)

    def _configured(
        self, sources: Mapping[str, bytes], executor: Executor
    ) -> Outcome[Configuration | None]:
        """The settings with the preview's own address, below the path of the site's."""
        own = build.configure(sources, executor)
        if own.value is None:
            return own
        address = self._origin + below(own.value.settings.base_url)
        return build.configure(sources, executor, address)

    def _fail(self, found: tuple[Diagnostic, ...], sources: Mapping[str, bytes]) -> None:
        self._show(replace(self.state, diagnostics=found, sources=sources, complete=True))

    def index(self, state: State) -> dict[str, Output]:
        """The files of the search index, by path; none where it cannot be made."""
        if state.searched is None:
            return {}
        if self._index is not None and self._index[0] is state.searched:
            return self._index[1]
        pages = state.searched.pages
        made = [(path, body.made()) for path, body in pages if isinstance(body, Deferred)]
        texts = tuple((path, cut.body) for path, cut in made if cut.head)
        if not texts:
            return {}
        wanted = Texts(state.searched.language, texts)
        # By an executor of its own: pages are printed in the meantime.
        index = indexer.indexed(wanted, self._unguarded(Serial()), _quietly)
        self._index = (state.searched, {output.path: output for output in index.value})
        return self._index[1]

    def _executor(self, workers: Workers) -> Executor:
        return Guarded(self._unguarded(workers), self._stages)

    def _unguarded(self, workers: Workers) -> Executor:
        return InMemory(workers) if self._cache is None else Remembering(workers, self._cache)


def _ribbons(executor: Recalling, request: Request, wording: Wording) -> dict[str, str]:
    """What to say on pages of articles that readers cannot see yet, by the pages' paths."""
    heads = (result.head.value for _, result in executor.results(stages.article).values())
    records = (record for record in heads if isinstance(record, Record))
    said = {record.path: ribbon(record, request.now, wording) for record in records}
    return {path: words for path, words in said.items() if words}


def _quietly(_name: str, made: Iterator[T], _total: int) -> Iterator[T]:
    return made
