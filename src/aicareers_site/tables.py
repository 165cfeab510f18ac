"""All data tables of a site, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import stages, table_files
from aicareers_site.diagnostics import Diagnostic, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.data_tables import Table
    from aicareers_site.executor import Executor


class Tables(NamedTuple):
    """The tables that can be read, and the ids that the others may have."""

    readable: tuple[Table, ...]
    faulty: tuple[str, ...]


def read(files: Mapping[str, bytes], executor: Executor) -> Outcome[Tables]:
    """Read the data tables among the source ``files`` (bytes by path)."""
    diagnostics: list[Diagnostic] = [
        problem for path in files if (problem := table_files.misplaced(path))
    ]
    readable: list[Table] = []
    faulty: list[str] = []
    found = [item for item in files.items() if table_files.is_table(item[0])]
    for (path, content), result in zip(found, executor.map(stages.table, found), strict=True):
        diagnostics += result.head.diagnostics
        if result.head.value is None:
            faulty += table_files.ids(path, content)
        else:
            readable.append(result.head.value)
    return Outcome(Tables(tuple(readable), tuple(faulty)), tuple(diagnostics))
