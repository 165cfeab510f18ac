"""What all targets of a publication have in common: what they are told, and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.outputs import Output
    from aicareers_site.publication import Changes


class Occasion(NamedTuple):
    """Of which site at which moment a publication is: ``home`` is the home page's address.

    With ``dry_run`` the target is looked at, and nothing is changed. ``progress`` passes on what is
    done, of a total, and shows how far that is.
    """

    home: str
    now: datetime
    dry_run: bool
    progress: Callable[[Iterator[str], int], Iterator[str]]


class Target(Protocol):
    """Where a site is published to."""

    def publish(self, outputs: Sequence[Output], occasion: Occasion) -> Outcome[Changes]:
        """Make the target hold exactly ``outputs``, besides files that no publication wrote.

        With an error, changes are those that have been begun: none where nothing was touched.
        """
