"""What holds for whatever an editor may save: one damaged file in a site that is otherwise right.

Every stage that reads the file is called with it. None of them may raise anything or take long, and
each of their diagnostics has to help the editor.
"""

from __future__ import annotations

import re
import signal
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from aicareers_site import (
    build,
    checks,
    configuration,
    data_checks,
    documents,
    explanations,
    figure_lint,
    fixes,
    printing,
    report_formats,
    schemas,
    table_files,
    table_reader,
    tables,
    text_checks,
    texts,
)
from aicareers_site.articles import Request
from aicareers_site.data_book import named_in
from aicareers_site.diagnostics import Diagnostic, Severity, as_text, in_order, normalised
from aicareers_site.executor import InMemory, Serial
from aicareers_site.figure_lint_known import Index
from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.paths import SETTINGS
from aicareers_site.silences import Silences
from aicareers_site.table_files import FOLDER as DATA
from aicareers_site.template_closure import FOLDER as TEMPLATES
from tests.samples import KINDS, NOW, OPENINGS, PLAIN_THEME, PROJECT, article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.configuration import Configuration
    from aicareers_site.data_book import DataBook
    from aicareers_site.diagnostics import Span
    from aicareers_site.results import Made, Result


BOUND = 2.0
"""Seconds of the processor that reading a file may take."""

LARGEST = 20_000
"""Bytes of a file for which the bound holds."""

GIVEN_UP = 5 * BOUND
_PYTHON = re.compile(
    r"NoneType|\bNone\b|object at 0x|Traceback|<class|\b\w+Error\b|pydantic|jinja2|Undefined"
)


class Broken(Exception):  # noqa: N818 - a law is broken
    """Which law is broken; ``about`` is the same for all inputs that break it in the same way."""

    def __init__(self, law: str, about: str, detail: str = "") -> None:
        super().__init__(law, about, detail)
        self.law = law
        self.about = about

    def __str__(self) -> str:
        return " · ".join(str(one) for one in self.args if one)


class _GivenUp(BaseException):
    """It has taken so long that nobody waits for its end."""


class Input(NamedTuple):
    """A file of the site: its path, and what it holds."""

    path: str
    content: bytes


@cache
def sources() -> Mapping[str, bytes]:
    """A small site with the shipped data and a plain theme: a short article of each kind."""
    settings = (PROJECT / SETTINGS).read_text("utf-8")
    settings = settings.replace("authors:\n", f"authors:\n{_DESK}", 1)
    settings = settings.replace("categories:\n", f"categories:\n{_CATEGORIES}", 1)
    settings = re.sub(r"start_here:\n(?:  - .*\n)+", "", settings)
    kept = {
        path: content
        for path, content in shipped().items()
        if path.startswith((DATA, "content/pages/"))
    }
    short = {
        f"content/{kind}/{kind}.md": article(
            fields | ({"country": "AT"} if "hubs" in fields else {})
        )
        for kind, fields in KINDS.items()
    }
    return {
        SETTINGS: f"{settings}search: false\nshare_cards: false\n".encode(),
        **{path: text.encode() for path, text in PLAIN_THEME.items()},
        **kept,
        **short,
        "content/data/openings.yaml": OPENINGS.encode(),
    }


@cache
def shipped() -> Mapping[str, bytes]:
    """The shipped articles, without their links to each other, and the shipped data tables."""
    return {
        path.relative_to(PROJECT).as_posix(): _LINK.sub(b"](/blog/)", path.read_bytes())
        for path in sorted((PROJECT / "content").rglob("*"))
        if path.suffix in {".md", ".yaml"}
    }


_LINK = re.compile(rb"\]\([\w./-]*\.md(?:#[\w:-]*)?\)")
_DESK = "  desk: {name: The desk, role: Editors, bio: A desk.}\n"
_CATEGORIES = (
    "  advice: {title: Advice, description: What to do.}\n"
    "  figures: {title: Figures, description: What is counted.}\n"
)


class _Known(NamedTuple):
    """What is read of the site as it should be."""

    configured: Configuration
    data: DataBook
    known_figures: Index
    rules: Keyed[Rules]
    templates: Mapping[str, str]


@cache
def _known() -> _Known:
    configured = configuration.read(sources()[SETTINGS]).value
    assert configured is not None
    read = tables.read(sources(), InMemory(Serial()))
    assert not read.diagnostics
    data = data_checks.bind(*read.value, build.locator(sources())).value
    settings = configured.settings
    templates = {
        path.removeprefix(TEMPLATES): text
        for path, text in PLAIN_THEME.items()
        if path.startswith(TEMPLATES)
    }
    rules = Keyed(Rules.of(settings, drafts=True))
    return _Known(configured, data, Index(data, settings.language), rules, templates)


