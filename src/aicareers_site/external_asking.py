"""Whether the pages of other sites are there: their servers are asked, politely, and remembered.

Few requests at a time, fewer for each host; HEAD first, and GET where that is not understood. Who
is busy is asked again later. A good answer holds for 30 days, another one for a day.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aicareers_site import __version__, files
from aicareers_site.external_links import Answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from pathlib import Path

    from httpx import AsyncClient, Response

GOOD_FOR, BAD_FOR = timedelta(days=30), timedelta(days=1)

_AT_ONCE, _AT_ONCE_PER_HOST = 16, 2
_PAUSES = (1.0, 4.0)
"""Seconds before an address is asked the second and the third time."""

_LONGEST_PAUSE = 30.0
_TIMEOUT = 20.0
_MOST_REDIRECTS = 10
_BUSY = frozenset([408, 425, 429, *range(500, 600)])
_NO_HEAD = frozenset([400, 403, 404, 405, 406, 410, 501])
"""Where HEAD is refused, GET may not be."""

_PERMANENT = frozenset([301, 308])
_AGENT = f"aicareers-site/{__version__} (checks links)"
_FILE = "external-links.json"


class Asking:
    """Asks servers; ``pause`` waits for some seconds, as many as ``timeout`` at most for each."""

    def __init__(
        self,
        *,
        timeout: float = _TIMEOUT,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._timeout = timeout
        self._pause = pause

    def answers(self, addresses: Iterable[str]) -> dict[str, Answer]:
        """What the servers of these addresses say."""
        return asyncio.run(self._all([*dict.fromkeys(addresses)]))

    async def _all(self, addresses: list[str]) -> dict[str, Answer]:
        import httpx

        total = asyncio.Semaphore(_AT_ONCE)
        hosts = {host: asyncio.Semaphore(_AT_ONCE_PER_HOST) for host in map(_host, addresses)}
        async with httpx.AsyncClient(
            headers={"User-Agent": _AGENT, "Accept": "*/*"},
            timeout=self._timeout,
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
        ) as client:

            async def limited(address: str) -> Answer:
                async with hosts[_host(address)], total:
                    return await self._one(client, address)

            answers = await asyncio.gather(*map(limited, addresses))
        return dict(zip(addresses, answers, strict=True))

    async def _one(self, client: AsyncClient, address: str) -> Answer:
        answer, wait = await self._once(client, address)
        for pause in _PAUSES:
            if answer.status and answer.status not in _BUSY:
                break
            await self._pause(min(max(wait, pause), _LONGEST_PAUSE))
            answer, wait = await self._once(client, address)
        return answer

    async def _once(self, client: AsyncClient, address: str) -> tuple[Answer, float]:
        """The answer, and after how many seconds the server wants to be asked again."""
        import httpx

        try:
            response = await client.head(address)
            if response.status_code in _NO_HEAD:
                async with client.stream("GET", address) as response:
                    pass  # Nobody wants to read it.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            return Answer(0, problem=_words(error)), 0.0
        after = response.headers.get("Retry-After", "")
        wait = float(after) if after.isascii() and after.isdecimal() else 0.0
        return Answer(response.status_code, _moved(response)), wait


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _moved(response: Response) -> str:
    """Where the page is now, if every step on the way there was for good."""
    steps = [step.status_code for step in response.history]
    return str(response.url) if steps and _PERMANENT.issuperset(steps) else ""


def _words(error: Exception) -> str:
    name = type(error).__name__
    words = {
        "ConnectError": "no connection could be made",
        "ConnectTimeout": "no connection was made in time",
        "ReadTimeout": "no answer came in time",
        "TooManyRedirects": "it leads in circles",
    }
    return words.get(name, f"{name}: {error}".rstrip(": "))


class Memory:
    """Answers of earlier checks in the ``folder`` of a cache; None remembers nothing."""

    def __init__(self, folder: Path | None, now: datetime) -> None:
        self._file = folder / _FILE if folder else None
        self._now = now.astimezone(UTC)
        self._kept = self._read()

    def answers(self, addresses: Iterable[str], asking: Asking) -> Mapping[str, Answer]:
        """The answers for these addresses, asked for where none is kept that still holds."""
        wanted = [*dict.fromkeys(addresses)]
        new = asking.answers(one for one in wanted if one not in self._kept)
        self._kept |= {address: (self._now, answer) for address, answer in new.items()}
        if new:
            self._write()
        return {address: self._kept[address][1] for address in wanted}

    def _read(self) -> dict[str, tuple[datetime, Answer]]:
        """What is kept and still holds; a damaged file holds nothing."""
        kept: dict[str, tuple[datetime, Answer]] = {}
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            stored: dict[str, Any] = json.loads(self._file.read_bytes()) if self._file else {}
            for address, (when, *said) in stored["answers"].items() if stored else ():
                moment, answer = datetime.fromisoformat(when), Answer(*said)
                if self._now - moment < (GOOD_FOR if answer.is_good else BAD_FOR):
                    kept[address] = moment, answer
        return kept

    def _write(self) -> None:
        if self._file is None:
            return
        stored = {
            address: [when.isoformat(), *answer]
            for address, (when, answer) in sorted(self._kept.items())
        }
        with suppress(OSError):  # Nothing is lost but time.
            self._file.parent.mkdir(parents=True, exist_ok=True)
            files.replace(self._file, json.dumps({"answers": stored}, indent=1).encode())
