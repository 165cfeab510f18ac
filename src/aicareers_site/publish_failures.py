"""What keeps a publication from its target, in words: from what rsync, ssh and git say."""

from __future__ import annotations

import re
from typing import NamedTuple

from aicareers_site.diagnostics import Diagnostic, Span


class Failed(Exception):  # noqa: N818
    """A publication cannot go on; ``problems`` say why."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__(*problems)
        self.problems = problems


class _Sign(NamedTuple):
    """What a tool says when it was refused, or (``reached`` false) found nobody to ask."""

    words: re.Pattern[str]
    reached: bool
    hint: str


def _sign(words: str, hint: str, *, reached: bool) -> _Sign:
    return _Sign(re.compile(words, re.IGNORECASE), reached, hint)


_SIGNS = (
    _sign(
        "remote host identification has changed",
        "ask the host's owner whether its key was changed; if so, forget the old one with "
        "ssh-keygen -R and the host's name, then connect once by hand",
        reached=True,
    ),
    _sign(
        "host key verification failed",
        "connect once by hand, compare the key's fingerprint with the host's, and accept it",
        reached=True,
    ),
    _sign(
        "permission denied \\((?!13)|authentication failed|could not read (?:user|pass)|"
        "terminal prompts disabled|invalid credentials|error: 403",
        "check that the user, key or token of this machine may write there",
        reached=True,
    ),
    _sign(
        "no space left|disk quota|file too large",
        "free some space at the target, then publish again",
        reached=True,
    ),
    _sign(
        "could not resolve host|name or service not known|temporary failure in name|"
        "nodename nor servname|no address associated",
        "check how the host's name is written",
        reached=False,
    ),
    _sign(
        "connection (?:refused|timed out|reset|closed)|network is unreachable|no route to|"
        "operation timed out|failed to connect|could(?: not|n't) connect",
        "check the network, the host and the port, then publish again",
        reached=False,
    ),
    _sign(
        "repository (?:'.*' )?not found|does not appear to be a git repository|"
        "no such file or directory|does not exist",
        "check how the target is written, and that it is there",
        reached=False,
    ),
    _sign(
        "permission denied|read-only file system|operation not permitted|declined|"
        "protected branch|remote rejected",
        "check that you may write there",
        reached=True,
    ),
)
_NOISE = re.compile(
    r"rsync error: .*|rsync: connection unexpectedly closed.*|warning: .*|To .*|hint: .*|Done|"
    r"fatal: the remote end hung up.*|error: failed to push some refs.*|"
    r"and the repository exists.*|"
    r"please make sure you have the correct access rights|fatal: could not read from remote.*|",
    re.IGNORECASE,
)


def failure(tool: str, target: str, said: str) -> Diagnostic:
    """The error that ``tool`` has failed at the ``target`` and ``said`` this about it.

    Codes: ``target-unreachable``, ``target-refused``, ``target-failed``.
    """
    lines = [line.strip() for line in said.splitlines()]
    told = [line for line in lines if not _NOISE.fullmatch(line)] or [*filter(None, lines)]
    message = f"{tool}: {'; '.join(dict.fromkeys(told)) or 'failed without a word'}"
    for sign in _SIGNS:
        if sign.words.search(said):
            code = "target-refused" if sign.reached else "target-unreachable"
            return Diagnostic(code, message, Span(target), sign.hint)
    return Diagnostic(
        "target-failed", message, Span(target), "publish again; it goes on from there"
    )


def not_ours(target: str, message: str) -> Diagnostic:
    """The error that something at the ``target`` was not published by this program."""
    hint = "move it away, or choose another target"
    return Diagnostic("target-not-ours", message, Span(target), hint)


def strangers(target: str, paths: list[str]) -> Failed:
    """The failure that these ``paths`` at the ``target`` are not ours, and needed."""
    message = "no publication wrote '{}', and it stands where the site needs the place"
    return Failed(*(not_ours(target, message.format(path)) for path in paths))
