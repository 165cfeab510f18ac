"""The pictures that articles show: checked where they are used, and as pages will show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import pictures, stages
from aicareers_site.diagnostics import Diagnostic
from aicareers_site.fingerprints import Keyed
from aicareers_site.outputs import digest
from aicareers_site.pictures import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.diagnostics import Locate
    from aicareers_site.executor import Executor
    from aicareers_site.links import Answer, Linked
    from aicareers_site.pictures import Job, Shown
    from aicareers_site.records import Record


class Gallery(NamedTuple):
    """All pictures, by source path: how pages show them, or what is wrong with them."""

    shown: Mapping[str, Shown]
    faults: Mapping[str, Fault]

    def answers(self, linked: Linked) -> tuple[Answer, ...]:
        """Where an article's references lead, with the pictures in its text."""
        if not linked.pictures:
            return linked.answers
        files = dict(linked.pictures)
        return tuple(
            (number, self._picture(files[number], address) if number in files else address)
            for number, address in linked.answers
        )

    def _picture(self, file: str, address: str) -> str | Shown:
        shown = self.shown.get(file)
        if shown is None:
            return address
        # The address of a file that is published as it is may name a part of it.
        return shown if shown.widths else shown._replace(path=address)

    def illustrated(self, record: Record) -> Record:
        """The article with its lead picture as pages show it."""
        if record.picture is None:
            return record
        shown = self.shown.get(record.picture.file)
        return record._replace(picture=record.picture._replace(shown=shown))

    def problems(self, record: Record, linked: Linked, locate: Locate) -> Iterator[Diagnostic]:
        """What is wrong with an article's pictures, at each place where it shows them."""
        if not self.faults:
            return
        references = {reference.number: reference for reference in record.references}
        for number, file in linked.pictures:
            if fault := self.faults.get(file):
                span = references[number].span(record.source)
                yield Diagnostic(fault.code, f"'{file}' {fault.message}", span, fault.hint)
        if record.picture and (fault := self.faults.get(record.picture.file)):
            file, span = record.picture.file, locate(record.source, "image.src")
            yield Diagnostic(fault.code, f"'{file}' {fault.message}", span, fault.hint)


def files_of(record: Record, linked: Linked) -> Iterator[str]:
    """The source paths of an article's pictures, whether they exist or not."""
    yield from (file for _, file in linked.pictures)
    if record.picture:
        yield record.picture.file


def read(paths: Iterable[str], files: Mapping[str, bytes], executor: Executor) -> Gallery:
    """Read those of the pictures at ``paths`` that are among the source ``files``."""
    originals = {path: _original(files[path]) for path in sorted(set(paths)) if path in files}
    shown: dict[str, Shown] = {}
    faults: dict[str, Fault] = {}
    results = executor.map(stages.picture, list(originals.values()))
    for (path, original), result in zip(originals.items(), results, strict=True):
        facts = result.head
        fault = facts if isinstance(facts, Fault) else pictures.misnamed(path, facts)
        if fault is not None:
            faults[path] = fault
        elif not isinstance(facts, Fault):
            shown[path] = pictures.shown(path, original, facts)
    return Gallery(shown, faults)


class Source(NamedTuple):
    """A file to be made, and the source path of the picture that it is made from."""

    job: Job
    path: str


def made(
    shown: Mapping[str, Shown], leading: Iterable[str], files: Mapping[str, bytes]
) -> dict[str, Source]:
    """What is published of pictures, by path on the site.

    ``shown`` are pictures by source path; those of them that are ``leading`` are shared elsewhere.
    """
    shared = frozenset(leading)
    return {
        place: Source(job, path)
        for path, picture in shown.items()
        for place, job in pictures.jobs(picture, _original(files[path]), is_shared=path in shared)
    }


def _original(content: bytes) -> Keyed[bytes]:
    return Keyed(content, digest(content))
