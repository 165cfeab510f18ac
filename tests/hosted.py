"""The shipped site as a host gets it, with what servers are told of it."""

from __future__ import annotations

import http.client
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.site import built
from tests.site.built import BuiltSite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.sharing import Shared

ALIAS, COPIES = "old/address/", (".br", ".gz", ".zst")
SECURITY_TEXT = "static/.well-known/security.txt"


@dataclass(frozen=True)
class Hosted:
    """A built site below ``home``, a path, and the folder of its sources."""

    site: BuiltSite
    home: str
    sources: Path
    moved: str
    """The path below ``home`` to which the address ``ALIAS`` leads."""

    def configuration(self, server: str) -> str:
        """What the public command prints for a server."""
        command = [sys.executable, "-m", "aicareers_site", "server-config", server]
        command += ["--root", str(self.sources), "--folder", str(self.site.folder)]
        command += ["--base-url", self.site.base_url, "--now", built.NOW]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout

    @property
    def files(self) -> dict[str, str]:
        """The files that readers can ask for, by the address below the server's root."""
        moved = ("404.html", f"{ALIAS}index.html")
        return {
            self.home + self.site.url_of(path).removeprefix(self.site.base_url): path
            for path in sorted(self.site.files)
            if path not in moved and not path.endswith(COPIES)
        }


def hosted(shared: Shared, home: str) -> Hosted:
    """The shipped site, built for a server that has it below ``home``, with compressed copies and
    an earlier address.
    """
    base_url = f"https://site.example{home}"
    name = f"hosted-{home.strip('/') or 'at-the-root'}"
    folder = shared.folder(name, lambda folder: _build(folder, base_url))
    moved = _moved(folder).stem
    return Hosted(BuiltSite(folder / "public", base_url), home, folder, f"blog/{moved}/")


def _build(folder: Path, base_url: str) -> None:
    built.copy_sources(folder)
    settings = folder / "site.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}\nprecompress: [gz, br, zst]\n", "utf-8")
    article = _moved(folder)
    text = article.read_text("utf-8").replace("---\n", f"---\naliases: [/{ALIAS}]\n", 1)
    article.write_text(text, "utf-8")
    (folder / SECURITY_TEXT).parent.mkdir()
    (folder / SECURITY_TEXT).write_text("Contact: mailto:security@example.org\n", "utf-8")
    cache = folder / ".aicareers-cache"
    built.build(folder / "public", "--base-url", base_url, root=folder, cache=cache)


def _moved(folder: Path) -> Path:
    """The article with the earlier address."""
    return min((folder / "content/countries").glob("*.md"))


class Answer(NamedTuple):
    """What a server answers; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(port: int, path: str, encoding: str = "identity", **headers: str) -> Answer:
    """Ask the server on this machine's ``port``; nothing is followed, kept or unpacked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding, **headers})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read())
    finally:
        connection.close()
