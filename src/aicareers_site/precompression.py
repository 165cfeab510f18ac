"""Compressed copies beside a site's texts, for servers that send these: ``index.html.br``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import serving, stages
from aicareers_site.compression import PACKAGES, is_installed
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.outputs import Output
from aicareers_site.paths import SETTINGS
from aicareers_site.results import Body

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aicareers_site.configuration import Encoding
    from aicareers_site.executor import Executor


class _Original(Body):
    """The bytes of an output."""

    __slots__ = ("_output",)

    def __init__(self, output: Output) -> None:
        super().__init__(output.digest)
        self._output = output

    def content(self) -> bytes:
        return self._output.content()


def missing(encodings: Iterable[Encoding]) -> Iterator[Diagnostic]:
    """An error ``compression-missing`` for each of the ``encodings`` that needs a package which is
    not installed.
    """
    for encoding in dict.fromkeys(encodings):
        if not is_installed(encoding):
            message = f"'{encoding}' needs the package {PACKAGES[encoding]}, which is not installed"
            hint = f"run pip install 'aicareers-site[compress]', or take '{encoding}' out of"
            hint = f"{hint} 'precompress'"
            yield Diagnostic("compression-missing", message, Span(SETTINGS), hint)


def added(
    outputs: Sequence[Output], encodings: Collection[Encoding], executor: Executor
) -> Outcome[tuple[Output, ...]]:
    """The ``outputs`` with a copy of each text in each of the ``encodings``, where that is smaller;
    none, and what is :func:`missing`, where they cannot be made.
    """
    if problems := tuple(missing(encodings)):
        return Outcome((), problems)
    if not encodings:
        return Outcome(tuple(outputs))
    texts = [one for one in outputs if serving.is_compressible(serving.content_type(one.path))]
    wanted = [(encoding, output) for encoding in dict.fromkeys(encodings) for output in texts]
    jobs = [(encoding, _Original(output)) for encoding, output in wanted]
    made = executor.map(stages.compressed, jobs)
    copies = (
        Output(f"{output.path}.{encoding}", copy.body.digest, copy.body.content)
        for (encoding, output), copy in zip(wanted, made, strict=True)
        if copy.head
    )
    return Outcome((*outputs, *copies))
