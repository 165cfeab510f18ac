"""What a change makes of the site, where that can be known without a complete build.

An article's record is all that other pages may show of it. While that stays the same, the change is
in its text, and what its page is made of is known: what it was made of, with the new text. What
becomes of the theme's files, styles above all, is soon made anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import asset_files, data_book, stages
from aicareers_site.asset_links import STYLES
from aicareers_site.assets import STATIC
from aicareers_site.diagnostics import Diagnostic, has_errors
from aicareers_site.outputs import Output
from aicareers_site.preview_parts import assets
from aicareers_site.recalling import Deferred, Recalling, same
from aicareers_site.records import Record
from aicareers_site.urls import output_path, published_path

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from aicareers_site.data_book import DataBook
    from aicareers_site.executor import Executor
    from aicareers_site.preview_state import State
    from aicareers_site.records import Faulty

AT_MOST = 8
"""More changes than these wait for the complete build."""


class Good(NamedTuple):
    """The last complete build without errors: what it made, of what, and after how many changes.

    ``data`` are the data tables, ``executor`` recalls every result.
    """

    state: State
    sources: Mapping[str, bytes]
    data: DataBook
    executor: Recalling
    changes: int


class _Text(NamedTuple):
    """An article's page with its new text, None where it has none; or what is wrong with it."""

    page: Output | None
    diagnostics: tuple[Diagnostic, ...] = ()


def shown(
    good: Good, sources: Mapping[str, bytes], changed: Collection[str], executor: Executor
) -> State | None:
    """The site of ``sources``, which differ from those of ``good`` in the ``changed`` paths.

    None where only a complete build knows.
    """
    if len(changed) > AT_MOST:
        return None
    files = dict(good.state.files)
    diagnostics: list[Diagnostic] = []
    has_new_style = False
    for path in sorted(changed):
        content, old = sources.get(path), good.sources.get(path)
        if content is None or old is None:
            return None
        if content == old:
            continue
        made = _style(path, content, files) or _text(good, path, content, executor)
        has_new_style |= path.endswith(STYLES)
        if made is None:
            return None
        diagnostics += made.diagnostics
        if made.page:
            files[made.page.path] = made.page
    found = (*good.state.diagnostics, *diagnostics)
    state = replace(good.state, files=files, diagnostics=found, sources=sources)
    return _restyled(good, state, executor) if has_new_style else state


def _style(path: str, content: bytes, files: Mapping[str, Output]) -> _Text | None:
    if not path.startswith(STATIC) or not path.endswith(STYLES):
        return None
    name = output_path(published_path(path))
    return _Text(Output.of(name, content)) if name in files else None


def _restyled(good: Good, state: State, executor: Executor) -> State | None:
    """``state`` with the styles and what belongs to them made anew, under names of today.

    None where something is wrong with them: a complete build will tell of it.
    """
    sources, files = state.sources, dict(state.files)
    published = {published_path(source): source for source in sources if source.startswith(STATIC)}
    here = {path: source for path, source in published.items() if output_path(path) in files}
    recalling = Recalling(executor, executor, good.executor.kept)
    made = asset_files.made(here, sources, lambda path: output_path(path) in files, recalling)
    if made.failed:
        return None
    for old in state.assets.values():
        del files[old]
    outputs = {output.path: output for output in made.value.outputs}
    return replace(state, files=files | outputs, assets=assets(outputs))


def _text(good: Good, path: str, content: bytes, executor: Executor) -> _Text | None:
    """The page of the article at ``path``, if only its text is new."""
    known = good.executor.results(stages.article).get(path)
    if known is None:
        return None
    manuscript, before = known
    figures = data_book.named_in(content, good.data)
    (read,) = executor.map(stages.article, [manuscript._replace(content=content, figures=figures)])
    if has_errors(read.head.diagnostics):
        return _Text(None, read.head.diagnostics)
    record = read.head.value
    if not isinstance(record, Record) or not _alike(record, before.head.value):
        return None
    printed = good.executor.results(stages.page).get(record.path)
    if printed is None:
        return _Text(None)
    job, _ = printed
    arguments = tuple(read.body if one is before.body else one for one in job.arguments)
    page = Deferred(stages.page, job._replace(arguments=arguments), executor)
    return _Text(Output(output_path(job.path), page.digest, page.content))


def _alike(one: Record, other: Record | Faulty | None) -> bool:
    """Whether two records differ at most in the places of links in the source."""
    return isinstance(other, Record) and same(_unplaced(one), _unplaced(other))


def _unplaced(record: Record) -> Any:
    return record._replace(
        references=tuple(
            link._replace(line=0, column=0, end_column=0) for link in record.references
        )
    )