def examine(given: Input, *, whole: bool = False) -> frozenset[str]:
    """Hold the laws against a file, and, if it is ``whole``, against a site in which it stands.

    Gives the codes of the diagnostics. Raises :class:`Broken`.
    """
    files = {**sources(), given.path: given.content}
    codes: set[str] = set()
    for stage in (*_stages(given.path), *((_site,) if whole else ())):
        name = stage.__name__.strip("_")
        if len(given.content) > LARGEST:
            found = _unhurt(stage, given, name)
        else:
            with _in_time(name):
                found = _unhurt(stage, given, name)
        _check(found, files, name)
        codes.update(one.code for one in found)
    return frozenset(codes)


Stage: TypeAlias = "Callable[[Input], Sequence[Diagnostic]]"


def _unhurt(stage: Stage, given: Input, name: str) -> tuple[Diagnostic, ...]:
    try:
        return tuple(stage(given))
    except Broken:
        raise
    except Exception as error:
        place = "nowhere"
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if "aicareers_site" in code.co_filename:
                place = f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}"
            traceback = traceback.tb_next
        raise Broken(f"{name} raises", f"{type(error).__name__} at {place}", str(error)) from error


@contextmanager
def _in_time(name: str) -> Iterator[None]:
    """Refuse what takes more of the processor than the bound; break it off if it is far beyond."""

    def give_up(*_: object) -> None:
        raise _GivenUp

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    started = time.process_time()
    try:
        yield
    except _GivenUp as error:
        frame = error.__traceback__
        place = ""
        while frame is not None:
            code = frame.tb_frame.f_code
            if "aicareers_site" in code.co_filename:
                place = f"{code.co_filename.rpartition('/')[2]} {code.co_name}"
            frame = frame.tb_next
        raise Broken("hangs", name, f"given up in {place}") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    if (took := time.process_time() - started) > BOUND:
        raise Broken("hangs", name, f"{took:.1f} s")


def _check(found: Sequence[Diagnostic], files: Mapping[str, bytes], stage: str) -> None:
    """Whether the diagnostics help an editor, wherever they are shown."""
    ordered = in_order(found)
    if in_order(reversed(found)) != ordered:
        raise Broken("order is by chance", stage)
    for one in ordered:
        if one.code not in explanations.shipped():
            raise Broken("code is not explained", one.code)
        for span in (one.span, *one.related):
            _check_span(span, one, files)
        source = files.get(one.span.path, b"").decode("utf-8", "replace")
        words = f"{one.message}\n{one.hint}"
        strange = next((word for word in _PYTHON.findall(words) if word not in source), None)
        # What a filter of a template may raise is told in its own words, to designers.
        if not one.message.strip() or (strange and one.code != "template-error"):
            raise Broken("message is not for editors", one.code, f"{strange} in: {words}")
        as_text(one, files)
    report = report_formats.Report("check", ordered, files)
    report_formats.github(report)
    report_formats.sarif(report, explanations.shipped())
    report_formats.junit(report)


def _check_span(span: Span, one: Diagnostic, files: Mapping[str, bytes]) -> None:
    content = files.get(span.path)
    lines = normalised((content or b"").decode("utf-8", "replace")).split("\n")
    outside = Broken(
        "span is outside the file", one.code, f"{span}-{span.end_column} {one.message}"
    )
    if content is None and span.line:
        raise outside
    if span.line and not 1 <= span.line <= len(lines):
        raise outside
    if span.line and span.column:
        length = len(lines[span.line - 1])
        ends = span.column < span.end_column <= max(length, span.column) + 1
        if not 1 <= span.column <= length + 1 or not ends:
            raise outside


def _stages(path: str) -> tuple[Stage, ...]:
    if path == SETTINGS:
        return (_settings, _silences)
    if path.startswith(TEMPLATES):
        return (_theme,)
    if table_files.is_table(path):
        return (_table, _silences)
    return (_article, _proof, _lint, _silences)


def _settings(given: Input) -> Sequence[Diagnostic]:
    read = configuration.read(given.content)
    if read.value is not None:
        known = schemas.known(read.value.settings)
        for name in schemas.NAMES:
            schemas.schema(name, known)
    return _mended(given, read.diagnostics)


def _theme(given: Input) -> Sequence[Diagnostic]:
    decoded = documents.decode(given.path, given.content)
    templates = {**_known().templates, given.path.removeprefix(TEMPLATES): decoded.value}
    return (*decoded.diagnostics, *printing.checked(templates).head)


