"""Publishing to a folder of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.outputs import Output
    from aicareers_site.publication import Changes
    from aicareers_site.publish_target import Occasion


class FolderTarget:
    """A folder; it may be one that ``aicareers build`` writes, too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def publish(self, outputs: Sequence[Output], occasion: Occasion) -> Outcome[Changes]:
        """As :class:`~.publish_target.Target` says, with the codes of :func:`~.files.publish`."""
        act = files.compare if occasion.dry_run else files.publish
        return act(outputs, self._folder)
