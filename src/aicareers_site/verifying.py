"""Whether an output folder is what its source gives: every byte compared, and nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import output_folder
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.outputs import digest
from aicareers_site.run import CONTENT_ERROR, ForFolder, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from aicareers_site.manifest import Manifest
    from aicareers_site.outputs import Output
    from aicareers_site.run import Options


class Verification(ForFolder):
    """Builds in memory and compares with the folder.

    ``claim`` is what the manifest says, if there is one: where the sources are others by now, that
    is told, since it explains all the rest.
    """

    def __init__(
        self,
        options: Options,
        folder: Path,
        manifest: Path | None,
        claim: Manifest | None,
        *,
        shows_progress: bool,
    ) -> None:
        expected = manifest if manifest and place_in(folder, manifest) else None
        super().__init__(options, folder, expected, shows_progress=shows_progress)
        self.claim = claim
        self._claimed_in = manifest.as_posix() if manifest else ""
        self.compared = 0

    def _settle(self, outputs: tuple[Output, ...], document: bytes) -> None:
        expected = {output.path: output.digest for output in outputs}
        with self.watch.stage("Comparing files") as stage:
            try:
                found = output_folder.found(self.folder)
            except OSError as error:
                message = f"the folder cannot be read: {error.strerror or error}"
                hint = "make it with aicareers build, or name the site's folder with --output"
                if isinstance(error, FileNotFoundError):
                    message = "there is no such folder"
                problem = Diagnostic("output-missing", message, self._span(), hint)
                self._stopped([problem], CONTENT_ERROR)
                return
            stage.items = stage.made = self.compared = len(expected)
        problems = [*self._changed(), *self._contradictions(expected)]
        self._stopped([*problems, *self._differences(expected, found)], CONTENT_ERROR)

    def _differences(
        self, expected: Mapping[str, bytes], found: Mapping[str, bytes | None]
    ) -> Iterator[Diagnostic]:
        for path in sorted({*expected, *found}):
            if path not in found:
                message = "the sources give this file, and it is not in the folder"
                hint = "write it anew with aicareers build"
                yield Diagnostic("output-missing", message, self._span(path), hint)
            elif path not in expected:
                message = "this file is in the folder, and the sources do not give it"
                hint = (
                    "put it into static/ if it belongs to the site; otherwise delete it, or let "
                    "aicareers build do so if an earlier build has written it"
                )
                yield Diagnostic("output-foreign", message, self._span(path), hint)
            elif found[path] != expected[path]:
                message = "this file holds other bytes than the sources give"
                hint = (
                    "write it anew with aicareers build; if the folder was built for another "
                    "moment or with other settings, name its manifest with --manifest"
                )
                yield Diagnostic("output-differs", message, self._span(path), hint)

    def _contradictions(self, expected: Mapping[str, bytes]) -> Iterator[Diagnostic]:
        """Where the manifest is not that of these files; in the folder, it is one of them."""
        if self.claim is None or self.manifest is not None:
            return
        said = self.claim.outputs
        if wrong := [
            path for path in sorted({*said, *expected}) if said.get(path) != expected.get(path)
        ]:
            more = f" and of {len(wrong) - 1} more" if len(wrong) > 1 else ""
            message = f"what the manifest says of '{wrong[0]}'{more} is not what the sources give"
            hint = f"write it anew with aicareers build --manifest {self._claimed_in}"
            yield Diagnostic("manifest-differs", message, Span(self._claimed_in), hint)

    def _changed(self) -> Iterator[Diagnostic]:
        """Sources that are not what the manifest says, if there is one."""
        if self.claim is None:
            return
        now = {path: digest(content) for path, content in self.sources.items()}
        before = self.claim.sources
        for path in sorted({*now, *before}):
            if now.get(path) == before.get(path):
                continue
            message = "this file has changed since the manifest was written"
            if path not in now:
                message = "this file was there when the manifest was written, and is gone"
            elif path not in before:
                message = "this file was not there yet when the manifest was written"
            hint = (
                "put the sources back as they were; or, if they are right now, build anew with "
                f"--manifest {self._claimed_in}"
            )
            yield Diagnostic("source-changed", message, Span(path), hint, Severity.NOTE)

    def _span(self, path: str = "") -> Span:
        return Span((self.folder / path).as_posix())