def _table(given: Input) -> Sequence[Diagnostic]:
    read = table_reader.read(given.path, given.content)
    again = table_reader.read(given.path, given.content)
    if read.diagnostics != again.diagnostics or read.value != again.value:
        raise Broken("is read in two ways", "table")
    found = _mended(given, read.diagnostics)
    if read.value is None:
        table_files.ids(given.path, given.content)
        return found
    others = [one for one in _known().data.tables.values() if one.path != given.path]
    locate = build.locator({**sources(), given.path: given.content})
    return (*found, *data_checks.bind([*others, read.value], (), locate).diagnostics)


def _article(given: Input) -> Sequence[Diagnostic]:
    document = documents.parse(given.path, given.content).value
    if document != documents.parse(given.path, given.content).value:
        raise Broken("is read in two ways", "document")
    figures = named_in(given.content, _known().data)
    made = texts.read(Manuscript(given.path, given.content, _known().rules, figures))
    return _mended(given, made.head.diagnostics)


def _proof(given: Input) -> Sequence[Diagnostic]:
    language = _known().configured.settings.language
    return text_checks.proofread(text_checks.Proof(*given, language, drafts=True)).head


def _lint(given: Input) -> Sequence[Diagnostic]:
    document = documents.parse(given.path, given.content).value
    if document is None or not figure_lint.is_linted(given.path):
        return ()
    return figure_lint.lint(document, _known().known_figures, _known().configured.settings.language)


def _silences(given: Input) -> Sequence[Diagnostic]:
    configured = _known().configured
    if given.path == SETTINGS:
        configured = configuration.read(given.content).value or configured
    silences = Silences({given.path: given.content}, configured)
    spans = [one.span for one in silences.problems(explanations.shipped())]
    line = spans[0].line if spans else 1
    probe = documents.span_at(given.path, "\n" * line, line, line)
    silences.heard([_warning(code, probe) for code in ("useless-alt", "bare-figure")])
    problems = tuple(silences.problems(explanations.shipped()))
    # The settings' spans are in those of the site where the given ones cannot be read.
    return tuple(one for one in problems if one.span.path == given.path != SETTINGS)


def _warning(code: str, span: Span) -> Diagnostic:
    return Diagnostic(code, "A probe.", span, "", Severity.WARNING)


def _mended(given: Input, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """The same, once what is mended of it by itself has been found to be text as before."""
    content, mended = fixes.mended(given.content, found)
    if not mended and content != given.content:
        raise Broken("a file is changed unsaid", "fixes")
    if mended and content.count(b"\n") != given.content.count(b"\n"):
        raise Broken("a mended file has other lines", "fixes")
    return found


class _Recalled:
    """An executor that does nothing twice that it has done for the site as it should be."""

    def __init__(self) -> None:
        self._workers = InMemory(Serial())
        self._kept: dict[tuple[str, bytes], Result[Any]] = {}
        self.learning = True

    def map(self, stage: Callable[[Any], Made[Any]], items: Sequence[Any]) -> list[Result[Any]]:
        keys = [(stage.__name__, fingerprint(item)) for item in items]
        results = {}
        for key, item in zip(keys, items, strict=True):
            if key not in self._kept and key not in results:
                (results[key],) = self._workers.map(stage, [item])
        if self.learning:
            self._kept |= results
        return [self._kept.get(key) or results[key] for key in keys]


@cache
def _executor() -> _Recalled:
    executor = _Recalled()
    found = [one for one in _checked(sources(), executor) if one.severity is Severity.ERROR]
    assert not found, found
    executor.learning = False
    return executor


def prepare() -> None:
    """Do once what would count as the time of the first file."""
    _executor()
    _known()
    for path in sources():
        if not path.startswith("static/"):
            examine(Input(path, sources()[path]))


def _site(given: Input) -> Sequence[Diagnostic]:
    return _checked({**sources(), given.path: given.content}, _executor())


def _checked(files: Mapping[str, bytes], executor: _Recalled) -> tuple[Diagnostic, ...]:
    """What ``aicareers check`` says of the site."""
    configured = build.configure(files, executor)
    if configured.value is None:
        return configured.diagnostics
    settings = configured.value.settings
    outcome = build.build(files, configured.value, Request(NOW), executor)
    for output in outcome.value.outputs:
        output.content()
    data = checks.data_book(files, executor)
    found = [
        *outcome.diagnostics,
        *checks.ages(files, data, NOW.date()),
        *checks.hand_written(files, data, settings.language, drafts=False),
        *checks.editorial(
            files,
            outcome.value.site,
            data,
            settings.language,
            executor,
            build.locator(files),
            drafts=False,
        ),
    ]
    silences = Silences(files, configured.value)
    return (*silences.heard(found), *silences.problems(explanations.shipped()))
