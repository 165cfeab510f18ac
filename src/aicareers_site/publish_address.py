"""Where a site is published to, as people write it: a folder, a host, a bucket, a branch."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

BRANCH = "gh-pages"
"""The branch where none is named: the one that GitHub Pages suggests."""

BUCKET_RULES = (
    "a bucket's name has 3 to 63 of the letters a to z, digits, hyphens and single dots; it begins "
    "and ends with a letter or a digit, and is no IP address"
)
"""Amazon's rules ("General purpose bucket naming rules"), in short."""

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://")
_HOST = re.compile(r"(?P<host>(?:[^@/:\s]+@)?(?:[^@/:\s\[\]]{2,}|\[[0-9A-Fa-f:.]+\])):(?P<path>.*)")
_BUCKET = re.compile(r"(?!.*\.\.)(?!(?:\d+\.){3}\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\.lock$|[/.]$))[^\s~^:?*\[\\\x00-\x1f\x7f]+")


class Folder(NamedTuple):
    """A folder of this machine."""

    path: str


class Host(NamedTuple):
    """A folder of another machine, reached by ssh: ``host`` may begin with a user and an @."""

    host: str
    path: str
    port: int | None = None


class Bucket(NamedTuple):
    """A bucket of storage that speaks S3's language; ``prefix`` is empty or ends with a slash."""

    name: str
    prefix: str = ""


class Branch(NamedTuple):
    """A branch of a git repository: ``remote`` is an address, a path or a remote's name."""

    remote: str
    name: str = BRANCH


Address: TypeAlias = Folder | Host | Bucket | Branch


def read(text: str) -> Address:
    """What ``text`` says; ValueError, with words for who wrote it, where that is nothing."""
    if text.startswith("git:") and not text.startswith("git://"):
        return _branch(text.removeprefix("git:"))
    if match := _SCHEME.match(text):
        match match["scheme"].lower():
            case "s3":
                return _bucket(text[match.end() :])
            case "ssh":
                return _ssh(text)
            case "git" | "http" | "https" | "git+ssh":
                raise ValueError(f"for a branch of a git repository write git:{text}#{BRANCH}")
            case scheme:
                raise ValueError(
                    f"'{scheme}://' cannot be published to: write a folder, user@host:folder, "
                    "ssh://user@host:port/folder, s3://bucket/prefix or git:repository#branch"
                )
    if not text:
        raise ValueError(
            "it is empty: write a folder, user@host:folder, s3://bucket/prefix or "
            "git:repository#branch"
        )
    # As for rsync itself, a colon before the first slash stands behind a host.
    match = _HOST.fullmatch(text)
    return _host(match["host"], match["path"]) if match else Folder(text)


def _branch(text: str) -> Branch:
    remote, found, name = text.rpartition("#")
    if not found:
        remote, name = text, BRANCH
    if not remote or remote.startswith("-"):
        raise ValueError("write git:, the repository, '#' and the branch: git:origin#gh-pages")
    if not _BRANCH.fullmatch(name):
        raise ValueError(
            f"git takes no branch of the name '{name}': write letters, digits, hyphens and single "
            f"slashes, beginning with a letter, such as git:{remote}#{BRANCH}"
        )
    return Branch(remote, name)


def _bucket(text: str) -> Bucket:
    name, _, prefix = text.partition("/")
    if not _BUCKET.fullmatch(name):
        raise ValueError(f"'{name}' cannot be the name of a bucket: {BUCKET_RULES}")
    prefix = prefix.strip("/")
    return Bucket(name, f"{prefix}/" if prefix else "")


def _ssh(text: str) -> Host:
    parts = urlsplit(text)
    if not parts.hostname or not parts.path.strip("/") or parts.password or parts.query:
        raise ValueError("write ssh://user@host:port/folder, with a key instead of a password")
    host = parts.netloc.rpartition("@")[0::2]
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return _host(f"{host[0]}@{name}" if host[0] else name, parts.path, parts.port)


def _host(host: str, path: str, port: int | None = None) -> Host:
    if path.endswith(".git"):
        raise ValueError(f"for a branch of a git repository write git:{host}:{path}#{BRANCH}")
    if host.startswith("-") or "@-" in host:
        raise ValueError(
            f"'{host}' cannot be the name of a host, which begins with no hyphen; for a folder "
            f"of this machine write ./{host}:{path}"
        )
    if not path.strip("/"):
        raise ValueError(f"name a folder on the host, too, and not its root: {host}:folder")
    return Host(host, path.rstrip("/"), port)
